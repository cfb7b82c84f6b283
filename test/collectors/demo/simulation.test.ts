import { beforeAll, describe, expect, it } from "vitest";
import { truthOf } from "#collectors/demo/truth.ts";
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import { DAY } from "#metrics/time.ts";
import { demoAt, options, SINCE, toldUntil } from "./living.ts";

type Of<K extends EventKind> = Extract<DeliveryEvent, { kind: K }>;

function of<K extends EventKind>(events: Iterable<DeliveryEvent>, kind: K): Of<K>[] {
  return [...events].filter((event): event is Of<K> => event.kind === kind);
}

type Begun = Of<"change" | "deployment" | "incident">;

function beginningOf(event: Begun): number {
  return event.kind === "deployment" ? event.createdAt : event.openedAt;
}

/** What is over and will be told like this for ever. */
function isSettled(event: DeliveryEvent): boolean {
  return event.kind === "commit" || event.kind === "release" || (event.kind === "change" && event.closedAt !== null);
}

function isProduction({ environment }: Of<"deployment">): boolean {
  return environment === "production";
}

function orElse(at: number | null, other: number): number {
  return at ?? other;
}

/** A whole span: all that a demo organisation does, it has done in it. */
const YEAR = "2026-01-19T18:00";
/** A night, so that nobody is in the middle of anything but runs and reviews. */
const EARLIER = "2025-06-11T03:00";

describe("what a demo organisation is", () => {
  const truth = truthOf(options);

  it("has twelve teams and forty services, each with an owner at any time", () => {
    expect(truth.teams).toHaveLength(12);
    expect(new Set(truth.services.map(({ name }) => name)).size).toBe(40);
    for (const { owners } of truth.services) expect([owners[0]?.since, owners.at(-1)?.until]).toEqual([null, null]);
  });

  it("adopts in three waves of three teams, and three teams never do", () => {
    const dates = (wave: number | null) =>
      truth.teams.filter((team) => team.wave === wave).map((team) => team.adoptedOn);

    for (const wave of [1, 2, 3]) expect(new Set(dates(wave)).size, `wave ${wave}`).toBe(3);
    expect(dates(null)).toEqual([null, null, null]);
    const inOrder = [1, 2, 3].flatMap(dates);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => Date.parse(String(a)) - Date.parse(String(b))));
  });

  it("says what adopting does: every number of a team that adopts has changed by the factor, and of others none", () => {
    for (const { before, after } of truth.teams.filter(({ wave }) => wave !== null))
      expect(after.pickupHours / before.pickupHours).toBeCloseTo(truth.effect.pickupHours, 3);
    for (const { before, after } of truth.teams.filter(({ wave }) => wave === null)) expect(after).toEqual(before);
  });

  it("is another one with another seed, with the same names", () => {
    const other = truthOf({ ...options, seed: 2 });

    expect(other.teams.map(({ name }) => name)).toEqual(truth.teams.map(({ name }) => name));
    expect(other.teams[0]?.before).not.toEqual(truth.teams[0]?.before);
    expect(demoAt(YEAR, { seed: 2 }).source).not.toBe(demoAt(YEAR).source);
  });
});

describe("what a demo organisation tells", () => {
  let events: readonly DeliveryEvent[] = [];
  let before: ReadonlyMap<string, DeliveryEvent> = new Map();
  let now: ReadonlyMap<string, DeliveryEvent> = new Map();

  beforeAll(async () => {
    now = (await toldUntil(YEAR)).events;
    before = (await toldUntil(EARLIER)).events;
    events = [...now.values()];
  }, 60_000);

  it("never changes what has happened, however much time passes", () => {
    const settled = [...before].filter(([, event]) => isSettled(event));

    expect(settled.length).toBeGreaterThan(2000);
    expect(settled.map(([key]) => now.get(key))).toEqual(settled.map(([, event]) => event));
  });

  it("adds nothing to the past: what had begun by an instant is what was known of it then", () => {
    const then = Date.parse(`${EARLIER}Z`);
    const begun = (kind: Begun["kind"], all: Iterable<DeliveryEvent>) =>
      of(all, kind)
        .filter((event) => beginningOf(event) <= then)
        .map((event) => `${event.repository} ${event.id} ${beginningOf(event)}`);

    for (const kind of ["change", "deployment", "incident"] as const)
      expect(begun(kind, events)).toEqual(begun(kind, before.values()));
  });

  it("lies between its first day and now", () => {
    const changes = of(events, "change");
    const merged = changes.map(({ openedAt, mergedAt }) => ({ openedAt, mergedAt: orElse(mergedAt, openedAt) }));

    expect(Math.min(...changes.map(({ openedAt }) => openedAt))).toBeGreaterThan(Date.parse(SINCE));
    expect(Math.max(...merged.map(({ mergedAt }) => mergedAt))).toBeLessThanOrEqual(Date.parse(`${YEAR}Z`));
    expect(merged.filter(({ openedAt, mergedAt }) => mergedAt < openedAt)).toEqual([]);
  });

  it("has a whole history: every commit but the first of a repository stands on one that is there", () => {
    const commits = of(events, "commit");
    const known = new Set(commits.map(({ repository, id }) => `${repository} ${id}`));
    const roots = commits.filter(({ parents }) => parents.length === 0);

    expect(roots).toHaveLength(of(events, "repository").length);
    const standsOn = commits.flatMap(({ repository, parents }) => parents.map((parent) => `${repository} ${parent}`));
    const heads = of(events, "repository").map(({ repository, head }) => `${repository} ${head}`);
    expect([...standsOn, ...heads].filter((name) => !known.has(name))).toEqual([]);
  });

  it("has people, bots and agents, who are nobody but a pseudonym", () => {
    const changes = of(events, "change");

    expect(new Set(changes.map(({ authorKind }) => authorKind))).toEqual(new Set(["human", "bot", "agent"]));
    expect(new Set(changes.map(({ author }) => author)).size).toBeGreaterThan(60);
  });

  it("has all that goes wrong: rollbacks, reverts, hotfixes, incidents of each kind, aborted attempts, broken branches", () => {
    const production = of(events, "deployment").filter(isProduction);
    const shas = production.map(({ repository, sha }) => `${repository} ${sha}`);
    const again = shas.filter((sha, index) => shas.indexOf(sha) < index);
    const incidents = of(events, "incident");

    expect(again.length).toBeGreaterThan(20);
    expect(of(events, "commit").filter(({ reverts }) => reverts.length > 0).length).toBeGreaterThan(10);
    expect(of(events, "change").filter(({ labels }) => labels.includes("hotfix")).length).toBeGreaterThan(20);
    expect(incidents.filter(({ deployment }) => deployment !== null).length).toBeGreaterThan(20);
    expect(incidents.filter(({ causedBy }) => causedBy !== null).length).toBeGreaterThan(10);
    expect(incidents.filter(({ falseAlarm }) => falseAlarm).length).toBeGreaterThan(2);
    expect(production.filter(({ statuses }) => statuses.at(-1)?.outcome === "failure").length).toBeGreaterThan(20);
    const red = of(events, "pipeline").filter(({ outcome }) => outcome === "failure");
    expect(red.filter(({ branch }) => branch === "main").length).toBeGreaterThan(20);
  });

  it("never rolls out two things at once in production", () => {
    const production = of(events, "deployment").filter(isProduction);
    const spans = production.map(({ repository, createdAt, statuses }) => ({
      repository,
      createdAt,
      endedAt: Math.max(...statuses.map(({ at }) => at)),
    }));
    for (const { id } of of(events, "repository")) {
      const own = spans.filter(({ repository }) => repository === id).toSorted((a, b) => a.createdAt - b.createdAt);
      const ends = [0, ...own.map(({ endedAt }) => endedAt)];
      expect(own.filter(({ createdAt }, index) => createdAt < (ends[index] as number))).toEqual([]);
    }
  });

  it("rests at weekends, on holidays and at the end of the year", () => {
    const days = of(events, "change")
      .filter(({ authorKind }) => authorKind === "human")
      .flatMap(({ commits }) => commits.slice(0, 1))
      .map(({ authoredAt }) => new Date(authoredAt as number).toISOString());
    const on = (month: RegExp) => days.filter((day) => month.test(day)).length;

    const weekends = days.filter((day) => [0, 6].includes(new Date(day).getUTCDay())).length;
    // Repairs of what failed on Friday are made whenever they are needed.
    expect(weekends / days.length).toBeLessThan(0.02);
    expect(on(/-12-25T/)).toBeLessThan(3);
    expect(on(/-08-/)).toBeLessThan(0.85 * on(/-10-/));
  });

  it("waits for the backbone: who is bound is released in its window alone, unless something must be repaired", () => {
    const { backbone } = truthOf(options);
    const ledger = of(events, "release").filter(({ repository }) => repository === "demo/ledger-core");
    const blocked = of(events, "change").filter(({ labels }) => labels.includes("blocked:Core ledger"));

    expect(ledger.length).toBeGreaterThan(8);
    const weekdays = ledger.map(({ publishedAt }) => new Date(publishedAt as number).getUTCDay());
    expect(new Set(weekdays)).toEqual(new Set([6]));
    expect(blocked.length).toBeGreaterThan(50);
    expect(new Set(blocked.map(({ repository }) => repository))).toEqual(
      new Set(backbone.waits.map((name) => `demo/${name}`)),
    );
  });

  it("ends a repository that is archived", () => {
    const transfer = of(events, "repository").find(({ id }) => id === "demo/file-transfer");
    const own = of(events, "commit").filter(({ repository }) => repository === "demo/file-transfer");
    const last = Math.max(...own.map(({ committedAt }) => committedAt as number));

    expect(transfer?.archivedAt).toBe(Date.parse("2025-10-20"));
    expect(last).toBeLessThan(Date.parse("2025-10-20") + 7 * DAY);
  });
});
