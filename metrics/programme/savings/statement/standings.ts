/** The ledger of a statement, as its format counts. */
import type { Standing, Transition } from "../ledger/lines.ts";
import { standingOf } from "../ledger/lines.ts";
import { countedFromFirstMonth } from "../ledger/months.ts";
import type { StatementRows } from "./statement.ts";

type Rows = Pick<StatementRows, "format" | "lines" | "steps">;

export function ledgerOf({ format, lines, steps }: Rows): {
  readonly transitions: readonly Transition[];
  readonly standings: readonly Standing[];
} {
  const transitions = steps.map(({ evidenceHash: evidence, ...step }) => ({ ...step, evidence }));
  const standings = lines.map((line) => standingOf(line, transitions));
  return { transitions, standings: format < 4 ? standings.map(countedFromFirstMonth) : standings };
}

/** Its lines as they stand at the end of the month. */
export function standingsOf(rows: Rows): readonly Standing[] {
  return ledgerOf(rows).standings;
}
