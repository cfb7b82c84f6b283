import { describe, expect, it } from "vitest";
import { createHash } from "node:crypto";
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { contract } from "#server/contract.ts";
import { aCommit, aDeployment, aLine, anIncident, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { change } from "#test/support/installation.ts";

/** A Monday, of which 24 weeks end before noon of the last of June. */
const START = at("2026-01-05");
const BEFORE = "from=2026-01-05&to=2026-03-30";
const AFTER = "from=2026-03-30&to=2026-06-22";

/** One deployment a day but Sunday, each of one commit: for 12 weeks it waits two days, then four hours. */
const days = Array.from({ length: 24 * 7 }, (_, day) => day).filter((day) => day % 7 !== 6);
const commits = days.map((day) => {
  const deployedAt = START + day * DAY + 12 * HOUR;
  const wait = [48 + (day % 5), 4 + (day % 5)][Number(day >= 84)] ?? 0;
  return aCommit(`c${day}`, { authoredAt: deployedAt - wait * HOUR, committedAt: deployedAt - HOUR });
});
const line: readonly DeliveryEvent[] = [aRepository({ head: `c${days.at(-1)}` }), ...aLine(...commits)];
const deployments = days.map((day) => aDeployment(String(day), `c${day}`, START + day * DAY + 12 * HOUR));

const shop = async (...later: readonly (readonly DeliveryEvent[])[]): Promise<Headway> =>
  aHeadway({ config: told, tells: [[...line, ...deployments], ...later] });

const freezing = { name: "Start", from: "2026-01-05", to: "2026-03-30", actor: "Ada", reason: "Before the change." };
const frozenIn = async (headway: Headway, body: object = {}): Promise<string> => {
  const answer = await headway.post("/api/baselines/freeze", { ...freezing, ...body });
  expect(answer.status, answer.text).toBe(200);
  return answer.json<{ hash: string }>().hash;
};
const wholeOf = async ({ get }: Headway, name = "Start") =>
  contract["/api/baseline"].reply.parse((await get(`/api/baseline?name=${name}`)).json());
const leadershipOf = async ({ get }: Headway, question = "") =>
  contract["/api/leadership"].reply.parse((await get(`/api/leadership?${question}`)).json());
const against = async ({ measure }: Headway, question: string, metric = "lead-time-commit") =>
  (await measure(metric, `against=Start&${question}`)).baseline;

describe("a baseline", () => {
  it("keeps the numbers of a window with scope, definitions, quality, signer and a hash that anybody can recompute", async () => {
    const headway = await shop();
    const hash = await frozenIn(headway);

    const { text, metrics, quality, ...head } = await wholeOf(headway);

    expect(createHash("sha256").update(text).digest("hex")).toBe(hash);
    expect(head).toMatchObject({
      name: "Start",
      scope: "organisation",
      service: null,
      signer: "Ada",
      reason: "Before the change.",
      window: {
        from: "2026-01-05T00:00:00.000Z",
        to: "2026-03-30T00:00:00.000Z",
      },
      frozenAt: "2026-06-30T12:00:00.000Z",
      isIntact: true,
      notes: [],
      withdrawal: null,
      hash,
      services: ["acme/shop"],
    });
    expect(metrics.find(({ metric }) => metric === "deployment-frequency")).toMatchObject({
      version: 1,
      measure: { value: 72, perWeek: expect.closeTo(6.036, 3) },
      sample: { statistic: "count", events: 72, exposure: 12 * WEEK - 12 * HOUR },
    });
    expect(quality.map(({ id }) => id)).toContain("commits-deployed");
    expect(text).not.toContain("c83");
  });

  it("is compared with by the statistics of a window against a window", async () => {
    const headway = await shop();
    await frozenIn(headway);

    const { previous, baseline } = await headway.measure("lead-time-commit", `against=Start&${AFTER}`);
    const frequency = await against(headway, AFTER, "deployment-frequency");

    expect(previous?.window).toEqual({ from: "2026-01-05T00:00:00.000Z", to: "2026-03-30T00:00:00.000Z" });
    expect(baseline).toMatchObject({
      verdict: "better",
      change: previous?.change,
      low: previous?.low,
      high: previous?.high,
      measure: previous?.measure,
      words:
        "Fell from 2.08 d to 6 h: outside normal variation; the median of all differences is −44 h (95 % interval −44 h to −43 h).",
    });
    expect(frequency).toMatchObject({ verdict: "within-variation" });
  });

  it("compares by week, whatever interval is shown", async () => {
    const headway = await shop();
    await frozenIn(headway);

    const weekly = await against(headway, AFTER, "deployment-frequency");
    const monthly = await against(headway, `${AFTER}&interval=month`, "deployment-frequency");

    expect(monthly).toEqual(weekly);
  });

  it("finds no difference in the very same window, and says that it is the same", async () => {
    const headway = await shop();
    await frozenIn(headway);

    const { measures, against: info } = await headway.measures(`against=Start&${BEFORE}`);
    const verdicts = new Set(measures.map(({ baseline }) => baseline?.verdict));

    expect([...verdicts].filter((verdict) => verdict !== "too-few")).toEqual(["within-variation"]);
    expect(info?.notes[0]).toContain("84 days belong to this window and to the baseline alike");
  });

  it("stays as it was frozen when late events change its window, and says that they did", async () => {
    const headway = await shop([anIncident("7", START + DAY, { deployment: "0", resolvedAt: START + 2 * DAY })]);
    await frozenIn(headway);
    const before = await wholeOf(headway);
    await headway.sync();

    const after = await wholeOf(headway);
    const then = await against(headway, AFTER, "change-fail-rate");

    expect((await headway.measure("change-fail-rate", BEFORE)).whole).toMatchObject({ k: 1 });
    expect(then?.measure).toMatchObject({ k: 0, n: 72 });
    expect(after.notes[0]).toContain("Facts of its window have changed since it was frozen");
    expect(after.notes[0]).toContain("Change fail rate: 0 % (n 0 of 72");
    expect({ ...after, notes: [] }).toEqual({ ...before, notes: [] });
  });

  it("says the same of days that somebody left out later", async () => {
    const headway = await shop();
    await frozenIn(headway);
    await headway.judge({ kind: "days", from: "2026-01-06" });

    expect((await wholeOf(headway)).notes[0]).toContain("Facts of its window have changed");
  });

  it("by another definition is not comparable, and says what to do", async () => {
    const headway = await shop();
    const { text } = await wholeOfFrozen(headway);
    const older = text
      .replace('"name":"Start"', '"name":"Old"')
      .replace(/("metric":"lead-time-commit".*?"version":)\d+/, "$199");
    const hash = createHash("sha256").update(older).digest("hex");
    await headway.installation.store.addBaseline({ name: "Old", content: older, hash, signer: "Ada", madeAt: START });

    const { baseline } = await headway.measure("lead-time-commit", `against=Old&${AFTER}`);

    expect(baseline).toMatchObject({ verdict: null, change: null, measure: { n: 72 } });
    expect(baseline?.words).toMatch(/The definition has changed since \(version 99 then, \d+ now\): not comparable/);
  });

  it("of another scope, or looked at in another way, is not compared with", async () => {
    const headway = await shop();
    await frozenIn(headway);

    const other = await headway.measures(`against=Start&service=acme/shop&${AFTER}`);
    const dropped = await headway.measures(`against=Start&open=dropped&${AFTER}`);

    expect(other.measures.map(({ baseline }) => baseline?.verdict)).toEqual(other.measures.map(() => null));
    expect(other.against?.notes[0]).toContain("The baseline is of organisation, and this is service:acme/shop");
    expect(dropped.against?.notes[0]).toContain("frozen with open=kept");
  });

  it.each([
    ["a name that is taken", {}, "was frozen before, and what a name means never changes"],
    ["a window that is not over", { name: "Late", to: "2026-07-01" }, "The window ends after the data does"],
    ["a window without anything", { name: "None", from: "2020-01-01", to: "2020-03-01" }, "Nothing is known of this"],
    ["a name of signs", { name: "../x" }, "A name has letters"],
    ["nobody who signs", { name: "B", actor: " " }, "Say who you are"],
  ])("is refused for %s", async (_what, has, words) => {
    const headway = await shop();
    await frozenIn(headway);

    const { status, text } = await headway.post("/api/baselines/freeze", { ...freezing, ...has });

    expect(status).toBe(400);
    expect(text).toContain(words);
  });

  it("is by default the 26 weeks before the week in which the data ends, and says when that is short", async () => {
    const headway = await shop();
    await frozenIn(headway, { name: "Whole", from: undefined, to: undefined });
    await frozenIn(headway, { name: "Short", from: "2026-06-01", to: "2026-06-15" });

    expect((await wholeOf(headway, "Whole")).window).toEqual({
      from: "2025-12-29T00:00:00.000Z",
      to: "2026-06-29T00:00:00.000Z",
    });
    expect((await wholeOf(headway, "Short")).notes).toEqual([
      "It covers 2 weeks: savings want at least 12 weeks, better 26, before anything was changed.",
    ]);
  });

  it("is withdrawn with a reason and a name, stays readable, and is compared with no more", async () => {
    const headway = await shop();
    await frozenIn(headway);
    const withdrawal = { name: "Start", actor: "Bob", reason: "The wrong weeks." };

    const first = await headway.post("/api/baselines/withdraw", withdrawal);
    const again = await headway.post("/api/baselines/withdraw", withdrawal);
    const refused = await headway.get("/api/measures?against=Start");

    expect(first.json()).toMatchObject({ withdrawal: { reason: "The wrong weeks.", signer: "Bob" } });
    expect(again.text).toContain("was withdrawn by Bob: The wrong weeks.");
    expect(refused.status).toBe(400);
    expect((await wholeOf(headway)).metrics.length).toBeGreaterThan(5);
    expect(await leadershipOf(headway)).toMatchObject({ against: null });
    expect(await headway.exported("baselines")).toContainEqual(
      expect.objectContaining({ name: "Start", metric: "deployment-frequency", value: 72, withdrawnBy: "Bob" }),
    );
  });

  it("cannot be changed, and is not believed when somebody found a way", async () => {
    const headway = await shop();
    await frozenIn(headway);
    const { path } = headway.installation.store;

    await expect(change(path, "update baseline set signer = 'Eve'")).rejects.toThrow("is never changed");
    await expect(change(path, "delete from baseline")).rejects.toThrow("is never changed");
    await change(
      path,
      "drop trigger baseline_no_update",
      `update baseline set content = replace(content, '"events":72', '"events":7')`,
    );
    const listed = contract["/api/baselines"].reply.parse((await headway.get("/api/baselines")).json());
    const refused = await headway.get("/api/measures?against=Start&from=2026-01-01");

    expect(listed[0]).toMatchObject({ isIntact: false });
    expect(refused.status).toBe(400);
    expect(refused.text).toContain("is no longer what was frozen");
  });

  it("that there is not is refused with the nearest name", async () => {
    const headway = await shop();
    const none = await headway.get("/api/measures?against=Start");
    await frozenIn(headway);
    const near = await headway.get("/api/measures?against=Stert");

    expect(none.text).toContain("None is frozen yet");
    expect(near.text).toContain('Did you mean \\"Start\\"?');
  });
});

/** Frozen, and read whole. */
async function wholeOfFrozen(headway: Headway) {
  await frozenIn(headway);
  return wholeOf(headway);
}

describe("the page for leadership", () => {
  it("compares with the window before until a baseline is frozen, and says that none is", async () => {
    const { against: none, before, advice, five, savings } = await leadershipOf(await shop(), AFTER);

    expect(none).toBeNull();
    expect(before).toEqual({ from: "2026-01-05T00:00:00.000Z", to: "2026-03-30T00:00:00.000Z" });
    expect(advice).toContain("No baseline is frozen yet");
    expect(five.map(({ metric, reading }) => [metric, reading])).toEqual([
      ["lead-time-commit", "signal"],
      ["deployment-frequency", "noise"],
      ["recovery-time", "unknown"],
      ["change-fail-rate", "noise"],
      ["rework-rate", "noise"],
    ]);
    expect(savings.words).toBe("Savings: not measurable yet, earliest 2026-09-28.");
    expect(savings.missing[0]?.what).toContain("No baseline is frozen");
  });

  it("reads the time since the newest baseline against it, in words with n and interval", async () => {
    const headway = await shop();
    await frozenIn(headway);

    const { window, sentence, against: info, five, advice } = await leadershipOf(headway);
    const [leadTime] = five;

    expect(window.from).toBe("2026-03-30T00:00:00.000Z");
    expect(sentence).toBe(
      "Median change lead time fell from 2.08 d to 6 h (better) against the baseline “Start”; outside normal variation.",
    );
    expect(info).toMatchObject({ name: "Start", signer: "Ada", notes: [] });
    expect(leadTime).toMatchObject({ label: "Signal, better", verdict: "better", earlier: { n: 72 }, now: { n: 72 } });
    expect(leadTime?.value).toMatch(/^6 h \(n 72, 95 % interval .*\)$/);
    expect(leadTime?.series[0]?.from).toBe("2026-01-05T00:00:00.000Z");
    expect(advice).toBeNull();
  });

  it("begins with what it is for as soon as that is said, and says where to begin before", async () => {
    const headway = await shop();
    const before = await leadershipOf(headway);
    const vision = { sentence: "Every order is one click.", targets: [] };
    const useCase = {
      id: "orders",
      title: "Orders in a day",
      owner: "Sales",
      by: "2028",
      elements: ["core"],
      value: { low: 100_000, likely: 200_000, high: 300_000 },
    };
    const said = async (change: object, follows: number | null) =>
      (await headway.post("/api/programme/set", { change, follows, actor: "Ada" })).status;

    expect(await said({ list: "vision", thing: vision }, null)).toBe(200);
    expect(await said({ list: "useCases", thing: useCase }, 1)).toBe(200);
    const { parts } = await leadershipOf(headway);

    expect(before.parts.map(({ id }) => id)).toEqual(["use-cases", "stage", "movers", "backbone", "milestones"]);
    expect(before.parts[0]?.missing.map(({ what }) => what)).toContain("No use case is named.");
    expect(parts[0]).toMatchObject({ sentence: vision.sentence, missing: [], page: "backbone" });
    expect(parts[0]?.rows[0]?.words).toContain("€200K (€100K to €300K) a year from 2028; Sales; no initiative yet.");
  });

  it("is a document, in the same words", async () => {
    const { get } = await shop();

    const sheet = (await get("/api/leadership/sheet?format=html")).json<Reply<"/api/leadership/sheet">>();

    expect(sheet.name).toMatch(/^leadership-2026-\d\d-\d\d\.html$/);
    expect(sheet.text).toContain("Savings: not measurable yet, earliest 2026-09-28.");
    expect((await get("/api/leadership/sheet?format=pdf")).status).toBe(400);
  });

  it("says what is missing while nothing is known", async () => {
    const headway = await aHeadway({ config: told, tells: [[]] });
    const { five, savings } = await leadershipOf(headway);

    expect(new Set(five.map(({ reading }) => reading))).toEqual(new Set(["unknown"]));
    expect(savings).toMatchObject({ earliest: null });
    expect(savings.words).toContain("nobody can say when");
  });
});
