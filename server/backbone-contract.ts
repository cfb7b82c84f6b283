/** The part of the API about bottlenecks of the backbone: what changes wait for, what that costs, and what would be worth doing first. */
import { z } from "zod";
import { CONFIDENCES, ELEMENTS } from "#metrics/programme/programme.ts";
import { WAIT_KINDS } from "#metrics/programme/waits.ts";
import { EXPOSURE_PARTS } from "#metrics/programme/worlds.ts";
import { At, Window } from "./asking-contract.ts";

const UseCase = z.string().max(60).optional().describe("Only what services of this use case waited for, by its id.");
const Amount = z.object({ amount: z.number(), low: z.number(), high: z.number() });
const Ranked = Amount.extend({ rank: z.int().nullable().describe("`null` where too much is unknown to rank.") });
const Part = z.object({
  hours: Ranked,
  money: Ranked.nullable().describe("`null`: nobody said what an hour of it costs."),
});
const Unit = z.enum(["hours", "money"]).describe("Of what can be removed: money where all of it has a price.");
const Kinds = z.array(z.object({ kind: z.enum(WAIT_KINDS), hours: z.number() }));
const Waited = {
  system: z.string(),
  hours: z.number().describe("That changes waited for it."),
  measured: z.number(),
  declared: z.number(),
  changes: z.int(),
};
const Shares = z.object({ measured: z.number(), declared: z.number(), unknown: z.number() });

export const backboneContract = {
  "/api/backbone": {
    may: "viewer",
    summary: "What changes waited for in the last 26 weeks, system by system, what that costs, and which comes first.",
    query: z.strictObject({
      rank: z.enum(EXPOSURE_PARTS).default("value").describe("By which of the three parts; they are never added."),
      useCase: UseCase,
      removable: z.coerce
        .number()
        .min(0)
        .max(1)
        .optional()
        .describe("What if this share of everything could be removed. Default: what comparable systems say."),
    }),
    reply: z.object({
      sentence: z.string(),
      window: Window,
      rank: z.enum(EXPOSURE_PARTS),
      unit: Unit,
      currency: z.string(),
      hours: z.number().describe("All hours that changes waited: of waiting work, not of people."),
      shares: Shares.nullable().describe("They add up to 1; `null` where nothing waited."),
      isRanked: z.boolean(),
      mostUnknown: z.number().describe("Above this share of unknown hours nothing is ranked."),
      constraint: z
        .object({ system: z.string(), element: z.enum(ELEMENTS).nullable(), words: z.string() })
        .nullable()
        .describe(
          "What is ranked first, and the element of it that is waited for most; `null` where nothing may be ranked.",
        ),
      systems: z
        .array(
          z.object({
            ...Waited,
            elements: z
              .array(z.object({ ...Waited, element: z.enum(ELEMENTS).nullable(), kinds: Kinds }))
              .describe("What of it they waited for, most hours first."),
            parts: z.object({ value: Part, capacity: Part, loss: Part }),
            topThree: z.number().nullable().describe("In which share of the draws it is among the first three."),
            removable: Amount.extend({ share: z.number() }).nullable(),
            words: z.string(),
          }),
        )
        .describe("In the order of the chosen part; by name where nothing may be ranked."),
      unknown: z
        .array(z.object({ service: z.string(), system: z.string().nullable(), hours: z.number() }))
        .describe("Whose changes waited for nobody knows what, most hours first."),
      signals: z.array(
        z.object({
          system: z.string(),
          services: z.int(),
          coordination: z
            .number()
            .nullable()
            .describe("Share of changes whose issue needed another repository or team; `null`: too few name an issue."),
          deployments: z.int(),
          failed: z.number().nullable(),
          rework: z.number().nullable(),
          everyDays: z.number().nullable().describe("Median days between deployments of a service."),
          consumersEveryDays: z.number().nullable().describe("Of services whose system needs it."),
        }),
      ),
      initiatives: z
        .array(
          z.object({
            id: z.string(),
            title: z.string(),
            chance: z.number(),
            cost: z.number(),
            removable: Amount.nullable(),
            priority: Ranked.extend({ topThree: z.number().nullable() })
              .nullable()
              .describe("Removable × chance / cost, in money or hours for each unit of money."),
            words: z.string(),
          }),
        )
        .describe("The highest priority first; of what is neither done nor stopped."),
      assumptions: z
        .array(
          z.object({
            what: z.string(),
            of: z.string().nullable(),
            value: z.number(),
            low: z.number(),
            high: z.number(),
            source: z.string(),
          }),
        )
        .describe("What money was reckoned with."),
      missing: z.array(z.string()).describe("What nobody said, and what is not known for that, each a sentence."),
    }),
  },
  "/api/backbone/elements": {
    may: "viewer",
    summary: "Which element of the backbone services are, as their repositories suggest it and as people say it.",
    query: z.strictObject({}),
    reply: z.object({
      sentence: z.string(),
      services: z.int(),
      without: z.int().describe("Of how many nobody says which element they are."),
      unlisted: z.int().describe("Of how many the files were not listed, so that nothing could be suggested."),
      version: z.int().nullable().describe("The version of the programme that was looked at."),
      rows: z
        .array(
          z.object({
            service: z.string(),
            repository: z.string(),
            system: z.string().nullable(),
            element: z.enum(ELEMENTS).nullable().describe("As it counts now; `null`: nobody said."),
            by: z
              .enum(["configuration", "person", "system"])
              .nullable()
              .describe("Who says so: the configuration or a person of the service, or either of its system."),
            suggestion: z
              .object({
                element: z.enum(ELEMENTS),
                sure: z.enum(CONFIDENCES),
                words: z.string(),
                evidence: z.string().describe("By which kinds of files: what says no to it names this."),
              })
              .nullable(),
            isOpen: z.boolean().describe("Whether somebody still has to look at the suggestion."),
            isSaid: z.boolean().describe("Whether a person said something of the service, which can be taken back."),
          }),
        )
        .describe("Those to look at, the surest first; then those of which a person said something."),
    }),
  },
  "/api/backbone/waits": {
    may: "viewer",
    summary: "The waits behind a system, or those of which nobody knows for what, the longest first.",
    query: z.strictObject({
      system: z.string().max(200).optional().describe("Default: what is unknown."),
      element: z.enum(ELEMENTS).optional(),
      kind: z.enum(WAIT_KINDS).optional(),
      service: z.string().max(200).optional().describe("Whose changes waited."),
      useCase: UseCase,
      limit: z.coerce.number().int().min(1).max(1000).default(50),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    reply: z.object({
      window: Window,
      total: z.int(),
      hours: z.number().describe("Of all of them."),
      rows: z.array(
        z.object({
          service: z.string(),
          change: z.string(),
          number: z.int(),
          title: z.string(),
          url: z.string().nullable(),
          kind: z.enum(WAIT_KINDS),
          element: z.enum(ELEMENTS).nullable(),
          certainty: z.enum(["measured", "declared", "unknown"]),
          from: At,
          to: At,
          hours: z.number(),
        }),
      ),
    }),
  },
} as const;
