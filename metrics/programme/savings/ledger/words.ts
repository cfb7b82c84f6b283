/** The ledger in sentences. */
import { counted } from "../../../words.ts";
import type { LedgerName } from "../result.ts";
import type { Filled, OverlapKind } from "./overlaps.ts";
import type { LedgerTotal } from "./totals.ts";

const LEDGER_TITLES: Readonly<Record<LedgerName, string>> = {
  cashable: "cashable",
  capacity: "capacity released",
  "avoided-loss": "avoided loss",
  value: "value",
};

const numbers = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

/** What is said first: how much finance agreed to in the month, each ledger by itself. */
export function ledgerSentence(
  totals: readonly LedgerTotal[],
  { currency, unplaced, overdue }: { readonly currency: string; readonly unplaced: number; readonly overdue: number },
): string {
  const agreed = totals.filter(({ agreed: { lines } }) => lines > 0);
  if (agreed.length === 0) {
    const underWay = totals.reduce((all, { underWay: { lines } }) => all + lines, 0);
    return underWay === 0
      ? "The ledger is empty: nobody has said yet what is saved."
      : `Finance has agreed to nothing yet; ${counted(underWay, "line")} ${underWay === 1 ? "is" : "are"} under way.`;
  }
  const parts = agreed.map(({ ledger, agreed: { amount, hours } }) => {
    const worth = [
      ...(amount === 0 ? [] : [`${currency} ${numbers.format(amount)}`]),
      ...(hours === 0 ? [] : [`${numbers.format(hours)} hours`]),
    ];
    return `${LEDGER_TITLES[ledger]} ${worth.length === 0 ? "not said" : worth.join(" or ")}`;
  });
  const waits =
    unplaced === 0
      ? ""
      : ` Of ${counted(unplaced, "line")} a part goes nowhere${overdue === 0 ? "" : `, of ${overdue} of them for two quarters or longer`}.`;
  return `Finance agreed to, a month: ${parts.join("; ")}.${waits}`;
}

/** What two lines have to do with each other. */
export const OVERLAP_WORDS: Readonly<Record<OverlapKind, string>> = {
  same: "the same saving twice",
  bucket: "from the same hours, capped together",
  cause: "of the same work in another ledger, never added",
};

/** Of buckets from which more is claimed than there ever was. */
export function overfull({ scope, bucket, hours, claimed }: Filled): string | null {
  if (claimed <= hours) return null;
  return `Lines of ${scope} claim ${numbers.format(claimed)} hours a month from ${bucket}, which held ${numbers.format(hours)} in the baseline: no more can be saved than was lost.`;
}
