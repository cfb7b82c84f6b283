/** A plan in words. */
import { counted } from "../../../words.ts";
import { percent } from "../../practices/words.ts";
import type { PlannedSchedule, PlanOptions } from "./plan.ts";

/** How far a share of one world may lie from the truth at most, with 95 %. */
const ERROR = 1.96 * 0.5;

/** Fewer weeks before the first adoption hold not every season. */
const YEAR = 52;

const NOBODY =
  " Nobody is left to compare with, so no effect could be told from what comes to everybody at the same time.";

export function scheduleWords(
  { title, quarters }: Pick<PlannedSchedule, "title" | "quarters">,
  { line }: Pick<PlanOptions, "line">,
): string {
  const seen = quarters.findIndex(({ power }) => power !== null && power >= 0.8);
  const last = quarters.at(-1);
  if (last === undefined) return "";
  const sizes = quarters.flatMap(({ detectable }, at) => (detectable === null ? [] : [{ detectable, after: at + 1 }]));
  const [best] = sizes.toSorted((a, b) => a.detectable - b.detectable);
  if (best === undefined)
    return `${title}: nothing is seen in four of five worlds. ${last.why}${last.power === null ? NOBODY : ""}`;
  const most = `${percent(best.detectable)} or more in quarter ${best.after}`;
  const then = quarters[best.after]?.power === null ? ` Later nobody is left to compare with.` : "";
  if (seen >= 0)
    return `${title}: after ${counted(seen + 1, "quarter")} a saving of ${percent(line)} is seen in at least four of five worlds that go on as yours did, and at best one of ${most}.${then}`;
  return `${title}: at best a saving of ${most} is seen in four of five worlds.${then}`;
}

export function planWords(
  schedules: readonly Pick<PlannedSchedule, "title" | "quarters">[],
  weeks: number,
  options: Pick<PlanOptions, "line" | "worlds">,
): readonly string[] {
  const found = schedules.map((one) => scheduleWords(one, options)).filter((words) => words !== "");
  if (weeks < YEAR) found.push(`Of ${counted(weeks, "week")} of history the season is not known; a year says more.`);
  if (found.length > 0)
    found.push(
      `Each share is of ${options.worlds} worlds, so chance alone puts it up to ${percent(ERROR / Math.sqrt(options.worlds))} off.`,
    );
  found.push(
    "Let chance say which teams come first, and let at least three adopt last: then those that come later show what would have happened without.",
  );
  return found;
}
