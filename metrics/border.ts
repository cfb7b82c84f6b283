/**
 * Where the recent part of a history begins: two weeks before its last roll-out, or somewhat earlier, so that nothing recent is about
 * what is settled. Else what takes back the last settled change would make a service take its whole history for two weeks.
 */
import type { Study } from "./derive.ts";
import type { Pipeline } from "./events.ts";
import type { Rollout } from "./origins/sighting.ts";
import { isOver } from "./pipeline-facts.ts";
import type { Instant } from "./time.ts";
import { DAY } from "./time.ts";
import type { Walk } from "./walk.ts";

/** So long before the last roll-out the recent part begins. */
const RECENT = 14 * DAY;
/** And no earlier than this: to derive from a long recent part every day costs more than to read everything once in a while. */
const LONGEST = 56 * DAY;

export interface Border {
  /** When the first of the recent roll-outs was. */
  readonly cut: Instant;
  /** Its index. */
  readonly first: number;
}

/**
 * @param known from when on all roll-outs are among those of the study; `null`: from the beginning.
 * @returns `null` where nothing can be settled: there must be a roll-out before it, of a known commit, since with that the record of deployments begins.
 */
export function borderOf(study: Study, known: Instant | null): Border | null {
  const { rollouts } = study.walk;
  const last = rollouts.at(-1)?.deployedAt ?? null;
  if (last === null) return null;
  const usual = firstFrom(rollouts, Math.max(last - RECENT, known ?? -Infinity));
  const first = apart(spans(study), rollouts, usual, Math.max(last - LONGEST, known ?? -Infinity));
  const cut = rollouts[first]?.deployedAt ?? null;
  if (cut === null) return null;
  if (known === null && !rollouts.slice(0, first).some(({ tip }) => tip !== -1)) return null;
  return { cut, first };
}

/** Something is about what the roll-out at `from` settles, until the roll-out at `to` settles it as well: no border lies between them. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/** Goes back until nothing lies on both sides; stays where that would be too early. */
function apart(lasting: readonly Span[], rollouts: readonly Rollout[], usual: number, earliest: Instant): number {
  for (let first = usual; ;) {
    let back = first;
    for (const { from, to } of lasting) if (from < first && first <= to) back = Math.min(back, from);
    if (back === first) return first;
    const at = rollouts[back]?.deployedAt ?? -Infinity;
    if (at < earliest) return usual;
    first = firstFrom(rollouts, at);
  }
}

function spans({ walk, after, facts }: Study): readonly Span[] {
  const { rollouts, claims } = walk;
  const found = [...takenBack(walk), ...runs(walk)];
  for (const [to, { tip }] of rollouts.entries()) found.push({ from: claims[tip] ?? to, to });
  for (const [index, { deployment }] of after.links.entries()) {
    const { resolvedAt, openedAt } = after.incidents[index] ?? { resolvedAt: null, openedAt: 0 };
    const to = resolvedAt === null ? Infinity : lastBy(rollouts, openedAt);
    if (deployment !== null) found.push({ from: deployment, to });
  }
  for (const { brokeAt, greenAt, createdAt } of facts.pipelines)
    if (brokeAt !== null && greenAt === null) found.push({ from: lastBy(rollouts, createdAt), to: Infinity });
  return found;
}

function takenBack({ graph, claims, integrations }: Walk): Span[] {
  const found: Span[] = [];
  for (const [by, { reverts }] of graph.commits.entries()) {
    for (const named of reverts) {
      const target = "sha" in named ? graph.at.get(named.sha) : integrations.get(named.changeNumber);
      const [from, to] = [claims[target ?? -1] ?? -1, claims[by] ?? -1];
      if (from !== -1) found.push({ from, to: to === -1 ? Infinity : to });
    }
  }
  return found;
}

/** Runs that failed, and those that were tried again, count from the first try to the last. */
function runs({ history, rollouts }: Walk): Span[] {
  const found: Span[] = [];
  for (const run of history.pipelines) {
    if (!isOver(run.outcome) || (run.outcome !== "failure" && run.earlier.length === 0)) continue;
    const [from, to] = [lastBy(rollouts, run.createdAt), lastBy(rollouts, lastEnd(run))];
    if (from < to) found.push({ from, to });
  }
  return found;
}

function lastEnd({ createdAt, finishedAt, earlier }: Pipeline): Instant {
  let last = finishedAt ?? createdAt;
  for (const attempt of earlier) last = Math.max(last, attempt.finishedAt ?? last);
  return last;
}

function firstFrom(rollouts: readonly Rollout[], at: Instant): number {
  return rollouts.findIndex(({ deployedAt }) => deployedAt >= at);
}

/** The last roll-out at an instant or before it; -1 where there is none. */
function lastBy(rollouts: readonly Rollout[], at: Instant): number {
  let [low, high] = [0, rollouts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rollouts[middle]?.deployedAt ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
