/** Changes with a label: their labels, leaving them out, and choosing rows by them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { refresh } from "#server/refresh.ts";
import { aChange, aCommit, aDeployment, aLine, aRepository } from "#test/support/builders.ts";
import { aBatch } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { query } from "#test/support/installation.ts";

const MAY = at("2026-05-04");
const shop = { service: "acme/shop" };

/** Two changes with the label Chore, one without and one that is open; each commit is a day older than the next. */
const fourChanges = async (config: object = {}) =>
  aHeadway({
    config: { ...told, ...config },
    tells: [
      [
        aRepository({ head: "c" }),
        ...aLine(
          aCommit("a", { authoredAt: MAY - 2 * DAY, changeNumber: 1 }),
          aCommit("b", { authoredAt: MAY - DAY, changeNumber: 2 }),
          aCommit("c", { authoredAt: MAY, changeNumber: 3 }),
        ),
        aChange(1, {
          openedAt: MAY - 2 * DAY,
          mergedAt: MAY,
          mergeCommit: "a",
          commits: [{ sha: "a", authoredAt: MAY - 2 * DAY }],
          labels: ["Chore"],
          additions: 5,
        }),
        aChange(2, {
          openedAt: MAY - DAY,
          mergedAt: MAY + DAY,
          mergeCommit: "b",
          commits: [{ sha: "b", authoredAt: MAY - DAY }],
          labels: ["chore", "ci"],
          authorKind: "bot",
          additions: 40,
          deletions: 2,
        }),
        aChange(3, {
          openedAt: MAY,
          mergedAt: MAY + 2 * DAY,
          mergeCommit: "c",
          commits: [{ sha: "c", authoredAt: MAY }],
          additions: 100,
          deletions: 1,
        }),
        aChange(4, { openedAt: MAY + 3 * DAY, labels: ["chore"] }),
        aDeployment("1", "c", MAY + 3 * DAY),
      ],
    ],
  });

const counted = (rows: { rows: readonly { id: string; counted: boolean }[] }) =>
  rows.rows.filter((row) => row.counted).map(({ id }) => id);

describe("the labels of changes", () => {
  it("are in their rows and in the export", async () => {
    const { exported, rows } = await fourChanges();

    expect(new Map((await exported("changes")).map(({ id, labels }) => [id, labels]))).toEqual(
      new Map([
        ["1", ["Chore"]],
        ["2", ["chore", "ci"]],
        ["3", []],
        ["4", ["chore"]],
      ]),
    );
    expect((await rows("lead-time-change", "bots=in")).rows.map(({ labels }) => labels)).toEqual([
      ["Chore"],
      ["chore", "ci"],
      [],
    ]);
  });

  it("are unknown where only commits tell of a change", async () => {
    const { exported } = await aHeadway({
      config: told,
      tells: [[aRepository({ head: "a" }), aCommit("a", { changeNumber: 1, title: "Mend (#1)" })]],
    });

    expect((await exported("changes")).map(({ labels }) => labels)).toEqual([null]);
  });

  it("are looked for by an index of the changes that have any", async () => {
    const { installation } = await fourChanges();

    const plan = await query(
      installation.store.path,
      "explain query plan select distinct labels from change_fact where labels <> '[]'",
    );

    expect(JSON.stringify(plan)).toContain("change_fact_labels");
  });
});

describe("changes with a label that is left out", () => {
  it("do not count, nor do their commits, and each row says why", async () => {
    const { judge, measure, rows, get } = await fourChanges();

    const id = await judge({ kind: "label", label: "CHORE", reason: "No work of the team." });

    expect((await measure("lead-time-change", "bots=in")).whole.n).toBe(1);
    expect((await measure("lead-time-commit", "bots=in")).whole.n).toBe(1);
    expect((await rows("lead-time-change", "bots=in")).rows).toMatchObject([
      { id: "1", counted: false, judgement: { id, kind: "label" } },
      { id: "2", counted: false },
      { id: "3", counted: true, judgement: null },
    ]);
    expect((await rows("lead-time-change")).rows[0]?.why).toMatch(
      /^Excluded by its label “Chore”: No work of the team \(Ada, 2026-06-30\)\. /,
    );
    expect((await get("/api/flow")).json()).toMatchObject({ open: { total: 0 } });
  });

  it("count outside the days, by when they were merged", async () => {
    const { judge, rows } = await fourChanges();

    await judge({ kind: "label", label: "chore", ...shop, from: "2026-05-05" });

    expect(counted(await rows("lead-time-change", "bots=in"))).toEqual(["1", "3"]);
  });

  it("count where only a source that is no longer configured gave one of the same number that label", async () => {
    const { judge, rows, installation } = await fourChanges();
    const { store, sources, now } = installation;
    const { id } = await store.openSource({ key: "github:old", name: "old", host: "github" });
    const events = [aRepository(), aChange(3, { openedAt: MAY, labels: ["chore"] })];
    await store.save(id, aBatch({ events }), now());
    const before = sources.map((source) => ({ ...source, collector: { ...source.collector, source: "github:old" } }));
    await refresh({ ...installation, sources: before });

    await judge({ kind: "label", label: "chore" });

    expect(counted(await rows("lead-time-change", "bots=in"))).toEqual(["3"]);
  });

  it("count where and when the service was not the team's", async () => {
    const { judge, rows } = await fourChanges({
      teams: [{ name: "pay", services: [{ service: "acme/shop", until: "2026-05-05" }] }, { name: "web" }],
    });

    await judge({ kind: "label", label: "chore", scope: "team:pay" });
    const ofPay = counted(await rows("lead-time-change", "bots=in"));
    await judge({ kind: "label", label: "chore", scope: "team:web" });

    expect([ofPay, counted(await rows("lead-time-change", "bots=in"))]).toEqual([
      ["2", "3"],
      ["2", "3"],
    ]);
  });

  it("are those that have it when somebody asks, also later ones", async () => {
    const later = aChange(3, {
      openedAt: MAY,
      mergedAt: MAY + 2 * DAY,
      mergeCommit: "c",
      commits: [{ sha: "c", authoredAt: MAY }],
      labels: ["chore"],
    });
    const { judge, sync, rows } = await aHeadway({
      config: told,
      tells: [
        [
          aRepository({ head: "c" }),
          aCommit("c", { authoredAt: MAY, changeNumber: 3 }),
          aChange(2, { labels: ["chore"] }),
          { ...later, labels: [] },
          aDeployment("1", "c", MAY + 3 * DAY),
        ],
        [later],
      ],
    });
    await judge({ kind: "label", label: "chore" });
    const before = counted(await rows("lead-time-change"));

    await sync();

    expect([before, counted(await rows("lead-time-change"))]).toEqual([["3"], []]);
  });

  it.each([
    ["a label that some change has", { label: "chores" }, 'Did you mean "chore"?'],
    ["a team that is there", { label: "chore", scope: "team:pay" }, 'There is no team "pay"'],
    ["one place", { label: "chore", scope: "organisation", ...shop }, "not both"],
    ["days in order", { label: "chore", from: "2026-05-05", to: "2026-05-05" }, "comes after 2026-05-05"],
  ])("want %s", async (_, has, words) => {
    const { post } = await fourChanges();

    const { status, text } = await post("/api/judgements/add", { kind: "label", actor: "Ada", reason: "No.", ...has });

    expect([status, text.replaceAll("\\", "")]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe("rows that are chosen", () => {
  it.each([
    ["label=CHORE", ["1", "2"]],
    ["label=ci", ["2"]],
    ["authorKind=human", ["1", "3"]],
    ["authorKind=bot", ["2"]],
    ["minLines=42", ["2", "3"]],
    ["maxLines=42", ["2"]],
    ["label=chore&minLines=1&maxLines=41", []],
  ])("by %s are %j, and their number is of them", async (question, expected) => {
    const { rows } = await fourChanges();

    const found = await rows("lead-time-change", `bots=in&${question}`);

    expect(counted(found)).toEqual(expected);
    expect([found.total, found.whole.n]).toEqual([expected.length, expected.length]);
  });

  it("by bots are there although the number leaves bots out", async () => {
    const { rows } = await fourChanges();

    expect((await rows("unreviewed-share", "authorKind=bot")).rows.map(({ id }) => id)).toEqual(["2"]);
  });

  it.each([
    ["lead-time-commit", "label=chore", "are no changes"],
    ["deployment-frequency", "minLines=3", "are no changes"],
    ["deployment-frequency", "authorKind=bot", "have no author"],
  ])("of %s are not chosen by %s", async (metric, question, words) => {
    const { get } = await fourChanges();

    const { status, text } = await get(`/api/rows?metric=${metric}&${question}`);

    expect([status, text]).toEqual([400, expect.stringContaining(words)]);
  });
});

it("counts as before when all is taken back, whatever was judged of labels, teams and notes", async () => {
  const teams = [{ name: "pay", services: [{ service: "acme/shop", until: "2026-05-05" }] }];
  const { post, reverse, get } = await fourChanges({ teams });
  const choices = [
    { kind: "label", label: "chore" },
    { kind: "label", label: "chore", ...shop, from: "2026-05-05" },
    { kind: "label", label: "ci", scope: "team:pay" },
    { kind: "days", from: "2026-05-04", scope: "team:pay" },
    { kind: "change", ...shop, id: "1" },
    { kind: "note", from: "2026-05-04", title: "A freeze" },
    { kind: "adoption", from: "2026-05-04", title: "Trunk", rebases: true },
    { kind: "adoption", from: "2026-05-05", title: "Trunk", scope: "team:pay", rebases: true },
  ];
  const span = "from=2026-04-01&to=2026-06-30&bots=in";
  const answers = async () =>
    Promise.all(
      [
        `/api/measures?${span}&interval=day&metric=deployment-frequency,lead-time-change,unreviewed-share`,
        `/api/measures?${span}&scope=team:pay&metric=deployment-frequency,lead-time-change`,
        `/api/rows?metric=lead-time-change&${span}`,
        `/api/rows?metric=lead-time-commit&${span}`,
        "/api/flow?from=2026-04-01&to=2026-06-30",
        "/api/annotations",
        "/api/export/changes?format=json",
      ].map(async (path) => (await get(path)).text),
    );
  const before = await answers();

  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(choices, { minLength: 1 }), async (chosen) => {
      const made: number[] = [];
      for (const what of chosen) {
        const answer = await post("/api/judgements/add", { actor: "Ada", reason: "A bad day.", ...what });
        expect(answer.status, answer.text).toBe(200);
        made.push(answer.json<{ id: number }>().id);
      }
      for (const id of made) await reverse(id);

      expect(await answers()).toEqual(before);
    }),
    { numRuns: 5 },
  );
});

it("takes a day of a team from the time of its services alone", async () => {
  const { judge, measure } = await fourChanges({
    teams: [{ name: "pay", services: [{ service: "acme/shop", since: "2026-05-05" }] }],
  });
  await judge({ kind: "days", from: "2026-05-04", to: "2026-05-11", scope: "team:pay" });

  const whole = await measure("deployment-frequency", "from=2026-05-04&to=2026-05-18");
  const ofPay = await measure("deployment-frequency", "from=2026-05-04&to=2026-05-18&scope=team:pay");

  expect([whole.whole.value, ofPay.whole.value]).toEqual([0, 0]);
  expect(ofPay.series.map(({ value }) => value)).toEqual([null, 0]);
});
