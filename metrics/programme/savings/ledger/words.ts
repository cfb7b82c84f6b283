/** The ledger in sentences. */
import { counted } from "../../../words.ts";
import type { LedgerName } from "../result.ts";
import type { Standing } from "./lines.ts";
import type { PlanOfLedger } from "./on-plan.ts";
import type { OverlapKind } from "./overlaps.ts";
import type { Filled } from "./room.ts";
import type { LedgerTotal } from "./totals.ts";

const LEDGER_TITLES: Readonly<Record<LedgerName, string>> = {
  cashable: "cashable",
  capacity: "capacity released",
  "avoided-loss": "avoided loss",
  value: "value",
};

const months = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });
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
  const parts = agreed.map(({ ledger, agreed: worth }) => `${LEDGER_TITLES[ledger]} ${worthWords(worth, currency)}`);
  const waits =
    unplaced === 0
      ? ""
      : ` Of ${counted(unplaced, "line")} a part goes nowhere${overdue === 0 ? "" : `, of ${overdue} of them for two quarters or longer`}.`;
  return `Finance agreed to, a month: ${parts.join("; ")}.${waits}`;
}

function worthWords({ amount, hours }: { readonly amount: number; readonly hours: number }, currency: string): string {
  const worth = [
    ...(amount === 0 ? [] : [`${currency} ${numbers.format(amount)}`]),
    ...(hours === 0 ? [] : [`${numbers.format(hours)} hours`]),
  ];
  return worth.length === 0 ? "not said" : worth.join(" or ");
}

/** What was planned for a month, and what finance agreed to of it; `null` where nothing was planned. */
export function planWords(plans: readonly PlanOfLedger[], month: string, currency: string): string | null {
  if (plans.length === 0) return null;
  const parts = plans.map(({ ledger, planned, agreed }) => {
    const hasAgreed = agreed.amount !== 0 || agreed.hours !== 0;
    return `${LEDGER_TITLES[ledger]} ${worthWords(planned, currency)} planned, ${hasAgreed ? worthWords(agreed, currency) : "nothing"} agreed to`;
  });
  const verdict = plans.every(({ isMet }) => isMet) ? "on plan" : "less than planned";
  return `By the ledger what finance agreed to in ${months.format(Date.parse(`${month}-01`))} is ${verdict}: ${parts.join("; ")}.`;
}

/** What two lines have to do with each other. */
export const OVERLAP_WORDS: Readonly<Record<OverlapKind, string>> = {
  same: "the same saving twice",
  bucket: "from the same hours, capped together",
  cause: "of the same work in another ledger, never added",
};

/** Of hours of which more is claimed than there are; `null` where not. A thousandth of an hour is one of printing. */
export function overfull({ scope, bucket, hours, claimed }: Filled): string | null {
  if (claimed <= hours + 0.001) return null;
  const claim = `Lines of ${scope} claim ${numbers.format(claimed)} hours a month`;
  return bucket === null
    ? `${claim}, and its teams have ${numbers.format(hours)} by what is assumed: no more can be saved than there is. Money of a line counts as the hours that it pays for.`
    : `${claim} from ${bucket}, which held ${numbers.format(hours)} in the baseline: no more can be saved than was lost.`;
}

/** Of lines that are held against nothing; `null` where there is none. */
export function unheldWords(lines: readonly Standing[]): string | null {
  const [first] = lines;
  if (first === undefined) return null;
  const named = lines.slice(0, 3).map(({ line }) => `line ${line.id} (${line.scope})`);
  const more = lines.length > 3 ? ` and ${lines.length - 3} more` : "";
  return `Nobody said how many hours there are to be saved of ${named.join(", ")}${more}: no baseline says what its bucket held, and no assumption what its teams have. While one of them counts, no grade is better than C. Say the capacity on the page Backbone.`;
}
