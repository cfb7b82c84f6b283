/** A result of savings in a few rows, as leadership reads it: intervals beside the line, ledgers apart, and where the money went. */
import { money } from "../../money.ts";
import { counted } from "../../words.ts";
import type { Purpose } from "./ledger/placing.ts";
import type { Estimate, Ledger, LedgerName, SavingsFigures } from "./result.ts";
import { LEDGERS } from "./result.ts";
import { LINE } from "./savings.ts";

interface Row {
  readonly name: string;
  readonly words: string;
  readonly tone: "good" | "bad" | null;
}

/** So many draws must agree before a side of the line is named. */
const SURE = 0.9;

/** Gross and net, each an interval with its side of the line. @returns nothing while no share can be told. */
export function headlineRows(
  { headline, programmeCost }: Pick<SavingsFigures, "headline" | "programmeCost">,
  currency: string,
): readonly Row[] {
  if (headline === null) return [];
  const row = (name: string, { spread }: Estimate, reaches: number): Row => ({
    name: `${name}: ${percent(spread.p10)} to ${percent(spread.p90)} %`,
    words: `${sideWords(reaches)}; ${Math.round(reaches * 100)} % of the draws reach ${LINE * 100} %.`,
    tone: spread.p90 < 0 ? "bad" : reaches >= SURE ? "good" : null,
  });
  return [
    row("Gross", headline.gross, headline.grossReaches),
    row(`Net of ${money(programmeCost, currency)} that the programme cost`, headline.net, headline.netReaches),
  ];
}

function sideWords(reaches: number): string {
  if (reaches >= SURE) return "At or above the line";
  return reaches <= 1 - SURE ? "Below the line" : "On which side of the line cannot be told";
}

const LEDGER_TITLES: Readonly<Record<LedgerName, string>> = {
  cashable: "Cash",
  capacity: "Capacity released",
  "avoided-loss": "Avoided loss",
  value: "Value",
};

/** Each ledger by itself; of what nothing is known there is no row. */
export function ledgerRows(ledgers: readonly Omit<Ledger, "levers">[], currency: string): readonly Row[] {
  return ledgers.flatMap(({ name, money: amount, hours }): Row[] => {
    const parts = [
      ...(amount === null ? [] : [`${money(amount.spread.p10, currency)} to ${money(amount.spread.p90, currency)}`]),
      ...(hours === null ? [] : [`${whole(hours.spread.p10)} to ${whole(hours.spread.p90)} hours`]),
    ];
    return parts.length === 0 ? [] : [{ name: LEDGER_TITLES[name], words: `${parts.join(", ")}.`, tone: null }];
  });
}

const WENT: Readonly<Record<Purpose | "unplaced", string>> = {
  initiative: "to initiatives of the backbone",
  "new-value": "to new value",
  training: "to training",
  "less-overtime": "to less overtime",
  "out-of-the-budget": "out of the budget",
  unplaced: "not placed yet",
};

interface Placed {
  readonly ledger: LedgerName;
  readonly purpose: Purpose | "unplaced";
  readonly amount: number;
  readonly hours: number;
}

/** Where what finance agreed to went, ledger by ledger and within each largest first; what nobody placed says so. @returns `null` while there is nothing. */
export function placedRow(placed: readonly Placed[], currency: string): Row | null {
  const known = placed.filter(({ amount, hours }) => amount !== 0 || hours !== 0);
  if (known.length === 0) return null;
  const words = known
    .toSorted(
      (a, b) => LEDGERS.indexOf(a.ledger) - LEDGERS.indexOf(b.ledger) || b.amount - a.amount || b.hours - a.hours,
    )
    .map(({ ledger, purpose, amount, hours }) => {
      const what = amount === 0 ? counted(Math.round(hours), "hour") : money(amount, currency);
      return `${what} of ${LEDGER_TITLES[ledger].toLowerCase()} ${WENT[purpose]}`;
    });
  return { name: "Where it went", words: `${words.join("; ")}.`, tone: null };
}

function whole(value: number): string {
  return String(Math.round(value)).replace("-", "−");
}

function percent(share: number): string {
  return (share * 100).toFixed(1).replace("-", "−");
}
