/** What is saved in one world: with a value for each belief, and either all weeks once or some of them again and again. */
import { blended } from "../assumptions.ts";
import { sum } from "../../statistics/sum.ts";
import type { World } from "./beliefs.ts";
import { at, termsIn } from "./beliefs.ts";
import type { Tally } from "./levers.ts";
import { released, tallied } from "./levers.ts";
import type { PaidGroup, Placed, Prepared, Priced } from "./prepared.ts";
import type { CapacityLever, TeamHours } from "./team-week.ts";
import { CAPACITY_LEVERS, hoursOf } from "./team-week.ts";

/** The hours of every week that is compared, in this world. */
export interface Worked {
  readonly before: readonly TeamWeekHours[];
  readonly now: readonly TeamWeekHours[];
}

export interface TeamWeekHours {
  readonly team: string;
  readonly week: string;
  readonly hours: TeamHours | null;
}

export function workedIn(prepared: Prepared, world: World): Worked {
  const of = ({ team, week, terms }: Placed): TeamWeekHours => ({
    team,
    week: week.week,
    hours: hoursOf(week, termsIn(world, terms), prepared.calibrated.calibration),
  });
  return { before: prepared.before.map(of), now: prepared.now.map(of) };
}

/** Of each team by itself, so that a team that grows does not look like one that got better. */
export interface Tallies {
  readonly before: Tally;
  readonly now: Tally;
}

/** @param times how often each week counts; once unless it is said. */
export function talliesOf(
  teams: readonly string[],
  { before, now }: Worked,
  times: ReadonlyMap<string, number> | null = null,
): readonly Tallies[] {
  const byTeam = (weeks: readonly TeamWeekHours[]): ReadonlyMap<string, (TeamHours | null)[]> => {
    const found = new Map<string, (TeamHours | null)[]>(teams.map((team) => [team, []]));
    for (const { team, week, hours } of weeks) {
      const own = found.get(team);
      const count = times === null ? 1 : (times.get(week) ?? 0);
      for (let time = 0; time < count; time++) own?.push(hours);
    }
    return found;
  };
  const [then, today] = [byTeam(before), byTeam(now)];
  return teams.map((team) => ({
    before: tallied(team, then.get(team) ?? []),
    now: tallied(team, today.get(team) ?? []),
  }));
}

/** Hours that a lever released, over all teams that can be compared. */
export function releasedBy(lever: CapacityLever, tallies: readonly Tallies[]): number {
  return sum(tallies.map(({ before, now }) => released(before, now, lever) ?? 0));
}

export function releasedInAll(tallies: readonly Tallies[]): number {
  return sum(CAPACITY_LEVERS.map((lever) => releasedBy(lever, tallies)));
}

/** Money for an hour; `null` where nobody said. */
export function rateIn({ beliefs, rates }: Prepared, world: World): number | null {
  return blended(
    rates.flatMap((place) => {
      const belief = beliefs.used[place];
      return belief === undefined ? [] : [{ ...belief, value: at(world, place) }];
    }),
  );
}

/** What was paid before in as many days, and now. `null` where something of it is not known. */
export interface Spent {
  readonly before: number;
  readonly now: number;
}

/** Pipelines: what is told to be paid for them, else their minutes by what a minute costs on each runner, where these can be compared. */
export function pipelinesIn(prepared: Prepared, world: World): Spent | null {
  return paidFor(prepared, "pipelines") ?? (prepared.minutesFlaw === null ? costOf(prepared.runners, world) : null);
}

/** Pipelines and infrastructure; of the one of which nothing is known the other stands alone. */
export function cashL5(prepared: Prepared, world: World): Spent | null {
  return together([pipelinesIn(prepared, world), paidFor(prepared, "infrastructure")]);
}

export function cashL6(prepared: Prepared): Spent | null {
  return paidFor(prepared, "others");
}

export function lostL7(prepared: Prepared, world: World): Spent | null {
  return together([costOf(prepared.downtime, world), paidFor(prepared, "downtime")]);
}

export function delayL8(prepared: Prepared, world: World): Spent | null {
  return costOf(prepared.delays, world);
}

function together(parts: readonly (Spent | null)[]): Spent | null {
  const known = parts.filter((part) => part !== null);
  if (known.length === 0) return null;
  return { before: sum(known.map(({ before }) => before)), now: sum(known.map(({ now }) => now)) };
}

function paidFor({ paid }: Prepared, group: PaidGroup): Spent | null {
  const { before, now } = paid[group];
  return before.isWhole && now.isWhole ? { before: before.amount, now: now.amount } : null;
}

/** What has no price is not part of it; `null` where nothing has one. */
function costOf(things: readonly Priced[], world: World): Spent | null {
  const own = things.flatMap(({ before, now, price }) =>
    price === null ? [] : [{ before: before * at(world, price), now: now * at(world, price) }],
  );
  return together(own);
}
