/**
 * The savings ledger: what somebody says is saved, line by line, and how far each line has come until finance agrees to it. Lines and steps are only ever
 * added; what stands is read from them.
 *
 * Months are `2026-11`, money is in the programme's currency and, like hours, of one month; unknown is `null`.
 */
import type { Bucket } from "../../assumptions.ts";
import { monthNumber, monthOf } from "../../months.ts";
import type { LedgerName, LeverId } from "../result.ts";
import { LEVER_WORDS } from "../result.ts";

/** How far a line has come, in this order. */
export const LINE_STAGES = [
  "identified",
  "planned",
  "implemented",
  "measured",
  "validated",
  "realised",
  "sustained",
] as const;
export type LineStage = (typeof LINE_STAGES)[number];

/** A line goes on to a stage, is sent back by finance, or is given up. */
export const STEPS = [...LINE_STAGES, "rejected", "withdrawn"] as const;
export type Step = (typeof STEPS)[number];

/** From the stage on at which finance has agreed, a line counts as saved. */
const AGREED = LINE_STAGES.indexOf("validated");

/** What lasts is told after half a year of it. */
export const SUSTAINED_AFTER = 6;

export interface LedgerLine {
  readonly id: number;
  readonly title: string;
  readonly lever: LeverId;
  /** A role or a team: exactly one answers for a line. */
  readonly owner: string;
  /** Whose saving it is: `organisation`, `team:payments`, `service:shop`. */
  readonly scope: string;
  /** The first month of which it saves something. */
  readonly fromMonth: string;
  /** As somebody first thought of it. */
  readonly amount: number | null;
  readonly hours: number | null;
}

export interface Transition {
  readonly line: number;
  readonly step: Step;
  /** What it is worth from now on, where that is another figure than before; `null`: the same. */
  readonly amount: number | null;
  readonly hours: number | null;
  /** What shows it, or why it was sent back. */
  readonly evidence: string;
  /** The day on which it was so, such as 2026-11-28. */
  readonly day: string;
}

/** What a line is worth from a day on, a month. */
export interface Said {
  /** Empty of what was first thought. */
  readonly day: string;
  readonly amount: number | null;
  readonly hours: number | null;
}

/** A line as it stands after all of its steps. */
export interface Standing {
  readonly line: LedgerLine;
  readonly ledger: LedgerName;
  readonly bucket: Bucket | null;
  readonly stage: LineStage;
  readonly isWithdrawn: boolean;
  /** As last said. */
  readonly amount: number | null;
  readonly hours: number | null;
  /** When finance agreed to it and has not taken it back since; `null` while it has not. */
  readonly agreedOn: string | null;
  readonly realisedOn: string | null;
  /** The first month in which it counts: its own first, or that in which finance agreed if that is later. `null` while finance does not agree. */
  readonly countsFrom: string | null;
  /** What it was said to be worth, oldest first. */
  readonly said: readonly Said[];
}

export function standingOf(line: LedgerLine, transitions: readonly Transition[]): Standing {
  const { ledger, bucket } = LEVER_WORDS[line.lever];
  let standing: Standing = {
    line,
    ledger,
    bucket,
    stage: "identified",
    isWithdrawn: false,
    amount: line.amount,
    hours: line.hours,
    agreedOn: null,
    realisedOn: null,
    countsFrom: null,
    said: [{ day: "", amount: line.amount, hours: line.hours }],
  };
  for (const transition of transitions) if (transition.line === line.id) standing = after(standing, transition);
  return standing;
}

function after(standing: Standing, { step, day, amount, hours }: Transition): Standing {
  const now = { amount: amount ?? standing.amount, hours: hours ?? standing.hours };
  const worth = { ...standing, ...now, said: [...standing.said, { day, ...now }] };
  if (step === "withdrawn") return { ...worth, isWithdrawn: true };
  const stage = step === "rejected" ? sentBackTo(standing.stage) : step;
  const agreedOn = hasAgreed(stage) ? (standing.agreedOn ?? day) : null;
  return {
    ...worth,
    stage,
    agreedOn,
    countsFrom: agreedOn === null ? null : later(standing.line.fromMonth, agreedOn.slice(0, 7)),
    realisedOn: isAtLeast(stage, "realised") ? (standing.realisedOn ?? day) : null,
  };
}

function later(a: string, b: string): string {
  return a > b ? a : b;
}

/** What was measured is implemented and has to be measured anew; what finance had agreed to is measured, and has to be looked at anew. */
function sentBackTo(stage: LineStage): LineStage {
  return hasAgreed(stage) ? "measured" : "implemented";
}

/** Whether finance has agreed to what is at a stage. */
export function hasAgreed(stage: LineStage): boolean {
  return LINE_STAGES.indexOf(stage) >= AGREED;
}

function isAtLeast(stage: LineStage, least: LineStage): boolean {
  return LINE_STAGES.indexOf(stage) >= LINE_STAGES.indexOf(least);
}

/** Where a line can go from where it stands. Finance alone agrees, and finance alone sends back. */
export function stepsFrom({ stage, isWithdrawn }: Pick<Standing, "stage" | "isWithdrawn">): readonly Step[] {
  if (isWithdrawn) return [];
  const next = LINE_STAGES[LINE_STAGES.indexOf(stage) + 1];
  const onward: readonly Step[] = next === undefined ? [] : [next];
  const back: readonly Step[] = isAtLeast(stage, "measured") ? ["rejected"] : [];
  return [...onward, ...back, "withdrawn"];
}

/** Steps that finance takes and nobody else. */
export function isForFinance(step: Step): boolean {
  return step === "validated" || step === "rejected";
}

/**
 * Why a step cannot be taken, in a sentence; `null` where it can.
 *
 * @param actor who takes it, and `measuredBy` who said that it was measured: two must look at a line before it counts.
 */
export function refusal(
  standing: Standing,
  { step, day, amount, hours }: Pick<Transition, "step" | "day" | "amount" | "hours">,
  { actor, measuredBy }: { readonly actor: string; readonly measuredBy: string | null },
): string | null {
  const { stage, isWithdrawn, realisedOn } = standing;
  if (isWithdrawn) return "The line was withdrawn: nothing can be done with it any more. Add another one.";
  const possible = stepsFrom(standing);
  if (!possible.includes(step))
    return `A line that is ${stage} cannot become ${step}. It can become ${possible.join(", ")}: no stage is left out.`;
  if (step === "validated" && (amount ?? standing.amount) === null && (hours ?? standing.hours) === null)
    return "Nobody has said what the line is worth, so there is nothing to agree to. Say its money or its hours a month.";
  if (step === "validated" && isSame(actor, measuredBy))
    return "Whoever said that a line was measured does not agree to it as well: two must have looked.";
  if (step === "sustained" && realisedOn !== null && day < monthsAfter(realisedOn, SUSTAINED_AFTER))
    return `A saving is sustained when it has lasted half a year. This one was realised on ${realisedOn}.`;
  return null;
}

function isSame(name: string, other: string | null): boolean {
  return other !== null && name.trim().toLowerCase() === other.trim().toLowerCase();
}

/** How many months lie between two days or months. */
export function monthsBetween(from: string, to: string): number {
  return monthNumber(to.slice(0, 7)) - monthNumber(from.slice(0, 7));
}

/** The same day so many months later, such as 2026-11-28 after 2026-05-28; the last of a month that has no such day. */
export function monthsAfter(day: string, months: number): string {
  const month = monthOf(monthNumber(day) + months);
  const last = new Date(Date.parse(`${monthOf(monthNumber(month) + 1)}-01`) - 1).toISOString().slice(0, 10);
  return [`${month}-${day.slice(8, 10)}`, last].toSorted()[0] ?? last;
}
