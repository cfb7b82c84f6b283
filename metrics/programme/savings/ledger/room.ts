/** No more hours can be saved than there are: what a bucket held before anything was changed, and what the teams of a scope have at all. */
import type { Assumption, Bucket } from "../../assumptions.ts";
import { blended, inForce, ratesInForce } from "../../assumptions.ts";
import { sum } from "../../../statistics/sum.ts";
import type { Standing } from "./lines.ts";
import { isExpired } from "./months.ts";
import type { Scopes } from "./overlaps.ts";

/** Hours a month of which lines can take. */
export interface Cap {
  readonly scope: string;
  /** Of which bucket, as a frozen baseline says; `null`: all hours that its teams have. */
  readonly bucket: Bucket | null;
  readonly hours: number;
}

export interface Filled extends Cap {
  /** What all lines in this scope take. */
  readonly claimed: number;
  /** Lines of which nobody can say how many hours they are. */
  readonly unknown: number;
}

/** A scope with the teams that work on it. */
export interface StaffedScope {
  readonly scope: string;
  readonly teams: readonly string[];
}

/** Weeks of a month in the mean of four years. */
const WEEKS_A_MONTH = 365.25 / 12 / 7;

/** What the teams of each scope have a month on a day; none of a scope where nobody said it of each of its teams. */
export function capacityCaps(
  scopes: readonly StaffedScope[],
  assumptions: readonly Assumption[],
  day: string,
): readonly Cap[] {
  return scopes.flatMap(({ scope, teams }): Cap[] => {
    const known = teams.flatMap((team) => inForce(assumptions, "capacity", team, day)?.value ?? []);
    if (teams.length === 0 || known.length < teams.length) return [];
    return [{ scope, bucket: null, hours: sum(known) * WEEKS_A_MONTH }];
  });
}

/** What an hour costs on a day; `null` where nobody said. */
export function rateOn(assumptions: readonly Assumption[], day: string): number | null {
  return blended(ratesInForce(assumptions, day));
}

export interface Asked {
  readonly month: string;
  /** By which money is made hours, where a line says money: it is what the hours cost. */
  readonly rate: number | null;
  readonly isWithin: Scopes["isWithin"];
}

/** How full each of them is with lines that are neither withdrawn nor expired. Above it more is claimed than there ever was. */
export function filled(standings: readonly Standing[], caps: readonly Cap[], asked: Asked): readonly Filled[] {
  return caps.map((cap) => {
    const claims = standings.filter((one) => isOf(one, cap, asked)).map((one) => claimOf(one, asked.rate));
    const known = claims.filter((hours) => hours !== null);
    return { ...cap, claimed: sum(known), unknown: claims.length - known.length };
  });
}

/** Lines that take hours of which nobody knows how many there are: no baseline says so of their bucket, and no assumption of their teams. */
export function unheld(standings: readonly Standing[], caps: readonly Cap[], asked: Asked): readonly Standing[] {
  return standings.filter((one) => takes(one, asked) && !caps.some((cap) => isOf(one, cap, asked)));
}

function isOf(standing: Standing, { scope, bucket }: Cap, asked: Asked): boolean {
  return (
    takes(standing, asked) &&
    (bucket === null || bucket === standing.bucket) &&
    asked.isWithin(standing.line.scope, scope)
  );
}

function takes(standing: Standing, { month }: Asked): boolean {
  return standing.bucket !== null && !standing.isWithdrawn && !isExpired(standing, month);
}

/** The hours that a line says, or those that its money pays for where they are more; `null` where it says neither, or money that nobody can make hours of. */
function claimOf({ amount, hours }: Standing, rate: number | null): number | null {
  const paid = amount === null || rate === null || rate === 0 ? null : amount / rate;
  if (hours === null || paid === null) return hours ?? paid;
  return Math.max(hours, paid);
}
