/** What people decide about numbers: what does not count, what failed after all, what happened on a day. Nothing is erased by it. */
import { startOfDate } from "./calendar.ts";
import { scopeNamed } from "./scopes.ts";
import type { Scope } from "./scopes.ts";
import type { Instant, Window } from "./time.ts";

/**
 * `change`, `deployment`, `label` (every change that has it) and `days` are left out of the numbers; `failed` and `not-failed` overrule
 * what the signals say of a deployment; a `note` is shown and changes nothing, and so does an `adoption` of a way to work, unless it
 * says that limits start anew with it.
 */
export const JUDGEMENTS = [
  "change",
  "deployment",
  "label",
  "days",
  "failed",
  "not-failed",
  "note",
  "adoption",
] as const;
export type JudgementKind = (typeof JUDGEMENTS)[number];

/** What somebody decided, why and when. */
export interface Judgement {
  readonly id: number;
  readonly kind: JudgementKind;
  /** `null` where it is about a team, a system or every service. */
  readonly service: string | null;
  /** A team or a system, `team:payments`; `null` where it is about a service or every one. */
  readonly scope: string | null;
  /** The number of a change, the id of a deployment, a label, or what is written beside the mark of a note; `null` for days. */
  readonly subject: string | null;
  /** The first day, 2026-11-28, in the organisation's zone; `null` where it holds for all time. */
  readonly from: string | null;
  /** The day after the last. */
  readonly to: string | null;
  /** Of what failed: when it was back; `null` while nobody said so. */
  readonly recoveredAt: Instant | null;
  /** Of an adoption: the process is another one from its first day on, so that limits of normal variation start anew. */
  readonly rebases: boolean;
  readonly reason: string;
  /** As whoever decided gave it: nobody can log in, so it is not verified. */
  readonly actor: string;
  readonly madeAt: Instant;
}

/** Whose numbers a judgement is about. */
export function scopeOf({ service, scope }: Pick<Judgement, "service" | "scope">): Scope {
  if (service !== null) return { kind: "service", name: service };
  return (scope === null ? null : scopeNamed(scope)) ?? { kind: "organisation" };
}

/** What is written beside the mark of a note. */
export function titleOf({ subject, reason }: Pick<Judgement, "subject" | "reason">): string {
  return subject ?? reason;
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

/** The days of a judgement as a window that is open where it names no day. */
export function windowOf({ from, to }: Pick<Judgement, "from" | "to">, zone: string): Window {
  return {
    from: from === null ? -Infinity : startOfDate(from, zone),
    to: to === null ? Infinity : startOfDate(to, zone),
  };
}
