/** What the page for leadership says of savings: intervals as soon as they can be told, and before that from when on. */
import { headlineRows, ledgerRows, placedRow } from "#metrics/programme/savings/leadership-words.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { answerLedger } from "./ledger.ts";
import { standing } from "./programme.ts";
import { answerSavings } from "./savings.ts";

type Savings = Reply<"/api/leadership">["savings"];

/**
 * Of the whole organisation, since a programme is paid for as a whole.
 *
 * @param before what is said while nothing can be told.
 */
export async function savingsPart(installation: Installation, before: Savings): Promise<Savings> {
  const { programme } = await standing(installation);
  const placed = placedRow((await answerLedger(installation, {})).placed, programme.currency);
  const went = placed === null ? [] : [placed];
  // Without a stated assumption there is no share to tell, and nothing needs to be drawn.
  if (programme.assumptions.length === 0) return { ...before, rows: went };
  const answer = await answerSavings(installation, {});
  const { figures, currency, grade, caps, earliest, missing, sentence } = answer;
  if (figures === null || figures.headline === null) return { ...before, rows: went };
  const rows = [...headlineRows(figures, currency), ...ledgerRows(figures.ledgers, currency), ...went];
  const [worst] = caps.filter((cap) => cap.grade === grade);
  const graded = `Evidence of grade ${grade}${worst === undefined ? "" : `: ${worst.words}`}`;
  if (earliest === null) return { words: `${sentence} ${graded}`, earliest, missing, rows };
  return {
    words: `Savings: not measurable yet, earliest ${earliest.slice(0, 10)}. So far it is the difference between two times. ${graded}`,
    earliest,
    missing,
    rows,
  };
}
