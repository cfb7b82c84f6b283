/** What became of roll-outs: which failed and by which signals, when what failed was back, and which were made to repair. */
import type { Incident } from "./events.ts";
import type { FailureSignal } from "./facts.ts";
import type { Repair } from "./hotfixes.ts";
import { repairs } from "./hotfixes.ts";
import type { Link } from "./incident-links.ts";
import { isOwnIncident, link } from "./incident-links.ts";
import type { Override } from "./judgements.ts";
import type { Rollout } from "./origins/sighting.ts";
import type { Revert } from "./reverts.ts";
import { firstReverts, revertsOnDefault } from "./reverts.ts";
import type { Rollbacks } from "./rollbacks.ts";
import { findRollbacks } from "./rollbacks.ts";
import type { HotfixRule, Part } from "./rules.ts";
import type { Instant } from "./time.ts";
import { DAY } from "./time.ts";
import type { Walk } from "./walk.ts";
import { isOwn } from "./walk.ts";

/** A roll-out that failed. */
export interface Failure {
  readonly signals: readonly FailureSignal[];
  /** The end of its incidents, else the rollback, else the roll-out of the revert or the hotfix; `null` while that lies ahead. */
  readonly recoveredAt: Instant | null;
}

export interface Aftermath {
  /** By index of the roll-out. */
  readonly failures: ReadonlyMap<number, Failure>;
  /** By index of the roll-out: what would have made it a failure, had nobody said that it is none. */
  readonly overruled: ReadonlyMap<number, readonly FailureSignal[]>;
  readonly rollbacks: ReadonlySet<number>;
  /** Rollbacks, roll-outs that first carried a revert or a hotfix, and those marked as a fix. */
  readonly rework: ReadonlySet<number>;
  /** Positions of the commits that take something back. */
  readonly reverts: ReadonlySet<number>;
  /** By position of the commit taken back: the first commit that did it. */
  readonly revertedBy: ReadonlyMap<number, number>;
  /** The service's, each with the link of the same index. */
  readonly incidents: readonly Incident[];
  readonly links: readonly Link[];
}

/** What a roll-out first carried and another takes back within this span has failed. */
const REVERTED_WITHIN = 7 * DAY;

export function aftermath(
  walk: Walk,
  rule: HotfixRule,
  { incidents: shared }: Pick<Part, "incidents">,
  overrides: readonly Override[],
): Aftermath {
  const reverts = revertsOnDefault(walk).filter(({ by, target }) => isOwn(walk, by) && isOwn(walk, target));
  const back = findRollbacks(walk.graph, walk.rollouts);
  const repaired = repairs(walk, rule);
  const known = byAnyName(walk.rollouts);
  const linked = walk.history.incidents
    .map((incident) => {
      const deployment = known.get(incident.deployment ?? "") ?? incident.deployment;
      return { incident, found: link({ ...incident, deployment }, walk.rollouts) };
    })
    .filter(({ incident, found }) => isOwnIncident(incident, found, shared));
  const own = { incidents: linked.map(({ incident }) => incident), links: linked.map(({ found }) => found) };
  return {
    ...judged(walk, failures(walk, { ...own, reverts, rolledBackBy: back.rolledBackBy, repaired }), overrides),
    rollbacks: back.rollbacks,
    rework: rework(walk, reverts, back, repaired),
    reverts: new Set(reverts.map(({ by }) => by)),
    revertedBy: firstReverts(walk.graph, reverts),
    ...own,
  };
}

/** The id of a roll-out by the ids it has on other routes, which are none of another roll-out. */
function byAnyName(rollouts: readonly Rollout[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { id, alsoKnownAs } of rollouts) for (const name of alsoKnownAs) names.set(name, id);
  for (const { id } of rollouts) names.delete(id);
  return names;
}

/** What a failure is told by. */
interface Signals extends Pick<Aftermath, "incidents" | "links">, Pick<Rollbacks, "rolledBackBy"> {
  readonly reverts: readonly Revert[];
  readonly repaired: readonly Repair[];
}

function failures(walk: Walk, told: Signals): ReadonlyMap<number, Failure> {
  const { rolledBackBy } = told;
  const incidents = incidentEnds(told);
  const reverted = revertRecoveries(walk, told.reverts);
  const hotfixed = hotfixRecoveries(walk, told.repaired);
  const found = new Map<number, Failure>();
  const failed = [...incidents.keys(), ...rolledBackBy.keys(), ...reverted.keys(), ...hotfixed.keys()];
  for (const index of new Set(failed)) {
    const end = incidents.get(index);
    const rollback = walk.rollouts[rolledBackBy.get(index) ?? -1]?.deployedAt;
    const revert = reverted.get(index);
    const hotfix = hotfixed.get(index);
    const signals: FailureSignal[] = [];
    if (end !== undefined) signals.push("incident");
    if (rollback !== undefined) signals.push("rollback");
    if (revert !== undefined) signals.push("revert");
    if (hotfix !== undefined) signals.push("hotfix");
    found.set(index, { signals, recoveredAt: end !== undefined ? end : (rollback ?? revert ?? hotfix ?? null) });
  }
  return found;
}

/** What a person says stands over the signals; what repaired a roll-out that did not fail was still work done again. */
function judged(
  { rollouts }: Walk,
  told: ReadonlyMap<number, Failure>,
  overrides: readonly Override[],
): Pick<Aftermath, "failures" | "overruled"> {
  const failures = new Map(told);
  const overruled = new Map<number, readonly FailureSignal[]>();
  if (overrides.length === 0) return { failures, overruled };
  const known = byAnyName(rollouts);
  const at = new Map(rollouts.map(({ id }, index) => [id, index]));
  for (const { deployment, failed, recoveredAt } of overrides) {
    const index = at.get(known.get(deployment) ?? deployment);
    if (index === undefined) continue;
    const failure = told.get(index);
    if (failed) {
      const signals: readonly FailureSignal[] = [...(failure?.signals ?? []), "manual"];
      failures.set(index, { signals, recoveredAt: recoveredAt ?? failure?.recoveredAt ?? null });
    } else if (failure !== undefined) {
      failures.delete(index);
      overruled.set(index, failure.signals);
    }
  }
  return { failures, overruled };
}

/** By roll-out: when the last of its incidents ended, `null` while one is open. False alarms fail nothing. */
function incidentEnds({
  incidents,
  links,
}: Pick<Aftermath, "incidents" | "links">): ReadonlyMap<number, Instant | null> {
  const ends = new Map<number, Instant | null>();
  for (const [index, { resolvedAt, falseAlarm }] of incidents.entries()) {
    const deployment = links[index]?.deployment ?? null;
    if (deployment === null || falseAlarm) continue;
    const known = ends.get(deployment);
    const open = resolvedAt === null || known === null;
    ends.set(deployment, open ? null : Math.max(resolvedAt, known ?? resolvedAt));
  }
  return ends;
}

function revertRecoveries({ carrier, rollouts }: Walk, reverts: readonly Revert[]): ReadonlyMap<number, Instant> {
  const recoveredAt = new Map<number, Instant>();
  for (const { by, target } of reverts) {
    const [failed, repairing] = [carrier[target] ?? -1, carrier[by] ?? -1];
    const [carried, repaired] = [rollouts[failed], rollouts[repairing]];
    if (repairing <= failed || carried === undefined || repaired === undefined) continue;
    if (repaired.deployedAt - carried.deployedAt > REVERTED_WITHIN) continue;
    recoveredAt.set(failed, Math.min(repaired.deployedAt, recoveredAt.get(failed) ?? Infinity));
  }
  return recoveredAt;
}

/** By roll-out: when the first of what repairs it was rolled out, `null` while nothing was. */
function hotfixRecoveries({ rollouts }: Walk, repaired: readonly Repair[]): ReadonlyMap<number, Instant | null> {
  const recoveredAt = new Map<number, Instant | null>();
  for (const { failed, by } of repaired) {
    if (failed === -1) continue;
    const at = rollouts[by]?.deployedAt ?? null;
    const known = recoveredAt.get(failed) ?? null;
    recoveredAt.set(failed, at === null || known === null ? (at ?? known) : Math.min(at, known));
  }
  return recoveredAt;
}

function rework(
  { carrier, rollouts }: Walk,
  reverts: readonly Revert[],
  { rollbacks }: Rollbacks,
  repaired: readonly Repair[],
): ReadonlySet<number> {
  const found = new Set(rollbacks);
  const repairing = [...reverts.map(({ by }) => carrier[by] ?? -1), ...repaired.map(({ by }) => by)];
  for (const index of repairing) if (index !== -1) found.add(index);
  for (const [index, { fixes }] of rollouts.entries()) if (fixes.length > 0) found.add(index);
  return found;
}
