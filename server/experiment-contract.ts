/** The part of the API about what teams try, and what came of it. */
import { z } from "zod";
import { LEAST_LENGTH, MOST_LENGTH } from "#metrics/experiments/experiment.ts";
import { OUTCOMES } from "#metrics/experiments/outcome.ts";
import { At, Period } from "./asking-contract.ts";

const Actor = z
  .string()
  .trim()
  .min(1, "Say who you are.")
  .max(80)
  .describe("Who sets it, as they call themselves. Nobody can log in, so it is not verified.");

const Plan = {
  scope: Period.scope,
  metric: z.string().max(60).describe("Of which metric, by its id."),
  target: z.coerce
    .number()
    .min(0)
    .describe("What it is meant to become: a count a week, a median in the metric's unit, a share from 0 to 1."),
  start: z.iso.date().optional().describe("The first day, in the organisation's zone. Default: today."),
  weeks: z.coerce
    .number()
    .int()
    .min(
      LEAST_LENGTH,
      `An experiment runs ${LEAST_LENGTH} weeks or more: fewer weeks do not differ by more than chance.`,
    )
    .max(MOST_LENGTH)
    .default(8)
    .describe("How long it runs. It is compared with as many weeks before it."),
};

const Told = z.object({
  id: z.int(),
  scope: z.string(),
  metric: z.string(),
  tries: z.string().describe("What is tried, in the team's words."),
  usual: z.number().nullable().describe("What the metric was when the experiment was set."),
  target: z.number(),
  start: z.string(),
  review: z.string().describe("The day on which it is reviewed: the first that does not belong to it."),
  promise: z
    .number()
    .nullable()
    .describe("How often the target would be seen to be reached, as was said when it was set: 0 to 1."),
  actor: z.string().describe("As they called themselves; it is not verified."),
  madeAt: At,
  outcome: z.enum(OUTCOMES),
  words: z.string().describe("What came of it, in one or two sentences."),
  after: z.object({ from: At, to: At }).describe("The window of the experiment, for its rows."),
  before: z.object({ from: At, to: At }),
  withdrawal: z.object({ reason: z.string(), actor: z.string(), madeAt: At }).nullable(),
});

export const experimentContract = {
  "/api/experiments": {
    may: "viewer",
    summary: "What teams tried and what came of it, newest first.",
    query: z.strictObject({
      q: z.string().max(200).optional().describe("Only those whose words, scope or metric contain all of these words."),
      outcome: z.enum(OUTCOMES).optional(),
    }),
    reply: z.array(Told),
  },
  "/api/experiments/promise": {
    may: "viewer",
    summary:
      "How often an experiment would be seen to have worked, if it reaches its target. Nothing is set by asking.",
    query: z.strictObject(Plan),
    reply: z.object({
      usual: z.number().nullable().describe("What the metric was in the last weeks; `null` while unknown."),
      promise: z.number().nullable(),
      words: z.string(),
    }),
  },
} as const;

export const experimentCommands = {
  "/api/experiments/add": {
    may: "lead",
    summary: "Sets an experiment: what is tried, which metric, what it is meant to become, and when it is reviewed.",
    body: z.strictObject({
      ...Plan,
      tries: z.string().trim().min(3, "Say what you try: whoever finds it in a year will ask.").max(300),
      actor: Actor,
    }),
    reply: Told,
  },
  "/api/experiments/withdraw": {
    may: "lead",
    summary: "Gives an experiment up, with the reason. It stays in the list.",
    body: z.strictObject({
      id: z.int().min(1),
      reason: z.string().trim().min(3, "Say why: whoever finds it in a year will ask.").max(300),
      actor: Actor,
    }),
    reply: Told,
  },
} as const;
