/** What is said of the exposure of a system. */
import { duration } from "../words.ts";
import type { Exposure } from "./exposure.ts";
import { percent } from "./practices/words.ts";
import type { Priority } from "./priorities.ts";
import type { Attribution } from "./waits.ts";
import type { ExposurePart, ExposureTerms } from "./worlds.ts";

const whole = new Intl.NumberFormat("en", { maximumSignificantDigits: 3 });

const plain = new Intl.NumberFormat("en", { maximumSignificantDigits: 2 });

/** A cent in a plan of thousands is nothing that anybody reads digit by digit. */
const [LEAST_AMOUNT, LEAST_RATIO] = [1, 0.001];

const PARTS: Readonly<Record<ExposurePart, string>> = {
  value: "value lost to waiting",
  capacity: "working time",
  loss: "losses",
};

export function exposureWords(
  { system, parts, topThree, removable }: Omit<Exposure, "words">,
  { by, unit, supposed }: ExposureTerms,
  { isRanked, isWorthKnown }: { readonly isRanked: boolean; readonly isWorthKnown: boolean },
): string {
  const chosen = parts[by];
  if (chosen === null)
    return `${system}: ${PARTS[by]} ${by === "loss" ? "are" : "is"} not known, since ${unknownSince(isWorthKnown)}.`;
  const amount = `${PARTS[by]} ${of(chosen.amount, unit)} (90 %: ${whole.format(chosen.low)} to ${whole.format(chosen.high)})`;
  const place = isRanked
    ? `rank ${chosen.rank ?? "—"}, among the first three in ${percent(topThree ?? 0)} of the draws`
    : "not ranked, since too much is unknown";
  return `${system}: ${amount}, ${place}. ${removableWords(removable, unit, supposed)}`;
}

function unknownSince(isWorthKnown: boolean): string {
  return isWorthKnown ? "nobody said what an hour of it costs" : "no use case says what waiting here is worth";
}

function of(amount: number, unit: string): string {
  const words = amount > 0 && amount < LEAST_AMOUNT ? `less than ${LEAST_AMOUNT}` : whole.format(amount);
  return unit === "" ? words : `${words} ${unit}`;
}

function ratio(amount: number): string {
  return amount > 0 && amount < LEAST_RATIO ? `less than ${LEAST_RATIO}` : plain.format(amount);
}

function removableWords(removable: Exposure["removable"], unit: string, supposed: number | null): string {
  if (removable === null) return "Too few comparable systems to say how much of it could be removed.";
  if (supposed !== null) return `Without ${percent(supposed)} of it, ${of(removable.amount, unit)} would not be.`;
  if (removable.share === 0) return "Comparable systems are no better.";
  return `At the level of the better quarter of comparable systems ${of(removable.amount, unit)} of it would not be (${percent(removable.share)}).`;
}

interface Row {
  readonly system: string;
  readonly elements: readonly { readonly element: string | null; readonly hours: number }[];
  readonly hours: number;
  readonly words: string;
}

/** What stands first, and how much of all that is known of it. */
export function constraintWords(
  { system, elements, hours, words }: Row,
  { rank, found }: { readonly rank: ExposurePart; readonly found: Attribution },
): string {
  if (rank !== "value" || found.shares === null) return `By ${PARTS[rank]} ${system} comes first. ${words}`;
  const { measured, declared, unknown } = found.shares;
  const [most] = elements;
  const part = most === undefined || most.element === null ? "" : `, most of it for its ${most.element}`;
  return `Most is lost to waiting for ${system}: ${percent(hours / found.hours)} of ${duration(found.hours)} that changes waited${part}. Of these hours ${percent(measured)} are measured, ${percent(declared)} declared and ${percent(unknown)} unknown.`;
}

export function priorityWords(
  {
    removable,
    priority,
    chance,
    cost,
  }: Pick<Priority, "removable" | "priority"> & { readonly chance: number; readonly cost: number },
  { unit, currency }: { readonly unit: string; readonly currency: string },
): string {
  if (removable === null)
    return "Nothing that was measured is about its element of its systems, no use case says what waiting there is worth, or too few systems are comparable.";
  const could = `It could remove ${of(removable.amount, unit)} in half a year`;
  if (priority === null) return `${could}; its plan says no cost that is still to come.`;
  const stable =
    priority.topThree === null ? "" : `, among the first three in ${percent(priority.topThree)} of the draws`;
  return `${could}: by a chance of ${percent(chance)} and ${of(cost, currency)} still to pay, ${ratio(priority.amount)} ${unit} for each ${currency} (90 %: ${ratio(priority.low)} to ${ratio(priority.high)})${stable}.`;
}
