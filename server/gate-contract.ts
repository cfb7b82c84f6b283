/** The part of the API about the gate: whether the foundation is in place for the next large investment. */
import { z } from "zod";
import { GATE_CONDITIONS } from "#metrics/programme/gate.ts";
import { SHORTFALLS } from "#metrics/programme/gate-shortfalls.ts";
import { RELEASE_CLASSES } from "#metrics/programme/practices/limits.ts";
import { STATUSES } from "#metrics/programme/practice-status.ts";
import { ANSWERS, PARTIES } from "#metrics/programme/programme.ts";
import { At, BaselineName, Window } from "./asking-contract.ts";

/** Of what a gate or a review is. */
export const About = z.object({
  kind: z.enum(["programme", "use-case", "wave"]),
  id: z.string().nullable().describe("`null` of the whole programme."),
  title: z.string(),
});

const Ratio = z.object({
  ratio: z.number().describe("The median now by that of the baseline: below 1 is faster."),
  low: z.number().nullable(),
  high: z
    .number()
    .nullable()
    .describe(
      "The 90 % interval; `null` where an end is beyond anything seen, since half of what was merged has not arrived.",
    ),
});
const RateChange = z.object({
  change: z.number().describe("As a share: 0.02 are 2 percentage points."),
  high: z.number().describe("The upper end of its 90 % interval."),
});

export const Gate = z.object({
  about: About,
  until: At.describe("The end of the last complete week that was looked at."),
  outcome: z.enum(["pass", "conditional", "hold"]),
  words: z.string(),
  conditions: z.array(
    z.object({
      id: z.enum(GATE_CONDITIONS),
      isEssential: z.boolean().describe("Without it there is no foundation."),
      state: z.enum(["met", "not-met", "cannot-be-said"]),
      asked: z.string(),
      evidence: z.string(),
      missing: z.array(z.string()).describe("By name; empty where it is met."),
      shortfalls: z
        .array(z.object({ kind: z.enum(SHORTFALLS), name: z.string(), words: z.string() }))
        .default([])
        .describe("How far each that is missing is, in words; of practices that stands with the services."),
    }),
  ),
  against: z
    .object({ baseline: BaselineName, hash: z.string(), window: Window, now: Window })
    .nullable()
    .describe("What lead times and rates are compared with; `null`: nothing was frozen that is over."),
  notes: z.array(z.string()).describe("On what it rests, and what weakens it."),
  services: z.array(
    z.object({
      service: z.string(),
      team: z.string().nullable(),
      releaseClass: z.enum(RELEASE_CLASSES).nullable(),
      practices: z.array(z.object({ practice: z.string(), status: z.enum(STATUSES) })),
      lacks: z
        .array(
          z.object({
            practice: z.string(),
            title: z.string(),
            status: z.enum(STATUSES),
            part: z.string().nullable().describe("The part that decided."),
            words: z.string(),
          }),
        )
        .describe("Of the practices that the gate asks for, those that are not adopted, in the order of stages."),
      deploymentsPerWeek: z.number().nullable(),
      isCalm: z.boolean().nullable().describe("`null`: its past is too short."),
      calm: z.string(),
    }),
  ),
  teams: z.array(z.object({ team: z.string(), leadTime: Ratio.nullable(), changes: z.int(), before: z.int() })),
  savings: z
    .object({
      earliest: At.nullable().describe("`null` where an answer is possible now, or nobody can say when."),
      missing: z.array(z.object({ what: z.string(), todo: z.string() })),
    })
    .describe("What somebody must do until savings can be told."),
  rates: z.object({ fail: RateChange.nullable(), rework: RateChange.nullable() }),
  consents: z.array(
    z.object({
      id: z.string(),
      party: z.enum(PARTIES),
      about: z.string(),
      answer: z.enum(ANSWERS),
      day: z.string(),
      snapshot: z.string().nullable(),
      saw: z.string().describe("What that snapshot is, in words."),
    }),
  ),
});

export const gateContract = {
  "/api/gate": {
    may: "viewer",
    summary: "The gate “foundation in place”: each condition with its evidence and with what is missing.",
    query: z.strictObject({
      useCase: z.string().max(60).optional().describe("For the services that this use case needs, by its id."),
      wave: z.string().max(60).optional().describe("For the services of this wave, by its id. Not both."),
    }),
    reply: Gate,
  },
} as const;
