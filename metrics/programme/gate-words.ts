/** What is said at the gate. */
import { byNumber } from "../plurals.ts";
import { counted, outOf } from "../words.ts";
import type { Gate, GateCondition, GateInput, RateChange } from "./gate.ts";
import { percent } from "./practices/words.ts";

interface ShareWords {
  readonly asked: string;
  readonly noun: string;
  /** Of one, and of several. */
  readonly holds: readonly [string, string];
}

export function practicesWords(share: number): ShareWords {
  const asked = `The practices of stages 1 to 3 are adopted in at least ${percent(share)} of the services: stages count what is practised, too. The proof that a deployment can be taken back, which stage 3 asks for, is left out here.`;
  return { asked, noun: "service", holds: ["has adopted all of them", "have adopted all of them"] };
}

export function leadTimeWords(share: number): ShareWords {
  const asked = `The median lead time is shorter than at the baseline in at least ${percent(share)} of the teams (the 90 % interval of the ratio lies below 1).`;
  return { asked, noun: "team", holds: ["is faster", "are faster"] };
}

export function cadenceWords(share: number): ShareWords {
  const asked = `At least ${percent(share)} of the services whose class allows it are deployed every week or more often.`;
  return { asked, noun: "service", holds: ["is", "are"] };
}

export function calmWords(share: number): ShareWords {
  const asked = `At least ${percent(share)} of the services had no unfavourable signal outside their limits in eight weeks.`;
  return { asked, noun: "service", holds: ["had none", "had none"] };
}

export function shareEvidence(
  judged: readonly { readonly holds: boolean | null }[],
  { noun, holds }: ShareWords,
): string {
  const [yes, open] = [true, null].map((answer) => judged.filter((one) => one.holds === answer).length);
  if (judged.length === 0) return `No ${noun} is known.`;
  const unsaid = open === 0 ? "" : `; of ${counted(open ?? 0, noun)} nothing can be said`;
  return `${outOf(yes ?? 0, judged.length, noun)} ${byNumber(judged.length, ...holds)}${unsaid}.`;
}

export function lacking({ name, holds }: { readonly name: string; readonly holds: boolean | null }): string {
  return holds === null ? `${name}: nothing can be said` : name;
}

export const NO_CLASS = "The class of no service allows it, so nobody is asked.";

export function stabilityWords(worseBy: number): string {
  return `Neither failures nor rework have become more: the upper end of the 90 % interval of each change is at most ${points(worseBy)}, and serious alerts are not open for longer.`;
}

export function stabilityEvidence(
  failRate: RateChange | null,
  reworkRate: RateChange | null,
  alertAge: GateInput["alertAge"],
): string {
  const alerts =
    alertAge === null
      ? "no alerts are known, which does not decide"
      : `serious alerts are open for ${days(alertAge.now)}, ${days(alertAge.before)} before`;
  return `Change fail rate ${rateWords(failRate)}; rework rate ${rateWords(reworkRate)}; ${alerts}.`;
}

function rateWords(rate: RateChange | null): string {
  return rate === null ? "unknown" : `${points(rate.change)}, at most ${points(rate.high)}`;
}

/** `+2 points`, `−0.5 points`. */
export function points(share: number): string {
  const rounded = Number((share * 100).toFixed(1));
  const sign = rounded < 0 ? "−" : "+";
  return `${sign}${Math.abs(rounded)} points`;
}

function days(count: number): string {
  return counted(Math.round(count), "day");
}

export function notShown(rate: string): string {
  return `that the ${rate} has not become higher is not shown`;
}

export function unknown(rate: string): string {
  return `the ${rate} of the baseline or of now is unknown`;
}

export const ALERTS_OLDER = "serious alerts are open for longer than at the baseline";
export const SAVINGS = "Savings are shown, or finance agreed to what was planned by now.";
export const NO_SAVINGS = "no saving was measured or planned";
export const SAVINGS_MISSING = "savings that are shown, or that are on plan";
export const NO_CONSTRAINT = "no bottleneck of the backbone is ranked";
export const CONSENT = "All who must agree have agreed.";

export function constraintWords(mostUnknown: number): string {
  return `The constraint that remains is named, with at most ${percent(mostUnknown)} of the waits unknown.`;
}

export function constraintEvidence({
  name,
  measured,
  declared,
  unknown: rest,
}: NonNullable<GateInput["constraint"]>): string {
  return `${name}: of the hours waited ${percent(measured)} are measured, ${percent(declared)} declared, ${percent(rest)} unknown.`;
}

export function tooUnknown(mostUnknown: number): string {
  return `more than ${percent(mostUnknown)} of the hours waited are unknown: declare them, or measure them`;
}

export function refused(party: string): string {
  return `${party.replace("-", " ")} refused`;
}

export function unanswered(party: string, asked: number): string {
  const who = party.replace("-", " ");
  return asked === 0 ? `${who} was not asked` : `${who} has not answered`;
}

export function consentEvidence(agreed: number, all: number): string {
  return `${agreed} of ${all} have agreed.`;
}

/** What a condition is about, for lists of what is missing. */
const TITLES: Readonly<Record<GateCondition["id"], string>> = {
  practices: "practices",
  "lead-time": "lead time",
  cadence: "cadence",
  stability: "stability",
  calm: "calm weeks",
  savings: "savings",
  constraint: "the constraint",
  consent: "consent",
};

/** In one sentence there is room for so many; the others stand at their condition. */
const MOST_NAMED = 5;

function inBrackets(missing: readonly string[]): string {
  if (missing.length === 0) return "";
  if (missing.length <= MOST_NAMED) return ` (${missing.join(", ")})`;
  return ` (${missing.slice(0, MOST_NAMED - 1).join(", ")} and ${missing.length - MOST_NAMED + 1} more)`;
}

export function outcomeWords(outcome: Gate["outcome"], conditions: readonly GateCondition[]): string {
  const open = conditions.filter(({ state }) => state !== "met");
  const list = open.map(({ id, missing }) => `${TITLES[id]}${inBrackets(missing)}`).join("; ");
  switch (outcome) {
    case "pass":
      return "Pass: the foundation is in place.";
    case "conditional":
      return `Conditional: ${outOf(conditions.length - open.length, conditions.length, "condition")} are met. Missing: ${list}.`;
    case "hold":
      return `Hold: ${outOf(conditions.length - open.length, conditions.length, "condition")} are met. Missing: ${list}.`;
  }
}
