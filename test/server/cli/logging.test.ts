import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { Config } from "#config/schema.ts";
import { createLogging } from "#server/cli/logging.ts";
import { hidden, secretsOf } from "#server/cli/secrets.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { Capture, aShop, headway, now } from "./support.ts";

const PLANTED = [
  "ghp_hunter2hunter2hunter2",
  "a-webhook-secret-of-16",
  "glpat-hunter2hunter2",
  "hooks.example/T0/B0/hunter2",
  "smtp-hunter2",
  "git-hunter2",
  "KEYhunter2KEYhunter2KEY",
];

const config = Config.parse({
  sources: [
    {
      host: "github",
      app: { id: 1, installation: 2, privateKey: "-----BEGIN KEY-----\nKEYhunter2KEYhunter2KEY\n-----END KEY-----" },
      repositories: ["acme/shop"],
      webhookSecret: "a-webhook-secret-of-16",
    },
    { host: "gitlab", token: "glpat-hunter2hunter2", group: "acme" },
    { host: "git", url: "https://robot:git-hunter2@git.example/acme/web.git" },
  ],
  digests: [
    { to: "slack", webhook: "https://hooks.example/T0/B0/hunter2" },
    {
      to: "email",
      smtp: "smtps://user:smtp-hunter2@mail.example",
      from: "a@example.com",
      recipients: ["b@example.com"],
    },
    { to: "github", token: "ghp_hunter2hunter2hunter2", repository: "acme/secret" },
  ],
});

function parsed(line: string): Record<string, unknown> {
  return JSON.parse(line) as Record<string, unknown>;
}

function effects(stderr: Capture, env: Record<string, string> = {}) {
  return {
    cwd: "/",
    env,
    stdout: new Capture(),
    stderr,
    now: () => now,
    signal: new AbortController().signal,
    webRoot: "/",
  };
}

describe("what is written down", () => {
  it("is one line for what is wrong and why, where lines are for programs", async () => {
    const stderr = new Capture();
    const logging = await createLogging({ ...config, log: { format: "json" } }, effects(stderr));

    await new Promise((done) => {
      logging.stderr.write("headway: Warning: The configuration stays as it was.\n  Unknown key `colour`\n", done);
    });
    const lines = stderr.text.trim().split("\n").map(parsed);

    expect(lines).toMatchObject([
      { level: "warn", message: expect.stringMatching(/stays as it was\.\n {2}Unknown key/) },
    ]);
  });

  it(
    "says that a sync found nothing new, what code was asked for, and that Headway was told to stop",
    { timeout: 60_000 },
    async () => {
      const folder = aFolder();
      writeFileSync(join(folder, "headway.yaml"), `log: json\nsources: [{ host: git, path: ${aShop().path} }]\n`);
      await headway(folder, "sync");
      const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
      const ended = headway(folder, "start --port 0", {
        stdout,
        stderr,
        signal: stopping.signal,
        now: () => now + 3_600_000,
      });
      onTestFinished(() => stopping.abort());
      await vi.waitFor(() => expect(stderr.text).toContain("with news or an error."), 20_000);
      await fetch(new URL("/api/first-run/code", stdout.text.trim()), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: "{}",
      });
      stopping.abort();
      await ended;

      const messages = stderr.text
        .trim()
        .split("\n")
        .map((line) => String(parsed(line)["message"]));
      expect(messages).toContain("Synced 1 source, 0 sources with news or an error.");
      expect(messages).toContainEqual(expect.stringMatching(/^the code for the first administrator/));
      expect(messages).toContainEqual(expect.stringMatching(/^Told to stop/));
    },
  );

  it("never holds a secret of the configuration, however a sentence came to hold it", async () => {
    const sentence = `It failed: ${PLANTED.join(" and ")}.`;
    const [asJson, asText] = [new Capture(), new Capture()];
    const json = await createLogging({ ...config, log: { format: "json" } }, effects(asJson));
    const text = await createLogging(config, effects(asText));

    for (const { log, stderr } of [json, text]) {
      log("error", sentence, { requestId: "one" });
      stderr.write(`headway: ${sentence}\n`);
    }

    await vi.waitFor(() => expect(asText.text.split("\n")).toHaveLength(3));
    await vi.waitFor(() => expect(asJson.text.split("\n")).toHaveLength(3));
    expect(PLANTED.filter((secret) => `${asJson.text}${asText.text}`.includes(secret))).toEqual([]);
    expect(asJson.text).toContain("[hidden]");
    expect(secretsOf(config)).not.toContain("acme/shop");
    expect(hidden("acme/shop", secretsOf(config))).toBe("acme/shop");
  });

  it("is one JSON object a line, with level, time and sentence, and nothing below the level", async () => {
    const stderr = new Capture();
    const { log, stderr: people } = await createLogging(
      { ...config, log: { format: "json", level: "info" } },
      effects(stderr),
    );

    log("debug", "Hush.");
    log("info", "GET /api/status 200", { route: "/api/status", status: 200 });
    people.write("headway: shop: 3 new events in 0.1 s\nheadway: shop: not coll");
    people.write("ected. No.\n");

    await vi.waitFor(() => expect(stderr.text.split("\n")).toHaveLength(4));
    const lines = stderr.text.trim().split("\n").map(parsed);
    expect(lines).toMatchObject([
      {
        level: "info",
        message: "GET /api/status 200",
        route: "/api/status",
        status: 200,
        time: expect.stringMatching(/Z$/),
      },
      { level: "info", message: "shop: 3 new events in 0.1 s" },
      { level: "warn", message: "shop: not collected. No." },
    ]);
  });

  it("is text for people unless somebody asks for JSON, and a terminal stays one", async () => {
    const stderr = new Capture(true, 60);
    const { log, stderr: people } = await createLogging(config, effects(stderr));

    log("info", "GET /api/status 200");
    log("warn", "GET /api/status 500", { requestId: "one" });

    expect(people).toMatchObject({ isTTY: true, columns: 60 });
    await vi.waitFor(() => expect(stderr.text).toBe("headway: GET /api/status 500 (request one)\n"));
  });
});

describe("a server that is told to write JSON", () => {
  it.each([
    ["by its configuration", "log: json\n", {}],
    ["by its environment", "", { HEADWAY_LOG: "json" }],
  ])("%s writes nothing else, syncs and requests included", async (_how, said, env) => {
    const folder = aFolder();
    const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
    writeFileSync(join(folder, "headway.yaml"), `${said}sources: [{ host: git, path: ${aShop().path} }]\n`);
    const ended = headway(folder, "start --port 0", { stdout, stderr, env, signal: stopping.signal });
    onTestFinished(() => stopping.abort());
    await vi.waitFor(() => expect(stderr.text).toContain("new events"), 10_000);

    await fetch(new URL("/api/status?token=hunter2", stdout.text.trim()), {
      headers: { authorization: "Bearer hunter3" },
    });
    await vi.waitFor(() => expect(stderr.text).toContain("GET /api/status 400"), 5000);
    stopping.abort();
    await ended;

    const lines = stderr.text.trim().split("\n").map(parsed);
    expect(lines.map(({ message }) => message)).toEqual(
      expect.arrayContaining([expect.stringMatching(/^shop: \d+ new events/), "GET /api/status 400"]),
    );
    expect(stderr.text).not.toMatch(/hunter/);
  });
});
