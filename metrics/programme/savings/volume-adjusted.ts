/** What is lost held against what was delivered: the flexible budget of lost hours, in a unit that no slicing moves. */
import { sum } from "../../statistics/sum.ts";
import type { Prepared, SavingsInput } from "./prepared.ts";
import type { Estimate, VolumeAdjusted } from "./result.ts";
import type { Drawn } from "./savings.ts";
import { CAPACITY_LEVERS } from "./team-week.ts";
import { countedIn } from "./units.ts";
import type { Tallies } from "./world.ts";

/**
 * Hours lost for each unit before × units now − hours lost now (flexible-budget variance; Horngren, Cost Accounting, ch. 7). Below 0 where a unit costs more than before.
 *
 * @param times how often each week counts; `null`: once.
 * @returns `null` where nothing can be held against units, or none was delivered in the weeks that were drawn.
 */
export function adjustedIn(
  { units }: Prepared,
  tallies: readonly Tallies[],
  times: ReadonlyMap<string, number> | null,
): number | null {
  if (units === null || units.lacking !== null) return null;
  const [before, now] = [countedIn(units.before, times).units, countedIn(units.now, times).units];
  if (before === 0) return null;
  return (lostIn(tallies, "before") / before) * now - lostIn(tallies, "now");
}

function lostIn(tallies: readonly Tallies[], side: "before" | "now"): number {
  return sum(tallies.flatMap((one) => CAPACITY_LEVERS.map((lever) => one[side].levers[lever])));
}

/** `null` where the baseline declares no unit that is counted. */
export function volumeAdjusted(
  { units: declared }: Pick<SavingsInput, "units">,
  { units, scale }: Prepared,
  estimate: (of: (one: Drawn) => number | null) => Estimate | null,
): VolumeAdjusted | null {
  if (declared === null || units === null) return null;
  const { before, now } = units.counted;
  const linked = ({ linked: named, changes }: typeof now) => (changes === 0 ? null : named / changes);
  return {
    unit: declared.unit,
    before: before.units * scale,
    now: now.units,
    linked: { before: linked(before), now: linked(now) },
    hours: estimate(({ adjusted }) => adjusted),
    money: estimate(moneyOf),
    share: estimate((one) => {
      const [money, { baselineCost }] = [moneyOf(one), one];
      if (money === null || baselineCost === null || baselineCost === 0) return null;
      return (money + (one.money.L5 ?? 0) + (one.money.L6 ?? 0)) / baselineCost;
    }),
    lacking: units.lacking,
  };
}

function moneyOf({ adjusted, rate }: Drawn): number | null {
  return adjusted === null || rate === null ? null : adjusted * rate;
}
