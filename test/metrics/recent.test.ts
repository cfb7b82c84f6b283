/** Facts from the recent part of a history are those that all of it gives. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { study } from "#metrics/derive.ts";
import type { History } from "#metrics/history.ts";
import { questions, recentFacts } from "#metrics/recent.ts";
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import type { Settled } from "#metrics/settled.ts";
import { settle } from "#metrics/settled.ts";
import { DAY } from "#metrics/time.ts";
import { ServiceLife } from "#test/bench/support/service-life.ts";
import { lives } from "#test/support/lives.ts";
import { answers, byId, news, recentOf, replaced, service, sorted } from "#test/support/recent-part.ts";

function definite<T>(...values: readonly (T | null)[]): readonly T[] {
  return values.filter((value): value is T & NonNullable<unknown> => value !== null);
}

/** The same histories, of which one commit of so many is told only with the next one. */
function late(steps: readonly History[], every: number): readonly History[] {
  const told = new Set<string>();
  return steps.map((history, step) => {
    const commits = history.commits.filter(({ id }, index) => told.has(id) || (index + step) % every !== every - 1);
    for (const { id } of commits) told.add(id);
    return { ...history, commits };
  });
}

it("gives the facts of all of it, whatever comes late, changes or is odd, step after step", () => {
  const counts = { recent: 0, whole: 0 };
  fc.assert(
    fc.property(lives, fc.constantFrom(40, 100, Infinity), (steps, every) => {
      const [first, ...later] = late(steps, every);
      let [before, stored] = [first, study(first as History, service)];
      let settled = settle(stored, null);
      for (const history of later) {
        const whole = study(history, service);
        const recent = definite(settled).map((known) => recentOf(history, known, news(before as History, history)));
        const found = recent.map((one) => recentFacts(one, service, [], answers(questions(one), stored.facts)));
        const used = definite(...found);
        for (const one of used) expect(sorted(replaced(stored.facts, one))).toEqual(sorted(byId(whole.facts)));
        counts.recent += used.length;
        counts.whole += 1 - used.length;
        settled = [...used.map((one) => one.settled), settle(whole, null)][0] as Settled | null;
        [before, stored] = [history, whole];
      }
    }),
    { numRuns: 60 },
  );
  expect(counts.recent).toBeGreaterThan(counts.whole / 10);
}, 120_000);

/** What a made-up service, which takes back, rolls back and breaks things at times, tells by the end of each day. */
function days(first: number, last: number): readonly History[] {
  const start = Date.parse("2025-01-06T00:00Z");
  const life = new ServiceLife({ source: "acme", repository: "acme/shop", index: 3, start, perDay: 4 });
  const events = new Map<string, DeliveryEvent>();
  return Array.from({ length: last - first }, (_, day) => {
    for (const event of life.until(start + (first + day) * DAY)) events.set(`${event.kind} ${event.id}`, event);
    const of = <K extends EventKind>(kind: K) =>
      [...events.values()].filter((event): event is Extract<DeliveryEvent, { kind: K }> => event.kind === kind);
    const [repository] = of("repository");
    return {
      repository,
      commits: of("commit"),
      releases: of("release"),
      changes: of("change"),
      deployments: of("deployment"),
      incidents: of("incident"),
      pipelines: of("pipeline"),
      alerts: of("alert"),
      layouts: of("layout"),
    } as History;
  });
}

it("needs the whole history of a usual service on few days, however often it takes something back", () => {
  const [first, ...later] = days(60, 160);
  let [before, stored] = [first as History, study(first as History, service)];
  let settled = settle(stored, null);
  const wholes: boolean[] = [];
  for (const history of later) {
    const whole = study(history, service);
    const recent = definite(settled).map((known) => recentOf(history, known, news(before, history)));
    const used = definite(...recent.map((one) => recentFacts(one, service, [], answers(questions(one), stored.facts))));
    for (const one of used) expect(sorted(replaced(stored.facts, one))).toEqual(sorted(byId(whole.facts)));
    wholes.push(used.length === 0);
    settled = [...used.map((one) => one.settled), settle(whole, null)][0] as Settled | null;
    [before, stored] = [history, whole];
  }

  expect(wholes.filter(Boolean)).toHaveLength(0);
}, 60_000);
