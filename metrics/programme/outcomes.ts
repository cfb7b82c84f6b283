/** The conditions of the stage of learning that are no practice: failures are not more than before, and nothing unfavourable is outside its limits. */
import type { Calm } from "./calm.ts";
import type { RateChange } from "./gate.ts";
import { points } from "./gate-words.ts";
import type { Condition } from "./stage.ts";

export interface Outcomes {
  /** What the rates are held against, by name; `null`: nothing is frozen. */
  readonly baseline: string | null;
  /** `null` where nothing is frozen; each `null` where there are too few deployments to say. */
  readonly rates: { readonly fail: RateChange | null; readonly rework: RateChange | null } | null;
  /** `null`: its past is too short. */
  readonly calm: Pick<Calm, "isCalm" | "words"> | null;
}

/**
 * A rate is not worse where it did not rise, or where the upper end of its 90 % interval stays within what the gate allows: of a single service deployments are few, so the interval alone
 * would hold back whoever improved.
 *
 * @param worseBy as a share: 0.02 are 2 percentage points.
 */
export function outcomeConditions({ baseline, rates, calm }: Outcomes, worseBy: number): readonly Condition[] {
  return [
    rateCondition("fail-rate-not-worse", "change fail rate", { baseline, rate: rates?.fail ?? null }, worseBy),
    rateCondition("rework-rate-not-worse", "rework rate", { baseline, rate: rates?.rework ?? null }, worseBy),
    calmCondition(calm),
  ];
}

function rateCondition(
  id: string,
  title: string,
  { baseline, rate }: { readonly baseline: string | null; readonly rate: RateChange | null },
  worseBy: number,
): Condition {
  if (baseline === null)
    return { id, state: "cannot-be-said", words: `No baseline is frozen to hold the ${title} against.` };
  if (rate === null)
    return { id, state: "cannot-be-said", words: `Too few deployments tell the ${title} then and now.` };
  const isMet = rate.change <= 0 || rate.high <= worseBy;
  const told = `${points(rate.change)} since the baseline “${baseline}”, at most ${points(rate.high)}`;
  return {
    id,
    state: isMet ? "met" : "not-met",
    words: `The ${title} ${isMet ? "is not worse" : "is not shown to be no worse"}: ${told}.`,
  };
}

function calmCondition(calm: Outcomes["calm"]): Condition {
  const id = "calm";
  if (calm === null || calm.isCalm === null)
    return { id, state: "cannot-be-said", words: calm?.words ?? "Its past is too short for limits." };
  return { id, state: calm.isCalm ? "met" : "not-met", words: calm.words };
}
