/** The part of the API about reviews: what was known when it was looked at together, frozen with what was said. */
import { z } from "zod";
import { REVIEWS, THING_GROUPS } from "#metrics/programme/review.ts";
import { At } from "./asking-contract.ts";
import { About, Gate } from "./gate-contract.ts";

const Signer = z
  .string()
  .trim()
  .min(1, "Say who holds it.")
  .max(80)
  .describe("Who holds it, as they call themselves; where somebody logged in, their name.");

const Thing = z.object({
  group: z.enum(THING_GROUPS),
  of: z.string().describe("What it is told of: a service, a metric, a condition."),
  what: z.string(),
  value: z.string(),
});

const Brief = z.object({
  id: z.int(),
  kind: z.enum(REVIEWS),
  about: About,
  heldAt: At,
  actor: z.string(),
  outcome: Gate.shape.outcome.describe("Of the gate, as it was read then."),
  words: z.string(),
  hash: z.string().describe("SHA-256 of its canonical text (RFC 8785), hexadecimal."),
  isIntact: z.boolean().describe("Whether it still is what was frozen, and follows the one before it."),
});

const Basis = z.object({
  dataUntil: At.describe("How far the data reached."),
  facts: z.int().describe("The version of the facts."),
  derivation: z.int().describe("The version of how facts are derived from events."),
  definitions: z.record(z.string(), z.int()).describe("The version of the definition of each metric."),
  configuration: z.string().describe("SHA-256 of the configuration, without secrets, addresses and people."),
  version: z.string().describe("Of Headway."),
  programme: z.object({ version: z.int(), hash: z.string() }).nullable(),
});

const Whole = Brief.extend({
  follows: z.string().nullable().describe("The hash of the review before; `null` of the first."),
  minutes: z.string(),
  decisions: z.array(z.string()),
  basis: Basis,
  conditions: Gate.shape.conditions,
  notes: z.array(z.string()),
  things: z.array(Thing).describe("Everything that was known, in words."),
  different: z
    .array(Thing.omit({ value: true }).extend({ frozen: z.string().nullable(), today: z.string().nullable() }))
    .nullable()
    .describe("What is another thing today; `null`: it cannot be read any more."),
  consents: z
    .array(z.object({ id: z.string(), party: z.string(), about: z.string(), answer: z.string(), day: z.string() }))
    .describe("Who saw this snapshot, by the programme of today."),
  text: z.string().describe("The canonical text that was hashed."),
});

export const reviewContract = {
  "/api/reviews": {
    may: "viewer",
    summary: "Every review that was held, newest first.",
    query: z.strictObject({}),
    reply: z.array(Brief),
  },
  "/api/reviews/different": {
    may: "viewer",
    summary: "How many things of each review are others today, which takes a reading of all of them.",
    query: z.strictObject({}),
    reply: z.array(
      z.object({
        id: z.int(),
        different: z.int().nullable().describe("`null`: what it was about is not there any more."),
        of: z.int().describe("How many were frozen."),
      }),
    ),
  },
  "/api/review": {
    may: "viewer",
    summary: "One review as it was frozen, and what is different today.",
    query: z.strictObject({ id: z.coerce.number().int().min(1).max(1e9) }),
    reply: Whole,
  },
} as const;

export const reviewCommands = {
  "/api/reviews/freeze": {
    may: "programme",
    summary:
      "Shows what a review would freeze, or freezes it: progress, gate, the five metrics, data quality and what was said. It is never changed.",
    body: z.strictObject({
      kind: z.enum(REVIEWS).default("monthly"),
      useCase: z.string().max(60).optional().describe("For the services that this use case needs, by its id."),
      wave: z.string().max(60).optional().describe("For the services of this wave, by its id. Not both."),
      minutes: z.string().trim().max(20_000).default(""),
      decisions: z.array(z.string().trim().min(1).max(1000)).max(100).default([]),
      save: z.boolean(),
      actor: Signer,
    }),
    reply: z.object({
      id: z.int().nullable().describe("`null` where it was only shown."),
      hash: z.string().nullable(),
      about: About,
      outcome: Gate.shape.outcome,
      words: z.string(),
      decisions: z
        .array(z.string())
        .describe("Those that were given, and lines of the minutes that begin with “Decision:”."),
      basis: Basis,
      things: z.array(Thing),
    }),
  },
} as const;
