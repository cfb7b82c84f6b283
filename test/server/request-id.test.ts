import { describe, expect, it } from "vitest";
import type { LogFields } from "#server/log.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve } from "#test/support/installation.ts";

async function aLoggedServer() {
  const lines: { level: string; sentence: string; fields: LogFields | undefined }[] = [];
  const installation = await anInstallation({ collectors: [new FakeHost().collector()] });
  const server = await serve(installation, {
    log: (level, sentence, fields) => void lines.push({ level, sentence, fields }),
  });
  return { lines, installation, ...server };
}

describe("a request", () => {
  it("is answered with the id it brought, and a problem and the log tell it", async () => {
    const { get, lines } = await aLoggedServer();

    const answer = await get("/api/rows?secret=hunter2", { "x-request-id": "trace-7.a", cookie: "hunter3" });

    expect(answer.headers["x-request-id"]).toBe("trace-7.a");
    expect(answer.json()).toMatchObject({ status: 400, requestId: "trace-7.a" });
    expect(lines).toEqual([
      {
        level: "info",
        sentence: "GET /api/rows 400",
        fields: {
          requestId: "trace-7.a",
          method: "GET",
          route: "/api/rows",
          status: 400,
          milliseconds: expect.any(Number),
        },
      },
    ]);
    expect(JSON.stringify(lines)).not.toMatch(/hunter/);
  });

  it.each(["", "two words", 'a"b', "<b>", "x".repeat(129)])("with the id %j gets another one", async (id) => {
    const { get } = await aLoggedServer();

    const answer = await get("/healthz", { "x-request-id": id });

    expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  });

  it("that fails by our own fault has its trace in the log and only its id in the answer", async () => {
    const { installation, lines } = await aLoggedServer();
    Object.defineProperty(installation.store, "journal", {
      value: async () => Promise.reject(new TypeError("planted")),
    });
    const { get } = await serve(installation, {
      log: (level, sentence, fields) => void lines.push({ level, sentence, fields }),
    });

    const answer = await get("/api/judgements", { "x-request-id": "one" });

    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain("planted");
    expect(answer.json()).toMatchObject({ requestId: "one" });
    expect(lines.map(({ level, fields }) => [level, fields?.requestId])).toEqual([
      ["error", "one"],
      ["warn", "one"],
    ]);
    expect(lines[0]?.sentence).toContain("planted");
  });
});
