/** Events that were pushed, joined to the history of the service they are about. */
import type { Alert, Change, Deployment, Incident, Pipeline, PushedDeployment } from "./events.ts";
import type { Graph } from "./graph.ts";
import type { History } from "./history.ts";
import { lookup } from "./reverts.ts";

/** The key of the source under which everything pushed is stored. */
export const PUSH = "push";

/** What was pushed for one service. */
export interface PushedEvents {
  readonly deployments: readonly PushedDeployment[];
  readonly incidents: readonly Incident[];
  readonly changes: readonly Change[];
  readonly pipelines: readonly Pipeline[];
  readonly alerts: readonly Alert[];
}

export function isPushed(deployment: Deployment): deployment is PushedDeployment {
  return deployment.source === PUSH;
}

/**
 * A history and what was pushed for its service. Hosts tell of changes themselves, and git names them, so pushed changes belong to
 * services that nobody else knows.
 */
export function withPushed(history: History, pushed: PushedEvents): History {
  const own = history.repository.source === PUSH;
  const deployments = [...history.deployments, ...history.releases];
  return {
    ...history,
    deployments: [...history.deployments, ...unambiguous(pushed.deployments, deployments)],
    incidents: [...history.incidents, ...unambiguous(pushed.incidents, history.incidents)],
    changes: own ? [...history.changes, ...unambiguous(pushed.changes, history.changes)] : history.changes,
    pipelines: [...history.pipelines, ...unambiguous(pushed.pipelines, history.pipelines)],
    alerts: [...history.alerts, ...unambiguous(pushed.alerts, history.alerts)],
  };
}

/** Within a service an id is one thing: who pushes an id that is taken keeps it with the name they pushed it for. */
function unambiguous<E extends { readonly id: string; readonly repository: string }>(
  pushed: readonly E[],
  known: readonly { readonly id: string }[],
): readonly E[] {
  const taken = new Set(known.map(({ id }) => id));
  const ordered = pushed.toSorted((a, b) => (a.repository === b.repository ? 0 : a.repository < b.repository ? -1 : 1));
  return ordered.map((event) => {
    const id = taken.has(event.id) ? `${PUSH}/${event.repository}/${event.id}` : event.id;
    taken.add(id);
    return id === event.id ? event : { ...event, id };
  });
}

export interface PushedCommits {
  readonly commitOf: (deployment: PushedDeployment) => string | null;
  /** Positions of the commits that the history holds. */
  readonly positionsOf: (shas: readonly string[]) => readonly number[];
}

/** Finds what a sender named: a commit by its sha or an unambiguous beginning, else by the tag with the version's name. */
export function pushedCommits({ commits, releases }: History, { at }: Graph): PushedCommits {
  const find = lookup(commits);
  const tags = new Map(releases.flatMap(({ name, sha }) => (sha === null ? [] : [[name, sha] as const])));
  const shaOf = (text: string): string | null => {
    const position = at.get(text) ?? (/^[0-9a-f]{7,}$/.test(text) ? find(text) : null);
    return position === null ? null : (commits[position]?.id ?? null);
  };
  return {
    commitOf: ({ sha, version }) => {
      if (sha !== null) return shaOf(sha) ?? sha;
      return version === null ? null : (tags.get(version) ?? tags.get(`v${version}`) ?? shaOf(version));
    },
    positionsOf: (shas) =>
      shas.flatMap((text) => {
        const sha = shaOf(text);
        const position = sha === null ? undefined : at.get(sha);
        return position === undefined ? [] : [position];
      }),
  };
}
