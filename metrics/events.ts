/**
 * What happened, where and when. Collectors emit these events and nothing else; everything a number is made of is derived from them.
 *
 * Instants end in `At` and are epoch milliseconds (UTC). What a host cannot know is `null`, never absent and never 0.
 * People appear only as keyed pseudonyms (`author`) and as the kind of actor they are.
 */
import type { Instant } from "./time.ts";

/** What makes an event the same event when it is seen again: the source it came from, its kind, and the host's own id. */
export interface Identity {
  /** The configured place it was read from, such as `git:/srv/payments`. */
  readonly source: string;
  /** The repository's name at its host, such as `acme/shop`. */
  readonly repository: string;
  /** The host's own id: a sha, a number, a tag name. Unique within source, repository and kind. */
  readonly id: string;
}

export type ActorKind = "human" | "bot" | "agent";

/** A keyed pseudonym: the same person gives the same text within one installation and cannot be looked up from it. */
export type Pseudonym = string;

/** The state of a repository: which line of history is the delivered one, and where it ends. */
export interface Repository extends Identity {
  readonly kind: "repository";
  readonly url: string | null;
  readonly defaultBranch: string | null;
  /** The commit at the end of the default branch; `null` while the repository is empty. */
  readonly head: string | null;
  readonly archivedAt: Instant | null;
  /** True when the host holds only a part of the history (a shallow clone). */
  readonly truncated: boolean;
}

export interface Commit extends Identity {
  readonly kind: "commit";
  /** Parent shas in order; two or more make a merge. */
  readonly parents: readonly string[];
  readonly author: Pseudonym | null;
  readonly authorKind: ActorKind;
  readonly authoredAt: Instant | null;
  readonly committedAt: Instant | null;
  /** The first line of the message. */
  readonly title: string;
  /** The number of the change (pull or merge request) its message says it integrates. */
  readonly changeNumber: number | null;
  /** What its message says it takes back. Whether that exists in this repository is decided later, on the graph. */
  readonly reverts: readonly Reverted[];
  /** Shas its message says it was cherry-picked from. */
  readonly cherryPickedFrom: readonly string[];
  /** The files it changed, of a merge against its first parent; `null` where they were not read. */
  readonly paths: readonly string[] | null;
}

/** Something a revert names: a commit, or a change by its number and, where it is given, by the path of its repository. */
export type Reverted = { readonly sha: string } | { readonly changeNumber: number; readonly path: string | null };

/** A pull or merge request. */
export interface Change extends Identity {
  readonly kind: "change";
  readonly number: number;
  readonly url: string | null;
  readonly title: string;
  readonly author: Pseudonym | null;
  readonly authorKind: ActorKind;
  readonly labels: readonly string[];
  readonly targetBranch: string;
  readonly sourceBranch: string | null;
  /** When the first of the issues that it closes was opened; `null` when none is linked, or the host does not tell. */
  readonly requestedAt: Instant | null;
  readonly openedAt: Instant;
  /** When it first stopped being a draft; `openedAt` when it never was one. */
  readonly readyAt: Instant | null;
  readonly mergedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly reopenedAt: readonly Instant[];
  readonly mergeCommit: string | null;
  readonly commits: readonly ChangeCommit[];
  readonly reviews: readonly Review[];
  readonly additions: number | null;
  readonly deletions: number | null;
  /** The files it changed; `null` where they were not read. */
  readonly paths: readonly string[] | null;
  /** True when the host lists fewer commits or reviews than the change has. */
  readonly truncated: boolean;
}

export interface ChangeCommit {
  readonly sha: string;
  readonly authoredAt: Instant | null;
}

/** A review, an approval or a comment on a change. */
export interface Review {
  readonly kind: "review" | "approval" | "comment";
  readonly at: Instant;
  readonly author: Pseudonym | null;
  readonly authorKind: ActorKind;
  readonly byChangeAuthor: boolean;
}

export type Outcome = "success" | "failure" | "cancelled" | "skipped" | "running" | "waiting";

/** A run of a CI pipeline or workflow. */
export interface Pipeline extends Identity {
  readonly kind: "pipeline";
  readonly name: string;
  readonly url: string | null;
  readonly sha: string;
  readonly branch: string | null;
  readonly outcome: Outcome;
  readonly attempt: number;
  /** The attempts before the last; empty where there was none, or where they were not read. */
  readonly earlier: readonly Attempt[];
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  readonly jobs: readonly Job[];
  /** Jobs of earlier attempts, where a host lists them apart from those of the last; they took runners all the same. Missing where they were not read. */
  readonly retried?: readonly Job[] | undefined;
}

/** One of several tries of the same run. */
export interface Attempt {
  readonly number: number;
  readonly outcome: Outcome;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
}

export interface Job {
  readonly id: string;
  readonly name: string;
  readonly outcome: Outcome;
  readonly allowedToFail: boolean;
  readonly environment: string | null;
  readonly startedAt: Instant | null;
  readonly finishedAt: Instant | null;
  /**
   * The kind of runner that it ran on, such as `GitHub-hosted: Linux` or `self-hosted: gpu, linux`; never the name of a machine. `null`: none took it. Missing
   * where its host does not say, or did not when it was read.
   */
  readonly runner?: string | null | undefined;
}

/** A deployment as its host records it, with every status it went through. */
export interface Deployment extends Identity {
  readonly kind: "deployment";
  readonly url: string | null;
  readonly environment: string;
  /** The tier the host gives the environment (GitLab), if it gives one. */
  readonly tier: string | null;
  readonly sha: string | null;
  readonly createdAt: Instant;
  readonly statuses: readonly DeploymentStatus[];
  /** The version this deployment is said to repair. */
  readonly fixesVersion: string | null;
  /** What asked for it: a program, which is how a pipeline signs, or a person. Missing where its source does not say, or did not when it was read. */
  readonly deployerKind?: ActorKind | undefined;
}

/** A deployment that was pushed, with what only its sender can say. */
export interface PushedDeployment extends Deployment {
  /** A version or tag, where its sender names no commit or names both. */
  readonly version: string | null;
  /** Where given: exactly the commits it carries, whatever its commit contains. */
  readonly includedCommits: readonly string[];
}

export interface DeploymentStatus {
  readonly outcome: Outcome;
  readonly at: Instant;
}

/** A tag, or a release published on a host. Whether it counts as a deployment is a rule, applied when facts are derived. */
export interface Release extends Identity {
  readonly kind: "release";
  /** The tag's name. */
  readonly name: string;
  readonly url: string | null;
  /** The commit the tag finally points to; `null` when it points to none. */
  readonly sha: string | null;
  /** Published at the host; for a plain tag its tagger's date, else the date of its commit. */
  readonly publishedAt: Instant | null;
  readonly draft: boolean;
  readonly prerelease: boolean | null;
}

export interface Incident extends Identity {
  readonly kind: "incident";
  readonly number: number | null;
  readonly url: string | null;
  readonly title: string;
  readonly labels: readonly string[];
  readonly openedAt: Instant;
  readonly resolvedAt: Instant | null;
  /** Closed as not planned: nothing happened. */
  readonly falseAlarm: boolean;
  /** What its text says caused it. */
  readonly deployment: string | null;
  readonly causedBy: string | null;
}

/** What a scanner found: in the code, in what it depends on, or a secret that should not be there. */
export interface Alert extends Identity {
  readonly kind: "alert";
  readonly scan: "code" | "dependency" | "secret";
  readonly severity: "critical" | "high" | "medium" | "low" | null;
  readonly url: string | null;
  readonly title: string;
  readonly openedAt: Instant;
  readonly fixedAt: Instant | null;
  /** When somebody decided that it needs no fix. */
  readonly dismissedAt: Instant | null;
}

/**
 * What the names of the files at the end of the default branch tell of what a repository holds: so many of each kind, and a few of them as
 * examples. The list itself is not kept, and no file is opened.
 */
export interface Layout extends Identity {
  readonly kind: "layout";
  /** How many files there are, those of others (vendored, installed) left out. */
  readonly files: number;
  /** False when its host told of some of them only: what is not among these may be there all the same. */
  readonly isWhole: boolean;
  /** Those with something to tell first, then the largest. Not always all of them. */
  readonly folders: readonly LayoutFolder[];
}

/** The first two folders of paths: enough to tell the parts of a repository apart. */
export interface LayoutFolder {
  /** `services/payments`; empty for files that are in no folder. */
  readonly path: string;
  readonly files: number;
  readonly hints: readonly Hint[];
}

export interface Hint {
  /** A kind of file, by its id. Not one of a closed list: an earlier version knew others. */
  readonly sort: string;
  readonly count: number;
  /** Of these, how many are of tests and examples. */
  readonly aside: number;
  /** Paths of a few, those that are of no test first. */
  readonly examples: readonly string[];
}

export type DeliveryEvent = Repository | Commit | Change | Pipeline | Deployment | Release | Incident | Alert | Layout;
export type EventKind = DeliveryEvent["kind"];
