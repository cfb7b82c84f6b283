/** A service in which something is merged every working day. */
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import { aChange, aCommit, aRepository } from "./builders.ts";
import { at } from "./fake-host.ts";

/** A change a working day from a Monday on, as long as its week says, hours; the last one is the head of the default branch. */
export function daily(from: string, hours: readonly number[]): readonly DeliveryEvent[] {
  const events = hours.flatMap((lasts, week) => [0, 1, 2, 3, 4].map((day) => aWorkingDay(from, lasts, week, day)));
  return [aRepository({ head: `sha-${events.length - 1}` }), ...events.flat()];
}

function aWorkingDay(from: string, lasts: number, week: number, day: number): readonly DeliveryEvent[] {
  const [index, mergedAt] = [week * 5 + day, at(from) + week * WEEK + day * DAY + 15 * HOUR];
  const began = mergedAt - lasts * HOUR;
  const sha = `sha-${index}`;
  const parents = [`sha-${index - 1}`].slice(Number(index === 0));
  const commits = [{ sha, authoredAt: began }];
  return [
    aCommit(sha, { authoredAt: began, committedAt: mergedAt, parents }),
    aChange(index + 1, { openedAt: began, mergedAt, closedAt: mergedAt, mergeCommit: sha, commits }),
  ];
}

export function times(weeks: number, hours: number): readonly number[] {
  return Array.from({ length: weeks }, () => hours);
}
