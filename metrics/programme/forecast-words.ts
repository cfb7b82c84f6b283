/** The portfolio in sentences: the same on the page, in the terminal and in a file. */
import { money } from "../money.ts";
import { byNumber } from "../plurals.ts";
import { sum } from "../statistics/sum.ts";
import { counted } from "../words.ts";
import type { Forecast } from "./forecast.ts";
import type { Initiative, Programme } from "./programme.ts";
import type { Bar, Timetable } from "./timetable.ts";
import type { ValueForEffort } from "./value-effort.ts";

/** Where plan and truth part, and what follows from it if the rest comes as planned. */
export function forecastWords(found: Forecast, { state, grade }: Initiative, currency: string): string {
  const { cost, until, silent, overdue } = found;
  const cash = (value: number): string => money(value, currency);
  if (until === null) {
    const late =
      overdue === 0 ? "" : ` ${counted(overdue, "month")} of the plan ${byNumber(overdue, "is", "are")} over.`;
    return `Nothing is known yet of what it cost or brought. ${cash(cost.planned)} are planned.${late}`;
  }
  const spent = `Until ${until} ${cash(cost.spent)} were spent of ${cash(cost.plannedUntil)} planned${apart(cost.spent, cost.plannedUntil)}.`;
  const gaps = silent === 0 ? "" : ` Of ${counted(silent, "month")} up to then nobody said anything.`;
  const late = overdue === 0 ? "" : ` Nothing was said of ${counted(overdue, "month")} since then.`;
  return `${spent} ${broughtWords(found, grade, cash)}${gaps}${late} ${restWords(found, state, cash)}`.trim();
}

function broughtWords({ benefit }: Forecast, grade: Initiative["grade"], cash: (value: number) => string): string {
  if (benefit === null) return "Its benefit is counted where it enables others.";
  const how = grade === "A" || grade === "B" ? "as was measured" : "as people say";
  return `It brought ${cash(benefit.brought)}, ${how}; ${cash(benefit.expectedUntil)} ${benefit.expectedUntil === 0 ? "was" : "were"} expected by then.`;
}

function restWords(found: Forecast, state: Initiative["state"], cash: (value: number) => string): string {
  const { cost, payback, benefit } = found;
  if (state === "stopped") return "It was stopped: what was spent is spent, and nothing is left of the plan.";
  const left =
    cost.left === 0
      ? `Nothing is left of the plan; it cost ${cash(cost.spent)} instead of ${cash(cost.planned)}.`
      : `${cash(cost.left)} are left, so it costs ${cash(cost.outlook)} instead of ${cash(cost.planned)}.`;
  if (benefit === null) return left;
  return `${left} ${backWords(payback)}`;
}

/** When the money is back, if the rest comes as planned. */
function backWords({ expected, outlook }: Forecast["payback"]): string {
  const after = (months: number): string => `after ${counted(Math.round(months), "month")}`;
  const never = "within the years that are counted";
  if (outlook === null)
    return expected === null
      ? `The money does not come back ${never}, nor was it planned to.`
      : `The money does not come back ${never} any more; ${after(expected)} was planned.`;
  if (expected === null) return `The money is back ${after(outlook)}, which was not planned at all.`;
  return after(expected) === after(outlook)
    ? `The money is back ${after(outlook)}, as planned, if the rest comes so.`
    : `The money is back ${after(outlook)} instead of ${after(expected)}, if the rest comes as planned.`;
}

/** ", 7 % more" where it is at least a hundredth. */
function apart(came: number, planned: number): string {
  if (planned === 0) return "";
  const percent = Math.round((came / planned - 1) * 100);
  return percent === 0 ? "" : `, ${Math.abs(percent)} % ${percent > 0 ? "more" : "less"}`;
}

/** What it is worth for what it costs, or why nobody can say. */
export function valueWords(one: ValueForEffort, title: (id: string) => string, currency: string): string {
  const { value, effort, enablers, enables, perEffort } = one;
  const cash = (amount: number): string => money(amount, currency);
  if (effort === null) return "Nothing is planned, so nobody can say what it costs.";
  if (value === null)
    return enables.length > 0
      ? `${cash(effort)} for what it enables: ${enables.map(title).join(", ")}. The benefit is counted there.`
      : `${cash(effort)} without a benefit of its own, and nothing needs it.`;
  const each = perEffort === null ? "" : `, ${perEffort.toFixed(1).replace("-", "−")} for each unit of cost`;
  const first = enablers.map(({ id, cost }) => `${title(id)} (${cash(cost)})`).join(", ");
  const before = first === "" ? "" : `. What must be done first costs as well: ${first}`;
  return `${cash(value.p50)} (${cash(value.p10)} to ${cash(value.p90)}) for ${cash(effort)}${each}${before}.`;
}

/** What is remarkable about a bar of the roadmap; nothing of most. */
export function barWords({ state, isCritical, early }: Bar, title: (id: string) => string): string {
  return [
    ...early.map(({ needs, ends }) => `begins before ${title(needs)} ends (${ends}), which it needs`),
    ...(state === "stopped" ? ["stopped"] : []),
    ...(state === "done" ? ["done"] : []),
    ...(isCritical ? ["on the critical path"] : []),
  ].join("; ");
}

/** In one or two sentences: how much is planned and spent, and what of the order does not work. */
export function portfolioSentence(
  { initiatives, currency }: Pick<Programme, "initiatives" | "currency">,
  { bars }: Timetable,
  forecasts: readonly Forecast[],
): string {
  if (initiatives.length === 0) return "No initiative is planned yet.";
  const off = new Set(initiatives.filter(({ state }) => state === "stopped").map(({ id }) => id));
  const planned = sum(forecasts.filter(({ id }) => !off.has(id)).map(({ cost }) => cost.planned));
  const spent = sum(forecasts.map(({ cost }) => cost.spent));
  const early = bars.filter((bar) => bar.early.length > 0).length;
  const order =
    early === 0
      ? "Nothing begins before what it needs."
      : `${counted(early, "initiative")} ${byNumber(early, "begins", "begin")} before what ${byNumber(early, "it needs", "they need")}.`;
  const [dropped, others] = off.size === 0 ? ["", ""] : [`, ${off.size} of them stopped`, " for the others"];
  return `${counted(initiatives.length, "initiative")}${dropped}: ${money(planned, currency)} planned${others}, ${money(spent, currency)} spent. ${order}`;
}
