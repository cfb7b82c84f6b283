/** Which roll-outs repaired what in a hurry: those that carry a hotfix, and those that say which version they repair. */
import type { Change } from "./events.ts";
import { isLabelled } from "./incident-links.ts";
import type { Rollout } from "./origins/sighting.ts";
import { positionOf } from "./origins/sighting.ts";
import { tagsAmong } from "./origins/releases.ts";
import { matching } from "./origins/runs.ts";
import { lookup } from "./reverts.ts";
import type { HotfixRule } from "./rules.ts";
import { DAY } from "./time.ts";
import type { Walk } from "./walk.ts";
import { isOwnChange } from "./walk.ts";

/** Both are indexes of roll-outs. */
export interface Repair {
  /** What it repairs; -1 when that is none of the service's roll-outs, or too long ago to be it. */
  readonly failed: number;
  /** What carries the repair; -1 while that lies ahead. */
  readonly by: number;
}

/** A hotfix repairs the latest roll-out before it was opened, when that is at most this old (ours). */
const REPAIRED_WITHIN = 7 * DAY;

/** Shorter beginnings of a commit's sha are taken for something else. */
const ABBREVIATED = 7;

export function repairs(walk: Walk, rule: HotfixRule): readonly Repair[] {
  return [...byHotfix(walk, rule), ...byVersion(walk)];
}

function byHotfix(walk: Walk, { labels, branches }: HotfixRule): readonly Repair[] {
  const patterns = branches.map(matching);
  const isHotfix = (change: Change): boolean =>
    isLabelled(change.labels, labels) || patterns.some((isBranch) => isBranch(change.sourceBranch));
  return walk.history.changes
    .filter((change) => change.mergedAt !== null && isHotfix(change) && isOwnChange(walk, change.number))
    .map((change) => {
      const by = carrierOf(walk, change);
      const failed = latestBefore(walk.rollouts, change);
      return { failed: by !== -1 && by <= failed ? -1 : failed, by };
    });
}

/** A hotfix may be merged into a release branch and never reach the default branch. */
function carrierOf({ changeCarrier, carrier, graph }: Walk, { number, mergeCommit }: Change): number {
  return changeCarrier.get(number) ?? carrier[positionOf(graph, mergeCommit)] ?? -1;
}

function latestBefore(rollouts: readonly Rollout[], { openedAt }: Change): number {
  const latest = rollouts.findLastIndex(({ deployedAt }) => deployedAt <= openedAt);
  return openedAt - (rollouts[latest]?.deployedAt ?? -Infinity) > REPAIRED_WITHIN ? -1 : latest;
}

/** Roll-outs that say which version they repair: an id, a tag or version with or without its `v`, or a commit. */
function byVersion(walk: Walk): readonly Repair[] {
  const { rollouts } = walk;
  let tipOf: ReturnType<typeof tipsOf> | null = null;
  return rollouts.flatMap(({ fixes }, by) =>
    fixes.map((text): Repair => {
      const named = rollouts.findLastIndex((rollout, index) => index < by && isNamed(rollout, text));
      if (named !== -1) return { failed: named, by };
      tipOf ??= tipsOf(walk);
      const tip = tipOf(text);
      return { failed: rollouts.findLastIndex((rollout, index) => index < by && rollout.tip === tip), by };
    }),
  );
}

function isNamed({ id, alsoKnownAs, tag, version }: Rollout, text: string): boolean {
  const names = [id, ...alsoKnownAs, ...[tag, version].flatMap((name) => (name === null ? [] : [name, `v${name}`]))];
  return names.includes(text) || names.includes(`v${text}`);
}

/** The position of the commit that a version's tag or an abbreviation names; `null`, which is no position, when there is none. */
function tipsOf({ history, graph }: Walk): (text: string) => number | null {
  const find = lookup(history.commits);
  const tags = new Map(tagsAmong(history.releases).map(({ name, sha }) => [name, sha]));
  return (text) => {
    const sha = tags.get(text) ?? tags.get(`v${text}`) ?? null;
    if (sha !== null) return graph.at.get(sha) ?? null;
    return text.length >= ABBREVIATED ? find(text) : null;
  };
}
