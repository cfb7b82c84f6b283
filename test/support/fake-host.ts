/** A host in memory: its history is what a test makes of it, and its collector keeps the contract. */
import { createHash } from "node:crypto";
import type { Batch, Collector, Cursor, Notice } from "#collectors/collector.ts";
import type { Commit, DeliveryEvent, Release, Repository } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import { aLayout } from "./layouts.ts";

/** An instant in UTC, as in `at("2026-03-01T12:00")`. */
export function at(text: string): Instant {
  return Date.parse(`${text.length === 10 ? `${text}T00:00` : text}Z`);
}

export interface FakeOptions {
  readonly source?: string;
  readonly name?: string;
  /** How many events come in one batch. */
  readonly batchSize?: number;
  readonly notices?: readonly Notice[];
  /** Called before each batch is handed over: may throw, abort or change the world. */
  readonly before?: (batch: number) => void | Promise<void>;
}

/** Does something before one batch and nothing before the others. */
export function beforeBatch(wanted: number, act: () => void): (batch: number) => void {
  return (batch) => {
    if (batch === wanted) act();
  };
}

/** What the collector's bookmark says: how far the list of commits was read, which tags there were, where the head was. */
interface Bookmark {
  readonly commits: number;
  readonly tags: readonly string[];
  readonly head: string | null;
}

export class FakeHost {
  readonly commits: Commit[] = [];
  readonly tags = new Map<string, Release>();
  head: string | null = null;
  /** Those at its head; `null`: nobody lists them. */
  files: readonly string[] | null = null;
  collected = 0;
  #clock = at("2026-01-01T00:00");

  /** Adds a commit to the head, an hour after the one before, unless told otherwise. @returns its sha. */
  commit(draft: Partial<Commit> = {}): string {
    this.#clock = draft.committedAt ?? this.#clock + HOUR;
    const id = draft.id ?? createHash("sha1").update(String(this.commits.length)).digest("hex");
    this.commits.push({
      kind: "commit",
      source: "",
      repository: "",
      id,
      parents: this.head === null ? [] : [this.head],
      author: null,
      authorKind: "human",
      authoredAt: draft.committedAt ?? this.#clock,
      committedAt: this.#clock,
      title: `Step ${this.commits.length}`,
      changeNumber: null,
      reverts: [],
      cherryPickedFrom: [],
      paths: null,
      ...draft,
    });
    this.head = id;
    return id;
  }

  /** A commit beside the default branch. */
  branchCommit(draft: Partial<Commit>): string {
    const { head } = this;
    const sha = this.commit(draft);
    this.head = head;
    return sha;
  }

  /** Makes or moves a tag; by default it names the head, an hour after its commit. */
  tag(name: string, draft: Partial<Release> = {}): void {
    this.tags.set(name, {
      kind: "release",
      source: "",
      repository: "",
      id: name,
      name,
      url: null,
      sha: this.head,
      publishedAt: this.#clock + HOUR,
      draft: false,
      prerelease: null,
      ...draft,
    });
  }

  collector({
    source = "fake:shop",
    name = "shop",
    batchSize = 3,
    notices = [],
    before = () => undefined,
  }: FakeOptions = {}): Collector {
    const collect = (cursor: Cursor | null, signal: AbortSignal) =>
      this.#batches({ source, name, batchSize, notices, before }, cursor, signal);
    return { source, name, collect };
  }

  async *#batches(options: Required<FakeOptions>, cursor: Cursor | null, signal: AbortSignal): AsyncGenerator<Batch> {
    this.collected += 1;
    const known: Bookmark = cursor === null ? { commits: 0, tags: [], head: null } : JSON.parse(cursor);
    const bookmark = this.#bookmark();
    if (JSON.stringify(known) === JSON.stringify(bookmark)) return;
    const place = { source: options.source, repository: options.name };
    const commits: DeliveryEvent[] = this.commits.slice(known.commits).map((commit) => ({ ...commit, ...place }));
    const state: Repository = {
      kind: "repository",
      ...place,
      id: options.name,
      url: null,
      defaultBranch: "main",
      head: this.head,
      archivedAt: null,
      truncated: false,
    };
    const releases = [...this.tags.values()].map((release) => ({ ...release, ...place }));
    const layouts = this.files === null ? [] : [aLayout(this.files, { ...place, id: options.name })];
    const gone = known.tags.map((text) => String(JSON.parse(text)[0])).filter((name) => !this.tags.has(name));
    const parts = [...portions(commits, options.batchSize)];
    for (const [index, events] of parts.entries()) {
      await options.before(index);
      signal.throwIfAborted();
      yield { events, removed: [], notices: [], cursor: null, progress: index / (parts.length + 1) };
    }
    await options.before(parts.length);
    signal.throwIfAborted();
    yield {
      events: [...releases, ...layouts, state],
      removed: gone.map((id) => ({ kind: "release", repository: options.name, id })),
      notices: options.notices,
      cursor: JSON.stringify(bookmark),
      progress: 1,
    };
  }

  #bookmark(): Bookmark {
    const tags = [...this.tags.values()].map(({ name, sha, publishedAt }) => JSON.stringify([name, sha, publishedAt]));
    return { commits: this.commits.length, tags, head: this.head };
  }
}

function* portions<T>(all: readonly T[], size: number): Generator<readonly T[]> {
  for (let start = 0; start < all.length; start += size) yield all.slice(start, start + size);
}
