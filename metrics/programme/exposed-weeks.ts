/** From what changes waited for to what systems are compared by: week by week, for each system and part of its backbone. */
import type { Window } from "../time.ts";
import { HOUR } from "../time.ts";
import type { ExposedWeek } from "./exposure.ts";
import type { Element } from "./programme.ts";
import type { Wait } from "./waits.ts";

/** What it costs to come back to work that had to wait: a quarter of an hour. A belief: configuration with a visible default. */
export const RETURN_HOURS = 0.25;

export interface ExposedWeeks {
  readonly system: string;
  readonly element: Element | null;
  /** As long as the weeks, and in their order. */
  readonly weeks: readonly ExposedWeek[];
}

/**
 * Hours count in the weeks in which they passed; a return to a change counts in the week in which its wait ended. What is unknown belongs to no system. By name of the
 * system and part.
 *
 * @param weeks in order and apart; what lies outside of them is left out.
 * @param lossesOf what failures of a system cost in a week, whose fix touched it; in money.
 */
export function exposedWeeks(
  waits: readonly Wait[],
  weeks: readonly Window[],
  lossesOf: (system: string, week: Window) => number,
  returnHours = RETURN_HOURS,
): readonly ExposedWeeks[] {
  const groups = new Map<
    string,
    { readonly system: string; readonly element: Element | null; readonly waits: Wait[] }
  >();
  for (const wait of waits) {
    const { system, element, certainty } = wait;
    if (system === null || certainty === "unknown") continue;
    const key = `${system} ${element ?? ""}`;
    const group = groups.get(key) ?? { system, element, waits: [] };
    if (group.waits.length === 0) groups.set(key, group);
    group.waits.push(wait);
  }
  return [...groups]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { system, element, waits: own }]) => ({
      system,
      element,
      weeks: weeks.map((week) => ({ ...weekOf(own, week, returnHours), losses: lossesOf(system, week) })),
    }));
}

function weekOf(waits: readonly Wait[], { from, to }: Window, returnHours: number): Omit<ExposedWeek, "losses"> {
  const changes = new Set<string>();
  let [waited, returns] = [0, 0];
  for (const wait of waits) {
    const time = Math.min(wait.to, to) - Math.max(wait.from, from);
    if (time <= 0) continue;
    waited += time;
    changes.add(JSON.stringify([wait.service, wait.change]));
    if (wait.to <= to) returns += 1;
  }
  return { changes: changes.size, waitHours: waited / HOUR, lostHours: returns * returnHours };
}
