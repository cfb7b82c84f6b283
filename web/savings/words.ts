/** What a result of savings says, in words. Pure, so that each word can be tested. */
import { count, decimal, money, NBSP, NONE, share } from "../format.ts";
import type { Savings } from "../types.ts";

type Figures = NonNullable<Savings["figures"]>;
export type Estimate = NonNullable<Figures["gross"]>;
export type Ledger = Figures["ledgers"][number];
export type Bar = Figures["tornado"][number];

/** What a programme promises: a tenth of what delivery costs. */
export const LINE = 0.1;

/** Nine draws of ten: what is shown as an interval leaves a tenth on each side. */
const SURE = 0.9;

/** "3.1 % to 8.4 %, most likely 5.6 %": never one number alone. */
export function intervalWords({ spread, likely }: Estimate, words: (value: number) => string): string {
  return `${words(spread.p10)} to ${words(spread.p90)}, with everything as stated ${words(likely)}`;
}

export function hours(value: number): string {
  return `${count(Math.round(value)).replace("-", "−")}${NBSP}h`;
}

/** How large it is: against nothing, and against the line. */
export function sizeWords({ spread }: Estimate, reaches: number): string {
  return `${againstNothing(spread)}; ${againstTheLine(reaches)}.`;
}

function againstNothing({ p10, p90 }: Estimate["spread"]): string {
  if (p10 > 0) return "Less than before";
  return p90 < 0 ? "More than before" : "It may as well be nothing";
}

/** @param reaches how likely it is to be at the line or above, 0 to 1. */
export function againstTheLine(reaches: number): string {
  const chance = `${Math.round(reaches * 100)}${NBSP}% of the draws reach it`;
  if (reaches >= SURE) return `at or above the line of ${share(LINE)} (${chance})`;
  if (reaches <= 1 - SURE) return `below the line of ${share(LINE)} (${chance})`;
  return `on which side of the line of ${share(LINE)} cannot be told (${chance})`;
}

export const LEDGER_WORDS: Readonly<Record<Ledger["name"], { readonly title: string; readonly words: string }>> = {
  cashable: { title: "Cash", words: "Money that is not paid any more. Only this is in the budget." },
  capacity: {
    title: "Capacity released",
    words: "Hours that can be used for something else, and what they cost. Not cash.",
  },
  "avoided-loss": { title: "Avoided loss", words: "What was not lost because less stood still. Not cash." },
  value: { title: "Value", words: "What came sooner than it would have. Not cash, and not in the headline." },
};

/** A cell of an estimate: its interval, with the stated value; a dash where nothing is known. */
export function cellWords(estimate: Estimate | null, words: (value: number) => string): string {
  return estimate === null ? NONE : `${words(estimate.spread.p10)} to ${words(estimate.spread.p90)}`;
}

/** What one assumption is called: "What an hour costs, of developers". */
export function assumedTitle({ title, of }: { readonly title: string; readonly of: string | null }): string {
  return of === null ? title : `${title}, ${of}`;
}

/** A value in its unit: "€78 an hour", "30 %", "230 hours a week". */
export function assumedValue(value: number, unit: string, currency: string): string {
  if (unit === "share") return share(value);
  const [what, ...each] = unit.split(" ");
  return what === "money" ? [money(value, currency), ...each].join(" ") : `${decimal(value)} ${unit}`.trim();
}

/** Which assumptions, alone, move the result over the line; an empty list where none does. */
export function turning(bars: readonly Bar[]): readonly Bar[] {
  return bars.filter(({ low, high }) => low >= LINE !== high >= LINE);
}

/** What would have to be known, or be otherwise, for another verdict. */
export function changeWords({
  tornado,
  headline,
}: Pick<Figures, "headline"> & { readonly tornado: readonly Bar[] }): string {
  if (headline === null) return "Nothing can be said before somebody says what an hour costs and how many there are.";
  const [first, ...rest] = turning(tornado).map(({ assumption }) => assumedTitle(assumption));
  if (first === undefined)
    return tornado.length === 0
      ? "No assumption moves the result."
      : "No assumption alone moves the net result over the line: each would still leave it on the same side.";
  const others = rest.length === 0 ? "" : `; so do ${rest.slice(0, 3).join("; ")}`;
  return `“${first}” alone moves the net result over the line between its low and its high value${others}. To know that better would change the verdict.`;
}

/** "rate 1,200; volume −300": why a cost changed, each part with its sign. */
export function varianceRows(
  variance: NonNullable<Figures["labour"]>,
): readonly { readonly name: string; readonly words: string; readonly amount: number }[] {
  const { volume, mix, efficiency, rate } = variance;
  return [
    { name: "Volume", words: "More or less capacity, or minutes", amount: volume },
    { name: "Mix", words: "Another share of each team or runner", amount: mix },
    { name: "Efficiency", words: "A smaller or larger share of it lost", amount: efficiency },
    { name: "Rate", words: "Another price of an hour or a minute", amount: rate },
    {
      name: "Together",
      words: "What it costs now, less what it cost before",
      amount: volume + mix + efficiency + rate,
    },
  ];
}

/** The address of the page, with what is looked at in it. */
export function savingsLink(looked: Readonly<Record<string, string | null>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(looked)) if (value !== null && value !== "") search.set(name, value);
  const text = search.toString();
  return text === "" ? "savings" : `savings?${text}`;
}

/** What somebody calls an input of a calculator: "timeSaved" is "time saved". */
export function inputWords(name: string): string {
  return name
    .replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());
}
