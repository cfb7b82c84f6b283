import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { describe, expect, it, vi } from "vitest";
import { MINUTE } from "#metrics/time.ts";
import { contract, exportKinds } from "#server/contract.ts";
import { STATEMENT_FORMS } from "#server/statements/forms.ts";
import { aGitHub, everything, started } from "#test/server/connecting.ts";
import { headway } from "#test/server/cli/support.ts";
import { aRepository } from "#test/support/git-repository.ts";

/** One of each kind that an installation has. None is a word that anything else could hold. */
const planted = {
  key: "c0ffee11".repeat(8),
  byHand: "ghp_plantedbyhand",
  inEnvironment: "glpat-plantedenv",
  inAddress: "planted-git-password",
  webhook: "planted-webhook-secret",
  digest: "T000/B000/plantedslackpath",
  login: "planted-client-secret",
  password: "planted horse battery",
  wrongPassword: "planted wrong battery",
};
const person = { author: "Planted Person", email: "planted.person@example.com" };

const config = (host: string) => `
sources:
  - { host: git, path: . }
  - { host: git, url: "https://bot:\${GIT_PASSWORD}@127.0.0.1:9/acme/x.git" }
  - { host: github, url: "${host}", token: "\${BY_HAND}", repositories: [acme/x], webhookSecret: "${planted.webhook}" }
  - { host: gitlab, url: "${host}", token: "\${ENVIRONMENT}", projects: [acme/x] }
digests: [{ to: slack, webhook: "http://127.0.0.1:9/${planted.digest}" }]
login: { issuer: "http://127.0.0.1:9", clientId: headway, clientSecret: "${planted.login}", groups: groups, roles: { a: admin } }
url: http://127.0.0.1:4179
log: json
teams: [{ name: money, services: [{ service: shop }] }]
`;

const signed = { actor: "Ada" };
const programme = `assumptions:
  - { id: rate, what: rate, value: 80, low: 70, high: 90, source: Controlling, owner: Finance, validFrom: 2020-01-01 }
  - { id: capacity, what: capacity, of: money, value: 200, low: 180, high: 220, source: Plan, owner: Finance, validFrom: 2020-01-01 }
`;
const line = { title: "Fewer reruns", lever: "L2", owner: "Payments", scope: "team:money", fromMonth: "2026-09" };
const record = {
  kind: "baseline",
  name: "Autumn",
  scope: "organisation",
  from: "2026-05-04",
  to: "2026-09-28",
  categories: [{ kind: "labour", amount: 272_000 }],
};

/** What an office of a programme does, so that something stands in each table and file that may hold a name. */
const DONE: readonly (readonly [string, object])[] = [
  ["/api/programme/import", { text: programme, save: true, follows: null, reason: "It begins.", ...signed }],
  ["/api/baselines/freeze", { name: "Before", from: "2026-01-01", to: "2026-04-06", ...signed }],
  ["/api/judgements/add", { kind: "note", from: "2026-05-05", reason: "We moved.", ...signed }],
  ["/api/experiments/add", { metric: "lead-time-commit", target: 2, weeks: 8, tries: "Smaller changes", ...signed }],
  ["/api/reviews/freeze", { minutes: "We met.", decisions: ["Go on."], save: true, ...signed }],
  ["/api/assessments/add", { team: "money", quarter: "2026-Q4", role: "team", answers: { culture: 4 } }],
  ["/api/ledger/add", { ...line, amount: 5000, hours: 80, ...signed }],
  ["/api/savings/records/freeze", { record, ...signed }],
  [
    "/api/savings/actuals/import",
    { text: "costCentre,month,amount\n4711,2026-10,1200\n", save: true, actor: "Finance" },
  ],
  ["/api/savings/statements/issue", { month: "2026-10", actor: "Finance" }],
];

/** What is asked beside each path by itself: the rows behind numbers, and what is taken away as a file. */
const ASKED: readonly string[] = [
  ...STATEMENT_FORMS.map((form) => `/api/savings/statement?month=2026-10&as=${form}`),
  "/api/leadership/sheet?format=md",
  "/api/leadership/sheet?format=html",
  "/api/rows?metric=deployment-frequency",
  "/api/item?kind=deployment&service=shop&id=v1.0.0",
  "/api/search?q=Planted",
  "/api/progress/service?service=shop",
  "/api/review?id=1",
  "/api/baseline?name=Before",
  "/api/savings/lever?lever=L2",
  "/api/audit?limit=200",
];

/** A company whose every secret is planted, and what was handed out in it to those who may have it. */
async function aCompany() {
  const shop = aRepository();
  shop.commit({ ...person, message: "First\n\nSigned-off-by: Planted Person <planted.person@example.com>" });
  shop.tag("v1.0.0");
  const env = { HEADWAY_KEY: planted.key, ENVIRONMENT: planted.inEnvironment, GIT_PASSWORD: planted.inAddress };
  // It knows none of these tokens, and says so.
  const { url } = await aGitHub();
  writeFileSync(join(shop.path, "headway.yaml"), config(url));
  mkdirSync(join(shop.path, "data"));
  writeFileSync(join(shop.path, "data/secrets.env"), `BY_HAND=${planted.byHand}\n`);
  writeFileSync(join(shop.path, ".git/password"), `${planted.password}\n`);
  const place = { env };
  await headway(shop.path, "user add --name ada --role admin --password-file .git/password", place);
  const { stdout } = await headway(shop.path, "token create --name planted --scope read", place);
  const token = /headway_\S+/.exec(stdout)?.[0] ?? "";
  return { path: shop.path, env, token };
}

/** What is in the files that an answer brings packed, such as a workbook. */
function unpacked(answer: string): string {
  const packed = [...answer.matchAll(/"encoding":"base64","body":"([^"]+)"/g)].map(([, body = ""]) => body);
  const files = packed.flatMap((body) => Object.values(unzipSync(Buffer.from(body, "base64"))));
  return files.map((bytes) => strFromU8(bytes)).join("\n");
}

describe("what is planted", () => {
  it(
    "is found in no answer, no log, no error and no file that Headway writes: no secret and no name of a person",
    { timeout: 5 * MINUTE },
    async () => {
      const { path, env, token } = await aCompany();
      const server = await started(path, "start --port 0", env);
      const ask = async (asked: string, headers: Record<string, string> = {}) => {
        const response = await fetch(new URL(asked, server.url), { headers, signal: AbortSignal.timeout(10_000) });
        return `${asked} ${response.status} ${JSON.stringify([...response.headers])} ${await response.text()}`;
      };
      const wrong = await server.send("/api/login", { name: "ada", password: planted.wrongPassword });
      const login = await fetch(new URL("/api/login", server.url), {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ name: "ada", password: planted.password }),
      });
      const session = String(login.headers.get("set-cookie")).replace(/;.*/, "");
      const cookie = { cookie: session };
      const shared = await server.send("/api/shares/add", { path: "delivery", days: 1 }, cookie);
      const pushed = await server.send("/api/deployments", { service: "shop" }, { authorization: `Bearer ${token}` });
      const broken = await server.send("/api/shares/open", `{"code": "${planted.password}"`, cookie);
      await vi.waitFor(async () => expect(await ask("/api/syncs", cookie)).toMatch(/("error":".+){3}/), 30_000);

      const done: [string, number][] = [];
      for (const [asked, body] of DONE) done.push([asked, (await server.send(asked, body, cookie)).status]);

      const paths = [...ASKED, ...Object.keys(contract), ...exportKinds.map((kind) => `/api/export/${kind}`)];
      const answers = [wrong.text, pushed.text, broken.text];
      for (const one of paths)
        answers.push(await ask(one, cookie), await ask(one, { authorization: `Bearer ${token}` }), await ask(one));
      const checks = [await headway(path, "check", { env }), await headway(path, "check --json", { env })];

      const told = [...answers, ...checks.map(({ stdout, stderr }) => stdout + stderr)];
      const files = everything(join(path, "data")).map(({ name, text }) => `${name}\n${text}`);
      const packed = answers.map(unpacked).join("\n");
      const everywhere = [...told, packed, server.stdout.text, server.stderr.text, ...files].join("\n");
      const handedOut = { token, session: session.slice(session.indexOf("=") + 1), share: String(shared.json["code"]) };
      const found = Object.entries({ ...planted, ...handedOut, ...person }).filter(([, text]) =>
        everywhere.includes(text),
      );
      expect({
        login: login.status,
        shared: shared.status,
        secrets: Object.values(handedOut).map((one) => one.length > 20),
      }).toEqual({ login: 200, shared: 200, secrets: [true, true, true] });
      expect(done.filter(([, status]) => status !== 200)).toEqual([]);
      expect(ASKED.filter((asked) => !everywhere.includes(`${asked} 200`))).toEqual([]);
      expect(packed).toContain("<worksheet");
      expect(found).toEqual([]);
    },
  );
});
