/**
 * What messages say. Whoever pushes says things about a deployment or an incident one after the other, late, twice or in the wrong
 * order: a thing is what was said of it adds up to, whatever the order. A saying takes the place of the one with the same `part`.
 */
import type { Alert, Change, Incident, Outcome, Pipeline, PushedDeployment } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";

interface Saying {
  /** Which part of the thing's life it tells of. */
  readonly part: string;
  /** When that was. */
  readonly at: Instant;
}

export interface DeploymentSaying extends Saying {
  readonly part: "waiting" | "running" | "done";
  readonly outcome: Outcome;
  readonly startedAt: Instant | null;
  readonly environment: string | null;
  readonly version: string | null;
  readonly sha: string | null;
  readonly url: string | null;
  readonly fixesVersion: string | null;
  readonly includedCommits: readonly string[] | null;
}

export interface IncidentSaying extends Saying {
  readonly type: "triggered" | "resolved" | "reopened";
  /** Of a record that tells beginning and end at once. */
  readonly endedAt: Instant | null;
  readonly title: string | null;
  readonly url: string | null;
  readonly labels: readonly string[] | null;
  readonly deployment: string | null;
  readonly causedBy: string | null;
  readonly falseAlarm: boolean | null;
}

export interface ChangeSaying extends Saying {
  readonly part: "created" | "updated" | "reviewed" | "merged" | "abandoned";
  readonly title: string | null;
  readonly url: string | null;
  readonly mergeCommit: string | null;
}

export interface PipelineSaying extends Saying {
  readonly part: "queued" | "started" | "finished";
  readonly name: string | null;
  readonly url: string | null;
  readonly sha: string | null;
  readonly outcome: Outcome;
  /** The kind of runner that all of it ran on. Missing of what came before it could be said. */
  readonly runner?: string | null | undefined;
}

export interface AlertSaying extends Saying {
  readonly part: "opened" | "fixed" | "dismissed";
  /** What else a record that tells several of these says. */
  readonly fixedAt: Instant | null;
  readonly dismissedAt: Instant | null;
  readonly scan: Alert["scan"] | null;
  readonly severity: Alert["severity"];
  readonly title: string | null;
  readonly url: string | null;
}

/** What one message says of one thing. */
export type Told =
  | (Address & { readonly kind: "deployment"; readonly says: DeploymentSaying })
  | (Address & { readonly kind: "incident"; readonly says: IncidentSaying })
  | (Address & { readonly kind: "change"; readonly says: ChangeSaying })
  | (Address & { readonly kind: "pipeline"; readonly says: PipelineSaying })
  | (Address & { readonly kind: "alert"; readonly says: AlertSaying });

interface Address {
  readonly id: string;
  /** What the sender calls the service; where it names only a repository, that. */
  readonly service: string;
  readonly repository: string | null;
  /** Whether the sender said when; if not, `says.at` is when it came in. */
  readonly dated: boolean;
}

/** Things with all that was said of them, as they are stored. */
export type PushedThing =
  | (PushedDeployment & { readonly said: readonly DeploymentSaying[] })
  | (Incident & { readonly said: readonly IncidentSaying[] })
  | (Change & { readonly said: readonly ChangeSaying[] })
  | (Pipeline & { readonly said: readonly PipelineSaying[] })
  | (Alert & { readonly said: readonly AlertSaying[] });

/** Joins a saying to the earlier ones: in the order of time, then of the part's name, so that the order of arrival leaves no trace. */
export function join<S extends Saying>(said: readonly S[], says: S): readonly S[] {
  return [...said.filter(({ part }) => part !== says.part), says].sort(
    (a, b) => a.at - b.at || (a.part < b.part ? -1 : 1),
  );
}

/** The first that was said at all. */
export function first<S, T>(said: readonly S[], read: (saying: S) => T | null): T | null {
  for (const saying of said) {
    const value = read(saying);
    if (value !== null) return value;
  }
  return null;
}
