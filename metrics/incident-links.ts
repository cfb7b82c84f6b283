/** Which deployment an incident belongs to. */
import type { Incident } from "./events.ts";
import type { IncidentFact } from "./facts.ts";
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
