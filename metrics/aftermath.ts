/** What became of roll-outs: which failed and by which signals, when what failed was back, and which were made to repair. */
import type { FailureSignal } from "./facts.ts";
import type { Link } from "./incident-links.ts";
import { link } from "./incident-links.ts";
import type { Revert } from "./reverts.ts";
import { firstReverts, revertsOnDefault } from "./reverts.ts";
import type { Rollbacks } from "./rollbacks.ts";
import { findRollbacks } from "./rollbacks.ts";
import type { Rollout } from "./rollouts.ts";
import type { Instant } from "./time.ts";
import { DAY } from "./time.ts";
import type { Walk } from "./walk.ts";

/** A roll-out that failed. */
export interface Failure {
  readonly signals: readonly FailureSignal[];
  /** The end of its incidents, else the rollback, else the roll-out of the revert; `null` while that lies ahead. */
  readonly recoveredAt: Instant | null;
}

export interface Aftermath {
  /** By index of the roll-out. */
  readonly failures: ReadonlyMap<number, Failure>;
  readonly rollbacks: ReadonlySet<number>;
  /** Rollbacks, roll-outs that first carried a revert, and those marked as a fix. */
  readonly rework: ReadonlySet<number>;
  /** Positions of the commits that take something back. */
  readonly reverts: ReadonlySet<number>;
  /** By position of the commit taken back: the first commit that did it. */
  readonly revertedBy: ReadonlyMap<number, number>;
  /** In the order of the history's incidents. */
  readonly links: readonly Link[];
}

/** What a roll-out first carried and another takes back within this span has failed. */
const REVERTED_WITHIN = 7 * DAY;

export function aftermath(walk: Walk): Aftermath {
  const reverts = revertsOnDefault(walk);
  const back = findRollbacks(walk.graph, walk.rollouts);
  const known = byAnyName(walk.rollouts);
  const links = walk.history.incidents.map((incident) =>
    link({ ...incident, deployment: known.get(incident.deployment ?? "") ?? incident.deployment }, walk.rollouts),
  );
  return {
    failures: failures(walk, reverts, back, links),
    rollbacks: back.rollbacks,
    rework: rework(walk, reverts, back),
    reverts: new Set(reverts.map(({ by }) => by)),
    revertedBy: firstReverts(walk.graph, reverts),
    links,
  };
}

/** The id of a roll-out by the ids it has on other routes, which are none of another roll-out. */
function byAnyName(rollouts: readonly Rollout[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { id, alsoKnownAs } of rollouts) for (const name of alsoKnownAs) names.set(name, id);
  for (const { id } of rollouts) names.delete(id);
  return names;
}

function failures(
  walk: Walk,
  reverts: readonly Revert[],
  { rolledBackBy }: Rollbacks,
  links: readonly Link[],
): ReadonlyMap<number, Failure> {
  const incidents = incidentEnds(walk, links);
  const reverted = revertRecoveries(walk, reverts);
  const found = new Map<number, Failure>();
  for (const index of new Set([...incidents.keys(), ...rolledBackBy.keys(), ...reverted.keys()])) {
    const end = incidents.get(index);
    const rollback = walk.rollouts[rolledBackBy.get(index) ?? -1]?.deployedAt;
    const revert = reverted.get(index);
    const signals: FailureSignal[] = [];
    if (end !== undefined) signals.push("incident");
    if (rollback !== undefined) signals.push("rollback");
    if (revert !== undefined) signals.push("revert");
    found.set(index, { signals, recoveredAt: end !== undefined ? end : (rollback ?? revert ?? null) });
  }
  return found;
}

/** By roll-out: when the last of its incidents ended, `null` while one is open. False alarms fail nothing. */
function incidentEnds({ history }: Walk, links: readonly Link[]): ReadonlyMap<number, Instant | null> {
  const ends = new Map<number, Instant | null>();
  for (const [index, { resolvedAt, falseAlarm }] of history.incidents.entries()) {
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

function rework(
  { carrier, rollouts }: Walk,
  reverts: readonly Revert[],
  { rollbacks }: Rollbacks,
): ReadonlySet<number> {
  const found = new Set(rollbacks);
  for (const { by } of reverts) {
    const repairing = carrier[by] ?? -1;
    if (repairing !== -1) found.add(repairing);
  }
  for (const [index, { isFix }] of rollouts.entries()) if (isFix) found.add(index);
  return found;
}
