/** What happened at a GitHub of our own. Every act takes an hour, unless a test says when. */
import { createHash } from "node:crypto";

/** Epoch milliseconds. */
type Instant = number;

export interface Account {
  readonly login: string;
  readonly type: "User" | "Bot";
}

export interface FakeCommit {
  readonly sha: string;
  readonly parents: readonly string[];
  readonly author: Account | null;
  readonly name: string;
  readonly email: string;
  readonly message: string;
  readonly authoredAt: Instant;
  readonly committedAt: Instant;
  readonly files: readonly FakeFile[];
}

/** A path, or where it was before and where it is now. */
export type FakeFile = string | readonly [before: string, now: string];

export interface FakeChange {
  number: number;
  title: string;
  author: Account | null;
  openedAt: Instant;
  updatedAt: Instant;
  mergedAt: Instant | null;
  closedAt: Instant | null;
  mergeCommit: string | null;
  isDraft: boolean;
  labels: string[];
  branch: string;
  /** What it says that it closes; `null`: something that the token may not see, which GitHub leaves out or refuses. */
  closes: (FakeIssue | null)[] | "withheld";
  /** `null`: GitHub cannot tell them. */
  files: FakeFile[] | null;
  commits: FakeCommit[];
  reviews: { state: string; at: Instant | null; author: Account | null }[];
  comments: { at: Instant; author: Account | null }[];
  timeline: { type: "ReadyForReviewEvent" | "ConvertToDraftEvent" | "ReopenedEvent"; at: Instant }[];
}

export interface FakeIssue {
  number: number;
  title: string;
  body: string;
  labels: string[];
  openedAt: Instant;
  updatedAt: Instant;
  closedAt: Instant | null;
  reason: "COMPLETED" | "NOT_PLANNED" | null;
}

export interface FakeDeployment {
  id: number;
  environment: string;
  sha: string;
  createdAt: Instant;
  creator: Account;
  statuses: { state: string; at: Instant }[];
}

export interface FakeRun {
  id: number;
  name: string;
  sha: string;
  createdAt: Instant;
  startedAt: Instant;
  updatedAt: Instant;
  status: string;
  conclusion: string | null;
  attempt: number;
  branch: string | null;
  /** Those before the latest, the first one first. */
  earlier: Pick<FakeRun, "status" | "conclusion" | "startedAt" | "updatedAt">[];
  jobs: FakeJob[];
}

export interface FakeJob {
  id: number;
  name: string;
  conclusion: string;
  /** The last of the run, and its times, unless it says otherwise. */
  attempt?: number;
  startedAt?: Instant;
  completedAt?: Instant;
  /** Left out: as a server that does not tell on what jobs run. `null` of the name: none took it. */
  labels?: string[];
  runner?: string | null;
  group?: string | null;
}

export interface FakeAlert {
  scan: "code" | "dependency" | "secret";
  number: number;
  state: string;
  title: string;
  /** As its scan calls it. */
  severity: string | null;
  openedAt: Instant;
  updatedAt: Instant;
  endedAt: Instant | null;
  /** Of a secret, why it is resolved. */
  resolution: string | null;
}

export interface FakeRelease {
  id: number;
  tag: string;
  publishedAt: Instant | null;
  isDraft: boolean;
  isPrerelease: boolean;
}

export interface FakeTag {
  readonly sha: string;
  /** Of an annotated tag: when it was made. */
  readonly taggedAt: Instant | null;
}

export const alice: Account = { login: "alice", type: "User" };
export const bob: Account = { login: "bob", type: "User" };
export const dependabot: Account = { login: "dependabot", type: "Bot" };

const HOUR = 3_600_000;

export class FakeRepository {
  id: number;
  owner = "acme";
  name: string;
  isArchived = false;
  archivedAt: Instant | null = null;
  isFork = false;
  /** What it is a fork of. */
  upstream: FakeRepository | null = null;
  branch = "main";
  head: string | null = null;
  readonly commits = new Map<string, FakeCommit>();
  readonly changes: FakeChange[] = [];
  readonly issues: FakeIssue[] = [];
  readonly deployments: FakeDeployment[] = [];
  readonly runs: FakeRun[] = [];
  readonly alerts: FakeAlert[] = [];
  /** Whether it has more files than GitHub lists at once. */
  isTooLarge = false;
  readonly releases: FakeRelease[] = [];
  readonly tags = new Map<string, FakeTag>();
  now: Instant = Date.parse("2026-01-01T00:00:00Z");
  #count = 0;

  constructor(id: number, name: string) {
    this.id = id;
    this.name = name;
  }

  get fullName(): string {
    return `${this.owner}/${this.name}`;
  }

  tick(hours = 1): Instant {
    this.now += hours * HOUR;
    return this.now;
  }

  /** A commit that no branch leads to. */
  loose(has: Partial<FakeCommit> = {}): FakeCommit {
    const at = has.committedAt ?? this.tick();
    const sha = createHash("sha1")
      .update(`${this.id} ${++this.#count}`)
      .digest("hex");
    const who = has.author ?? alice;
    const commit: FakeCommit = {
      sha,
      parents: this.head === null ? [] : [this.head],
      author: alice,
      name: who.login,
      email: `${who.login}@acme.example`,
      message: `Step ${this.#count}`,
      authoredAt: at,
      committedAt: at,
      files: [`src/${this.#count}.ts`],
      ...has,
    };
    this.commits.set(commit.sha, commit);
    return commit;
  }

  commit(has: Partial<FakeCommit> = {}): FakeCommit {
    const commit = this.loose(has);
    this.head = commit.sha;
    return commit;
  }

  push(count: number): void {
    for (let made = 0; made < count; made++) this.commit();
  }

  open(has: Partial<FakeChange> = {}): FakeChange {
    const first = this.loose();
    const at = this.tick();
    const change: FakeChange = {
      number: this.changes.length + this.issues.length + 1,
      title: "A change",
      author: alice,
      openedAt: at,
      updatedAt: at,
      mergedAt: null,
      closedAt: null,
      mergeCommit: null,
      isDraft: false,
      labels: [],
      branch: `topic-${this.#count}`,
      closes: [],
      files: ["README.md", `src/${this.#count}.ts`],
      commits: [first],
      reviews: [],
      comments: [],
      timeline: [],
      ...has,
    };
    this.changes.push(change);
    return change;
  }

  touch(change: { updatedAt: Instant }): Instant {
    change.updatedAt = this.tick();
    return change.updatedAt;
  }

  review(change: FakeChange, state = "APPROVED", author: Account | null = bob): void {
    change.reviews.push({ state, at: this.touch(change), author });
  }

  comment(change: FakeChange, author: Account | null = bob): void {
    change.comments.push({ at: this.touch(change), author });
  }

  merge(change: FakeChange): FakeCommit {
    const commit = this.commit({ message: `${change.title} (#${change.number})` });
    const at = this.touch(change);
    Object.assign(change, { mergedAt: at, closedAt: at, mergeCommit: commit.sha });
    return commit;
  }

  close(change: FakeChange): void {
    change.closedAt = this.touch(change);
  }

  reopen(change: FakeChange): void {
    change.closedAt = null;
    change.timeline.push({ type: "ReopenedEvent", at: this.touch(change) });
  }

  ready(change: FakeChange): void {
    change.isDraft = false;
    change.timeline.push({ type: "ReadyForReviewEvent", at: this.touch(change) });
  }

  issue(has: Partial<FakeIssue> = {}): FakeIssue {
    const at = this.tick();
    const number = this.changes.length + this.issues.length + 1;
    const issue: FakeIssue = {
      number,
      title: "Something broke",
      body: "",
      labels: ["incident"],
      openedAt: at,
      updatedAt: at,
      closedAt: null,
      reason: null,
      ...has,
    };
    this.issues.push(issue);
    return issue;
  }

  resolve(issue: FakeIssue, reason: "COMPLETED" | "NOT_PLANNED" = "COMPLETED"): void {
    Object.assign(issue, { closedAt: this.touch(issue), reason });
  }

  relabel(issue: FakeIssue, ...labels: string[]): void {
    this.touch(issue);
    issue.labels = labels;
  }

  deploy(states: readonly string[] = ["QUEUED", "SUCCESS"], has: Partial<FakeDeployment> = {}): FakeDeployment {
    const id = 5000 + this.deployments.length;
    const deployment: FakeDeployment = {
      id,
      environment: "production",
      sha: this.head ?? "",
      createdAt: this.tick(),
      creator: alice,
      statuses: [],
      ...has,
    };
    this.deployments.push(deployment);
    for (const state of states) this.status(deployment, state);
    return deployment;
  }

  status(deployment: FakeDeployment, state: string): void {
    deployment.statuses.push({ state, at: this.tick() });
  }

  run(has: Partial<FakeRun> = {}): FakeRun {
    const at = this.tick();
    const run: FakeRun = {
      id: 9000 + this.runs.length,
      name: "CI",
      sha: this.head ?? "",
      createdAt: at,
      startedAt: at,
      updatedAt: this.tick(),
      status: "completed",
      conclusion: "success",
      attempt: 1,
      branch: this.branch,
      earlier: [],
      jobs: [],
      ...has,
    };
    this.runs.push(run);
    return run;
  }

  /** Runs it once more, with another end. */
  rerun(run: FakeRun, conclusion: string): void {
    const { status, conclusion: before, startedAt, updatedAt } = run;
    run.earlier.push({ status, conclusion: before, startedAt, updatedAt });
    Object.assign(run, { conclusion, attempt: run.attempt + 1, startedAt: this.tick(), updatedAt: this.tick() });
  }

  alert(has: Partial<FakeAlert> = {}): FakeAlert {
    const at = this.tick();
    const scan = has.scan ?? "code";
    const alert: FakeAlert = {
      scan,
      number: this.alerts.filter((one) => one.scan === scan).length + 1,
      state: "open",
      title: "Something is unsafe",
      severity: "high",
      openedAt: at,
      updatedAt: at,
      endedAt: null,
      resolution: null,
      ...has,
    };
    this.alerts.push(alert);
    return alert;
  }

  /** Its scan's word for the end, such as `fixed`, `dismissed` or `resolved`. */
  endAlert(alert: FakeAlert, state: string, resolution: string | null = null): void {
    Object.assign(alert, { state, resolution, endedAt: this.touch(alert) });
  }

  tag(name: string, sha = this.head ?? "", taggedAt: Instant | null = null): void {
    this.tags.set(name, { sha, taggedAt });
  }

  release(tag: string, has: Partial<FakeRelease> = {}): FakeRelease {
    if (!this.tags.has(tag)) this.tag(tag);
    const id = 7000 + this.releases.length;
    const release = { id, tag, publishedAt: this.tick(), isDraft: false, isPrerelease: false, ...has };
    this.releases.push(release);
    return release;
  }

  /** Everything reachable from a commit, newest first as `git log` orders it. */
  history(sha: string): FakeCommit[] {
    const found = new Map<string, FakeCommit>();
    const next = [sha];
    for (let at = next.pop(); at !== undefined; at = next.pop()) {
      const commit = this.commits.get(at);
      if (commit === undefined || found.has(at)) continue;
      found.set(at, commit);
      next.push(...commit.parents);
    }
    return [...found.values()].sort((a, b) => b.committedAt - a.committedAt);
  }
}
