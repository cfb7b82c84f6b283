/** Which roll-outs repaired what in a hurry: those that carry a hotfix, and those that say which version they repair. */
import type { Change } from "./events.ts";
import { isLabelled } from "./incident-links.ts";
import type { Rollout } from "./origins/sighting.ts";
import { tagsAmong } from "./origins/releases.ts";
import { lookup } from "./reverts.ts";
import type { HotfixRule } from "./rules.ts";
import { DAY } from "./time.ts";
import type { Walk } from "./walk.ts";
import { isOwnChange } from "./walk.ts";

/** Both are indexes of roll-outs. */
export interface Repair {
  /** What it repairs; `null` when that is none of the service's roll-outs, or too long ago to be it. */
  readonly failed: number | null;
  /** What carries the repair; -1 while that lies ahead. */
  readonly by: number;
}

/** A hotfix repairs the latest roll-out before it was opened, when that is at most this old (ours). */
const REPAIRED_WITHIN = 7 * DAY;

export function repairs(walk: Walk, rule: HotfixRule): readonly Repair[] {
  return [...byHotfix(walk, rule), ...byVersion(walk)];
}

function byHotfix(walk: Walk, { labels, branches }: HotfixRule): readonly Repair[] {
  if (labels.length === 0 && branches.length === 0) return [];
  const patterns = branches.map((branch) => new RegExp(branch));
  const isHotfix = (change: Change): boolean =>
    isLabelled(change.labels, labels) || patterns.some((pattern) => pattern.test(change.sourceBranch ?? ""));
  return walk.history.changes
    .filter((change) => change.mergedAt !== null && isHotfix(change) && isOwnChange(walk, change.number))
    .map((change) => {
      const by = carrierOf(walk, change);
      const failed = latestBefore(walk.rollouts, change);
      return { failed: by !== -1 && failed !== null && by <= failed ? null : failed, by };
    });
}

/** A hotfix may be merged into a release branch and never reach the default branch. */
function carrierOf({ changeCarrier, carrier, graph }: Walk, { number, mergeCommit }: Change): number {
  return changeCarrier.get(number) ?? carrier[graph.at.get(mergeCommit ?? "") ?? -1] ?? -1;
}

function latestBefore(rollouts: readonly Rollout[], { openedAt }: Change): number | null {
  const latest = rollouts.findLastIndex(({ deployedAt }) => deployedAt <= openedAt);
  return openedAt - (rollouts[latest]?.deployedAt ?? -Infinity) > REPAIRED_WITHIN ? null : latest;
}

/** Roll-outs that say which version they repair: an id, a tag or version with or without its `v`, or a commit. */
function byVersion(walk: Walk): readonly Repair[] {
  const { rollouts } = walk;
  const fixing = [...rollouts.entries()].filter(([, { fixes }]) => fixes.length > 0);
  if (fixing.length === 0) return [];
  const tipOf = tipsOf(walk);
  return fixing.flatMap(([by, { fixes }]) =>
    fixes.map((text): Repair => {
      const tip = tipOf(text);
      const named = rollouts.findLastIndex((rollout, index) => index < by && isNamed(rollout, text));
      const failed =
        named !== -1 ? named : rollouts.findLastIndex((rollout, index) => index < by && rollout.tip === tip);
      return { failed: failed === -1 ? null : failed, by };
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
    return /^[0-9a-f]{7,}$/.test(text) ? find(text) : null;
  };
}
