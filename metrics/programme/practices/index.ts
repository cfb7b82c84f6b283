/** Every practice, in the order in which they are usually adopted. A new one is a file beside this one and a line in the list. */
import type { Window } from "../../time.ts";
import { continuousIntegration } from "./continuous-integration.ts";
import { deploymentAutomation } from "./deployment-automation.ts";
import type { Declared, Evidence } from "./evidence.ts";
import { fastFeedback } from "./fast-feedback.ts";
import { infrastructureAsCode } from "./infrastructure-as-code.ts";
import type { Limits } from "./limits.ts";
import { ownership } from "./ownership.ts";
import type { NotApplicable, Part, Practice, Reading } from "./practice.ts";
import { recovery } from "./recovery.ts";
import { releaseOnDemand } from "./release-on-demand.ts";
import { review } from "./review.ts";
import { security } from "./security.ts";
import { smallBatches } from "./small-batches.ts";
import { trunkBased } from "./trunk-based.ts";
import { workInProgress } from "./work-in-progress.ts";

export const practices: readonly Practice[] = [
  trunkBased,
  continuousIntegration,
  fastFeedback,
  smallBatches,
  review,
  workInProgress,
  deploymentAutomation,
  releaseOnDemand,
  recovery,
  security,
  infrastructureAsCode,
  ownership,
];

/** What each week says of one part. */
export interface PartReadings {
  readonly part: Part;
  /** As long as the weeks, and in their order. */
  readonly readings: readonly Reading[];
}

/**
 * What each week says of each part of a practice.
 *
 * @param weeks complete ones, in order.
 */
export function readWeeks(
  practice: Practice,
  evidence: Evidence,
  weeks: readonly Window[],
  limits: Limits,
): readonly PartReadings[] {
  return practice.parts.map((part) => {
    const declared = exemption(practice, part, evidence.declared);
    return { part, readings: weeks.map((week) => declared ?? part.read(evidence, week, limits)) };
  });
}

function exemption(practice: Practice, part: Part, { notApplicable }: Declared): NotApplicable | null {
  const found = notApplicable.find(
    (one) => one.practice === practice.id && (one.part === null || one.part === part.id),
  );
  return found === undefined ? null : { kind: "not-applicable", reason: found.reason, owner: found.owner };
}
