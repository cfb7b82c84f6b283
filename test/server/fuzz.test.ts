import { request } from "node:http";
import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { commands, contract, exportContract, writes } from "#server/contract.ts";
import { operationContract } from "#server/operation/contract.ts";
import { hashOf } from "#server/hash.ts";
import { aControl } from "#test/support/headway.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";
import { hostile, oddName } from "#test/support/two-services.ts";

/** Of every route so many tries; all within the time of one test. */
const RUNS = 12;
const SOON = 10_000;
const TOKEN = "headway_fuzz";

async function aServer() {
  const host = new FakeHost();
  for (let release = 0; release < 3; release++) {
    host.commit({ title: hostile });
    host.tag(`v1.${release}.0`);
  }
  const installation = await anInstallation({ collectors: [host.collector()] });
  await synced(installation);
  const token = { name: "fuzz", scope: "push", hash: hashOf(TOKEN), createdAt: 0, expiresAt: null, actor: "Ada" };
  await installation.store.addToken(token);
  return serve(installation, { control: aControl(installation) });
}

interface Sent {
  readonly url: string;
  readonly method?: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Record<string, string>;
}

/** The status, or what went wrong. A path is sent as it is, and not tidied up. */
async function statusOf({ url, method = "GET", path, body = "", headers = {} }: Sent): Promise<number> {
  const { hostname, port } = new URL(url);
  const sent = request({ hostname, port, method, path, headers, agent: false, signal: AbortSignal.timeout(SOON) });
  sent.end(body);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return response.statusCode ?? 0;
}

/** What people and programs send by mistake or on purpose. */
const nasty = fc.oneof(
  fc.constantFrom("", "0", "-1", "1e309", "NaN", "null", "true", "shop", oddName, hostile, "2026-02-30", "2026-01-01"),
  fc.constantFrom(
    "9999999-01-01",
    "-000001-01-01T00:00:00Z",
    "0001-01-01",
    "team:",
    "service:shop",
    "../../etc/passwd",
    "%00",
  ),
  fc.constantFrom(
    "' or 1=1 --",
    "--upload-pack=touch",
    "(a+)+$",
    "[",
    "\\",
    "\u0000",
    "\ud83d",
    "constructor",
    "__proto__",
  ),
  fc.string({ unit: "grapheme", maxLength: 40 }),
  fc.string({ maxLength: 3000 }),
  fc.integer().map(String),
);

const junk = fc.oneof(
  fc.json().map(String),
  fc.string({ maxLength: 200 }),
  fc.constantFrom("", "{", "[]", "null", '"x"', '{"__proto__":{"a":1}}', `${"[".repeat(5000)}${"]".repeat(5000)}`),
);

/** What an entry of the contract asks for; nothing where it takes no question. */
function namesOf(entry: { readonly summary: string; readonly query?: z.ZodType }): readonly string[] {
  return fieldsOf(entry.query ?? z.object({}));
}

function fieldsOf(query: z.ZodType): readonly string[] {
  return "shape" in query && typeof query.shape === "object" && query.shape !== null ? Object.keys(query.shape) : [];
}

function question(names: readonly string[]): fc.Arbitrary<string> {
  const name = fc.oneof(fc.constantFrom(...names, "from", "x[y]", "__proto__"), fc.string({ maxLength: 8 }));
  return fc
    .array(fc.tuple(name, nasty), { maxLength: 5 })
    .map((pairs) => pairs.map((pair) => pair.map(encodeURIComponentSafely).join("=")).join("&"));
}

function encodeURIComponentSafely(text: string): string {
  return encodeURIComponent(Buffer.from(text).toString());
}

/** A body with the fields that are asked for, of any kind. */
function bodyOf(names: readonly string[]): fc.Arbitrary<string> {
  const value = fc.oneof(nasty, fc.jsonValue({ maxDepth: 2 }));
  const named = fc.dictionary(fc.constantFrom(...names, "x"), value, { maxKeys: 8 });
  return fc.oneof({ weight: 3, arbitrary: named.map((body) => JSON.stringify(body)) }, junk);
}

describe("whatever is asked", () => {
  it.each(Object.entries({ ...contract, ...operationContract }))(
    "at %s is answered, and never by a mistake of ours",
    { timeout: 120_000 },
    async (path, entry) => {
      const { url } = await aServer();
      const names = namesOf(entry);

      await fc.assert(
        fc.asyncProperty(question(names), async (asked) => {
          expect(await statusOf({ url, path: `${path}?${asked}` })).toBeLessThan(500);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it("of exports is answered, too", { timeout: 120_000 }, async () => {
    const { url } = await aServer();
    const names = fieldsOf(exportContract.query);

    await fc.assert(
      fc.asyncProperty(nasty, question(names), async (kind, asked) => {
        const path = `/api/export/${encodeURIComponentSafely(kind)}?${asked}`;
        expect(await statusOf({ url, path })).toBeLessThan(500);
      }),
      { numRuns: 4 * RUNS },
    );
  });

  it("by any path is answered", { timeout: 120_000 }, async () => {
    const { url } = await aServer();
    const path = fc.oneof(
      nasty.map((text) => `/${encodeURIComponentSafely(text)}`),
      fc.constantFrom(
        "/%",
        "/%ff",
        "/..%2f..%2fetc%2fpasswd",
        "//",
        "/assets/../../package.json",
        "/api/../x",
        "/api/%2e%2e/",
        "*",
      ),
    );

    await fc.assert(
      fc.asyncProperty(
        path,
        fc.constantFrom("GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH"),
        async (asked, method) => {
          expect(await statusOf({ url, path: asked, method })).toBeLessThan(500);
        },
      ),
      { numRuns: 6 * RUNS },
    );
  });
});

describe("whatever is sent", () => {
  it.each(Object.entries({ ...commands, ...writes }).filter(([path]) => !/sync$|connect/.test(path)))(
    "to %s is answered, and never by a mistake of ours",
    { timeout: 120_000 },
    async (path, { body }) => {
      const { url } = await aServer();
      const type = fc.constantFrom(
        "application/json",
        "application/json; charset=utf-8",
        "application/cloudevents+json",
        "text/plain",
      );

      await fc.assert(
        fc.asyncProperty(bodyOf(fieldsOf(body)), type, async (sent, contentType) => {
          const headers = { "content-type": contentType, authorization: `Bearer ${TOKEN}` };
          expect(await statusOf({ url, method: "POST", path, body: sent, headers })).toBeLessThan(500);
        }),
        { numRuns: RUNS },
      );
    },
  );

  it.each([
    ["/api/deployments", 300_000],
    ["/api/judgements/add", 100_000],
    ["/api/login", 100_000],
  ])("to %s and is too large is refused", async (path, bytes) => {
    const { url } = await aServer();
    const headers = { "content-type": "application/json", authorization: `Bearer ${TOKEN}` };

    const status = await statusOf({ url, method: "POST", path, headers, body: `{"name":"${"x".repeat(bytes)}"}` });

    expect([400, 413]).toContain(status);
  });

  it("packed into little and huge once unpacked is refused", async () => {
    const { url } = await aServer();
    const sent = request(new URL("/api/deployments", url), {
      method: "POST",
      headers: { "content-type": "application/json", "content-encoding": "gzip", authorization: `Bearer ${TOKEN}` },
    });
    sent.end(gzipSync(Buffer.alloc(50_000_000, 0x20)));

    const [response] = (await once(sent, "response")) as [IncomingMessage];

    expect(response.statusCode).toBe(413);
  });
});
