/**
 * A metric is a value: words, and one pure function from a fact to an observation. The tooltip, the API, the export and the
 * docs read the same words; the number, its rows and its chart come from the same observations, so they cannot disagree.
 */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "./facts.ts";
import type { Instant } from "./time.ts";

/** What a fact adds to a metric. */
export type Observation = Settled | Ongoing;

export interface Settled {
  /** When it counts. */
  readonly at: Instant;
  /** What it adds: 1 for a count, 0 or 1 for a rate, the size or duration otherwise; `null` when it belongs here but cannot be known. */
  readonly value: number | null;
}

/** Of a duration that is not over, or was given up before it was: nobody knows its length, but that it is longer than this. */
export interface Ongoing {
  readonly at: Instant;
  readonly value: null;
  /** How long it has lasted when the facts end, or had when it was given up, in the metric's unit. */
  readonly openFor: number;
}

export function isOngoing(observation: Observation): observation is Ongoing {
  return "openFor" in observation;
}

/** How facts are looked at. */
export interface View {
  /** Whether the facts reach beyond an instant: else what could still happen until then is not known, and the value is `null`. */
  readonly reaches: (at: Instant) => boolean;
  /** Hours that something has lasted which began at an instant and is not over; `null` where it began after the facts end. */
  readonly openFor: (since: Instant) => number | null;
  /** Hours from one instant to another, elapsed or working; `null` when either is unknown or the span would be negative. */
  readonly hours: (from: Instant | null, to: Instant | null) => number | null;
  /** Whether it was working time for whoever owned the service at an instant; `null` where nobody said when work is done. */
  readonly isWorking: (at: Instant) => boolean | null;
}

/**
 * Of what bots did: `kept`, as what they deliver is delivered, or `left-out`, as nobody waits for a person with it. Whoever asks may
 * ask for the other.
 */
export type Bots = "kept" | "left-out";

/** How observations become one number: how many, their median, or the share of ones. */
export type Statistic = "count" | "median" | "rate";

/** DORA's two factors, or what explains them. */
export type Factor = "throughput" | "instability" | "context";

/**
 * What a metric cannot do without: only the host of a change knows when it was opened and reviewed, only a record of deployments
 * holds attempts, only releases have a name x.y.0, only a host has runs of pipelines, only the configuration knows when work is done. Where nothing of it is known, nobody is shown an empty card.
 */
export type Need = "changes" | "attempts" | "incidents" | "releases" | "alerts" | "hours" | "pipelines";

interface Words {
  readonly id: string;
  readonly title: string;
  /** What the number means, in one or two sentences: clock, population, statistic. */
  readonly definition: string;
  /** Where the definition comes from. */
  readonly source: string;
  /** How the same name differs at DORA, GitLab or elsewhere. */
  readonly differs: string;
  readonly factor: Factor;
  readonly statistic: Statistic;
  /** Of one observation: `hours`, `commits`, … A rate has the unit `share`, and so has a median of shares. Working hours are those of a calendar, of which a day has few. */
  readonly unit:
    | "deployments"
    | "hours"
    | "working-hours"
    | "commits"
    | "changes"
    | "lines"
    | "rounds"
    | "alerts"
    | "share";
  readonly better: "lower" | "higher" | "neither";
  /** Raised whenever the same facts would give another number. */
  readonly version: number;
  /** The singular noun of what is observed, for words such as "12 releases". */
  readonly counts: string;
  /** `null` for what every repository can have. */
  readonly needs: Need | null;
  /** `null` where nobody is the author: of deployments, incidents, alerts and runs. */
  readonly bots: Bots | null;
}

export interface DeploymentMetric extends Words {
  readonly of: "deployment";
  readonly observe: (fact: DeploymentFact, view: View) => Observation | null;
}

export interface CommitMetric extends Words {
  readonly of: "commit";
  /** Which instant of the commit is the observation's: the facts of a window are found by it. */
  readonly clock: "deployedAt" | "committedAt";
  readonly observe: (fact: CommitFact, view: View) => Observation | null;
}

/** Of changes that their host tells of; those that a plain git history only names are not observed. */
export interface ChangeMetric extends Words {
  readonly of: "change";
  readonly clock: "deployedAt" | "mergedAt" | "openedAt";
  readonly observe: (fact: ChangeFact, view: View) => Observation | null;
}

/** Of deployments whether or not they succeeded, by when they were made. */
export interface AttemptMetric extends Words {
  readonly of: "attempt";
  readonly observe: (fact: DeploymentFact, view: View) => Observation | null;
}

export interface IncidentMetric extends Words {
  readonly of: "incident";
  readonly observe: (fact: IncidentFact, view: View) => Observation | null;
}

export interface AlertMetric extends Words {
  readonly of: "alert";
  readonly clock: "openedAt" | "fixedAt";
  readonly observe: (fact: AlertFact, view: View) => Observation | null;
}

export interface PipelineMetric extends Words {
  readonly of: "pipeline";
  readonly clock: "finishedAt" | "brokeAt";
  readonly observe: (fact: PipelineFact, view: View) => Observation | null;
}

export type Metric =
  | DeploymentMetric
  | CommitMetric
  | ChangeMetric
  | AttemptMetric
  | IncidentMetric
  | AlertMetric
  | PipelineMetric;
