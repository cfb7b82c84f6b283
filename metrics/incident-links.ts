/** Which deployment an incident belongs to. */
import type { Incident } from "./events.ts";
import type { IncidentFact } from "./facts.ts";
import { PUSH } from "./pushed.ts";
import type { Part } from "./rules.ts";
import type { Instant } from "./time.ts";
import { HOUR } from "./time.ts";

/** A successful production deployment, as far as incidents care. */
export interface Suspect {
  readonly id: string;
  readonly sha: string | null;
  readonly deployedAt: Instant;
}

export interface Link {
  readonly linkedBy: IncidentFact["linkedBy"];
  /** The index of the deployment in the list given; `null` when there is none. */
  readonly deployment: number | null;
}

/** Without any reference, an incident is blamed on a deployment at most this old (ours: DEFINITIONS §2). */
const BLAMED_WITHIN = 72 * HOUR;

const NONE: Link = { linkedBy: "none", deployment: null };

/**
 * A deployment named by its id; else the latest of exactly the commit named, not after the incident; else, only without any
 * reference, the latest within 72 h before. A reference to anything else links nothing.
 *
 * @param suspects ordered by time.
 */
export function link({ deployment, causedBy, openedAt }: Incident, suspects: readonly Suspect[]): Link {
  if (deployment !== null)
    return found(
      "id",
      suspects.findIndex(({ id }) => id === deployment),
    );
  if (causedBy !== null)
    return found(
      "sha",
      suspects.findLastIndex(({ sha, deployedAt }) => sha === causedBy.toLowerCase() && deployedAt <= openedAt),
    );
  const latest = suspects.findLastIndex(({ deployedAt }) => deployedAt <= openedAt);
  const age = openedAt - (suspects[latest]?.deployedAt ?? -Infinity);
  return age > BLAMED_WITHIN ? NONE : found("service-window", latest);
}

function found(linkedBy: Link["linkedBy"], index: number): Link {
  return index === -1 ? NONE : { linkedBy, deployment: index };
}

/**
 * Whether an incident is the service's. In a repository with several of them: by its labels; without any of theirs, when it names one
 * of the service's roll-outs. Whoever pushes an incident says whose it is.
 *
 * @param shared `null` where the repository is one service.
 */
export function isOwnIncident({ source, labels }: Incident, { linkedBy }: Link, shared: Part["incidents"]): boolean {
  if (shared === null || source === PUSH) return true;
  if (isLabelled(labels, shared.own)) return true;
  if (isLabelled(labels, shared.others)) return false;
  return linkedBy === "id" || linkedBy === "sha";
}

/** Hosts write labels as people like them: case does not matter. */
export function isLabelled(labels: readonly string[], wanted: readonly string[]): boolean {
  const known = new Set(labels.map((label) => label.toLowerCase()));
  return wanted.some((label) => known.has(label.toLowerCase()));
}
