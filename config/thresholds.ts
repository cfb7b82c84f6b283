/** From where on something holds. Beliefs with visible defaults: whoever believes otherwise says so, and it is said beside the result. */
import type { CaseTerms } from "#metrics/programme/business-case.ts";
import { USUAL_TERMS } from "#metrics/programme/business-case.ts";
import type { GateTerms } from "#metrics/programme/gate.ts";
import { GATE_TERMS } from "#metrics/programme/gate.ts";
import type { Limits } from "#metrics/programme/practices/limits.ts";
import { LIMITS, RELEASE_CLASSES } from "#metrics/programme/practices/limits.ts";
import { PARTIES } from "#metrics/programme/programme.ts";
import { z } from "zod";

const between = (least: number, most: number): string => `Write a number from ${least} to ${most}.`;
const number = (least: number, most: number) =>
  z.number(between(least, most)).min(least, between(least, most)).max(most, between(least, most));
const whole = (least: number, most: number) =>
  z
    .int(`Write a whole number from ${least} to ${most}.`)
    .min(least, between(least, most))
    .max(most, between(least, most));

const share = () => number(0, 1);
const hours = () => number(0.01, 10_000);
const days = () => whole(1, 1000);

/** What is asked of a release class where nothing else is said. */
function limitsFrom(usual: Limits) {
  return z
    .strictObject({
      branchHours: hours().default(usual.branchHours),
      branchShare: share().default(usual.branchShare),
      openBranches: whole(0, 1000).default(usual.openBranches),
      mergeDayShare: share().default(usual.mergeDayShare),
      freezeDays: days().default(usual.freezeDays),
      changedLines: whole(1, 100_000).default(usual.changedLines),
      changesPerDeployment: number(1, 10_000).default(usual.changesPerDeployment),
      checkedShare: share().default(usual.checkedShare),
      greenHours: hours().default(usual.greenHours),
      feedbackHours: hours().default(usual.feedbackHours),
      flakyShare: share().default(usual.flakyShare),
      pickupHours: hours().default(usual.pickupHours),
      slowPickupHours: hours().default(usual.slowPickupHours),
      slowPickupElapsedHours: hours().default(usual.slowPickupElapsedHours),
      slowPickupShare: share().default(usual.slowPickupShare),
      reviewedShare: share().default(usual.reviewedShare),
      changesPerAuthor: number(0, 100).default(usual.changesPerAuthor),
      oldShare: share().default(usual.oldShare),
      pipelineShare: share().default(usual.pipelineShare),
      approvalHours: hours().default(usual.approvalHours),
      productionHours: hours().default(usual.productionHours),
      deployWeeks: whole(1, 52).default(usual.deployWeeks),
      deployDayShare: share().nullable().default(usual.deployDayShare),
      recoveryHours: hours().default(usual.recoveryHours),
      drillDays: days().default(usual.drillDays),
      scannedShare: share().default(usual.scannedShare),
      alertDays: days().default(usual.alertDays),
      dependencyDays: days().default(usual.dependencyDays),
      infrastructureShare: share().default(usual.infrastructureShare),
    } satisfies Record<keyof Limits, z.ZodType>)
    .prefault({});
}

const Gate = z
  .strictObject({
    adoptedShare: share().default(GATE_TERMS.adoptedShare),
    fasterShare: share().default(GATE_TERMS.fasterShare),
    weeklyShare: share().default(GATE_TERMS.weeklyShare),
    /** Classes that allow a deployment every week. */
    weeklyClasses: z.array(z.enum(RELEASE_CLASSES)).default([...GATE_TERMS.weeklyClasses]),
    worseBy: share().default(GATE_TERMS.worseBy),
    calmShare: share().default(GATE_TERMS.calmShare),
    /** Who must agree. */
    parties: z
      .array(z.enum(PARTIES))
      .min(1, "Somebody must agree: leave the key out, or name one at least.")
      .default([...PARTIES]),
  } satisfies Record<keyof Omit<GateTerms, "practices" | "mostUnknown">, z.ZodType>)
  .prefault({});

const Backbone = z
  .strictObject({
    /** Above this share of unknown hours nothing is ranked, and the gate does not take the constraint for named. */
    mostUnknown: share().default(GATE_TERMS.mostUnknown),
  })
  .prefault({});

/** What is assumed of every business case alike. */
const Cases = z
  .strictObject({
    rate: number(0, 1).default(USUAL_TERMS.rate),
    years: whole(1, 20).default(USUAL_TERMS.years),
    dip: share().default(USUAL_TERMS.dip),
    dipMonths: whole(0, 24).default(USUAL_TERMS.dipMonths),
  } satisfies Record<keyof Omit<CaseTerms, "draws" | "seed">, z.ZodType>)
  .prefault({});

const Practices = z
  .strictObject({
    cloud: limitsFrom(LIMITS.cloud),
    "on-premises": limitsFrom(LIMITS["on-premises"]),
    embedded: limitsFrom(LIMITS.embedded),
    regulated: limitsFrom(LIMITS.regulated),
    vendor: limitsFrom(LIMITS.vendor),
  })
  .prefault({});

export const Thresholds = z
  .strictObject({ practices: Practices, gate: Gate, backbone: Backbone, cases: Cases })
  .prefault({});
export type Thresholds = z.infer<typeof Thresholds>;

const USUAL = Thresholds.parse({});

export interface Unusual {
  /** `practices.cloud.changedLines`. */
  readonly name: string;
  readonly value: string;
  readonly usual: string;
}

/** What is other than usual, in the order in which it is listed above. */
export function unusual(thresholds: Thresholds): readonly Unusual[] {
  const own = new Map(leaves(thresholds, ""));
  return leaves(USUAL, "").flatMap(([name, usual]) => {
    const value = own.get(name) ?? usual;
    return value === usual ? [] : [{ name, value, usual }];
  });
}

function leaves(value: unknown, name: string): readonly (readonly [string, string])[] {
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return [[name, Array.isArray(value) ? value.join(", ") : String(value)]];
  return Object.entries(value).flatMap(([key, one]) => leaves(one, name === "" ? key : `${name}.${key}`));
}
