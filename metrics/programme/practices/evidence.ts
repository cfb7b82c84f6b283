/** All that practices look at of one service: its facts in order of time, what only events say, and what people declared. */
import type { ActorKind } from "../../events.ts";
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, PipelineFact, ServiceFacts } from "../../facts.ts";
import { isMerged } from "../../context/changes.ts";
import type { Opened } from "../../flow/work.ts";
import { openedChanges } from "../../flow/work.ts";
import { firstFrom } from "../../sample.ts";
import type { Instant, Window } from "../../time.ts";
import type { WorkingTime } from "../../working-time.ts";

/** What is not in the facts. Each is `null` where nobody told it, and then the parts that need it cannot be measured. */
export interface Told {
  /** By the id of a change: the sha of its last commit before it was merged. */
  readonly heads: ReadonlyMap<string, string> | null;
  /** Files that a change (by its id) or a direct push (by its sha) touched. */
  readonly changePaths: ReadonlyMap<string, readonly string[]> | null;
  readonly pushPaths: ReadonlyMap<string, readonly string[]> | null;
  /** How many people were at work in a week; `null` where they are fewer than five, or nobody knows. */
  readonly authors: ((week: Window) => number | null) | null;
  /** By the id of a deployment: what kind of actor asked for it. */
  readonly deployers: ReadonlyMap<string, ActorKind> | null;
  /** Whether the default branch has a CODEOWNERS file, and the share of its files that one of its lines names. */
  readonly codeOwners: { readonly exists: boolean; readonly covered: number | null } | null;
}

/** Nobody told anything. */
export const UNTOLD: Told = {
  heads: null,
  changePaths: null,
  pushPaths: null,
  authors: null,
  deployers: null,
  codeOwners: null,
};

/** What people say of a service. */
export interface Declared {
  /** `part: null`: the whole practice. */
  readonly notApplicable: readonly {
    readonly practice: string;
    readonly part: string | null;
    readonly reason: string;
    readonly owner: string;
  }[];
  readonly freezes: readonly Window[];
  /** When it was tried to take a deployment back; `null`: nobody keeps a record of that. */
  readonly drills: readonly Instant[] | null;
}

export const UNDECLARED: Declared = { notApplicable: [], freezes: [], drills: null };

/** Facts in the order of the instants by which they count. */
export interface Timeline<Fact> {
  readonly facts: readonly Fact[];
  readonly at: Float64Array;
}

export interface Setting {
  readonly zone: string;
  /** When its owners work. */
  readonly time: WorkingTime;
  /** The facts reach so far. */
  readonly until: Instant;
  readonly told: Told;
  readonly declared: Declared;
}

export interface Evidence extends Setting {
  /** Changes merged to the default branch of which their host tells, by their merge. */
  readonly merged: Timeline<ChangeFact & { readonly mergedAt: Instant }>;
  /** Everything that people opened, whatever became of it. */
  readonly opened: readonly Opened[];
  /** Steps of the default branch's first-parent line, by committer date. */
  readonly integrations: Timeline<CommitFact>;
  /** To production, and successful. */
  readonly deployments: Timeline<DeploymentFact & { readonly deployedAt: Instant }>;
  /** Runs that ended with a success or a failure, by their end. */
  readonly runs: Timeline<PipelineFact & { readonly finishedAt: Instant }>;
  readonly breaks: readonly (PipelineFact & { readonly brokeAt: Instant })[];
  readonly alerts: readonly AlertFact[];
  readonly runsOf: (sha: string | null) => readonly (PipelineFact & { readonly finishedAt: Instant })[];
  /** Whether a host tells of changes: plain git only names them. */
  readonly hasHost: boolean;
  /** When the first of its deployments to production was; `null`: none is known. */
  readonly firstDeployedAt: Instant | null;
}

/** Sorted once; then a week costs what happened in it. Facts in any order. */
export function evidenceOf(facts: ServiceFacts, setting: Setting): Evidence {
  const deployments = timeline(facts.deployments.filter(isRollout), (fact) => fact.deployedAt);
  const runs = timeline(facts.pipelines.filter(hasVerdict), (fact) => fact.finishedAt);
  const bySha = byCommit(runs.facts);
  return {
    ...setting,
    merged: timeline(facts.changes.filter(isMerged), (fact) => fact.mergedAt),
    opened: openedChanges(facts.changes, "out"),
    integrations: timeline(
      facts.commits.filter(({ integrated, committedAt }) => integrated !== null && committedAt !== null),
      ({ committedAt }) => committedAt ?? 0,
    ),
    deployments,
    runs,
    breaks: facts.pipelines.filter(isBreak),
    alerts: facts.alerts,
    runsOf: (sha) => (sha === null ? [] : (bySha.get(sha) ?? [])),
    hasHost: facts.changes.some(({ openedAt }) => openedAt !== null),
    firstDeployedAt: deployments.facts[0]?.deployedAt ?? null,
  };
}

function byCommit<Fact extends { readonly sha: string }>(facts: readonly Fact[]): ReadonlyMap<string, readonly Fact[]> {
  const found = new Map<string, Fact[]>();
  for (const fact of facts) {
    const known = found.get(fact.sha);
    if (known === undefined) found.set(fact.sha, [fact]);
    else known.push(fact);
  }
  return found;
}

function timeline<Fact>(facts: readonly Fact[], at: (fact: Fact) => Instant): Timeline<Fact> {
  const ordered = facts.toSorted((a, b) => at(a) - at(b));
  return { facts: ordered, at: Float64Array.from(ordered, at) };
}

/** The facts of a window. */
export function during<Fact>({ facts, at }: Timeline<Fact>, { from, to }: Window): readonly Fact[] {
  return facts.slice(firstFrom(at, from), firstFrom(at, to));
}

/** What people, or agents, integrated past every change; none where no host tells of changes. */
export function directPushes({ integrations }: Evidence, week: Window): readonly CommitFact[] {
  return during(integrations, week).filter(({ isDirect, authorKind }) => isDirect === true && authorKind !== "bot");
}

function isRollout(fact: DeploymentFact): fact is DeploymentFact & { readonly deployedAt: Instant } {
  return fact.tier === "production" && fact.deployedAt !== null;
}

function hasVerdict(fact: PipelineFact): fact is PipelineFact & { readonly finishedAt: Instant } {
  return fact.finishedAt !== null && (fact.outcome === "success" || fact.outcome === "failure");
}

function isBreak(fact: PipelineFact): fact is PipelineFact & { readonly brokeAt: Instant } {
  return fact.brokeAt !== null;
}
