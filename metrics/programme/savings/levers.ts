/**
 * What less is lost than before, lever by lever. What was lost is a share of the capacity, and that share is held against today's capacity: so it makes no difference
 * into how many changes or deployments the same work is cut.
 */
import type { Bucket } from "../assumptions.ts";
import { BUCKETS, byBucket } from "../assumptions.ts";
import type { CapacityLever, TeamHours } from "./team-week.ts";
import { CAPACITY_LEVERS } from "./team-week.ts";

/** The hours of a team over some weeks. */
export interface Tally {
  readonly team: string;
  readonly weeks: number;
  readonly capacity: number;
  readonly buckets: Readonly<Record<Bucket, number>>;
  readonly levers: Readonly<Record<CapacityLever, number>>;
}

/** Weeks of one team added up; weeks of which nothing is known count neither as work nor as loss. */
export function tallied(team: string, weeks: readonly (TeamHours | null)[]): Tally {
  let [count, capacity] = [0, 0];
  const buckets = byBucket(() => 0);
  const levers = { L1: 0, L2: 0, L3: 0, L4: 0 };
  for (const hours of weeks) {
    if (hours === null) continue;
    count += 1;
    capacity += hours.capacity;
    for (const bucket of BUCKETS) buckets[bucket] += hours.buckets[bucket];
    for (const lever of CAPACITY_LEVERS) levers[lever] += hours.levers[lever];
  }
  return { team, weeks: count, capacity, buckets, levers };
}

/**
 * Hours that a lever released: its share of the capacity before × today's capacity − its hours today. Below 0 where more is lost than before.
 *
 * @returns `null` where nothing is known of the time before.
 */
export function released(before: Tally, now: Tally, lever: CapacityLever): number | null {
  if (before.capacity === 0) return null;
  return (before.levers[lever] / before.capacity) * now.capacity - now.levers[lever];
}

/** What a unit of work cost then and now, of one part of the whole, such as a team or a runner. */
export interface Consumption {
  /** Units of work: hours of capacity, runs. */
  readonly volume: number;
  /** What one unit takes: hours lost of an hour, minutes of a run. */
  readonly use: number;
  /** Money for what it takes. */
  readonly rate: number;
}

export interface Variance {
  readonly volume: number;
  readonly mix: number;
  readonly efficiency: number;
  readonly rate: number;
}

/**
 * Why costs changed, in money: because there is more or less to do (volume), because other parts do it (mix), because a unit takes more or less (efficiency), and
 * because it has another price (rate). The four add up to costs now − costs before (flexible-budget variances; Horngren, Cost Accounting, ch. 7 and 14).
 *
 * @param parts the same ones before and now; what is not there has a volume of 0.
 */
export function variance(parts: readonly { readonly before: Consumption; readonly now: Consumption }[]): Variance {
  let [volumeBefore, volumeNow, costBefore] = [0, 0, 0];
  for (const { before, now } of parts) {
    volumeBefore += before.volume;
    volumeNow += now.volume;
    costBefore += before.volume * before.use * before.rate;
  }
  const usual = volumeBefore === 0 ? 0 : costBefore / volumeBefore;
  const volume = (volumeNow - volumeBefore) * usual;
  let [mix, efficiency, rate] = [-volumeNow * usual, 0, 0];
  for (const { before, now } of parts) {
    // What was not there before has no price and no use of then: all that it costs is that it came, which is mix.
    const [use, price] = before.volume === 0 ? [now.use, now.rate] : [before.use, before.rate];
    mix += now.volume * use * price;
    efficiency += now.volume * (now.use - use) * price;
    rate += now.volume * now.use * (now.rate - price);
  }
  return { volume, mix, efficiency, rate };
}
