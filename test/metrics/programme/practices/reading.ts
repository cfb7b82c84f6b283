/** One week of one part, from facts by name: what a test of a practice asks for. */
import type { ServiceFacts } from "#metrics/facts.ts";
import type { Declared, Evidence, Told } from "#metrics/programme/practices/evidence.ts";
import { evidenceOf, UNDECLARED, UNTOLD } from "#metrics/programme/practices/evidence.ts";
import { practices, readWeeks } from "#metrics/programme/practices/index.ts";
import type { Limits, ReleaseClass } from "#metrics/programme/practices/limits.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import type { Practice, Reading } from "#metrics/programme/practices/practice.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { HOUR, WEEK } from "#metrics/time.ts";
import { UNKNOWN_HOURS } from "#metrics/working-time.ts";
import type { WorkingTime } from "#metrics/working-time.ts";
import { utc } from "#test/support/builders.ts";

/** From Monday 2 March 2026. */
export const monday = utc("2026-03-02");
export const week: Window = { from: monday, to: monday + WEEK };

export interface Known {
  readonly facts?: Partial<ServiceFacts>;
  readonly told?: Partial<Told>;
  readonly declared?: Partial<Declared>;
  readonly time?: WorkingTime;
  readonly until?: Instant;
  readonly releaseClass?: ReleaseClass;
  readonly limits?: Limits;
  readonly weeks?: readonly Window[];
}

const NO_FACTS: ServiceFacts = {
  commits: [],
  changes: [],
  deployments: [],
  incidents: [],
  alerts: [],
  pipelines: [],
  unplacedCommits: null,
};

/** Facts that reach two weeks beyond the week, in UTC, with hours that nobody said. */
export function known({ facts, told, declared, time, until }: Known): Evidence {
  return evidenceOf(
    { ...NO_FACTS, ...facts },
    {
      zone: "UTC",
      time: time ?? UNKNOWN_HOURS,
      until: until ?? week.to + 2 * WEEK,
      told: { ...UNTOLD, ...told },
      declared: { ...UNDECLARED, ...declared },
    },
  );
}

export function thePractice(id: string): Practice {
  const found = practices.find((practice) => practice.id === id);
  if (found === undefined) throw new Error(`There is no practice ${id}.`);
  return found;
}

/** What the week, or the first of some, says of a part. */
export function read(practice: string, part: string, from: Known): Reading {
  const limits = from.limits ?? LIMITS[from.releaseClass ?? "cloud"];
  const told = readWeeks(thePractice(practice), known(from), from.weeks ?? [week], limits);
  const found = told.find((one) => one.part.id === part)?.readings[0];
  if (found === undefined) throw new Error(`There is no part ${part} of ${practice}.`);
  return found;
}

/** So many hours after the beginning of the week. */
export function hour(hours: number): Instant {
  return monday + hours * HOUR;
}

/** The share that a reading has, as `2 of 3`, and `+ 1 unknown`; else why there is none. */
export function said(reading: Reading): string {
  switch (reading.kind) {
    case "measured": {
      const unknown = reading.unknown === 0 ? "" : `, ${reading.unknown} unknown`;
      return `${reading.met} of ${reading.of}${unknown}${reading.isCalm ? ", calm" : ""}`;
    }
    case "not-measurable":
      return reading.reason;
    case "not-applicable":
      return `${reading.reason} (${reading.owner})`;
  }
}

/** The same, or never. */
export function hourOf(hours: number | null): Instant | null {
  return hours === null ? null : hour(hours);
}
