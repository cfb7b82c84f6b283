/** What is asked of a service once it has a practice: deployed on most working days instead of every week, put right within an hour instead of a day. */
import type { Window } from "../time.ts";
import type { PartStatus, PracticeStatus } from "./practice-status.ts";
import { holds, partStatus } from "./practice-status.ts";
import type { Evidence } from "./practices/evidence.ts";
import { readWeeks } from "./practices/index.ts";
import type { Limits } from "./practices/limits.ts";
import { later } from "./practices/limits.ts";

/**
 * How far a service is on the second step of each part of a practice that has one and whose first step it has taken. It decides nothing.
 *
 * @param weeks the complete weeks that were read, in order.
 * @returns by the part's id; empty where no first step holds, or the class of release has no second one.
 */
export function secondSteps(
  { practice, parts }: PracticeStatus,
  evidence: Evidence,
  weeks: readonly Window[],
  limits: Limits,
): ReadonlyMap<string, PartStatus> {
  const further = later(limits);
  const due = parts.filter(
    ({ part, status }) =>
      holds(status) && status !== "not-applicable" && part.condition(further) !== part.condition(limits),
  );
  if (due.length === 0) return new Map();
  return new Map(
    readWeeks(practice, evidence, weeks, further).flatMap((told) =>
      due.some(({ part }) => part === told.part) ? [[told.part.id, partStatus(told, weeks, further)] as const] : [],
    ),
  );
}
