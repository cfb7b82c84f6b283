/** What is said of what changes wait for. */
import { duration } from "../words.ts";
import { percent } from "./practices/words.ts";
import type { Attribution } from "./waits.ts";

export function attributionWords(
  { hours, shares, rows, isRanked }: Omit<Attribution, "words">,
  mostUnknown: number,
): string {
  if (shares === null) return "No change waited for anything.";
  const known = `Of ${duration(hours)} that changes waited, ${percent(shares.measured)} are measured, ${percent(shares.declared)} declared and ${percent(shares.unknown)} unknown.`;
  if (!isRanked)
    return `${known} Above ${percent(mostUnknown)} unknown nothing is ranked: what nobody knows may be the first. Declare release windows and what services wait for, or say which system each is part of.`;
  const [first] = rows;
  if (first === undefined) return known;
  return `${known} Most wait for ${first.system}${first.element === null ? "" : ` (${first.element})`}: ${percent(first.hours / hours)} of the hours.`;
}
