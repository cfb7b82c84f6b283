/** What people decide about numbers: what does not count, what failed after all, what happened on a day. Nothing is erased by it. */
import { startOfDate } from "./calendar.ts";
import type { Instant, Window } from "./time.ts";

/**
 * `change`, `deployment` and `days` are left out of the numbers; `failed` and `not-failed` overrule what the signals say of a
 * deployment; a `note` is shown and changes nothing.
 */
export const JUDGEMENTS = ["change", "deployment", "days", "failed", "not-failed", "note"] as const;
export type JudgementKind = (typeof JUDGEMENTS)[number];

/** What somebody decided, why and when. */
export interface Judgement {
  readonly id: number;
  readonly kind: JudgementKind;
  /** `null` for days and notes: every service. */
  readonly service: string | null;
  /** The number of a change or the id of a deployment; `null` for days and notes. */
  readonly subject: string | null;
  /** The first day, 2026-11-28, in the organisation's zone; `null` where something else than days is judged. */
  readonly from: string | null;
  /** The day after the last. */
  readonly to: string | null;
  /** Of what failed: when it was back; `null` while nobody said so. */
  readonly recoveredAt: Instant | null;
  readonly reason: string;
  /** As whoever decided gave it: nobody can log in, so it is not verified. */
  readonly actor: string;
  readonly madeAt: Instant;
}

/** What a person says of a roll-out, over what its signals say. */
export interface Override {
  readonly deployment: string;
  readonly failed: boolean;
  readonly recoveredAt: Instant | null;
}

/** The overrides of a service among what is in force, in the order of their deployments: the same ones are always the same text. */
export function overridesOf(inForce: readonly Judgement[], service: string): readonly Override[] {
  return inForce
    .flatMap(({ kind, service: whose, subject, recoveredAt }): Override[] =>
      whose === service && subject !== null && (kind === "failed" || kind === "not-failed")
        ? [{ deployment: subject, failed: kind === "failed", recoveredAt }]
        : [],
    )
    .toSorted((a, b) => (a.deployment < b.deployment ? -1 : 1));
}

/** The days of a judgement as a window; `null` where something else than days is judged. */
export function daysOf({ from, to }: Pick<Judgement, "from" | "to">, zone: string): Window | null {
  if (from === null || to === null) return null;
  return { from: startOfDate(from, zone), to: startOfDate(to, zone) };
}
