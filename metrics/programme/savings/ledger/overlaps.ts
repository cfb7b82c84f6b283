/** Nothing is saved twice: which lines speak of the same hours or money. */
import type { LeverId } from "../result.ts";
import type { Standing } from "./lines.ts";
import { monthsBetween } from "./lines.ts";
import { EXPIRES_AFTER } from "./months.ts";

/** What is known of scopes. */
export interface Scopes {
  /** Whether all of one is a part of another, or the same. */
  readonly isWithin: (inner: string, outer: string) => boolean;
  /** Whether some work is of both. */
  readonly meet: (a: string, b: string) => boolean;
}

/**
 * `same`: the same lever of the same work, which is one saving said twice. `bucket`: two levers that take from the same hours, which are capped together. `cause`:
 * the same work in two ledgers, each of which is true, and which are never added.
 */
export const OVERLAPS = ["same", "bucket", "cause"] as const;
export type OverlapKind = (typeof OVERLAPS)[number];

export interface Overlap {
  readonly a: number;
  readonly b: number;
  readonly kind: OverlapKind;
}

/** How two lines overlap; `null`: not at all. Those that were withdrawn, or are of other work or other months, do not. */
export function overlapOf(a: Standing, b: Standing, { meet }: Pick<Scopes, "meet">): OverlapKind | null {
  if (a.isWithdrawn || b.isWithdrawn || a.line.id === b.line.id) return null;
  if (!meet(a.line.scope, b.line.scope)) return null;
  if (Math.abs(monthsBetween(a.line.fromMonth, b.line.fromMonth)) >= EXPIRES_AFTER) return null;
  if (a.line.lever === b.line.lever) return "same";
  if (a.bucket !== null && a.bucket === b.bucket) return "bucket";
  return CAUSES.some((pair) => pair.includes(a.line.lever) && pair.includes(b.line.lever)) ? "cause" : null;
}

/** What fails is handled and stands still; what waits is come back to, deployed by hand, and late. */
const CAUSES: readonly (readonly LeverId[])[] = [
  ["L1", "L7"],
  ["L3", "L8"],
  ["L4", "L8"],
];

/** Each pair of lines that overlap, once. */
export function overlaps(standings: readonly Standing[], scopes: Pick<Scopes, "meet">): readonly Overlap[] {
  return standings.flatMap((a, index) =>
    standings.slice(index + 1).flatMap((b) => {
      const kind = overlapOf(a, b, scopes);
      return kind === null ? [] : [{ a: a.line.id, b: b.line.id, kind }];
    }),
  );
}
