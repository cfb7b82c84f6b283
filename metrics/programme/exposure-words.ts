/** What is said of the exposure of a system. */
import type { Exposure, ExposurePart, ExposureTerms } from "./exposure.ts";
import { percent } from "./practices/words.ts";

const whole = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

const PARTS: Readonly<Record<ExposurePart, string>> = {
  value: "value lost to waiting",
  capacity: "working time",
  loss: "losses",
};

export function exposureWords(
  { system, parts, topThree, removable }: Omit<Exposure, "words">,
  { by }: ExposureTerms,
  isRanked: boolean,
): string {
  const chosen = parts[by];
  if (chosen === null) return `${system}: ${PARTS[by]} is not known, since nobody said what an hour of it costs.`;
  const amount = `${PARTS[by]} ${whole.format(chosen.amount)} (90 %: ${whole.format(chosen.low)} to ${whole.format(chosen.high)})`;
  const place = isRanked
    ? `rank ${chosen.rank ?? "—"}, among the first three in ${percent(topThree ?? 0)} of the draws`
    : "not ranked, since too much is unknown";
  return `${system}: ${amount}, ${place}. ${removableWords(removable)}`;
}

function removableWords(removable: Exposure["removable"]): string {
  if (removable === null) return "Too few comparable systems to say how much of it could be removed.";
  if (removable.share === 0) return "Comparable systems are no better.";
  return `At the level of the better quarter of comparable systems ${whole.format(removable.amount)} of it would not be (${percent(removable.share)}).`;
}
