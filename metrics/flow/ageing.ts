/** How old open work is, against what is usual, and how much longer it may take. */
import { kaplanMeier } from "../statistics/kaplan-meier.ts";
import type { Survival } from "../statistics/kaplan-meier.ts";
import { remaining } from "../statistics/remaining.ts";
import type { Remaining } from "../statistics/remaining.ts";
import { survivalQuantile } from "../statistics/survival-quantile.ts";
import type { Instant } from "../time.ts";
import { WEEK } from "../time.ts";
import { duration } from "../words.ts";
import type { Opened, OpenStage } from "./work.ts";
import { byName, hoursUntil, isOpenAt, stageAt } from "./work.ts";

export interface Usual {
  /** How long changes take from opening to merge; `null` when none was opened lately. Hours. */
  readonly survival: Survival | null;
  /** Within this many hours 85 % are merged; `null` when that is not known. */
  readonly p85: number | null;
}

export interface Ageing {
  readonly change: Opened;
  readonly stage: OpenStage;
  /** Elapsed, since it was opened. */
  readonly ageHours: number;
  /** Whether it is older than what 85 % need; `null` when nobody knows what they need. */
  readonly isOld: boolean | null;
  /** Hours; `null` when nothing is known to have taken longer than this already has. */
  readonly left: Remaining | null;
  readonly words: string;
}

export const LATELY = 26 * WEEK;

/** Hours between two instants in order; `null` where nobody knows them. */
export type Hours = (from: Instant, to: Instant) => number | null;

/**
 * The hours from opening to merge of what was opened in the 26 weeks before an instant: what is open then counts as taking
 * at least so long, what was closed without a merge as taking at least until then (Kaplan–Meier).
 *
 * @param hours elapsed ones, unless something else is asked for; what they are not known of is left out.
 */
export function usualTime(changes: readonly Opened[], at: Instant, hours: Hours = hoursUntil): Usual {
  const lately = changes.filter(({ openedAt }) => openedAt >= at - LATELY && openedAt <= at);
  const merged = lately.flatMap(({ openedAt, mergedAt }) =>
    mergedAt !== null && mergedAt <= at && mergedAt >= openedAt ? (hours(openedAt, mergedAt) ?? []) : [],
  );
  const open = lately
    .filter((change) => isOpenAt(change, at) || isClosed(change))
    .flatMap(({ openedAt, closedAt }) => hours(openedAt, Math.min(closedAt ?? at, at)) ?? []);
  const survival = kaplanMeier(merged, open);
  return { survival, p85: survival === null ? null : survivalQuantile(survival, 0.85) };
}

function isClosed({ openedAt, mergedAt, closedAt }: Opened): boolean {
  return mergedAt === null && closedAt !== null && closedAt >= openedAt;
}

/** What is open at an instant, oldest first. */
export function ageing(changes: readonly Opened[], { survival, p85 }: Usual, at: Instant): readonly Ageing[] {
  return changes
    .filter((change) => isOpenAt(change, at))
    .toSorted((a, b) => a.openedAt - b.openedAt || byName(a, b))
    .map((change) => {
      const ageHours = hoursUntil(change.openedAt, at);
      const isOld = p85 === null ? null : ageHours > p85;
      const left = survival === null ? null : remaining(survival, ageHours);
      return { change, stage: stageAt(change, at), ageHours, isOld, left, words: words(isOld, p85, left) };
    });
}

function words(isOld: boolean | null, p85: number | null, left: Remaining | null): string {
  return isOld === null || p85 === null ? leftWords(left) : `${ageWords(isOld, p85)} ${leftWords(left)}`;
}

function ageWords(isOld: boolean, p85: number): string {
  return isOld
    ? `Older than the ${duration(p85)} within which 85 % are merged.`
    : `Within the ${duration(p85)} in which 85 % are merged.`;
}

function leftWords(left: Remaining | null): string {
  if (left === null) return "May take longer than anything seen.";
  if (left.p50 === null)
    return `More than half of what got this old may take longer than ${duration(left.known)} more.`;
  const half = `Half of what got this old is merged within ${duration(left.p50)} more`;
  return left.p85 === null
    ? `${half}; 85 % may take longer than anything seen.`
    : `${half}, 85 % within ${duration(left.p85)}.`;
}
