/** What counts as a deployment of a service: every way that its rules name, each roll-out once. */
import type { Route } from "./facts.ts";
import { hosted, pushed } from "./origins/deployments.ts";
import { merges } from "./origins/merges.ts";
import { published, standingIn, tagged } from "./origins/releases.ts";
import { jobs, runs } from "./origins/runs.ts";
import type { Attempt, Rollout, Seen, Sighted } from "./origins/sighting.ts";
import type { DeploymentRules, Origin } from "./rules.ts";
import { inOrder } from "./rules.ts";
import { distinct, unseen } from "./routes.ts";

/**
 * The same roll-out seen by several ways counts once. Ordered by the time of success, then by id, which is the order in which they
 * claim commits.
 */
export function sightings(seen: Seen, rules: DeploymentRules): Sighted {
  const routes = unambiguous(rules.origins === null ? best(seen, rules) : ruled(seen, rules, rules.origins));
  const found = distinct(routes.map(({ rollouts }) => rollouts));
  return {
    rollouts: [...found].sort((a, b) => a.deployedAt - b.deployedAt || compareIds(a.id, b.id)),
    attempts: routes.flatMap(({ attempts }, index) => unseen(attempts, routes.slice(0, index))),
  };
}

/** Host deployments where any reached production; else published releases; else tags. Beside them what was pushed. */
function best(seen: Seen, rules: DeploymentRules): readonly Sighted[] {
  const [recorded, told] = [hosted(seen, rules), pushed(seen, rules)];
  if (recorded.rollouts.length > 0) return [recorded, told];
  const released = standingIn(seen, rules.releases);
  // Where releases stand in for deployments, the host's are not told of.
  return [released.length > 0 ? only(released) : recorded, told];
}

function ruled(seen: Seen, rules: DeploymentRules, origins: readonly Origin[]): readonly Sighted[] {
  const found: Sighted[] = [];
  const released = new Set<string>();
  for (const origin of inOrder(origins)) {
    const sighted = sightedBy(origin, seen, rules, released);
    // A release has a tag of the same name, perhaps of another day.
    for (const { route, name } of sighted.rollouts) if (route === "release") released.add(name);
    found.push(sighted);
  }
  return found;
}

function sightedBy(origin: Origin, seen: Seen, rules: DeploymentRules, released: ReadonlySet<string>): Sighted {
  switch (origin.from) {
    case "deployments":
      return hosted(seen, rules);
    case "jobs":
      return jobs(seen, origin);
    case "runs":
      return runs(seen, origin);
    case "releases":
      return only(published(seen, rules.releases));
    case "tags":
      return only(tagged(seen, rules.releases, released));
    case "pushes":
      return pushed(seen, rules);
    case "merges":
      return only(merges(seen));
  }
}

function only(rollouts: readonly Rollout[]): Sighted {
  return { rollouts, attempts: [] };
}

/** Hosts count deployments, jobs and runs each from 1: of two things with one id the better one keeps it. A job that two rules match is one. */
function unambiguous(routes: readonly Sighted[]): readonly Sighted[] {
  const taken = new Map<string, Route>();
  const named = <T extends Rollout | Attempt>(row: T): readonly T[] => {
    const by = taken.get(row.id) ?? row.route;
    const id = by === row.route ? row.id : `${row.route}/${row.id}`;
    if (taken.has(id)) return [];
    taken.set(id, row.route);
    return id === row.id ? [row] : [{ ...row, id }];
  };
  return routes.map(({ rollouts, attempts }) => ({
    rollouts: rollouts.flatMap(named),
    attempts: attempts.flatMap(named),
  }));
}

/** Numbers by size and before other ids, which are compared as text. */
function compareIds(a: string, b: string): number {
  const [isNumber, isOtherNumber] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (isNumber !== isOtherNumber) return isNumber ? -1 : 1;
  const difference = isNumber ? Number(a) - Number(b) : 0;
  if (difference !== 0) return difference;
  return a < b ? -1 : a > b ? 1 : 0;
}
