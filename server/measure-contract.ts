/** The shapes of a number and of what it is compared with, which several paths share. */
import { z } from "zod";
import { At, Window } from "./asking-contract.ts";

export const Measure = z.object({
  value: z.number().nullable().describe("A count, a median or a share from 0 to 1."),
  n: z.int().describe("How many observations it was computed from."),
  open: z.int().describe("How many more are not over, and count as lasting at least so long (Kaplan–Meier)."),
  k: z.int().nullable().describe("Of a share: how many of the n."),
  low: z.number().nullable().describe("95 % interval: exact Poisson, order statistics or Wilson."),
  high: z.number().nullable(),
  p75: z.number().nullable(),
  p85: z.number().nullable(),
  p95: z.number().nullable().describe("Only from n = 20."),
  perWeek: z.number().nullable().describe("Of a count: per seven days of the part of the window that has data."),
  coverage: z.number().nullable().describe("Share of what belongs here whose value is known, or known to be open."),
  beyond: z
    .number()
    .nullable()
    .describe("Of a median that is not reached, since too much is open: it is longer than this."),
  caution: z
    .string()
    .nullable()
    .describe("Why the value is to be taken with care: too little of what belongs to it is known; and what to do."),
  reason: z.string().nullable().describe("Why there is no value, and what to do."),
});

export const Verdict = z.enum(["better", "worse", "different", "within-variation", "too-few"]);

export const Comparison = z.object({
  window: Window,
  measure: Measure,
  verdict: Verdict,
  words: z.string().describe("What the comparison says, in one sentence."),
  low: z.number().nullable().describe("95 % interval of the change: a ratio for counts, a difference otherwise."),
  high: z.number().nullable(),
  change: z.number().nullable(),
});

export const Point = Measure.extend({
  from: At,
  to: At,
  label: z.string().describe("2026-11-22, 2026-W47 or 2026-11."),
  partial: z
    .boolean()
    .describe("The period is still running, reaches outside the window or the data, or days of it are left out."),
  signal: z.string().nullable().describe("Why this point is outside normal variation, if it is."),
});

const Limits = z.object({
  from: At.describe("They hold for the points from here on."),
  to: At,
  centre: z.number(),
  lower: z.number(),
  upper: z.number(),
  baseline: z.string().describe("Which points the limits were computed from."),
});

/** Limits of a series, and whether they started anew. */
export const LimitFields = {
  limits: Limits.nullable().describe("Those that hold at the end of the window."),
  formerLimits: z.array(Limits).describe("Those that held before somebody said that the process changed."),
  rebased: z
    .string()
    .nullable()
    .describe("Of limits that started anew: when, why and who said that the process changed."),
};

export const Quality = z.object({
  id: z.string(),
  title: z.string(),
  value: z.number().nullable(),
  unit: z.enum(["share", "count"]),
  note: z.string(),
});

/** How a number compares with what was frozen of it. */
export const AgainstBaseline = z.object({
  measure: Measure.nullable().describe("As it was frozen; `null` where nothing of it was known then."),
  verdict: Verdict.nullable().describe("`null`: not comparable, and the words say why and what to do."),
  words: z.string().describe("What the comparison says, in one sentence."),
  low: z.number().nullable().describe("95 % interval of the change: a ratio for counts, a difference otherwise."),
  high: z.number().nullable(),
  change: z.number().nullable(),
});

/** The baseline that was compared with. */
export const Against = z.object({
  name: z.string(),
  scope: z.string().describe("Whose it is, as it is asked for."),
  service: z.string().nullable(),
  window: Window,
  frozenAt: At,
  signer: z.string().describe("As they called themselves; it is not verified."),
  hash: z.string().describe("SHA-256 of its canonical text, hexadecimal."),
  notes: z.array(z.string()).describe("What weakens the comparison, or what has changed since, each a sentence."),
});
