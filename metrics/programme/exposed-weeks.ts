/** From what changes waited for to what systems are compared by: week by week, for each system and part of its backbone. */
import type { Window } from "../time.ts";
import { HOUR } from "../time.ts";
import type { ExposedWeek } from "./worlds.ts";
import type { Element } from "./programme.ts";
import type { Wait } from "./waits.ts";

/** What it costs to come back to work that had to wait: a quarter of an hour. A belief: configuration with a visible default. */
export const RETURN_HOURS = 0.25;

/** Who waits for less, hours, has not gone to other work in between. */
const RETURN_AFTER = 1;

export interface ExposedWeeks {
  readonly system: string;
  readonly element: Element | null;
  /** As long as the weeks, and in their order. */
  readonly weeks: readonly ExposedWeek[];
}

interface Group {
  readonly system: string;
  readonly element: Element | null;
  readonly waits: Wait[];
}

export interface WeekTerms {
  /** What failures of a part of a system cost in a week, whose fix touched it; only of the parts that `lossesAt` names. */
  readonly lossesOf: (system: string, week: Window, element: Element | null) => number;
  /** The parts of each system that failures are losses of: there is a row for each, whether or not anything waited for it. */
  readonly lossesAt: readonly { readonly system: string; readonly element: Element | null }[];
  readonly returnHours: number;
  /** What an hour of a wait is worth: 1 for hours. */
  readonly priceOf: (wait: Wait) => number;
}

/**
 * Hours count in the weeks in which they passed; a return to a change that waited an hour or more counts in the week in which its wait ended. What is unknown belongs to no system. By name of the
 * system and part.
 *
 * @param weeks in order and apart; what lies outside of them is left out.
 */
export function exposedWeeks(
  waits: readonly Wait[],
  weeks: readonly Window[],
  { lossesOf, lossesAt, returnHours, priceOf }: WeekTerms,
): readonly ExposedWeeks[] {
  const groups = new Map<string, Group>();
  const groupOf = (system: string, element: Element | null): Group => {
    const key = `${system} ${element ?? ""}`;
    const group = groups.get(key) ?? { system, element, waits: [] };
    groups.set(key, group);
    return group;
  };
  for (const wait of waits)
    if (wait.system !== null && wait.certainty !== "unknown") groupOf(wait.system, wait.element).waits.push(wait);
  const losing = new Set(lossesAt.map(({ system, element }) => groupOf(system, element)));
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, group]) => ({
      system: group.system,
      element: group.element,
      weeks: weeks.map((week) => ({
        ...weekOf(group.waits, week, { returnHours, priceOf }),
        losses: losing.has(group) ? lossesOf(group.system, week, group.element) : 0,
      })),
    }));
}

function weekOf(
  waits: readonly Wait[],
  { from, to }: Window,
  { returnHours, priceOf }: Pick<WeekTerms, "returnHours" | "priceOf">,
): Omit<ExposedWeek, "losses"> {
  const changes = new Set<string>();
  let [waited, returns] = [0, 0];
  for (const wait of waits) {
    const time = Math.min(wait.to, to) - Math.max(wait.from, from);
    if (time <= 0) continue;
    waited += time * priceOf(wait);
    changes.add(JSON.stringify([wait.service, wait.change]));
    if (wait.to <= to && wait.hours >= RETURN_AFTER) returns += 1;
  }
  return { changes: changes.size, waitHours: waited / HOUR, lostHours: returns * returnHours };
}
