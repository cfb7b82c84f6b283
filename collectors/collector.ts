/** The one shape every host has. */
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";

/** Where a source got to; its meaning is the collector's own, the store only keeps it. */
export type Cursor = string;

/** Something a person should know about a sync, with what to do about it. It never stops the sync. */
export interface Notice {
  readonly level: "info" | "warning";
  /** Stable name, so that a notice can be found in the guide and counted: `shallow`, `tag-without-date`. */
  readonly code: string;
  /** What happened, why it matters, what to do. */
  readonly message: string;
}

export interface Removal {
  readonly kind: EventKind;
  readonly repository: string;
  readonly id: string;
}

/** What a collector hands over at once; it is stored in one transaction, bookmark included. */
export interface Batch {
  readonly events: readonly DeliveryEvent[];
  /** Events that no longer exist at the host, such as deleted tags. */
  readonly removed: readonly Removal[];
  readonly notices: readonly Notice[];
  /** Everything up to here has been yielded; `null` keeps the bookmark as it was. */
  readonly cursor: Cursor | null;
  /** How far the sync has come, 0 to 1, for a person who waits; `null` when it cannot be known. */
  readonly progress: number | null;
}

/** What the rules of a repository's services need beyond what is always read: it costs more, so it is read where it is wanted. */
export interface Wants {
  /** Which files commits and changes touched: a service may be paths of a repository. */
  readonly paths: boolean;
  /** The runs whose jobs and earlier attempts are read: those that match any of these. */
  readonly jobs: readonly RunFilter[];
}

/** Regular expressions; `null` matches everything. */
export interface RunFilter {
  /** On the name of the workflow, or of the pipeline. */
  readonly name: string | null;
  /** On the branch or tag it ran for. */
  readonly branch: string | null;
}

export interface Collector {
  /** The key under which events and the bookmark are stored, the same for every run. */
  readonly source: string;
  /** What people call it. */
  readonly name: string;
  /**
   * Yields what changed since `cursor`, in any order; `null` means from the beginning.
   *
   * A batch's cursor is a promise: everything up to it has been yielded. An event may come again when it changes;
   * the store keeps the latest. Stopping after any batch and resuming loses nothing.
   *
   * @throws HostError when the host would not answer; what was yielded before stays valid.
   */
  collect(cursor: Cursor | null, signal: AbortSignal): AsyncIterable<Batch>;
}

/** A host would not answer; `cause` holds what it said. The message says what happened, why it matters and what to do. */
export class HostError extends Error {
  override readonly name = "HostError";
  readonly source: string;
  readonly reason: "auth" | "rate-limit" | "not-found" | "empty" | "unavailable";

  constructor(source: string, reason: HostError["reason"], message: string, cause?: unknown) {
    super(message, { cause });
    this.source = source;
    this.reason = reason;
  }
}
