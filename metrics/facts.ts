/**
 * What the events mean, derived by pure joins: which deployment carried what, how long it took, what failed. Facts can always be rebuilt from events.
 *
 * Instants end in `At`, durations in their unit; unknown is `null`.
 */
import type { ActorKind, Alert, Outcome } from "./events.ts";
import type { RunnerMinutes } from "./runners.ts";
import type { Instant } from "./time.ts";
import type { WorkType } from "./work-type.ts";

interface Fact {
  readonly source: string;
  readonly repository: string;
  readonly service: string;
}

/** A commit and the first production deployment of its service that contained it. */
export interface CommitFact extends Fact {
  readonly sha: string;
  readonly title: string;
  readonly authorKind: ActorKind;
  readonly authoredAt: Instant | null;
  readonly committedAt: Instant | null;
  readonly isMerge: boolean;
  /** Reachable from the head of the default branch. */
  readonly onDefaultBranch: boolean;
  /**
   * Of a step of the default branch's first-parent line (a merge, a squash or a direct push): how many non-merge commits it
   * brought in. `null` for every other commit.
   */
  readonly integrated: number | null;
  /** A non-merge commit that takes back something found in this repository. */
  readonly isRevert: boolean;
  /** Of a step of the default branch: whether it belongs to no change. `null` for other commits, and where no host tells of changes. */
  readonly isDirect: boolean | null;
  readonly changeNumber: number | null;
  readonly deployedAt: Instant | null;
  readonly deploymentId: string | null;
  /** Deployed before the record of deployments begins, so that nobody knows when. */
  readonly isBeforeRecord: boolean;
  /** Author date to deployment, hours; `null` while not deployed, when a date is unknown, or when the span is negative. */
  readonly leadTimeHours: number | null;
}

/**
 * By which way a deployment is known: its host's record, a job or run that a rule says is one, a published release or a tag that stands
 * in for it, a push, or a merge to the default branch, which is a *proxy*.
 */
export type Route = "deployment" | "job" | "run" | "release" | "tag" | "push" | "merge";

export type FailureSignal = "incident" | "rollback" | "revert" | "hotfix" | "manual";

/** A deployment (or the release standing in for one), what it carried and what became of it. */
export interface DeploymentFact extends Fact {
  readonly id: string;
  readonly url: string | null;
  readonly environment: string;
  readonly tier: "production" | "other";
  readonly route: Route;
  readonly sha: string | null;
  /** Whether the history holds its commit: else nobody knows what it carried. */
  readonly isCommitKnown: boolean;
  readonly status: "success" | "failure" | "running" | "inactive";
  readonly createdAt: Instant;
  readonly deployedAt: Instant | null;
  /** The service's production deployment before this one. */
  readonly previousDeployedAt: Instant | null;
  readonly isRollback: boolean;
  readonly isRework: boolean;
  readonly failedBy: readonly FailureSignal[];
  /** Signals of a failure that a person overruled: it counts as none. */
  readonly overruled: readonly FailureSignal[];
  readonly incidents: readonly string[];
  /** When what failed was back: the deployment that took it back, the incident's end. */
  readonly recoveredAt: Instant | null;
  /** Non-merge commits it was the first to carry; `null` when its commit is not known. */
  readonly commits: number | null;
  /** Changes it was the first to carry; `null` when its commit is not known. */
  readonly changes: number | null;
  /** For a release x.y.0: when the first patch x.y.z of it followed; `null` when none did. */
  readonly patchedAt: Instant | null;
  /** Whether it is a release x.y.0, which a patch may follow. */
  readonly isFeatureRelease: boolean;
  /** Whether it left by a timetable, as the ones before it; `null` where too few came before to say, of rollbacks and of repairs. */
  readonly isTrain: boolean | null;
  /** Of a service's first one: when the first of its commits was written. `null` of later ones, and where nobody knows. */
  readonly beganAt: Instant | null;
}

/** A merged or open change, its stages and the first production deployment containing it. */
export interface ChangeFact extends Fact {
  readonly id: string;
  readonly number: number;
  readonly url: string | null;
  readonly title: string;
  readonly authorKind: ActorKind;
  /** When the first of the issues that it closes was opened; `null` when none is linked, it came after the change was over, or its host does not tell. */
  readonly requestedAt: Instant | null;
  readonly openedAt: Instant | null;
  readonly readyAt: Instant | null;
  readonly firstCommitAt: Instant | null;
  readonly firstReviewAt: Instant | null;
  readonly firstResponseAt: Instant | null;
  readonly firstApprovalAt: Instant | null;
  readonly mergedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly mergeCommit: string | null;
  /** Merged to the default branch. */
  readonly isIntegrated: boolean;
  readonly deployedAt: Instant | null;
  readonly deploymentId: string | null;
  /** Deployed before the record of deployments begins, so that nobody knows when. */
  readonly isBeforeRecord: boolean;
  readonly leadTimeHours: number | null;
  readonly codingHours: number | null;
  readonly pickupHours: number | null;
  readonly reviewHours: number | null;
  readonly deployHours: number | null;
  readonly additions: number | null;
  readonly deletions: number | null;
  /** As its host has them; `null` where only its commits tell of it. */
  readonly labels: readonly string[] | null;
  /** The sha of the commit that took it back. */
  readonly revertedBy: string | null;
  /** Its host lists fewer commits or reviews than it has: its first commit may be older, and a review may be missing. */
  readonly truncated: boolean;
  /** By what its title, labels and branch say; `null` where they say nothing. */
  readonly workType: WorkType | null;
  /** At least so many; `null` where only its host would know. */
  readonly reviewRounds: number | null;
  /** Whether the deployment that carried it left by a timetable; `null` where nobody knows. */
  readonly isByTrain: boolean | null;
}

export interface IncidentFact extends Fact {
  readonly id: string;
  readonly number: number | null;
  readonly url: string | null;
  readonly title: string;
  readonly openedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly falseAlarm: boolean;
  readonly linkedBy: "id" | "sha" | "service-window" | "none";
  readonly deploymentId: string | null;
  readonly recoveryHours: number | null;
}

/** What a scanner found, and how long it took to fix. */
export interface AlertFact extends Fact {
  readonly id: string;
  readonly scan: Alert["scan"];
  readonly severity: Alert["severity"];
  readonly url: string | null;
  readonly title: string;
  readonly openedAt: Instant;
  readonly fixedAt: Instant | null;
  readonly dismissedAt: Instant | null;
  /** `null` while it is not fixed, and when the span is negative. */
  readonly hoursToFix: number | null;
}

/** A run of a pipeline or workflow: how it ended, and what it waited for. */
export interface PipelineFact extends Fact {
  readonly id: string;
  /** Of its workflow. */
  readonly name: string;
  readonly url: string | null;
  readonly sha: string;
  readonly branch: string | null;
  /** It ran for the default branch, on a commit of it. */
  readonly onDefaultBranch: boolean;
  /** Of its last attempt. */
  readonly outcome: Outcome;
  /** How many there were. */
  readonly attempts: number;
  readonly createdAt: Instant;
  /** When its last attempt was asked for: its creation, where there was only one. */
  readonly begunAt: Instant | null;
  /** When its first job began; `null` where no host says, and of a run that was tried again. */
  readonly startedAt: Instant | null;
  /** `null` while it is not over. */
  readonly finishedAt: Instant | null;
  /** The longest stretch of its last attempt, of more than a minute, in which none of its jobs ran; `null` where there was none, or the jobs are not known. */
  readonly pausedAt: Instant | null;
  readonly resumedAt: Instant | null;
  /** It failed and then succeeded on the same commit; `null` where it neither failed nor succeeded. */
  readonly isFlaky: boolean | null;
  /** When it broke its workflow on the default branch, and when that was green again. `null` of a run that broke nothing. */
  readonly brokeAt: Instant | null;
  readonly greenAt: Instant | null;
  /** What its jobs took of runners, those of all attempts and side by side added up; `null` where its jobs are not known. */
  readonly runnerMinutes: readonly RunnerMinutes[] | null;
}

/** Everything derived for one service. */
export interface ServiceFacts {
  readonly commits: readonly CommitFact[];
  readonly changes: readonly ChangeFact[];
  readonly deployments: readonly DeploymentFact[];
  readonly incidents: readonly IncidentFact[];
  readonly alerts: readonly AlertFact[];
  readonly pipelines: readonly PipelineFact[];
  /**
   * Non-merge commits of the default branch of which nobody knows the files, so that nobody can say whether they are this service's;
   * `null` of a service that is its whole repository.
   */
  readonly unplacedCommits: number | null;
}
