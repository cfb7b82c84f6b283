/** What else is asked of a row than what metrics observe in it: a few yes-or-no answers, kept as bits. */
import { isDelivered, isMerged } from "./context/changes.ts";
import type { ChangeFact, CommitFact, DeploymentFact, FailureSignal } from "./facts.ts";
import type { FactOf, ListName } from "./lists.ts";
import type { Instant, Window } from "./time.ts";
import { firstFrom } from "./sample.ts";

/** Each list has its own; those of two lists are never asked of the same row. */
export const BIT = {
  /** Of commits and changes. */
  bot: 1,
  /** A non-merge commit of the default branch. */
  counts: 2,
  beforeRecord: 4,
  deployed: 8,
  unknownLead: 16,
  /** Of changes: as metrics look at them. */
  isMerged: 2,
  runsBackwards: 16,
  lateFirstCommit: 32,
  truncated: 64,
  requested: 128,
  trainKnown: 256,
  byTrain: 512,
  stillOpen: 1024,
  /** Of deployments. */
  production: 2,
  recorded: 4,
  commitKnown: 8,
  proxy: 16,
  /** Of incidents and alerts. */
  real: 2,
  linked: 4,
  fixed: 8,
  /** Of any row: somebody left it out. It is set when a question is asked, and never kept. */
  excluded: 0x8000,
} as const;

/** In the order in which a deployment tells them. */
export const SIGNALS = [
  "incident",
  "rollback",
  "revert",
  "hotfix",
  "manual",
] as const satisfies readonly FailureSignal[];
const FIRST_SIGNAL = 32;

export function signalBit(signal: FailureSignal): number {
  return FIRST_SIGNAL << SIGNALS.indexOf(signal);
}

type Of = { readonly [L in ListName]: (fact: FactOf<L>) => number };

const ofCommit = (fact: CommitFact): number =>
  when(fact.authorKind === "bot", BIT.bot) |
  when(fact.onDefaultBranch && !fact.isMerge, BIT.counts) |
  when(fact.isBeforeRecord, BIT.beforeRecord) |
  when(fact.deployedAt !== null, BIT.deployed) |
  when(fact.leadTimeHours === null, BIT.unknownLead);

const ofDeployment = ({ tier, route, isCommitKnown, failedBy }: DeploymentFact): number => {
  let bits =
    when(tier === "production", BIT.production) |
    when(route !== "tag" && route !== "release" && route !== "merge", BIT.recorded) |
    when(isCommitKnown, BIT.commitKnown) |
    when(route === "merge", BIT.proxy);
  for (const signal of failedBy) bits |= signalBit(signal);
  return bits;
};

const ofChange = (fact: ChangeFact): number =>
  when(fact.authorKind === "bot", BIT.bot) |
  when(fact.isBeforeRecord, BIT.beforeRecord) |
  when(fact.deployedAt !== null, BIT.deployed) |
  when(runsBackwards(fact), BIT.runsBackwards) |
  when(isAfter(fact.firstCommitAt, fact.mergedAt), BIT.lateFirstCommit) |
  when(fact.truncated, BIT.truncated) |
  when(fact.requestedAt !== null, BIT.requested) |
  when(fact.isByTrain !== null, BIT.trainKnown) |
  when(fact.isByTrain === true, BIT.byTrain);

const OF: Of = {
  deployments: ofDeployment,
  attempts: ofDeployment,
  deployed: ofCommit,
  committed: ofCommit,
  delivered: (fact) => ofChange(fact) | when(isDelivered(fact), BIT.isMerged),
  merged: (fact) => ofChange(fact) | when(isMerged(fact), BIT.isMerged),
  opened: (fact) => ofChange(fact) | when(fact.mergedAt === null && fact.closedAt === null, BIT.stillOpen),
  incidents: ({ falseAlarm, deploymentId }) => when(!falseAlarm, BIT.real) | when(deploymentId !== null, BIT.linked),
  alerts: ({ fixedAt, dismissedAt }) =>
    when(fixedAt !== null || dismissedAt === null, BIT.real) | when(fixedAt !== null, BIT.fixed),
  fixedAlerts: () => 0,
  finishedRuns: () => 0,
  breaks: () => 0,
};

export function traitsOf<L extends ListName>(list: L, fact: FactOf<L>): number {
  return OF[list](fact);
}

/** Rows by their instants, which are in order, and their traits. */
export interface Traits {
  readonly at: Float64Array;
  readonly bits: Uint16Array;
}

/** Of facts that are there as rows. */
export function traitsOfAll<L extends ListName>(
  list: L,
  facts: readonly FactOf<L>[],
  at: (fact: FactOf<L>) => Instant | null,
): Traits {
  const known = facts
    .flatMap((fact) => {
      const instant = at(fact);
      return instant === null ? [] : [{ instant, bits: traitsOf(list, fact) }];
    })
    .toSorted((a, b) => a.instant - b.instant);
  return {
    at: Float64Array.from(known, ({ instant }) => instant),
    bits: Uint16Array.from(known, ({ bits }) => bits),
  };
}

/** How many rows of a window, none of them left out, have all of some bits and none of others. */
export function tally({ at, bits }: Traits, { from, to }: Window, all: number, none = 0): number {
  const mask = all | none | BIT.excluded;
  let count = 0;
  const last = firstFrom(at, to);
  for (let index = firstFrom(at, from); index < last; index++) if (((bits[index] ?? 0) & mask) === all) count++;
  return count;
}

/** How many rows of a window somebody left out. */
export function excludedIn({ at, bits }: Traits, { from, to }: Window): number {
  let count = 0;
  const last = firstFrom(at, to);
  for (let index = firstFrom(at, from); index < last; index++) if (((bits[index] ?? 0) & BIT.excluded) !== 0) count++;
  return count;
}

function when(is: boolean, bit: number): number {
  return is ? bit : 0;
}

/** Both ends are known, and still there is no span. */
function runsBackwards({ openedAt, readyAt, firstCommitAt, firstReviewAt, deployedAt, ...hours }: ChangeFact): boolean {
  const isReady = (readyAt ?? openedAt) !== null;
  return (
    (firstCommitAt !== null && isReady && hours.codingHours === null) ||
    (firstReviewAt !== null && isReady && hours.pickupHours === null) ||
    (firstReviewAt !== null && hours.reviewHours === null) ||
    (deployedAt !== null && hours.deployHours === null)
  );
}

function isAfter(at: Instant | null, other: Instant | null): boolean {
  return at !== null && other !== null && at > other;
}
