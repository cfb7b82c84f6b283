/** The days of a week on which work is done. */
import { dateOf, daysSinceMonday, periods } from "../../calendar.ts";
import type { Instant, Window } from "../../time.ts";
import { DAY, within } from "../../time.ts";
import type { Setting } from "./evidence.ts";

/** Those on which the service's owners work; Monday to Friday where nobody said when they do. */
export function workdays(window: Window, { zone, time }: Pick<Setting, "zone" | "time">): readonly Window[] {
  return periods(window, "day", zone).filter(({ from, to }) => {
    const worked = time.worked(from, to);
    return worked === null ? daysSinceMonday(Date.parse(dateOf(from, zone)) / DAY) < 5 : worked > 0;
  });
}

/** How many of some days hold at least one of some instants. */
export function daysWith(days: readonly Window[], instants: readonly (Instant | null)[]): number {
  return days.filter((day) => instants.some((at) => within(at, day))).length;
}
