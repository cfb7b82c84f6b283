/** Why what is lost, and what pipelines cost, is another amount than before. */
import { sum } from "../../statistics/sum.ts";
import { Beliefs, at } from "./beliefs.ts";
import { blended, byBucket, ratesInForce } from "../assumptions.ts";
import type { Consumption, Tally, Variance } from "./levers.ts";
import { variance } from "./levers.ts";
import type { Prepared, SavingsInput } from "./prepared.ts";
import type { SavingsFigures } from "./result.ts";
import { CAPACITY_LEVERS } from "./team-week.ts";
import { talliesOf, workedIn } from "./world.ts";

/**
 * The cost of lost hours then and now, by team: capacity is the volume, the lost share of it the use, and the rates are those of each time. What is before is scaled
 * to as many weeks as there are now.
 */
export function labourVariance(input: SavingsInput, prepared: Prepared): Variance | null {
  const { assumptions } = input.programme;
  const rateOn = (day: string) => blended(ratesInForce(assumptions, day));
  const now = rateOn(dayBefore(input.period.to));
  // What an hour cost before anybody said so is what it costs now: then nothing is said of rates.
  const before = rateOn(dayBefore(input.baseline.to)) ?? now;
  if (now === null || before === null || prepared.teams.length === 0) return null;
  const tallies = talliesOf(prepared.teams, workedIn(prepared, prepared.beliefs.likely()));
  return variance(
    tallies.map((one) => ({
      before: consumption(one.before, one.now.weeks / Math.max(1, one.before.weeks), before),
      now: consumption(one.now, 1, now),
    })),
  );
}

function consumption({ capacity, levers }: Tally, scale: number, rate: number): Consumption {
  const lost = sum(CAPACITY_LEVERS.map((lever) => levers[lever]));
  return { volume: capacity * scale, use: capacity === 0 ? 0 : lost / capacity, rate };
}

/** The cost of pipelines then and now, by runner: minutes are the volume. `null` where they must not be compared. */
export function pipelineVariance({ programme, baseline }: SavingsInput, prepared: Prepared): Variance | null {
  const priced = prepared.runners.filter(({ price }) => price !== null);
  if (priced.length === 0 || prepared.minutesFlaw !== null) return null;
  const world = prepared.beliefs.likely();
  const then = new Beliefs(programme.assumptions, dayBefore(baseline.to));
  return variance(
    priced.map(({ name, before, now, price }) => {
      const today = at(world, price ?? 0);
      const place = then.placeOf("ci-price", name === "" ? null : name);
      const earlier = place === null ? today : (then.used[place]?.value ?? today);
      return {
        before: { volume: before, use: 1, rate: earlier },
        now: { volume: now, use: 1, rate: today },
      };
    }),
  );
}

/** Where hours went then and now, as shares of the capacity. Without any capacity all are 0. */
export function bucketShares(prepared: Prepared): SavingsFigures["buckets"] {
  const tallies = talliesOf(prepared.teams, workedIn(prepared, prepared.beliefs.likely()));
  const of = (side: "before" | "now") => {
    const capacity = sum(tallies.map((one) => one[side].capacity));
    return byBucket((bucket) => (capacity === 0 ? 0 : sum(tallies.map((one) => one[side].buckets[bucket])) / capacity));
  };
  const { error, studies } = prepared.calibrated;
  return { before: of("before"), now: of("now"), error, studies };
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 1).toISOString().slice(0, 10);
}
