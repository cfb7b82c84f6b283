/** One project being read: what every stream of it needs, and what it hands over. */
import type { DeliveryEvent, Identity } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { Notice, Removal, Wants } from "../collector.ts";
import type { People } from "../people.ts";
import type { Api } from "./client.ts";
import type { ProjectState } from "./cursor.ts";
import type { KnownIssues } from "./issue-dates.ts";
import type { KnownCommits } from "./known-commits.ts";
import type { GitLabOptions } from "./options.ts";
import type { Project } from "./payloads.ts";

export type Place = Omit<Identity, "id">;

export interface Reading {
  readonly api: Api;
  readonly place: Place;
  readonly project: Project;
  readonly options: Pick<
    GitLabOptions,
    "url" | "incidentLabels" | "pipelines" | "jobs" | "requests" | "alerts" | "files"
  >;
  readonly wants: Wants;
  readonly people: People;
  /** What accounts are numbered at. */
  readonly host: string;
  readonly known: KnownCommits;
  readonly issues: KnownIssues;
  /** Notices that one project gives for all. */
  readonly said: Set<string>;
  readonly now: () => Instant;
}

/** What came in, and where the project then got to. */
export interface Step {
  readonly events: readonly DeliveryEvent[];
  readonly removed: readonly Removal[];
  readonly notices: readonly Notice[];
  readonly state: ProjectState;
  /** How much of this stream is done, 0 to 1, where it can be known. */
  readonly done: number | null;
}

export type Stream = (reading: Reading, state: ProjectState) => AsyncGenerator<Step>;

export function step(state: ProjectState, events: readonly DeliveryEvent[], more: Partial<Step> = {}): Step {
  return { events, removed: [], notices: [], state, done: null, ...more };
}
