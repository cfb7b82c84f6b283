/** What the stand-in server knows of savings. */
import { LEVER_WORDS, LEVERS } from "#metrics/programme/savings/result.ts";
import { totals } from "#metrics/programme/savings/ledger/totals.ts";
import type { Reply } from "#server/contract.ts";

export const nothingSaved: Reply<"/api/ledger"> = {
  month: "2026-11",
  months: ["2026-11"],
  currency: "EUR",
  sentence: "The ledger is empty: nobody has said yet what is saved.",
  notes: [],
  lines: [],
  totals: [...totals([], "2026-11")],
  leaks: [],
  buckets: [],
  overlaps: [],
  placed: [],
  initiatives: [],
  known: {
    scopes: ["organisation"],
    initiatives: [],
    levers: LEVERS.map((id) => ({ id, title: LEVER_WORDS[id].title, ledger: LEVER_WORDS[id].ledger })),
  },
};
