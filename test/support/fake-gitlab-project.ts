/** A project as a fake GitLab holds it: payloads in the shapes that GitLab answers with, made by name, an hour apart. */
import { createHash } from "node:crypto";
import { HOUR } from "#metrics/time.ts";

export type Payload = Record<string, unknown>;
export type Draft = Readonly<Payload>;

export interface Account {
  readonly id: number;
  readonly username: string;
  readonly name: string;
}

export const ada: Account = { id: 1, username: "ada", name: "Ada Lovelace" };
export const bob: Account = { id: 2, username: "bob", name: "Bob Ross" };
export const bot: Account = { id: 3, username: "project_12_bot_0a1b", name: "Release token" };
export const ghost: Account = { id: 4, username: "ghost", name: "Ghost User" };

/** What a commit did, which GitLab tells only when it is asked for it. */
export interface Work {
  /** Lines added and deleted. */
  readonly lines?: readonly [added: number, deleted: number];
  readonly files?: readonly string[];
}

export interface FakeMergeRequest {
  readonly payload: Payload & { iid: number };
  readonly commits: Payload[];
  readonly notes: Payload[];
}

export class FakeProject {
  readonly payload: Payload & { id: number; path_with_namespace: string };
  readonly commits = new Map<string, Payload & { id: string; parent_ids: string[] }>();
  readonly branches = new Map<string, string>();
  readonly mergeRequests: FakeMergeRequest[] = [];
  readonly tags: Payload[] = [];
  readonly releases: Payload[] = [];
  readonly deployments: (Payload & { id: number })[] = [];
  readonly environments: Payload[] = [];
  readonly issues: (Payload & { iid: number; labels: string[] })[] = [];
  readonly pipelines: (Payload & { id: number })[] = [];
  /** Of all pipelines, in the order in which they were made. */
  readonly jobs: (Payload & { id: number; pipeline: Payload })[] = [];
  /** What happened to merge requests. */
  readonly happenings: Payload[] = [];
  /** What scanners found; `null` where the plan or the token does not show it. */
  vulnerabilities: (Payload & { id: string })[] | null = [];
  readonly #lines = new Map<string, readonly [number, number]>();
  readonly #files = new Map<string, readonly string[]>();
  /** Hidden from every token: made private, or deleted. */
  hidden = false;
  /** Whether commits can be asked for as a range, as real hosts allow. */
  ranges = true;
  /** Whether issues can be asked for by number; where not, all are listed. */
  iids = true;
  /** Whether the files of merge requests can be asked for, as since GitLab 15.7. */
  diffs = true;
  #now = Date.parse("2026-03-02T08:00:00Z");
  #serial = 0;

  constructor(id: number, path: string) {
    this.payload = {
      id,
      name: path.split("/").at(-1),
      path_with_namespace: path,
      default_branch: "main",
      web_url: `https://gitlab.example/${path}`,
      archived: false,
      last_activity_at: this.time(),
    };
  }

  /** The end of `main`. */
  get head(): string {
    return this.branches.get("main") ?? "";
  }

  /** The merge request of a number. */
  change(iid: number): FakeMergeRequest {
    const found = this.mergeRequests[iid - 1];
    if (found === undefined) throw new Error(`There is no merge request !${iid}.`);
    return found;
  }

  /** Now, in this project: the instant of what happened last. */
  time(): string {
    return new Date(this.#now).toISOString();
  }

  pass(milliseconds = HOUR): string {
    this.#now += milliseconds;
    return this.time();
  }

  /** @returns the sha of a new commit at the end of a branch (`null`: of none). */
  commit({
    on = "main",
    parents,
    lines = [4, 1],
    files = ["README.md"],
    ...draft
  }: { on?: string | null; parents?: string[] } & Work & Draft = {}): string {
    const at = this.pass();
    const id = createHash("sha1").update(`${this.payload.id} ${this.#number()}`).digest("hex");
    const head = on === null ? undefined : this.branches.get(on);
    this.commits.set(id, {
      id,
      short_id: id.slice(0, 8),
      created_at: at,
      parent_ids: parents ?? (head === undefined ? [] : [head]),
      title: `Step ${id.slice(0, 4)}`,
      message: `Step ${id.slice(0, 4)}\n`,
      author_name: ada.name,
      author_email: "ada@example.com",
      authored_date: at,
      committer_name: ada.name,
      committer_email: "ada@example.com",
      committed_date: at,
      ...draft,
    });
    if (on !== null) this.branches.set(on, id);
    this.#lines.set(id, lines);
    this.#files.set(id, files);
    return id;
  }

  /** A commit as it is listed, with its lines. */
  counted(commit: Payload): Payload {
    const [additions, deletions] = this.#lines.get(String(commit["id"])) ?? [0, 0];
    return { ...commit, stats: { additions, deletions, total: additions + deletions } };
  }

  /** What the host counts for a commit. */
  count(sha: string, lines: readonly [number, number]): void {
    this.#lines.set(sha, lines);
  }

  filesOf(sha: unknown): readonly string[] {
    return this.#files.get(String(sha)) ?? [];
  }

  /** A merge request with a commit of its own, and what the draft says. */
  mergeRequest({ lines, files, ...draft }: Work & Draft = {}): FakeMergeRequest {
    const work = { ...(lines !== undefined && { lines }), ...(files !== undefined && { files }) };
    const sha = this.commit({ on: null, parents: [...this.branches.values()].slice(0, 1), ...work });
    const at = this.pass();
    const iid = this.mergeRequests.length + 1;
    const made: FakeMergeRequest = {
      payload: {
        id: 500 + iid,
        iid,
        project_id: this.payload.id,
        title: `Change ${iid}`,
        description: "",
        state: "opened",
        created_at: at,
        updated_at: at,
        merged_at: null,
        closed_at: null,
        target_branch: "main",
        source_branch: `topic-${iid}`,
        author: ada,
        labels: [],
        draft: false,
        work_in_progress: false,
        sha,
        merge_commit_sha: null,
        squash_commit_sha: null,
        web_url: `${String(this.payload["web_url"])}/-/merge_requests/${iid}`,
        ...draft,
      },
      commits: [this.commits.get(sha) ?? {}],
      notes: [],
    };
    this.mergeRequests.push(made);
    return made;
  }

  note({ notes, payload }: FakeMergeRequest, body: string, draft: Draft = {}): void {
    const at = this.pass();
    const system = /^(approved|marked|unmarked|requested|reopened|closed|merged)/.test(body);
    notes.push({ id: this.#number(), body, author: bob, created_at: at, updated_at: at, system, ...draft });
    payload["updated_at"] = at;
  }

  /** Merges as the project does: with a merge commit, unless the draft says otherwise. */
  merge(mergeRequest: FakeMergeRequest, draft: Draft = {}): string {
    const { payload } = mergeRequest;
    const parents = [this.branches.get("main"), payload["sha"]].filter((sha) => typeof sha === "string");
    const message = `Merge\n\nSee merge request acme/shell!${payload.iid}`;
    const sha = this.commit({ parents, message, ...this.#workOf(mergeRequest) });
    const at = this.pass();
    Object.assign(payload, { state: "merged", merged_at: at, updated_at: at, merge_commit_sha: sha, ...draft });
    return sha;
  }

  /** Merges with one commit on the branch and no merge commit. */
  squash(mergeRequest: FakeMergeRequest): string {
    const squashed = this.commit(this.#workOf(mergeRequest));
    const at = this.pass();
    const merged = { state: "merged", merged_at: at, updated_at: at, squash_commit_sha: squashed };
    Object.assign(mergeRequest.payload, merged);
    return squashed;
  }

  /** Merges without any commit of its own: the branch goes on with those of the merge request. */
  fastForward({ payload }: FakeMergeRequest): string {
    const sha = String(payload["sha"]);
    this.branches.set("main", sha);
    const at = this.pass();
    Object.assign(payload, { state: "merged", merged_at: at, updated_at: at });
    return sha;
  }

  /** One more commit on the branch of a merge request. */
  extend(mergeRequest: FakeMergeRequest, work: Work = {}): string {
    const sha = this.commit({ on: null, parents: [String(mergeRequest.payload["sha"])], ...work });
    mergeRequest.payload["sha"] = sha;
    mergeRequest.commits.unshift(this.commits.get(sha) ?? {});
    return sha;
  }

  /** What all commits of a merge request did together. */
  #workOf({ commits }: FakeMergeRequest): Required<Work> {
    let [added, deleted] = [0, 0];
    for (const { id } of commits) {
      const [more, less] = this.#lines.get(String(id)) ?? [0, 0];
      [added, deleted] = [added + more, deleted + less];
    }
    return { lines: [added, deleted], files: [...new Set(commits.flatMap(({ id }) => this.filesOf(id)))] };
  }

  /** As newer hosts do it: without a note, but in the list of what happened. */
  reopen({ payload }: FakeMergeRequest): string {
    const at = this.pass();
    Object.assign(payload, { state: "opened", closed_at: null, updated_at: at });
    this.happenings.push({
      id: this.#number(),
      action_name: "reopened",
      target_type: "MergeRequest",
      target_id: payload["id"],
      target_iid: payload.iid,
      created_at: at,
    });
    return at;
  }

  edit(payload: Payload, draft: Draft): void {
    Object.assign(payload, { updated_at: this.pass() }, draft);
  }

  deploy(draft: Draft = {}): Payload & { id: number } {
    const at = this.pass();
    const id = 9000 + this.deployments.length;
    const made = {
      id,
      iid: this.deployments.length + 1,
      ref: "main",
      sha: this.head,
      status: "success",
      created_at: at,
      updated_at: at,
      environment: { id: 1, name: "production" },
      deployable: { id: 70 + id, status: "success", started_at: at, finished_at: at, web_url: null },
      ...draft,
    };
    this.deployments.push(made);
    return made;
  }

  environment(name: string, tier: string): void {
    this.environments.push({ id: this.environments.length + 1, name, slug: name, tier });
  }

  issue(draft: Draft = {}): Payload & { iid: number; labels: string[] } {
    const at = this.pass();
    const iid = this.issues.length + 1;
    const made = {
      id: 300 + iid,
      iid,
      title: `Issue ${iid}`,
      description: null,
      state: "opened",
      issue_type: "issue",
      labels: [],
      web_url: `${String(this.payload["web_url"])}/-/issues/${iid}`,
      created_at: at,
      updated_at: at,
      closed_at: null,
      ...draft,
    };
    this.issues.push(made);
    return made;
  }

  pipeline(draft: Draft = {}): Payload & { id: number } {
    const at = this.pass();
    const made = {
      id: 7000 + this.pipelines.length,
      iid: this.pipelines.length + 1,
      sha: this.head,
      ref: "main",
      status: "success",
      source: "push",
      name: null,
      web_url: null,
      created_at: at,
      updated_at: at,
      ...draft,
    };
    this.pipelines.push(made);
    return made;
  }

  /** One of a pipeline, an hour long. */
  job(pipeline: Payload & { id: number }, draft: Draft = {}): Payload & { id: number } {
    const createdAt = this.pass();
    const made = {
      id: this.#number(),
      name: "test",
      stage: "test",
      status: "success",
      allow_failure: false,
      created_at: createdAt,
      started_at: createdAt,
      finished_at: this.pass(),
      pipeline,
      ...draft,
    };
    this.jobs.push(made);
    return made;
  }

  /** Something a scanner found. */
  vulnerability(draft: Draft = {}): Payload & { id: string } {
    const at = this.pass();
    const number = this.#number();
    const made = {
      id: `gid://gitlab/Vulnerability/${number}`,
      title: `Weakness ${number}`,
      severity: "HIGH",
      state: "DETECTED",
      reportType: "SAST",
      detectedAt: at,
      resolvedAt: null,
      dismissedAt: null,
      updatedAt: at,
      vulnerabilityPath: `/${this.payload.path_with_namespace}/-/security/vulnerabilities/${number}`,
      ...draft,
    };
    this.vulnerabilities = [...(this.vulnerabilities ?? []), made];
    return made;
  }

  /** An annotated tag has a date of its own. */
  tag(name: string, { of, annotated = false }: { of?: string; annotated?: boolean } = {}): void {
    const commit = this.commits.get(of ?? this.head);
    this.tags.unshift({ name, message: "", target: commit?.id, commit, created_at: annotated ? this.pass() : null });
  }

  release(name: string, draft: Draft = {}): void {
    const at = this.pass();
    const tag = this.tags.find((each) => each["name"] === name);
    this.releases.unshift({ tag_name: name, created_at: at, released_at: at, commit: tag?.["commit"], ...draft });
  }

  /** What is reachable from a commit, newest first. */
  history(from: string): (Payload & { id: string })[] {
    const found = new Set<string>();
    const open = [from];
    for (let sha = open.pop(); sha !== undefined; sha = open.pop()) {
      const commit = this.commits.get(sha);
      if (commit === undefined || found.has(sha)) continue;
      found.add(sha);
      open.push(...commit.parent_ids);
    }
    return [...this.commits.values()].filter(({ id }) => found.has(id)).toReversed();
  }

  resolve(ref: string): string | null {
    return this.branches.get(ref) ?? (this.commits.has(ref) ? ref : null);
  }

  #number(): number {
    this.#serial += 1;
    return this.#serial;
  }
}
