/**
 * What was saved, as far as it can be known: hours and money lever by lever, four ledgers, and the headline as an interval. Every draw takes each belief from its
 * range and weeks in blocks from those there are, so that neither an assumption nor a lucky week passes for certain.
 */
import type { Spread } from "../business-case.ts";
import { triangular } from "../business-case.ts";
import { quantile, sortedNumbers } from "../../statistics/quantile.ts";
import { random } from "../../statistics/random.ts";
import { sum } from "../../statistics/sum.ts";
import type { World } from "./beliefs.ts";
import { barsOf } from "./tornado.ts";
import { adjustedIn, volumeAdjusted } from "./volume-adjusted.ts";
import { bucketShares, labourVariance, pipelineVariance } from "./why-changed.ts";
import { notesOf } from "./notes.ts";
import { programmeCost } from "./money.ts";
import { minutesOf, NO_PRICE } from "./runner-costs.ts";
import type { Prepared, SavingsInput } from "./prepared.ts";
import { prepare } from "./prepared.ts";
import type { Estimate, Headline, Ledger, LedgerName, Lever, LeverId, OneDraw, SavingsFigures } from "./result.ts";
import { LEDGERS, LEVERS, LEVER_WORDS } from "./result.ts";
import type { CapacityLever } from "./team-week.ts";
import { CAPACITY_LEVERS } from "./team-week.ts";
import type { Spent, Tallies } from "./world.ts";
import { cashL5, cashL6, delayL8, lostL7, rateIn, releasedBy, releasedInAll, talliesOf, workedIn } from "./world.ts";

/** The line against which a saving is held: 10 %. */
export const LINE = 0.1;
/** Weeks that follow each other are alike, so they are drawn in blocks of so many. */
const BLOCK = 4;

/** What one world says, in hours and money. Money is `null` where nobody said what something costs. */
export interface Drawn {
  readonly hours: Readonly<Record<CapacityLever, number>>;
  /** Hours that count for the headline: those that the programme caused where an effect was estimated, else the difference between then and now. */
  readonly capacity: number;
  readonly rate: number | null;
  readonly money: Readonly<Record<LeverId, number | null>>;
  readonly baselineCost: number | null;
  readonly gross: number | null;
  readonly programme: number;
  /** Hours released for what is delivered now, held against units; `null` where none can be. */
  readonly adjusted: number | null;
}

/** Empty of levers and headline where nothing can be compared; what is missing stands in the notes. */
export function savingsOf(input: SavingsInput): SavingsFigures {
  return savingsDrawn(input).figures;
}

/** With every draw that its intervals are taken from, in the order in which they were drawn. */
export function savingsDrawn(input: SavingsInput): {
  readonly figures: SavingsFigures;
  readonly draws: readonly OneDraw[];
} {
  const prepared = prepare(input);
  const world = prepared.beliefs.likely();
  const stated = reckon(input, prepared, world, null);
  const drawn = draw(input, prepared, stated);
  const estimate = (of: (one: Drawn) => number | null): Estimate | null => estimateOf(stated, drawn, of);
  const levers = LEVERS.map((id) => leverOf(id, prepared, stated, estimate));
  const figures: SavingsFigures = {
    baseline: input.baseline,
    period: input.period,
    headline: headlineOf(estimate, drawn),
    baselineCost: estimate(({ baselineCost }) => baselineCost),
    gross: estimate(({ gross }) => gross),
    net: estimate(netOf),
    programmeCost: stated.programme,
    cashShare: estimate(({ money, baselineCost }) => shareOf(cashIn(money), baselineCost)),
    volumeAdjusted: volumeAdjusted(input, prepared, estimate),
    minutes: minutesOf(prepared),
    ledgers: LEDGERS.map((name) => ledgerOf(name, levers, estimate)),
    levers,
    labour: labourVariance(input, prepared),
    pipelines: pipelineVariance(input, prepared),
    buckets: bucketShares(prepared),
    tornado: barsOf(prepared, (other) => netShare(reckon(input, prepared, other, null))),
    assumptions: prepared.beliefs.used,
    draws: input.draws,
    seed: input.seed,
    notes: notesOf(input, prepared),
  };
  return { figures, draws: drawn.map(toldDraw) };
}

/** Shares are of the baseline cost of the same draw. */
function toldDraw(one: Drawn): OneDraw {
  const { capacity, rate, money, baselineCost, gross, programme } = one;
  return {
    grossShare: grossShare(one),
    netShare: netShare(one),
    cashShare: shareOf(cashIn(money), baselineCost),
    gross,
    net: netOf(one),
    baselineCost,
    programme,
    hours: capacity,
    rate,
    ...money,
  };
}

/** @param tallies of weeks that were drawn; `null`: each week once. */
function reckon(input: SavingsInput, prepared: Prepared, world: World, tallies: DrawnWeeks | null): Drawn {
  const all = tallies?.all ?? talliesOf(prepared.teams, workedIn(prepared, world));
  const shown = tallies?.drawn ?? all;
  const hours = byLever((lever) => releasedBy(lever, shown));
  const capacityNow = sum(all.map(({ now }) => now.capacity));
  const capacity = tallies?.capacity?.(releasedInAll(all), capacityNow) ?? sumOf(hours);
  const effective = input.effect !== null && tallies === null ? -input.effect.likely * capacityNow : capacity;
  const rate = prepared.teams.length === 0 ? null : rateIn(prepared, world);
  const [L5, L6] = [cashL5(prepared, world), cashL6(prepared)];
  const money: Record<LeverId, number | null> = {
    ...byLever((lever) => (rate === null ? null : hours[lever] * rate)),
    L5: lessThan(L5),
    L6: lessThan(L6),
    L7: lessThan(lostL7(prepared, world)),
    L8: lessThan(delayL8(prepared, world)),
  };
  const before = sum(all.map(({ before: one, now }) => (one.capacity * now.weeks) / Math.max(1, one.weeks)));
  return {
    hours,
    capacity: effective,
    rate,
    money,
    baselineCost: rate === null ? null : before * rate + (L5?.before ?? 0) + (L6?.before ?? 0),
    gross: rate === null ? null : effective * rate + (cashIn(money) ?? 0),
    programme: programmeCost(input.programme, input.period, rate),
    adjusted: adjustedIn(prepared, shown, tallies?.times ?? null),
  };
}

interface DrawnWeeks {
  readonly all: readonly Tallies[];
  readonly drawn: readonly Tallies[];
  /** How often each week was drawn. */
  readonly times: ReadonlyMap<string, number>;
  /** Where an effect was estimated: hours that it is worth, from the difference in this world and today's capacity. */
  readonly capacity: ((difference: number, capacityNow: number) => number) | null;
}

function draw(input: SavingsInput, prepared: Prepared, stated: Drawn): readonly Drawn[] {
  const next = random(input.seed);
  const uniform = (): number => next(2 ** 32) / 2 ** 32;
  const { effect } = input;
  const likely = talliesOf(prepared.teams, workedIn(prepared, prepared.beliefs.likely()));
  const [difference, capacityNow] = [releasedInAll(likely), sum(likely.map(({ now }) => now.capacity))];
  const weeks = [prepared.before, prepared.now].map((side) => [...new Set(side.map(({ week }) => week.week))].sort());
  return Array.from({ length: input.draws }, (_, index) => {
    const world = Float64Array.from(prepared.beliefs.used, ({ low, value, high }) =>
      triangular({ low, likely: value, high }, uniform()),
    );
    const worked = workedIn(prepared, world);
    const times = new Map(weeks.flatMap((side) => [...blocks(side, next)]));
    // One from each part of them, so that sorted ones are all heard.
    const place = effect === null ? 0 : Math.floor(((index + 0.5) * effect.draws.length) / input.draws);
    const share = effect?.draws[place] ?? effect?.likely ?? 0;
    // The effect was estimated with everything as stated: what another world adds to the difference, it adds to the effect.
    const caused = (other: number, capacity: number): number =>
      -share * capacity + other - (capacityNow === 0 ? 0 : (difference * capacity) / capacityNow);
    const tallies = {
      all: talliesOf(prepared.teams, worked),
      drawn: talliesOf(prepared.teams, worked, times),
      times,
      capacity: effect === null ? null : caused,
    };
    return prepared.teams.length === 0 ? stated : reckon(input, prepared, world, tallies);
  });
}

/** How often each week is drawn, in blocks of weeks that follow each other, the last followed by the first (circular block bootstrap; Politis & Romano 1992). */
function blocks(weeks: readonly string[], next: (below: number) => number): ReadonlyMap<string, number> {
  const times = new Map<string, number>(weeks.map((week) => [week, 0]));
  for (let drawn = 0; drawn < weeks.length; drawn += BLOCK) {
    const first = next(weeks.length);
    for (let step = 0; step < Math.min(BLOCK, weeks.length - drawn); step++) {
      const week = weeks[(first + step) % weeks.length] ?? "";
      times.set(week, (times.get(week) ?? 0) + 1);
    }
  }
  return times;
}

function estimateOf(stated: Drawn, drawn: readonly Drawn[], of: (one: Drawn) => number | null): Estimate | null {
  const likely = of(stated);
  const values = drawn.map(of).filter((value) => value !== null);
  const spread = spreadOf(values);
  return likely === null || spread === null ? null : { likely, spread };
}

/** `null` of nothing. */
export function spreadOf(values: readonly number[]): Spread | null {
  const sorted = sortedNumbers(values);
  const [p10, p50, p90] = [quantile(sorted, 0.1), quantile(sorted, 0.5), quantile(sorted, 0.9)];
  return p10 === null || p50 === null || p90 === null ? null : { p10, p50, p90 };
}

function headlineOf(
  estimate: (of: (one: Drawn) => number | null) => Estimate | null,
  drawn: readonly Drawn[],
): Headline | null {
  const [gross, net] = [estimate(grossShare), estimate(netShare)];
  if (gross === null || net === null) return null;
  return { gross, net, grossReaches: reaching(drawn.map(grossShare)), netReaches: reaching(drawn.map(netShare)) };
}

/** How many of the draws reach the line. */
export function reaching(shares: readonly (number | null)[]): number {
  return shares.length === 0 ? 0 : shares.filter((share) => share !== null && share >= LINE).length / shares.length;
}

function grossShare({ gross, baselineCost }: Drawn): number | null {
  return shareOf(gross, baselineCost);
}

function netShare(one: Drawn): number | null {
  return shareOf(netOf(one), one.baselineCost);
}

function netOf({ gross, programme }: Drawn): number | null {
  return gross === null ? null : gross - programme;
}

function shareOf(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : part / whole;
}

/** `null` where neither is known. */
function cashIn({ L5, L6 }: Drawn["money"]): number | null {
  return L5 === null && L6 === null ? null : (L5 ?? 0) + (L6 ?? 0);
}

function lessThan(spent: Spent | null): number | null {
  return spent === null ? null : spent.before - spent.now;
}

function leverOf(
  id: LeverId,
  prepared: Prepared,
  stated: Drawn,
  estimate: (of: (one: Drawn) => number | null) => Estimate | null,
): Lever {
  const { ledger, bucket } = LEVER_WORDS[id];
  const lever = CAPACITY_LEVERS.find((one) => one === id) ?? null;
  const isKnown = lever !== null && prepared.teams.length > 0;
  return {
    id,
    ledger,
    bucket,
    shares: isKnown ? sharesOf(lever, prepared) : null,
    hours: isKnown ? estimate(({ hours }) => hours[lever]) : null,
    money: estimate(({ money }) => money[id]),
    ...rowsOf(id, prepared, stated),
  };
}

function sharesOf(lever: CapacityLever, prepared: Prepared): Lever["shares"] {
  const tallies = talliesOf(prepared.teams, workedIn(prepared, prepared.beliefs.likely()));
  const of = (side: "before" | "now") =>
    sum(tallies.map((one) => one[side].levers[lever])) / sum(tallies.map((one) => one[side].capacity));
  return { before: of("before"), now: of("now") };
}

function rowsOf(
  id: LeverId,
  { before, now, paid, delays, minutesFlaw }: Prepared,
  { money }: Drawn,
): Pick<Lever, "rows" | "lacking"> {
  const weeks = [...before, ...now].map(({ week }) => week);
  const none = (known: boolean, words: string) => (known ? null : words);
  const isPaid = paid.pipelines.before.isWhole && paid.pipelines.now.isWhole;
  switch (id) {
    case "L1":
    case "L2":
      return { rows: weeks.length, lacking: none(weeks.length > 0, NO_HOURS) };
    case "L3": {
      const own = weeks.filter((week) => week.manualDeployments !== null || week.approvals !== null);
      return { rows: own.length, lacking: none(own.length > 0, "No host tells who deploys, or what runs wait for.") };
    }
    case "L4": {
      const own = weeks.filter(({ returns }) => returns !== null);
      return { rows: own.length, lacking: none(own.length > 0, "No host tells of changes and what they waited for.") };
    }
    case "L5":
      return { rows: weeks.length, lacking: (isPaid ? null : minutesFlaw) ?? none(money.L5 !== null, NO_PRICE) };
    case "L6": {
      const { before: then, now: today } = paid.others;
      return { rows: then.months + today.months, lacking: none(money.L6 !== null, NO_COSTS) };
    }
    case "L7":
      return { rows: weeks.length, lacking: none(money.L7 !== null, "Nobody said what an hour of downtime costs.") };
    case "L8":
      return { rows: delays.length, lacking: none(money.L8 !== null, NO_DELAY) };
  }
}

const NO_HOURS = "Nobody said how many productive hours teams have in a week, or no change tells what they went into.";
const NO_DELAY = "Nobody said what a week of delay costs, or no service of a use case delivered both then and now.";
const NO_COSTS =
  "Licences, contractors and overtime are not told for every month of both times; what is not told is unknown and not free.";

function ledgerOf(
  name: LedgerName,
  levers: readonly Lever[],
  estimate: (of: (one: Drawn) => number | null) => Estimate | null,
): Ledger {
  const own = levers.filter(({ ledger }) => ledger === name).map(({ id }) => id);
  if (name === "capacity")
    return {
      name,
      levers: own,
      hours: levers.some(({ hours }) => hours !== null) ? estimate(({ capacity }) => capacity) : null,
      money: estimate(({ capacity, rate }) => (rate === null ? null : capacity * rate)),
    };
  const inAll = ({ money }: Drawn): number | null => {
    const known = own.map((id) => money[id]).filter((value) => value !== null);
    return known.length === 0 ? null : sum(known);
  };
  return { name, levers: own, hours: null, money: estimate(inAll) };
}

function byLever<T>(of: (lever: CapacityLever) => T): Record<CapacityLever, T> {
  return { L1: of("L1"), L2: of("L2"), L3: of("L3"), L4: of("L4") };
}

function sumOf(hours: Readonly<Record<CapacityLever, number>>): number {
  return sum(CAPACITY_LEVERS.map((lever) => hours[lever]));
}
