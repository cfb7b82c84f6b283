/** Minutes of pipelines × what a minute costs, by kind of runner, and when these can be compared. */
import { UNKNOWN_RUNNER } from "../../runners.ts";
import { sum } from "../../statistics/sum.ts";
import type { InForce } from "../assumptions.ts";
import type { Prepared, Priced } from "./prepared.ts";

/** A kind of runner: minutes of as many days then and now, and what they cost. */
export interface RunnerCost {
  /** `null`: no host tells the kind. */
  readonly runner: string | null;
  readonly before: number;
  readonly now: number;
  /** As it is stated; `null`: nobody said what a minute costs. */
  readonly price: InForce | null;
}

/** The share of the minutes of which hosts tell the kind of runner; `null` of no minutes. */
export interface ToldShare {
  readonly before: number | null;
  readonly now: number | null;
}

/** What L5 says of pipelines by their minutes. */
export interface Minutes {
  readonly runners: readonly RunnerCost[];
  readonly told: ToldShare;
  /** Whether L5 rests on them; else on what was paid, or they must not be compared. */
  readonly count: boolean;
}

/** As far apart the two may be. */
const MOST_APART = 0.1;

export function minutesOf({ runners, beliefs: { used }, minutesFlaw: flaw, paid: { pipelines } }: Prepared): Minutes {
  const isPaid = pipelines.before.isWhole && pipelines.now.isWhole;
  const costs = runners.map(({ name, before, now, price }) => ({
    runner: name === "" ? null : name,
    before,
    now,
    price: price === null ? null : (used[price] ?? null),
  }));
  return { runners: costs, told: toldShare(runners), count: !isPaid && flaw === null && runners.length > 0 };
}

function toldShare(runners: readonly Pick<Priced, "name" | "before" | "now">[]): ToldShare {
  const of = (side: "before" | "now"): number | null => {
    const all = sum(runners.map((one) => one[side]));
    return all === 0 ? null : sum(runners.filter(({ name }) => name !== "").map((one) => one[side])) / all;
  };
  return { before: of("before"), now: of("now") };
}

/**
 * Why minutes × prices of the two times must not be compared; `null` where they may. What has no price is not free: work that goes to such a runner would look like
 * a saving. And minutes of jobs, side by side, are more than those of runs: where only one of the two times is told job by job, the other one would look cheaper.
 */
export function minutesFlaw(runners: readonly Priced[]): string | null {
  if (runners.length === 0) return null;
  const unpriced = runners.filter(({ price, before, now }) => price === null && before + now > 0);
  if (runners.every(({ price }) => price === null)) return NO_PRICE;
  if (unpriced.length > 0) {
    const names = unpriced.map(({ name }) => (name === "" ? UNKNOWN_RUNNER : name)).join("; ");
    return `Nobody said what a minute costs on these runners: ${names}. State \`ci-price\` for each, or once without a runner for all others.`;
  }
  const { before, now } = toldShare(runners);
  if (before === null || now === null || Math.abs(before - now) <= MOST_APART) return null;
  return `Hosts tell of ${percent(before)} of the minutes before on which runner they ran, and of ${percent(now)} of those now: jobs are not read of both times alike. Read jobs of all runs (\`jobs: .*\` of the source), or state what was paid as \`costs\` of the kind \`ci\`.`;
}

export const NO_PRICE =
  "Nobody said what a minute of a pipeline costs, or what was paid for pipelines in every month of both times.";

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
