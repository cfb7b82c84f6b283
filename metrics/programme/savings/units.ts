/**
 * Work that was delivered, in a unit that no slicing moves: issues that changes close, each once, however many changes it was cut into. Held against it, and beside the
 * headline, stands what is lost; never against changes or deployments.
 */
import { dateOf } from "../../calendar.ts";
import type { Instant, Window } from "../../time.ts";
import type { ServiceActivity } from "./activity.ts";
import type { Days } from "./result.ts";

/** What is counted where a baseline declares it, and the words by which one does. */
export const UNITS = { "linked-issue": "linked issues" } as const;
export type Unit = keyof typeof UNITS;

/** What a team delivered of a service in a week. */
export interface UnitWeek {
  readonly team: string;
  /** Its Monday. */
  readonly week: string;
  /** Issues of which it delivered the first change. */
  readonly units: number;
  /** Changes that were deployed for the first time, without those of bots, and how many of them close an issue. */
  readonly changes: number;
  readonly linked: number;
}

/** `null`: nobody declared a unit that is counted. */
export type DeclaredUnits = { readonly unit: Unit; readonly weeks: readonly UnitWeek[] } | null;

/** The unit that a baseline declares in its own words; `null` of one that nobody but people can count. */
export function unitCalled(words: string): Unit | null {
  return /^linked[ -]issues?$/i.test(words.trim()) ? "linked-issue" : null;
}

/** Why a unit is kept as it is said and nothing is held against it. */
export function notCounted(words: string): string {
  return `Its unit of volume, “${words}”, is kept as it was said and not counted: no host tells when one of them was delivered. Linked issues are counted.`;
}

/**
 * One for each week in which something of the service was deployed for the first time. An issue is delivered with the first change that closes it; it is known by when it was
 * opened. What several services bring of one issue is one for each of them.
 */
export function unitWeeks(
  { changes, teamAt }: Pick<ServiceActivity, "changes" | "teamAt">,
  weeks: readonly Window[],
  zone: string,
): readonly UnitWeek[] {
  const delivered = changes
    .flatMap(({ authorKind, deployedAt, requestedAt }) =>
      authorKind === "bot" || deployedAt === null ? [] : [{ at: deployedAt, issue: requestedAt }],
    )
    .toSorted((a, b) => a.at - b.at);
  const known = new Set<Instant>();
  let next = 0;
  return weeks.flatMap((week) => {
    const byTeam = new Map<string, UnitWeek>();
    for (let one = delivered[next]; one !== undefined && one.at < week.to; next += 1, one = delivered[next]) {
      const { at, issue } = one;
      const isFirst = issue !== null && !known.has(issue);
      if (issue !== null) known.add(issue);
      const team = at < week.from ? null : teamAt(at);
      if (team === null) continue;
      const { units = 0, changes: count = 0, linked = 0 } = byTeam.get(team) ?? {};
      byTeam.set(team, {
        team,
        week: dateOf(week.from, zone),
        units: units + (isFirst ? 1 : 0),
        changes: count + 1,
        linked: linked + (issue === null ? 0 : 1),
      });
    }
    return [...byTeam.values()];
  });
}

/** What several services bring of a team in a week is one, by team and week. */
export function togetherIn(weeks: readonly UnitWeek[]): readonly UnitWeek[] {
  const found = new Map<string, UnitWeek>();
  for (const one of weeks) {
    const key = JSON.stringify([one.team, one.week]);
    const { units = 0, changes = 0, linked = 0 } = found.get(key) ?? {};
    found.set(key, {
      ...one,
      units: units + one.units,
      changes: changes + one.changes,
      linked: linked + one.linked,
    });
  }
  return [...found].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, week]) => week);
}

/** Those of some teams in some days. */
export function unitsIn(
  weeks: readonly UnitWeek[],
  teams: ReadonlySet<string>,
  { from, to }: Days,
): readonly UnitWeek[] {
  return weeks.filter(({ team, week }) => teams.has(team) && week >= from && week < to);
}

export interface Counted {
  readonly units: number;
  readonly changes: number;
  readonly linked: number;
}

/** @param times how often each week counts; once unless it is said. */
export function countedIn(weeks: readonly UnitWeek[], times: ReadonlyMap<string, number> | null): Counted {
  let [units, changes, linked] = [0, 0, 0];
  for (const week of weeks) {
    const count = times === null ? 1 : (times.get(week.week) ?? 0);
    units += week.units * count;
    changes += week.changes * count;
    linked += week.linked * count;
  }
  return { units, changes, linked };
}

/** Of fewer changes nobody can say whether issues stand for the work. */
const LEAST_LINKED = 0.5;
/** If people link more or less than before, more or fewer issues are no more or less work. */
const MOST_APART = 0.1;

/** Why what was delivered cannot be counted in this unit; `null` where it can. */
export function unitFlaw(before: Counted, now: Counted): string | null {
  if (before.units === 0 || now.units === 0)
    return "No issue was delivered then or now of which a host tells: changes that close issues say so.";
  const [then, today] = [before.linked / before.changes, now.linked / now.changes];
  const words = `${percent(then)} of the changes closed an issue before, ${percent(today)} do now`;
  if (Math.min(then, today) < LEAST_LINKED) return `${words}: too few for issues to stand for the work.`;
  if (Math.abs(today - then) > MOST_APART)
    return `${words}: people link otherwise than before, and that is no more or less work.`;
  return null;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
