/** What a team did in each week, while it is added up. */
import { dateOf } from "../../calendar.ts";
import type { Instant, Window } from "../../time.ts";
import { DAY } from "../../time.ts";
import type { TeamWeek, Visible } from "./team-week.ts";
import { VISIBLE } from "./team-week.ts";

/** Of a team in a week, while it is added up. */
interface Sums {
  recoveries: number[];
  deployments: number;
  byHand: number;
  /** Deployments of which no host tells who or what asked for them. */
  byWhoKnows: number;
  approvals: number;
  returns: Set<string>;
  ciMinutes: Record<string, number>;
  downtime: Record<string, number>;
  changes: number;
  logs: number;
}

/** Adds up what happened, team by team and week by week. */
export class WeekSums {
  readonly #weeks: readonly Window[];
  readonly #zone: string;
  readonly #sums = new Map<string, Map<number, Sums>>();
  /** Lines by team, day and what they were for. */
  readonly #lines = new Map<string, Map<number, Record<Visible, number>>>();
  readonly #told = { runs: new Set<string>(), changes: new Set<string>() };

  constructor(weeks: readonly Window[], zone: string) {
    this.#weeks = weeks;
    this.#zone = zone;
  }

  /** `null` outside of the weeks. */
  at(team: string, at: Instant): Sums | null {
    const week = weekAt(this.#weeks, at);
    if (week === null) return null;
    const own = this.#sums.get(team) ?? new Map<number, Sums>();
    this.#sums.set(team, own);
    const known = own.get(week) ?? empty();
    own.set(week, known);
    return known;
  }

  weeksIn({ from, to }: Window): readonly Window[] {
    return this.#weeks.flatMap((week) => {
      const part = { from: Math.max(week.from, from), to: Math.min(week.to, to) };
      return part.to > part.from ? [part] : [];
    });
  }

  tells(team: string, of: "runs" | "changes"): void {
    this.#told[of].add(team);
  }

  /** Spreads lines over the working days of a span. */
  worked(team: string, bucket: Visible, lines: number, { from, to }: Window): void {
    const days = workingDaysIn(dayOf(from, this.#zone), dayOf(to, this.#zone));
    const own = this.#lines.get(team) ?? new Map<number, Record<Visible, number>>();
    this.#lines.set(team, own);
    for (const day of days) {
      const known = own.get(day) ?? nothing();
      known[bucket] += lines / days.length;
      own.set(day, known);
    }
  }

  /** Those of which something is known, by name. */
  teams(): readonly string[] {
    return [...new Set([...this.#sums.keys(), ...this.#lines.keys()])].toSorted();
  }

  /** Those of one team, from the first in which it did something to the last. */
  weeksOf(team: string): readonly TeamWeek[] {
    const sums = this.#sums.get(team) ?? new Map<number, Sums>();
    const work = this.#workOf(team);
    // What is told of some weeks alone would make the others look as if nothing had been done by hand.
    const all = [...sums.values()];
    const isTold = all.some(({ deployments }) => deployments > 0) && all.every(({ byWhoKnows }) => byWhoKnows === 0);
    const seen = [...sums.keys(), ...work.keys()];
    const [first, last] = [Math.min(...seen), Math.max(...seen)];
    return this.#weeks.flatMap((window, index): TeamWeek[] => {
      if (index < first || index > last) return [];
      const { recoveries, deployments, byHand, approvals, returns, ciMinutes, downtime, changes, logs } =
        sums.get(index) ?? empty();
      return [
        {
          team,
          week: dateOf(window.from, this.#zone),
          recoveries,
          deployments,
          manualDeployments: isTold ? byHand : null,
          approvals: this.#told.runs.has(team) ? approvals : null,
          returns: this.#told.changes.has(team) ? returns.size : null,
          work: work.get(index) ?? null,
          ciMinutes,
          downtime,
          changes,
          logLeadTime: changes === 0 ? null : logs / changes,
        },
      ];
    });
  }

  /** Each day counts the same, however many lines came on it: a day is a day. */
  #workOf(team: string): ReadonlyMap<number, Record<Visible, number>> {
    const found = new Map<number, Record<Visible, number>>();
    for (const [day, lines] of this.#lines.get(team) ?? []) {
      // Noon, so that no zone makes it another day.
      const week = weekAt(this.#weeks, day * DAY + DAY / 2);
      const all = VISIBLE.reduce((total, bucket) => total + lines[bucket], 0);
      if (week === null || all === 0) continue;
      const known = found.get(week) ?? nothing();
      for (const bucket of VISIBLE) known[bucket] += lines[bucket] / all;
      found.set(week, known);
    }
    return found;
  }
}

/** Which of some weeks an instant is in; `null`: none. @param weeks in order and without gaps. */
export function weekAt(weeks: readonly Window[], at: Instant): number | null {
  let [low, high] = [0, weeks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((weeks[middle]?.to ?? Infinity) > at) high = middle;
    else low = middle + 1;
  }
  const week = weeks[low];
  return week !== undefined && at >= week.from ? low : null;
}

function empty(): Sums {
  return {
    recoveries: [],
    deployments: 0,
    byHand: 0,
    byWhoKnows: 0,
    approvals: 0,
    returns: new Set(),
    ciMinutes: {},
    downtime: {},
    changes: 0,
    logs: 0,
  };
}

function nothing(): Record<Visible, number> {
  return { "new-value": 0, "planned-maintenance": 0, "unplanned-rework": 0, "security-remediation": 0 };
}

/** Whole days since 1970-01-01. */
function dayOf(at: Instant, zone: string): number {
  return Date.parse(dateOf(at, zone)) / DAY;
}

/** From one day to another, both included, without Saturdays and Sundays; the last one where there is no other. */
function workingDaysIn(first: number, last: number): readonly number[] {
  const days: number[] = [];
  // 1970-01-01 was a Thursday.
  for (let day = first; day <= last; day++) if ((day + 3) % 7 < 5) days.push(day);
  return days.length === 0 ? [last] : days;
}
