/**
 * The gate "foundation in place": whether the next large investment may begin. Each condition is met, not met or cannot be said, with its evidence and with what is
 * missing; nobody can type the outcome.
 */
import type { Interval } from "../statistics/interval.ts";
import type { Status } from "./practice-status.ts";
import type { ReleaseClass } from "./practices/limits.ts";
import * as told from "./gate-words.ts";

export const GATE_CONDITIONS = [
  "practices",
  "lead-time",
  "cadence",
  "stability",
  "calm",
  "savings",
  "constraint",
  "consent",
] as const;
export type GateConditionId = (typeof GATE_CONDITIONS)[number];

export type GateState = "met" | "not-met" | "cannot-be-said";

export interface GateCondition {
  readonly id: GateConditionId;
  /** Without it there is no foundation; the others may be put right while the investment begins. */
  readonly isEssential: boolean;
  readonly state: GateState;
  /** What is asked, with the limit. */
  readonly asked: string;
  readonly evidence: string;
  /** What is missing or not known, by name; empty where it is met. */
  readonly missing: readonly string[];
}

export interface Gate {
  readonly outcome: "pass" | "conditional" | "hold";
  readonly conditions: readonly GateCondition[];
  readonly words: string;
}

export interface GateService {
  readonly name: string;
  readonly releaseClass: ReleaseClass;
  /** By the id of a practice; one that is not here was not read. */
  readonly practices: ReadonlyMap<string, Status>;
  /** In the last weeks, a week; `null`: unknown. */
  readonly deploymentsPerWeek: number | null;
  /** `null`: its past is too short. From `calm`. */
  readonly isCalm: boolean | null;
}

export interface GateTeam {
  readonly name: string;
  /** The 90 % interval of its Kaplan–Meier median lead time by that of the baseline; `null`: too few changes, or no baseline. */
  readonly leadTimeRatio: Interval | null;
}

/** A change of a rate against the baseline, as a share: 0.02 are 2 percentage points. */
export interface RateChange {
  readonly change: number;
  /** The upper end of its 90 % interval. */
  readonly high: number;
}

export interface GateInput {
  readonly services: readonly GateService[];
  readonly teams: readonly GateTeam[];
  readonly failRate: RateChange | null;
  readonly reworkRate: RateChange | null;
  /** Median days that high and critical alerts are open, at the baseline and now; `null`: no scanner is known, which is shown and does not decide. */
  readonly alertAge: { readonly before: number; readonly now: number } | null;
  /** Whether savings are shown to be there (`yes`), shown not to be, or not yet; `onPlan`: what there is is at least what was planned by now. */
  readonly savings: {
    readonly effect: "yes" | "no" | "not-yet";
    readonly onPlan: boolean | null;
    readonly words: string;
  } | null;
  /** The bottleneck ranked first, and what is known of its waits, as shares that add up to 1. */
  readonly constraint: {
    readonly name: string;
    readonly measured: number;
    readonly declared: number;
    readonly unknown: number;
  } | null;
  readonly consents: readonly { readonly party: string; readonly answer: "asked" | "agreed" | "refused" }[];
}

/** Beliefs: configuration with visible defaults. */
export interface GateTerms {
  /** Ids of the practices of stages 1 to 3. */
  readonly practices: readonly string[];
  readonly adoptedShare: number;
  readonly fasterShare: number;
  readonly weeklyShare: number;
  /** Classes that allow a deployment every week. */
  readonly weeklyClasses: readonly ReleaseClass[];
  /** What the upper end of a change of a rate may be. */
  readonly worseBy: number;
  readonly calmShare: number;
  readonly mostUnknown: number;
  /** Who must agree. */
  readonly parties: readonly string[];
}

export const GATE_TERMS: GateTerms = {
  practices: [
    "trunk-based",
    "continuous-integration",
    "small-batches",
    "review",
    "work-in-progress",
    "deployment-automation",
    "release-on-demand",
  ],
  adoptedShare: 0.7,
  fasterShare: 0.6,
  weeklyShare: 0.7,
  weeklyClasses: ["cloud"],
  worseBy: 0.02,
  calmShare: 0.8,
  mostUnknown: 0.3,
  parties: ["sponsor", "finance", "system-owner", "works-council", "security"],
};

/**
 * *Pass* when all conditions are met. *Hold* when an essential one is not met, when somebody refused, or when of more than half of the essential ones nothing can be said: then nobody
 * knows what they decide on. Otherwise *conditional*, with the list of what is missing: what cannot be said lowers the outcome and does not block the work.
 */
export function gate(input: GateInput, terms: GateTerms = GATE_TERMS): Gate {
  const conditions = [
    practicesAdopted(input, terms),
    leadTime(input, terms),
    cadence(input, terms),
    stability(input, terms),
    calmEnough(input, terms),
    savings(input),
    constraint(input, terms),
    consent(input, terms),
  ];
  const outcome = outcomeOf(conditions, input);
  return { outcome, conditions, words: told.outcomeWords(outcome, conditions) };
}

function outcomeOf(conditions: readonly GateCondition[], { consents }: GateInput): Gate["outcome"] {
  if (conditions.every(({ state }) => state === "met")) return "pass";
  const essential = conditions.filter(({ isEssential }) => isEssential);
  const isRefused = consents.some(({ answer }) => answer === "refused");
  const unsaid = essential.filter(({ state }) => state === "cannot-be-said").length;
  const isHeld = isRefused || essential.some(({ state }) => state === "not-met") || unsaid > essential.length / 2;
  return isHeld ? "hold" : "conditional";
}

/** Of whom it holds; `null`: of whom nobody knows. */
interface Judged {
  readonly name: string;
  readonly holds: boolean | null;
}

/** Whether at least such a share holds, whatever those are of whom nobody knows: unknown is neither yes nor no. */
function shareState(judged: readonly Judged[], share: number): GateState {
  const [yes, no] = [true, false].map((answer) => judged.filter(({ holds }) => holds === answer).length);
  const least = share * judged.length - ROUNDING;
  if (judged.length === 0) return "cannot-be-said";
  if ((yes ?? 0) >= least) return "met";
  return judged.length - (no ?? 0) >= least ? "cannot-be-said" : "not-met";
}

/** Keeps 0.7 of 10 at 7. */
const ROUNDING = 1e-9;

function ofShare(
  id: GateConditionId,
  judged: readonly Judged[],
  share: number,
  words: { readonly asked: string; readonly noun: string; readonly holds: readonly [string, string] },
): GateCondition {
  const state = shareState(judged, share);
  const evidence = told.shareEvidence(judged, words);
  const missing = state === "met" ? [] : judged.filter(({ holds }) => holds !== true).map(told.lacking);
  return { id, isEssential: true, state, asked: words.asked, evidence, missing };
}

function practicesAdopted({ services }: GateInput, { practices, adoptedShare }: GateTerms): GateCondition {
  const judged = services.map(({ name, practices: statuses }) => {
    const found = practices.map((id) => statuses.get(id) ?? "not-measurable");
    const isKnown = found.every((status) => status !== "not-measurable" && status !== "insufficient-data");
    const isMissed = found.some((status) => status === "not-yet" || status === "practising");
    return { name, holds: isMissed ? false : isKnown ? true : null };
  });
  return ofShare("practices", judged, adoptedShare, told.practicesWords(adoptedShare));
}

function leadTime({ teams }: GateInput, { fasterShare }: GateTerms): GateCondition {
  const judged = teams.map(({ name, leadTimeRatio }) => ({
    name,
    holds: leadTimeRatio === null ? null : leadTimeRatio.high < 1,
  }));
  return ofShare("lead-time", judged, fasterShare, told.leadTimeWords(fasterShare));
}

function cadence({ services }: GateInput, { weeklyShare, weeklyClasses }: GateTerms): GateCondition {
  const allowed = services.filter(({ releaseClass }) => weeklyClasses.includes(releaseClass));
  const judged = allowed.map(({ name, deploymentsPerWeek }) => ({
    name,
    holds: deploymentsPerWeek === null ? null : deploymentsPerWeek >= 1,
  }));
  const found = ofShare("cadence", judged, weeklyShare, told.cadenceWords(weeklyShare));
  // Where no class allows it, nobody is asked.
  return services.length > 0 && allowed.length === 0 ? { ...found, state: "met", evidence: told.NO_CLASS } : found;
}

function stability({ failRate, reworkRate, alertAge }: GateInput, { worseBy }: GateTerms): GateCondition {
  const rates = [
    { name: "change fail rate", rate: failRate },
    { name: "rework rate", rate: reworkRate },
  ];
  const isWorse = (rate: RateChange | null) => rate !== null && rate.high > worseBy + ROUNDING;
  const areAlertsOlder = alertAge !== null && alertAge.now > alertAge.before;
  const missing = [
    ...rates.filter(({ rate }) => isWorse(rate)).map(({ name }) => told.notShown(name)),
    ...rates.filter(({ rate }) => rate === null).map(({ name }) => told.unknown(name)),
    ...(areAlertsOlder ? [told.ALERTS_OLDER] : []),
  ];
  const isMissed = areAlertsOlder || rates.some(({ rate }) => isWorse(rate));
  const state = isMissed ? "not-met" : missing.length > 0 ? "cannot-be-said" : "met";
  const evidence = told.stabilityEvidence(failRate, reworkRate, alertAge);
  return { id: "stability", isEssential: true, state, asked: told.stabilityWords(worseBy), evidence, missing };
}

function calmEnough({ services }: GateInput, { calmShare }: GateTerms): GateCondition {
  const judged = services.map(({ name, isCalm }) => ({ name, holds: isCalm }));
  return ofShare("calm", judged, calmShare, told.calmWords(calmShare));
}

function savings({ savings: found }: GateInput): GateCondition {
  const base = { id: "savings", isEssential: false, asked: told.SAVINGS } as const;
  if (found === null)
    return { ...base, state: "cannot-be-said", evidence: told.NO_SAVINGS, missing: [told.NO_SAVINGS] };
  const isMet = found.effect === "yes" || (found.effect === "not-yet" && found.onPlan === true);
  const state = isMet ? "met" : found.effect === "not-yet" && found.onPlan === null ? "cannot-be-said" : "not-met";
  return { ...base, state, evidence: found.words, missing: isMet ? [] : [told.SAVINGS_MISSING] };
}

function constraint({ constraint: found }: GateInput, { mostUnknown }: GateTerms): GateCondition {
  const base = { id: "constraint", isEssential: false, asked: told.constraintWords(mostUnknown) } as const;
  if (found === null)
    return { ...base, state: "cannot-be-said", evidence: told.NO_CONSTRAINT, missing: [told.NO_CONSTRAINT] };
  const isKnown = found.unknown <= mostUnknown + ROUNDING;
  const missing = isKnown ? [] : [told.tooUnknown(mostUnknown)];
  return { ...base, state: isKnown ? "met" : "cannot-be-said", evidence: told.constraintEvidence(found), missing };
}

function consent({ consents }: GateInput, { parties }: GateTerms): GateCondition {
  const answers = parties.map((party) => ({ party, answers: consents.filter((one) => one.party === party) }));
  const missing = answers.flatMap(({ party, answers: given }) => {
    if (given.some(({ answer }) => answer === "refused")) return [told.refused(party)];
    return given.length > 0 && given.every(({ answer }) => answer === "agreed")
      ? []
      : [told.unanswered(party, given.length)];
  });
  const state = missing.length === 0 ? "met" : "not-met";
  const evidence = told.consentEvidence(parties.length - missing.length, parties.length);
  return { id: "consent", isEssential: false, state, asked: told.CONSENT, evidence, missing };
}
