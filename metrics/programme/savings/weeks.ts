/** To which days a week belongs: to those in which it ends, so that of months, and of quarters, that follow each other each week is in exactly one. */
import { mondayOf } from "./adoptions.ts";
import type { Days } from "./result.ts";

/** From the Monday of the first week that ends in some days to the Monday after the last one. Empty where none does. */
export function weeksEndingIn({ from, to }: Days): Days {
  const [first, end] = [mondayOf(from), mondayOf(to)];
  return { from: first, to: end < first ? first : end };
}
