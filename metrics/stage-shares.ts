/** Where the time goes: the stages of the changes of a window side by side, and the one that takes most of it. */
import { measure } from "./measure.ts";
import type { Metric } from "./metric.ts";
import type { Observations, Sample } from "./sample.ts";
import { lengthsOf, sampleOf } from "./sample.ts";
import { sum } from "./statistics/sum.ts";
import { varianceShares } from "./statistics/variance-shares.ts";
import { counted } from "./words.ts";

export interface StageShare {
  readonly metric: string;
  readonly title: string;
  /** Of all changes together. Hours add up; medians do not. */
  readonly hours: number;
  /** Of the hours of all stages; `null` where these are none. */
  readonly share: number | null;
  /** As the stage's own metric says, to which what is open counts as well; `null` where it is unknown or not reached. */
  readonly median: number | null;
  readonly p85: number | null;
  readonly n: number;
  /**
   * How much of the difference between slow and fast changes is this stage's: Cov(stage, total) / Var(total), over the changes
   * of which every stage is known. Below 0 where it is longer in the fast ones. `null` where these are too few, or all alike.
   */
  readonly drives: number | null;
}

export interface StageShares {
  readonly stages: readonly StageShare[];
  /** The metric of the stage with the most hours; `null` where there are too few changes to say. */
  readonly bottleneck: string | null;
  readonly words: string;
}

/** Fewer changes than this have no bottleneck, only a slow change (DEFINITIONS §1: no level below 10 changes). */
const LEAST = 10;

/**
 * @param told the metrics of the stages in their order, each with what it observes in the window: each stage is what its own
 * metric says, and unknown spans are in none.
 * @param lacking why there can be no stages here; `null` where there can.
 */
export function stageShares(
  told: readonly { readonly metric: Metric; readonly observations: Observations }[],
  lacking: string | null,
): StageShares {
  if (lacking !== null) return { stages: [], bottleneck: null, words: lacking };
  const samples = told.map(({ observations }) => sampleOf(observations));
  const drives = driving(samples);
  const stages = told.map(({ metric }, index) => {
    const sample = samples[index] ?? sampleOf([]);
    const { value, p85, n } = measure(metric, sample, null);
    const hours = sum(lengthsOf(sample).known);
    return { metric: metric.id, title: metric.title, hours, median: value, p85, n, drives: drives?.[index] ?? null };
  });
  const total = sum(stages.map(({ hours }) => hours));
  const shares = stages.map((stage) => ({ ...stage, share: total === 0 ? null : stage.hours / total }));
  const { bottleneck, words } = judged(shares, Math.max(0, ...stages.map(({ n }) => n)));
  const driver = bottleneck === null ? "" : drivenBy(shares, bottleneck);
  return { stages: shares, bottleneck, words: `${words}${driver}` };
}

function judged(stages: readonly StageShare[], changes: number): Pick<StageShares, "bottleneck" | "words"> {
  const [longest] = stages.toSorted((a, b) => b.hours - a.hours);
  if (changes === 0) return { bottleneck: null, words: "No stage of a change is known in this window." };
  if (changes < LEAST)
    return { bottleneck: null, words: `${counted(changes, "change")}: too few to name a bottleneck (from ${LEAST}).` };
  if (longest === undefined || longest.share === null)
    return { bottleneck: null, words: `${counted(changes, "change")} went through without any time passing.` };
  const percent = Math.round(longest.share * 100);
  const words = `${longest.title} takes ${percent} % of the hours of ${counted(changes, "change")}: the most of all stages.`;
  return { bottleneck: longest.metric, words };
}

/** From half of it on, a stage alone is what makes changes slow. */
const MOST = 0.5;

function drivenBy(stages: readonly StageShare[], bottleneck: string): string {
  const [first] = stages.toSorted((a, b) => (b.drives ?? 0) - (a.drives ?? 0));
  if (first === undefined || first.drives === null || first.drives < MOST) return "";
  const percent = Math.round(first.drives * 100);
  return first.metric === bottleneck
    ? ` It is also what differs between slow and fast changes (${percent} % of the variance).`
    : ` What differs between slow and fast changes is ${first.title.toLowerCase()} (${percent} % of the variance).`;
}

/**
 * The shares of the variance, over the changes of which every stage is known; `null` where they are fewer than `LEAST`, or all alike.
 *
 * Changes are told apart by the instant of their merge. Where several merged at one instant nobody can say which is which, and none of
 * them is taken.
 */
function driving(samples: readonly Sample[]): readonly number[] | null {
  const [first] = samples;
  if (first === undefined) return null;
  const common = samples.map((): number[] => []);
  const next = samples.map(() => 0);
  for (const instant of first.at) {
    // All are in order of time, so that each is gone through once.
    for (const [index, { at }] of samples.entries()) {
      let row = next[index] ?? 0;
      while ((at[row] ?? Infinity) < instant) row++;
      next[index] = row;
    }
    if (!samples.every((sample, index) => isKnownAlone(sample, next[index] ?? 0, instant))) continue;
    for (const [index, { values }] of samples.entries()) common[index]?.push(values[next[index] ?? 0] ?? 0);
  }
  return (common[0]?.length ?? 0) < LEAST ? null : varianceShares(common);
}

function isKnownAlone({ at, values }: Sample, row: number, instant: number): boolean {
  return at[row] === instant && at[row + 1] !== instant && !Number.isNaN(values[row] ?? Number.NaN);
}
