import { describe, expect, it } from "vitest";
import { z } from "zod";
import * as contractFile from "#server/contract.ts";
import { commands, contract, liveContract } from "#server/contract.ts";
import { exportColumns } from "#server/export/columns.ts";
import { openapi } from "#server/openapi.ts";
import { columnNames, personalFields } from "#server/privacy.ts";
import type { Change, Commit } from "#metrics/events.ts";
import { milestones } from "#metrics/stages.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { anInstallation, query, serve, synced, columnsOf } from "#test/support/installation.ts";
import { aShop, headway } from "./cli/support.ts";

/** Names under which a person could be told. `authorKind` says human, bot or agent. */
const PERSON =
  /^(.*_)?(author|committer|reviewer|approver|assignee|actor|signer|creator|user|person|people|employee|contributor|owner|login|account|nick|avatar|gravatar|e?_?-?mail)s?(_?(id|name|login|e?mail|url|s))?$/i;

/** What asks for a token's owner is for whoever has just entered that token. Nothing of it is stored. */
const FOR_THE_OWNER = ["/api/connect/probe account", "/api/connect/probe owners", "/api/connect owner"];

/** Who excludes, overrules or freezes something, or sets an experiment, signs with what they call themselves: nobody changes nothing. */
const SIGNED = [
  "annotations actor",
  "judgements actor",
  "judgements/add actor",
  "judgements/reverse actor",
  "experiments actor",
  "experiments/add actor",
  "experiments/withdraw actor",
  "programme actor",
  "programme/history actor",
  "programme/set actor",
  "programme/remove actor",
  "programme/import actor",
  "programme/costs/import actor",
  "ledger actor",
  "ledger/add actor",
  "ledger/move actor",
  "ledger/validate actor",
  "ledger/withdraw actor",
  "ledger/fund actor",
  "savings/records actor",
  "savings/records/freeze actor",
  "savings/records/withdraw actor",
  "savings/actuals actor",
  "savings/actuals/import actor",
  "reviews actor",
  "review actor",
  "reviews/freeze actor",
  "savings/statements actor",
  "savings/statements/issue actor",
  "baselines/freeze actor",
  "baselines/freeze signer",
  "baselines/withdraw actor",
  "baselines/withdraw signer",
  "baselines signer",
  "baseline signer",
  "measures signer",
  "leadership signer",
  "audit actor",
].map((one) => `/api/${one}`);
/** Who owns a use case, an initiative, a system, a milestone, an assumption or a saving is a role or a team, and is asked for as that. */
const ROLES = ["programme", "programme/set", "progress/milestones", "savings", "ledger", "ledger/add"].map(
  (one) => `/api/${one} owner`,
);
const ALLOWED = new Set([...FOR_THE_OWNER, ...SIGNED, ...ROLES]);

/** Every name in a JSON schema, at any depth. */
function* namesIn(schema: unknown): Generator<string> {
  if (typeof schema !== "object" || schema === null) return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === "properties") yield* Object.keys(value as object);
    yield* namesIn(value);
  }
}

function schemaOf(type: z.ZodType): unknown {
  return z.toJSONSchema(type, { io: "input", unrepresentable: "any" });
}

describe("the contract", () => {
  it("knows a person's field when it sees one", () => {
    const schema = schemaOf(z.object({ rows: z.array(z.object({ authorEmail: z.string(), at: z.string() })) }));

    expect([...namesIn(schema)].filter((name) => PERSON.test(name))).toEqual(["authorEmail"]);
    expect(["author", "login", "e-mail", "user_id", "reviewers"].filter((name) => !PERSON.test(name))).toEqual([]);
    expect(["authorKind", "authoredAt", "name"].filter((name) => PERSON.test(name))).toEqual([]);
  });

  it("has no author, no e-mail and no login: in no question, answer, event or body", () => {
    const all: [string, z.ZodType][] = [
      ...Object.entries(contract).flatMap(([path, { query: asked, reply }]): [string, z.ZodType][] => [
        [path, asked],
        [path, reply],
      ]),
      ...Object.entries(commands).flatMap(([path, { body, reply }]): [string, z.ZodType][] => [
        [path, body],
        [path, reply],
      ]),
      [liveContract.path, liveContract.reply],
    ];
    const found = all.flatMap(([path, type]) =>
      [...namesIn(schemaOf(type))].filter((name) => PERSON.test(name)).map((name) => `${path} ${name}`),
    );

    expect(found.filter((one) => !ALLOWED.has(one))).toEqual([]);
    expect(all.length).toBeGreaterThan(15);
  });

  it("has none in what the API says of itself either, whoever added the path", () => {
    const paths = Object.entries((JSON.parse(JSON.stringify(openapi())) as { paths: object }).paths);
    const found = paths.flatMap(([path, operations]) =>
      [...namesIn(operations)].filter((name) => PERSON.test(name)).map((name) => `${path} ${name}`),
    );

    expect(found.filter((one) => !ALLOWED.has(one))).toEqual([]);
    expect(Object.keys(contractFile)).toContain("contract");
  });

  it("exports no such column, but for who signed a judgement or a baseline, or changed something", () => {
    const named = Object.entries(exportColumns).flatMap(([kind, columns]) =>
      columns.filter((name) => PERSON.test(name)).map((name) => `${kind} ${name}`),
    );

    expect(named).toEqual(["judgements actor", "baselines signer", "audit actor"]);
  });
});

describe("the registry of what is kept of people", () => {
  it("was held against every column of the database", async () => {
    const { store } = await anInstallation({ collectors: [] });
    const present = await columnsOf(store.path);

    // A column that is missing here is new: look at it, and list it in server/privacy.ts.
    expect([...columnNames].sort()).toEqual(present);
  });

  it("says of everything what for, and for how long", () => {
    const fields = personalFields();

    expect(fields.map(({ where }) => where)).toEqual(
      expect.arrayContaining(["commit.author", "change.author", "change.reviews.author", "people.key", "event.body"]),
    );
    expect(fields.filter(({ holds, purpose }) => Math.min(holds.length, purpose.length) < 10)).toEqual([]);
  });

  it("is printed by headway check --privacy, with what was configured", async () => {
    const { path } = aShop();

    const { code, stdout } = await headway(path, "check --privacy");
    const { stdout: json } = await headway(path, "check --privacy --json");
    const nowhere = await headway(aFolder(), "check --privacy");
    const { code: refused } = await headway(path, "sync --privacy");

    expect([code, nowhere.code, refused]).toEqual([0, 0, 2]);
    expect(stdout).toContain("commit.author");
    expect(stdout).toContain("13 months");
    expect(stdout).toContain("Never kept: names");
    expect(JSON.parse(json)).toMatchObject({ pseudonymMonths: 13, fields: expect.any(Array) });
  });
});

function aChange(draft: Partial<Change>): Change {
  const review = { kind: "approval", authorKind: "human", byChangeAuthor: false } as const;
  return {
    kind: "change",
    source: "fake:shop",
    repository: "shop",
    id: "1",
    number: 1,
    url: null,
    title: "Mend it",
    author: "ada",
    authorKind: "human",
    labels: [],
    targetBranch: "main",
    sourceBranch: null,
    requestedAt: null,
    openedAt: at("2025-01-01"),
    readyAt: at("2025-01-01"),
    mergedAt: at("2025-01-02"),
    closedAt: at("2025-01-02"),
    reopenedAt: [],
    mergeCommit: null,
    commits: [],
    reviews: [
      { ...review, at: at("2025-01-01T06:00"), author: "bob" },
      { ...review, at: at("2025-01-01T07:00"), author: "eve", byChangeAuthor: true },
      { ...review, at: at("2025-01-01T05:00"), author: null },
    ],
    additions: 1,
    deletions: 0,
    paths: null,
    truncated: false,
    ...draft,
  };
}

describe("pseudonyms", () => {
  it("expire after 13 months, and no number changes by it", async () => {
    const host = new FakeHost();
    host.commit({ author: "ada", committedAt: at("2025-05-29"), title: "old" });
    host.tag("v1.0.0");
    host.commit({ author: "bob", committedAt: at("2025-05-31"), title: "young" });
    host.tag("v1.1.0");
    const installation = await anInstallation({
      collectors: [host.collector()],
      now: () => at("2026-06-30T12:00"),
    });
    const patient = { ...installation, config: { ...installation.config, privacy: { pseudonymMonths: 120 } } };
    const server = await serve(installation);
    const numbers = async () =>
      Promise.all(
        ["/api/measures?from=2025-01-01", "/api/export/commits", "/api/export/changes"].map(
          async (path) => (await server.get(path)).text,
        ),
      );
    await synced(patient);
    const before = await numbers();

    await synced(installation);
    const rows = await query(installation.store.path, "select body from event where kind = 'commit' order by 1");

    const commits = rows.map(({ body }) => JSON.parse(String(body)) as Commit);
    expect(commits.map(({ title, author }) => `${title} by ${author}`).sort()).toEqual(["old by null", "young by bob"]);
    expect(await numbers()).toEqual(before);
  });

  it("go from changes and their reviews when both are old, and nothing else of them does", async () => {
    const { store } = await anInstallation({ collectors: [] });
    const { id } = await store.openSource({ key: "fake:shop", name: "shop", host: "git" });
    const old = aChange({});
    const reviewed = aChange({ id: "2", reviews: old.reviews.map((review) => ({ ...review, at: at("2026-06-01") })) });
    const open = aChange({ id: "3", openedAt: at("2026-06-01"), mergedAt: null, closedAt: null });
    await store.save(id, { events: [old, reviewed, open], removed: [], notices: [], cursor: null, progress: 1 }, 1);
    const content = async () => query(store.path, "select id, body, learnt_at from event order by id");
    const before = await content();

    const forgotten = await store.forgetPeople(at("2025-05-30"));
    const again = await store.forgetPeople(at("2025-05-30"));
    const after = await content();

    const body = (row: unknown) => JSON.parse(String((row as { body: string }).body)) as Change;
    expect([forgotten, again]).toEqual([1, 0]);
    expect(after.slice(1)).toEqual(before.slice(1));
    expect(body(after[0])).toEqual({
      ...body(before[0]),
      author: null,
      reviews: [
        { ...old.reviews[0], author: "forgotten" },
        { ...old.reviews[1], author: "forgotten" },
        { ...old.reviews[2], author: null },
      ],
    });
    expect(milestones(body(after[0]))).toEqual(milestones(old));
    expect(await query(store.path, "select revision from source")).toEqual([{ revision: 1 }]);
  });
});
