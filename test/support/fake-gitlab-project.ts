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
  readonly jobs = new Map<number, Payload[]>();
  /** Hidden from every token: made private, or deleted. */
  hidden = false;
  /** Whether commits can be asked for as a range, as real hosts allow. */
  ranges = true;
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
  commit({ on = "main", parents, ...draft }: { on?: string | null; parents?: string[] } & Draft = {}): string {
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
    return id;
  }

  /** A merge request with a commit of its own, and what the draft says. */
  mergeRequest(draft: Draft = {}): FakeMergeRequest {
    const sha = this.commit({ on: null, parents: [...this.branches.values()].slice(0, 1) });
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
    const sha = this.commit({ parents, message: `Merge\n\nSee merge request acme/shell!${payload.iid}` });
    const at = this.pass();
    Object.assign(payload, { state: "merged", merged_at: at, updated_at: at, merge_commit_sha: sha, ...draft });
    return sha;
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
