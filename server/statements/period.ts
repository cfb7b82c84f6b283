/** Of which days a statement is, as the first of the figures in a table. A pack does not print it: its head and its `reckoning` say it. */
import { periodWords } from "#metrics/programme/savings/statement/period.ts";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import { text } from "#metrics/programme/savings/statement/printed.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";

export function periodFigure(rows: StatementRows): Printed {
  return text("statement.period", "Of which days it is", periodWords(rows));
}
