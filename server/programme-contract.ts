/** The part of the API about the programme: what a company declares of its backbone, its use cases and its initiatives. */
import { z } from "zod";
import {
  Adoption,
  Assumption,
  Consent,
  Drill,
  Exemption,
  Finding,
  Initiative,
  Intervention,
  Milestone,
  PaidCost,
  ProgrammeFile,
  ServiceElement,
  System,
  TimeStudy,
  UseCase,
  Vision,
  Wave,
} from "#config/programme.ts";
import { COST_KINDS } from "#metrics/programme/assumptions.ts";
import { LIST_NAMES } from "#metrics/programme/differences.ts";
import { FIRST_STEPS } from "#metrics/programme/first-assessment.ts";
import { ELEMENTS, GAPS, STATES } from "#metrics/programme/programme.ts";
import { At } from "./asking-contract.ts";

const Actor = z
  .string()
  .trim()
  .min(1, "Say who you are.")
  .max(80)
  .describe("Who changes it, as they call themselves; where somebody logged in, their name.");
const Reason = z.string().trim().max(500).optional().describe("Why, for whoever asks later.");
const Follows = z
  .int()
  .min(1)
  .nullable()
  .describe("The version that was looked at; `null`: there was none. Where another one came since, nothing is kept.");

const Spread = z.object({ p10: z.number(), p50: z.number(), p90: z.number() });

const Case = z.object({
  cost: z.number(),
  capitalised: z.number().describe("Of the cost, what is an investment in the sense of the books."),
  dip: z.number().nullable().describe("What slower teams cost while they change; `null`: nobody said, not counted."),
  netPresentValue: Spread,
  returnOnInvestment: Spread.nullable().describe("As a share of what is spent; `null` where nothing is."),
  payback: Spread.nullable().describe("Months; `null` where the money is hardly ever back."),
  backAtAll: z.number().describe("In which share of the draws the money is back within the years that are counted."),
  curve: z.array(z.number()).describe("The sum after each month, if all goes as is likely."),
  deepest: z.number(),
});

const Differences = z.array(
  z.object({
    list: z.string(),
    key: z.string().describe("What is meant: its id or name."),
    verb: z.enum(["added", "changed", "removed"]),
    fields: z.array(z.object({ name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
  }),
);

const Version = z.object({
  version: z.int().describe("Counts up with each change."),
  hash: z.string().describe("SHA-256 of its canonical text (RFC 8785), hexadecimal."),
  actor: z.string(),
  madeAt: At,
  reason: z.string().nullable(),
});

export const programmeContract = {
  "/api/programme": {
    may: "viewer",
    summary:
      "The programme as it stands, and what follows from it: what stands in the way of what, and what it is worth.",
    query: z.strictObject({
      useCase: z.string().max(60).optional().describe("Only what this use case needs, by its id."),
    }),
    reply: z.object({
      version: Version.nullable().describe("`null` while nobody has said anything."),
      sentence: z.string().describe("What stands in the way most, and whether somebody has taken it up."),
      programme: ProgrammeFile,
      known: z
        .object({
          systems: z.array(z.string()),
          services: z.array(z.string()),
          teams: z.array(z.string()),
          practices: z.array(z.object({ id: z.string(), title: z.string() })),
          metrics: z.array(z.object({ id: z.string(), title: z.string() })),
        })
        .describe("What it can speak of beside itself: what is configured or was collected."),
      cautions: z.array(z.string()).describe("What weakens it, each a sentence."),
      looked: z.object({ known: z.int(), of: z.int() }).describe("How many of systems × elements were looked at."),
      firstAssessment: z
        .array(z.object({ id: z.enum(FIRST_STEPS), isDone: z.boolean(), words: z.string() }))
        .describe(
          "What a first assessment holds, in the order in which it is best said, whatever use case is asked for.",
        ),
      systems: z
        .array(
          z.object({
            system: z.string(),
            cells: z.array(z.object({ element: z.enum(ELEMENTS), finding: Finding.nullable() })),
            worst: z.enum(GAPS).nullable().describe("`null` while nothing was looked at."),
          }),
        )
        .describe("Those that stand in the way most first."),
      openings: z
        .array(z.object({ finding: Finding, useCase: z.string(), initiatives: z.array(z.string()) }))
        .describe("Gaps × use cases, and which initiatives take them up."),
      portfolio: z.array(
        z.object({
          id: z.string(),
          case: Case.nullable().describe("`null` for an enabler, or without a plan."),
          enables: z.array(z.string()),
          progress: z.object({
            planned: z.number(),
            spent: z.number(),
            brought: z.number(),
            until: z.string().nullable().describe("The last month of which something is known."),
          }),
          waitsFor: z.array(z.string()).describe("What it needs and would be begun before."),
        }),
      ),
      funnel: z.array(z.object({ state: z.enum(STATES), count: z.int() })),
      criticalPath: z.object({ ids: z.array(z.string()), months: z.int() }).nullable(),
      terms: z
        .object({ rate: z.number(), years: z.int(), dip: z.number(), dipMonths: z.int(), draws: z.int() })
        .describe("What is assumed of every initiative alike."),
    }),
  },
  "/api/programme/file": {
    may: "viewer",
    summary: "The programme as a file of YAML, which reads back as the same.",
    query: z.strictObject({}),
    reply: z.object({ text: z.string() }),
  },
  "/api/programme/history": {
    may: "viewer",
    summary: "The last versions of the programme, newest first, each with what it changed.",
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(20) }),
    reply: z.array(Version.extend({ differences: Differences })),
  },
} as const;

const Change = z.discriminatedUnion("list", [
  z.strictObject({ list: z.literal("systems"), thing: System }),
  z.strictObject({ list: z.literal("elements"), thing: ServiceElement }),
  z.strictObject({ list: z.literal("assessment"), thing: Finding }),
  z.strictObject({ list: z.literal("useCases"), thing: UseCase }),
  z.strictObject({ list: z.literal("initiatives"), thing: Initiative }),
  z.strictObject({ list: z.literal("consents"), thing: Consent }),
  z.strictObject({ list: z.literal("interventions"), thing: Intervention }),
  z.strictObject({ list: z.literal("assumptions"), thing: Assumption }),
  z.strictObject({ list: z.literal("costs"), thing: PaidCost }),
  z.strictObject({ list: z.literal("timeStudies"), thing: TimeStudy }),
  z.strictObject({ list: z.literal("waves"), thing: Wave }),
  z.strictObject({ list: z.literal("adoptions"), thing: Adoption }),
  z.strictObject({ list: z.literal("milestones"), thing: Milestone }),
  z.strictObject({ list: z.literal("exemptions"), thing: Exemption }),
  z.strictObject({ list: z.literal("drills"), thing: Drill }),
  z
    .strictObject({
      list: z.literal("direction"),
      thing: z.strictObject({
        vision: Vision.nullable(),
        currency: ProgrammeFile.shape.currency,
        fiscalYearBegins: ProgrammeFile.shape.fiscalYearBegins,
      }),
    })
    .describe("The three parts of which there is one, together as one version."),
  z.strictObject({ list: z.literal("fiscalYearBegins"), thing: ProgrammeFile.shape.fiscalYearBegins }),
  z.strictObject({ list: z.literal("vision"), thing: Vision.nullable() }),
  z.strictObject({ list: z.literal("currency"), thing: ProgrammeFile.shape.currency }),
]);
export type Change = z.infer<typeof Change>;

const Kept = z.object({ version: Version.nullable(), differences: Differences });

export const programmeCommands = {
  "/api/programme/set": {
    may: "programme",
    summary: "Puts one thing into the programme, in the place of the one of that id or name if there is one.",
    body: z.strictObject({
      change: Change,
      instead: z.string().max(300).optional().describe("The id or name it had before, where that changes."),
      follows: Follows,
      reason: Reason,
      actor: Actor,
    }),
    reply: Kept,
  },
  "/api/programme/remove": {
    may: "programme",
    summary: "Takes one thing out of the programme. Earlier versions keep it.",
    body: z.strictObject({
      list: z.enum(LIST_NAMES),
      key: z
        .string()
        .min(1)
        .max(300)
        .describe(
          "Its id or name; of an assessment the system, a space and the element; of an assumption the id, a space and the day.",
        ),
      follows: Follows,
      reason: Reason,
      actor: Actor,
    }),
    reply: Kept,
  },
  "/api/programme/import": {
    may: "programme",
    summary: "Shows what a file of YAML would change, or takes it as the programme.",
    body: z.strictObject({
      text: z.string().max(1_000_000),
      save: z.boolean(),
      follows: Follows,
      reason: Reason,
      actor: Actor,
    }),
    reply: Kept.extend({ cautions: z.array(z.string()) }),
  },
  "/api/programme/costs/import": {
    may: "programme",
    summary: "Shows what a CSV file of costs by month would change, or takes it as a version of the programme.",
    body: z.strictObject({
      text: z
        .string()
        .max(1_000_000)
        .describe("Columns kind, title, month and amount; if you like team, source, owner and currency."),
      save: z.boolean(),
      actor: Actor,
    }),
    reply: z.object({
      counts: z.object({ new: z.int(), changed: z.int(), same: z.int(), refused: z.int() }),
      rows: z
        .array(
          z.object({
            kind: z.enum(COST_KINDS),
            title: z.string(),
            team: z.string().nullable(),
            month: z.string(),
            before: z.number().nullable().describe("`null`: nothing was known of the month."),
            after: z.number(),
          }),
        )
        .describe("What is other than before."),
      mistakes: z
        .array(z.object({ line: z.int(), reason: z.string() }))
        .describe("Nothing is taken while there are any."),
    }),
  },
} as const;
