/** Where a saving went once finance agreed to it. What nobody placed for half a year is told as such: it was saved, and nobody knows what it is good for. */
import type { Standing } from "./lines.ts";
import { hasAgreed, monthsAfter } from "./lines.ts";
import { counts, monthsCounted } from "./months.ts";

/** A backbone initiative, work that is new, learning, less overtime, or back to the budget. */
export const PURPOSES = ["initiative", "new-value", "training", "less-overtime", "out-of-the-budget"] as const;
export type Purpose = (typeof PURPOSES)[number];

/** After so many months what nobody placed is told as such. */
export const UNPLACED_AFTER = 6;

export interface Placement {
  readonly purpose: Purpose;
  /** Of the purpose `initiative`: which. */
  readonly initiative: string | null;
  /** Of the line, above 0 and at most 1. */
  readonly share: number;
}

/** Where all of a line goes from a month on, in the place of what was said before. */
export interface Funding {
  readonly line: number;
  readonly fromMonth: string;
  readonly placements: readonly Placement[];
}

/** Where a line goes in a month: what was said last of those that had begun. */
export function placedIn(line: number, fundings: readonly Funding[], month: string): readonly Placement[] {
  const begun = fundings.filter((one) => one.line === line && one.fromMonth <= month);
  return begun.at(-1)?.placements ?? [];
}

/** The share of a line that nobody placed; never below 0. */
export function unplacedShare(placements: readonly Placement[]): number {
  let rest = 1;
  for (const { share } of placements) rest -= share;
  // Three thirds are all of it.
  return rest < 1e-9 ? 0 : rest;
}

/** Why a line cannot be placed so, in a sentence; `null` where it can. */
export function placingFlaw(
  standing: Standing,
  { placements }: Pick<Funding, "placements">,
  initiatives: readonly string[],
): string | null {
  if (standing.isWithdrawn) return "The line was withdrawn, so there is nothing to place.";
  if (!hasAgreed(standing.stage))
    return `Finance has not agreed to the line, which is ${standing.stage}: only what is validated can be placed.`;
  for (const { purpose, initiative } of placements) {
    if ((purpose === "initiative") !== (initiative !== null))
      return "Name the initiative that it pays for, and none where it goes elsewhere.";
    if (initiative !== null && !initiatives.includes(initiative))
      return `There is no initiative "${initiative}" in the programme. The page Backbone lists those there are.`;
  }
  const keys = placements.map(({ purpose, initiative }) => `${purpose} ${initiative ?? ""}`);
  if (new Set(keys).size < keys.length) return "The same place is named twice. Say its share once.";
  let all = 0;
  for (const { share } of placements) all += share;
  return all > 1 + 1e-9 ? "More than all of it would be placed: the shares are above 100 % together." : null;
}

/** What was placed where, or nowhere, from the beginning to the end of a month. Money and hours, both of lines that say them. */
export interface Placed {
  readonly purpose: Purpose | "unplaced";
  readonly initiative: string | null;
  readonly amount: number;
  readonly hours: number;
}

/**
 * Every month in which a line counted, with where it went in that month, added up; of what went nowhere as `unplaced`.
 * All of it together is what the lines saved, whatever was said of where it went.
 */
export function placedUntil(
  standings: readonly Standing[],
  fundings: readonly Funding[],
  month: string,
): readonly Placed[] {
  const sums = new Map<string, Placed>();
  const add = (purpose: Placed["purpose"], initiative: string | null, amount: number, hours: number): void => {
    const key = `${purpose} ${initiative ?? ""}`;
    const before = sums.get(key) ?? { purpose, initiative, amount: 0, hours: 0 };
    sums.set(key, { ...before, amount: before.amount + amount, hours: before.hours + hours });
  };
  for (const standing of standings)
    for (const each of monthsCounted(standing, month)) {
      const placements = placedIn(standing.line.id, fundings, each.month);
      const [amount, hours] = [each.amount ?? 0, each.hours ?? 0];
      for (const { purpose, initiative, share } of placements) add(purpose, initiative, amount * share, hours * share);
      const rest = unplacedShare(placements);
      if (rest > 0) add("unplaced", null, amount * rest, hours * rest);
    }
  return [...sums.values()].toSorted((a, b) => orderOf(a) - orderOf(b) || compare(a.initiative, b.initiative));
}

function orderOf({ purpose }: Placed): number {
  return purpose === "unplaced" ? PURPOSES.length : PURPOSES.indexOf(purpose);
}

function compare(a: string | null, b: string | null): number {
  return (a ?? "") < (b ?? "") ? -1 : 1;
}

/** Whether a line has waited to be placed for too long: finance agreed half a year ago, and a part of it goes nowhere. */
export function isOverdue(standing: Standing, fundings: readonly Funding[], day: string): boolean {
  if (standing.agreedOn === null || !counts(standing, day.slice(0, 7))) return false;
  if (unplacedShare(placedIn(standing.line.id, fundings, day.slice(0, 7))) === 0) return false;
  return day >= monthsAfter(standing.agreedOn, UNPLACED_AFTER);
}
