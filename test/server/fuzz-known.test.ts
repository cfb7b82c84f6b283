/** Questions and orders that a company could put, and the same with one thing wrong: past the schemas, to what is behind them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { HOUR } from "#metrics/time.ts";
import { commands, contract, exportContract, writes } from "#server/contract.ts";
import type { May } from "#server/auth/roles.ts";
import { rules } from "#server/auth/rules.ts";
import { aShop } from "./cli/support.ts";
import { aGitHub, probed, started, TOKEN } from "./connecting.ts";
import { inputOf } from "#test/support/inputs.ts";
import { hostile, oddName } from "#test/support/two-services.ts";
import type { Headers } from "#test/support/people.ts";
import { loggedIn } from "#test/support/people.ts";
import type { Fields, WholeCompany } from "#test/support/whole-company.ts";
import { aWholeCompany, CALLED, ORDERS, QUESTIONS } from "#test/support/whole-company.ts";

/** Of each path so many that could be meant, and as many with one thing wrong. */
const TRIES = 4;
const SOON = 30_000;

/** What collects is asked by them: a server of its own is. */
const HANDED = /\/sync$|\/connect/;
/** Nobody gets further in without something that was handed out: a password, a code, a signature. */
const BY_SECRET = [
  "/api/shares/open",
  "/api/login",
  "/api/login/provider",
  "/api/login/provider/end",
  "/api/first-run/code",
  "/api/first-run",
  "/api/welcome",
  "/api/password",
  "/api/sessions/end",
  "/api/cdevents",
  "/api/webhooks/github",
  "/api/webhooks/gitlab",
];

function goodFor(all: Readonly<Record<string, Fields>>, path: string): Fields {
  return all[path] ?? {};
}

function mayOf(path: string): May {
  return rules.find((rule) => rule.path === path && rule.method === "POST")?.may ?? "anyone";
}

/** In the place of one value. */
const wrong = fc.oneof(
  fc.constantFrom("", "-1", "1e309", "9999999-01-01", "0001-01-01", "../../etc/passwd", "' or 1=1 --", "(a+)+$", "\0"),
  fc.constantFrom("\ud83d", "constructor", "__proto__", "--upload-pack=touch", oddName, hostile, "x".repeat(5000)),
  fc.constantFrom(null, -1, 1e308, 2 ** 53, 0.1, true, [], {}, [[[]]], { constructor: 1 }),
);

/** What could be meant, and that with one thing wrong; the same every time. */
function triesOf(schema: z.ZodType, good: Fields, known = CALLED): readonly Fields[] {
  const input = inputOf(schema, known) as fc.Arbitrary<Fields>;
  const spoilt = fc
    .tuple(fc.oneof(input, fc.constant(good)), fc.nat(), wrong)
    .map(([fields, index, value]) => ({ ...fields, ...replaced(fields, index, value) }));
  return [...fc.sample(input, { seed: 6, numRuns: TRIES }), ...fc.sample(spoilt, { seed: 6, numRuns: 2 * TRIES })];
}

/** One of the fields, or one within it. */
function replaced(fields: Fields, index: number, value: unknown): Fields {
  const names = Object.keys(fields);
  const name = names[index % Math.max(names.length, 1)] ?? "x";
  const inner = fields[name];
  const isDeep = typeof inner === "object" && inner !== null && !Array.isArray(inner) && index % 2 === 0;
  return { [name]: isDeep ? { ...inner, ...replaced(inner as Fields, index >> 1, value) } : value };
}

function asked(fields: Fields): string {
  const pairs = Object.entries(fields).filter(([, value]) => value !== undefined);
  const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  return new URLSearchParams(pairs.map(([name, value]) => [name, text(value)])).toString();
}

/** What came of what was asked: every answer that was a mistake of ours, or none at all. */
class Tally {
  readonly faults: string[] = [];
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  /** @returns the status; 0 where there was no answer. */
  async of(path: string, init: RequestInit = {}): Promise<number> {
    const status = await statusOf(new URL(path, this.#url), init);
    if (status === 0 || status >= 500) this.faults.push(`${status} ${path} ${JSON.stringify(init.body)}`);
    return status;
  }

  async ordered(path: string, who: Headers, fields: Fields): Promise<number> {
    const headers = { "content-type": "application/json", ...who };
    return this.of(path, { method: "POST", headers, body: JSON.stringify(fields) });
  }
}

async function statusOf(url: URL, init: RequestInit): Promise<number> {
  try {
    const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(SOON) });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** A session of its own for each path, since some of them end it. */
async function whoFor({ installation, pusher }: WholeCompany, may: May): Promise<Headers> {
  return may === "push" ? pusher : loggedIn(installation, "admin", "Ada");
}

const questions = { ...contract, [exportContract.path]: exportContract };
const orders = Object.entries({ ...commands, ...writes }).filter(([path]) => !HANDED.test(path));

describe("whatever could be meant, and the same with one thing wrong,", () => {
  it("is answered where it is a question, and never by a mistake of ours", { timeout: HOUR }, async () => {
    const { url, admin: headers } = await aWholeCompany();
    const tally = new Tally(url);
    const meant: [string, number][] = [];
    for (const [path, { query }] of Object.entries(questions)) {
      const place = path.replace(":kind", "changes");
      const good = goodFor(QUESTIONS, path);
      for (const fields of triesOf(query, good)) await tally.of(`${place}?${asked(fields)}`, { headers });
      meant.push([path, await tally.of(`${place}?${asked(good)}`, { headers })]);
    }

    expect(tally.faults).toEqual([]);
    expect(meant.filter(([, status]) => status !== 200)).toEqual([]);
  });

  it(
    "is followed or refused where it is an order, and never fails by a mistake of ours",
    { timeout: HOUR },
    async () => {
      const company = await aWholeCompany();
      const tally = new Tally(company.url);
      const meant: [string, number][] = [];
      // What was meant comes first, since one of the others may be followed and take its place.
      for (const [path, fields] of Object.entries(ORDERS)) {
        const who = await whoFor(company, mayOf(path));
        meant.push([path, await tally.ordered(path, who, fields)]);
      }
      for (const [path, { body, may }] of orders) {
        const who = await whoFor(company, may);
        for (const fields of triesOf(body, goodFor(ORDERS, path))) await tally.ordered(path, who, fields);
      }

      expect(tally.faults).toEqual([]);
      expect(meant.filter(([, status]) => ![200, 201].includes(status))).toEqual([]);
      expect(orders.map(([path]) => path).filter((path) => !(path in ORDERS))).toEqual(BY_SECRET);
    },
  );

  it("is followed or refused where a host is to be connected", { timeout: HOUR }, async () => {
    const host = await aGitHub();
    const server = await started(aShop().path);
    const tally = new Tally(server.url);
    const good = { host: "github", url: host.url, token: TOKEN };
    const held = await probed(server, good);
    const choice = { held, repositories: ["acme/shop"], save: false };
    const known = { ...CALLED, url: [host.url], token: [TOKEN], held: [held], repositories: ["acme/shop"] };
    const probes = triesOf(commands["/api/connect/probe"].body, good, known);
    const choices = triesOf(commands["/api/connect"].body, choice, known);

    for (const fields of probes) await tally.ordered("/api/connect/probe", {}, fields);
    for (const fields of choices) await tally.ordered("/api/connect", {}, { ...fields, save: false });
    const chosen = await tally.ordered("/api/connect", {}, choice);
    const synced = await tally.ordered("/api/sync", {}, {});

    expect(tally.faults).toEqual([]);
    expect([chosen, synced]).toEqual([200, 200]);
  });
});
