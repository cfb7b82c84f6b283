/** A plan in words. */
import { counted } from "../../../words.ts";
import { percent } from "../../practices/words.ts";
import type { PlannedSchedule, PlanOptions } from "./plan.ts";

/** Fewer weeks before the first adoption hold not every season. */
const YEAR = 52;

export function scheduleWords(
  { title, quarters }: Pick<PlannedSchedule, "title" | "quarters">,
  { line }: Pick<PlanOptions, "line">,
): string {
  const seen = quarters.findIndex(({ power }) => power !== null && power >= 0.8);
  const last = quarters.at(-1);
  if (last === undefined) return "";
  if (seen >= 0)
    return `${title}: after ${counted(seen + 1, "quarter")} a saving of ${percent(line)} is seen in at least four of five worlds that go on as yours did; after ${counted(quarters.length, "quarter")} one of ${last.detectable === null ? "any size is not" : percent(last.detectable)}.`;
  return last.detectable === null
    ? `${title}: nothing can be seen; ${last.why}`
    : `${title}: even after ${counted(quarters.length, "quarter")} only a saving of ${percent(last.detectable)} or more is seen in four of five worlds.`;
}

export function planWords(
  schedules: readonly Pick<PlannedSchedule, "title" | "quarters">[],
  weeks: number,
  options: Pick<PlanOptions, "line">,
): readonly string[] {
  const found = schedules.map((one) => scheduleWords(one, options)).filter((words) => words !== "");
  if (weeks < YEAR) found.push(`Of ${counted(weeks, "week")} of history the season is not known; a year says more.`);
  found.push(
    "Let chance say which teams come first, and let at least three adopt last: then those that come later show what would have happened without.",
  );
  return found;
}
