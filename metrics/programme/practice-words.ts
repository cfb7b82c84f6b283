/** What is said of a practice and of its parts. */
import { counted, outOf } from "../words.ts";
import type { Habit, PartStatus, PracticeStatus } from "./practice-status.ts";
import type { Limits } from "./practices/limits.ts";
import { percent } from "./practices/words.ts";

/** The condition, what the weeks say of it, and what is missing. */
export function partWords(part: Omit<PartStatus, "words">, limits: Limits, habit: Habit): string {
  return `${part.part.condition(limits)} ${verdict(part, habit)}`;
}

function verdict(part: Omit<PartStatus, "words">, habit: Habit): string {
  const { status, weeksMet, weeks, history } = part;
  const among = `${weeksMet} of the last ${counted(weeks, "week")} with anything to judge`;
  switch (status) {
    case "not-applicable":
    case "not-measurable":
      return reasonOf(history);
    case "insufficient-data":
      return weeks === 0
        ? "No week has anything to judge, or too little of it is known."
        : `Met in ${among}: it takes ${habit.practisingWeeks} of ${habit.recentWeeks} to say.`;
    case "not-yet":
      return `Met in ${among}; it takes ${habit.practisingWeeks} of ${habit.recentWeeks}.${shareWords(part)}`;
    case "practising":
      return `Practised: met in ${among}.${shareWords(part)}`;
    case "adopted":
      return `Adopted: met in ${among}.${shareWords(part)}`;
  }
}

/** Of the last weeks together. */
function shareWords({ part, met, of, interval }: Omit<PartStatus, "words">): string {
  if (interval === null || part.counts === "weeks") return "";
  return ` Together ${outOf(met, of, "item")}, 90 % interval ${percent(interval.low)} to ${percent(interval.high)}.`;
}

function reasonOf(history: PartStatus["history"]): string {
  const reading = history.at(-1)?.reading;
  if (reading?.kind === "not-applicable") return `Not asked for: ${reading.reason} (${reading.owner}).`;
  return reading?.kind === "not-measurable" ? reading.reason : "No week was read.";
}

/** What a practice is, and which part decided. */
export function statusWords({ status, weakest, measured, parts }: Omit<PracticeStatus, "practice" | "words">): string {
  if (weakest === null || status === "not-applicable")
    return `Not asked of this service. ${parts[0]?.words ?? ""}`.trim();
  const decided = `The weakest part decides: ${weakest.words}`;
  switch (status) {
    case "adopted":
      return `Adopted: every part is. ${decided}`;
    case "practising":
      return `Practised, and not yet for long enough to be adopted. ${decided}`;
    case "not-yet":
      return `Not yet. ${decided}`;
    case "insufficient-data":
      return `Too little happened to say. ${decided}`;
    case "not-measurable":
      return `Cannot be measured${measured === null ? "" : otherWords(measured)}. ${decided}`;
  }
}

/** Of a part that is not there yet, or of which too little is known, nothing is said here: it would be the weakest. */
function otherWords(measured: PracticeStatus["status"]): string {
  return `, though all other parts are ${measured === "adopted" ? "adopted" : "practised"}`;
}
