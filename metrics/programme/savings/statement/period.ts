/** Of which days the figures of a statement are, in words. */
import { DAY } from "../../../time.ts";
import { monthNumber, monthOf } from "../../months.ts";
import { weeksEndingIn } from "../weeks.ts";
import type { StatementFormat } from "./formats.ts";
import type { StatementRows } from "./statement.ts";

const days = new Intl.DateTimeFormat("en", { day: "numeric", month: "long", timeZone: "UTC" });
const months = new Intl.DateTimeFormat("en", { month: "long", year: "numeric", timeZone: "UTC" });

type Asked = Pick<StatementRows, "format" | "month" | "reckoning" | "evaluation">;

/** The ledger's are of the month; what is reckoned is of the whole weeks of the quarter so far, so that statements of one quarter hold the same weeks. */
export function periodWords({ format, month, reckoning, evaluation }: Asked): string {
  const ledger = `Ledger: ${months.format(Date.parse(`${month}-01`))}.`;
  if (reckoning === null) return `${ledger} Savings and levers: none, since there was nothing to compare with.`;
  const [from, to] = [Date.parse(reckoning.period.from), Date.parse(reckoning.period.to)];
  const weeks = Math.round((to - from) / (7 * DAY));
  const quarter = evaluation === null ? "" : ` ${evaluation.quarter}`;
  const whole = weeks === 1 ? "1 whole week" : `${weeks} whole weeks`;
  const own = format < 4 ? "" : `, of which ${newWords(format, month, from, to)}`;
  return `${ledger} Savings and levers: fiscal quarter${quarter} so far, ${between(from, to - DAY)} (${whole}${own}). Do not add the statements of one quarter.`;
}

/** The weeks that end in the month. Format 4 says that they are in no earlier statement; of the first statement that is so of all weeks. */
function newWords(format: StatementFormat, month: string, from: number, to: number): string {
  const own = weeksEndingIn({ from: `${month}-01`, to: `${monthOf(monthNumber(month) + 1)}-01` });
  const [first, end] = [Math.max(from, Date.parse(own.from)), Math.min(to, Date.parse(own.to))];
  const weeks = Math.max(0, Math.round((end - first) / (7 * DAY)));
  const [one, more] =
    format < 5
      ? ["is in no earlier statement", "are in no earlier statement"]
      : ["ends in the month", "end in the month"];
  if (weeks === 0) return `none ${one}`;
  return `${weeks}, ${between(first, end - DAY)}, ${weeks === 1 ? one : more}`;
}

/** Such as "5 to 25 October", "28 September to 4 October"; the year stands with the month of the ledger. */
function between(first: number, last: number): string {
  const [from, to] = [dayAndMonth(first), dayAndMonth(last)];
  return `${from.month === to.month ? from.day : `${from.day} ${from.month}`} to ${to.day} ${to.month}`;
}

function dayAndMonth(at: number) {
  const parts = days.formatToParts(at);
  const part = (type: "day" | "month"): string => parts.find((one) => one.type === type)?.value ?? "";
  return { day: part("day"), month: part("month") };
}
