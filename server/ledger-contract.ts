/** The part of the API about what finance signs: frozen records, the ledger, what the books say, statements. */
import { z } from "zod";
import { ASSUMED_NAMES, BUCKETS, COST_KINDS } from "#metrics/programme/assumptions.ts";
import { METHODS } from "#metrics/programme/savings/effect/types.ts";
import { LEDGERS, LEVERS } from "#metrics/programme/savings/result.ts";
import { LINE_STAGES, STEPS } from "#metrics/programme/savings/ledger/lines.ts";
import { OVERLAPS } from "#metrics/programme/savings/ledger/overlaps.ts";
import { PURPOSES } from "#metrics/programme/savings/ledger/placing.ts";
import { PRINTED_UNITS } from "#metrics/programme/savings/statement/printed.ts";
import { At, BaselineName } from "./asking-contract.ts";
import { STATEMENT_FORMS } from "./statements/forms.ts";
import { RECORD_KINDS } from "./store/saving-records.ts";

const Month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, "Write a month as year and month, such as 2026-10.");
const Day = z.iso.date("Write a day as year, month and day, such as 2026-11-28.");
const Actor = z
  .string()
  .trim()
  .min(1, "Say who you are.")
  .max(80)
  .describe("Who does it, as they call themselves; where somebody logged in, their name.");
const Reason = z.string().trim().min(3, "Say why, for whoever asks later.").max(500);
const Money = z.number().min(-1e12).max(1e12);
const Hours = z.number().min(-1e9).max(1e9);
const Scope = z
  .string()
  .trim()
  .min(1)
  .max(300)
  .describe("Whose: `organisation`, `team:payments`, `system:core`, `service:shop`.");
const Worth = z.object({
  lines: z.int(),
  amount: z.number().describe("Money, of lines that say it."),
  hours: z.number(),
});
const Purpose = z.enum(PURPOSES);
const Placement = z.strictObject({
  purpose: Purpose,
  initiative: z.string().max(60).nullable().default(null).describe("Which, of the purpose `initiative`."),
  share: z.number().gt(0, "Say which share of the line goes there, above 0.").max(1),
});

const Seal = z
  .object({ salt: z.string(), hash: z.string().describe("SHA-256 of the salt, a line break and the text.") })
  .nullable()
  .describe("By what statements know it, which do not hold it themselves; `null` until one needed that.");

const Transition = z.object({
  step: z.enum(STEPS),
  day: z.string(),
  amount: z.number().nullable(),
  hours: z.number().nullable(),
  evidence: z.string(),
  seal: Seal.describe("Of the evidence."),
  actor: z.string(),
  madeAt: At,
});

const Line = z.object({
  id: z.int(),
  title: z.string(),
  lever: z.enum(LEVERS),
  ledger: z.enum(LEDGERS),
  bucket: z.enum(BUCKETS).nullable().describe("From which hours it takes; `null` where it is money."),
  owner: z.string().describe("A role or a team."),
  scope: z.string(),
  fromMonth: z.string(),
  first: z.object({ amount: z.number().nullable(), hours: z.number().nullable() }).describe("As it was first thought."),
  amount: z.number().nullable().describe("Money a month, as last said."),
  hours: z.number().nullable().describe("Hours a month, as last said."),
  stage: z.enum(LINE_STAGES),
  isWithdrawn: z.boolean(),
  isExpired: z.boolean().describe("Its eight quarters are over: it counts no more."),
  isCounted: z.boolean().describe("Whether it is in the totals of the month."),
  agreedOn: z.string().nullable().describe("When finance agreed to it."),
  countsFrom: z
    .string()
    .nullable()
    .describe("The first month in which it counts: its own, or that in which finance agreed if that is later."),
  monthsBefore: z.int().describe("How many of its months had passed before finance agreed: they never count."),
  placements: z.array(Placement).describe("Where it goes in the month."),
  unplaced: z.number().describe("Which share of it nobody placed."),
  isOverdue: z.boolean().describe("Nobody placed all of it for two quarters."),
  possible: z.array(z.enum(STEPS)).describe("What can become of it next."),
  steps: z.int().describe("How many there are so far: said again with the next one, so that nobody overtakes another."),
  placings: z.int().describe("How often it was said where it goes, in the same way."),
  history: z.array(Transition),
  actor: z.string(),
  madeAt: At,
});

const Problem = z
  .object({ line: z.int().describe("Of the pack; 1 is the first."), words: z.string() })
  .describe("What is wrong with it.");

export const ledgerContract = {
  "/api/ledger": {
    may: "viewer",
    summary: "What is said to be saved, how far finance agrees, and where it went.",
    query: z.strictObject({ month: Month.optional().describe("As of its end. Default: the running month.") }),
    reply: z.object({
      month: z.string(),
      months: z
        .array(z.string())
        .describe(
          "Those to look at: the running one, and each before it back to the first of which a line says something.",
        ),
      currency: z.string(),
      sentence: z.string(),
      notes: z.array(z.string()).describe("What is wrong with it, each a sentence."),
      lines: z.array(Line).describe("Oldest first, withdrawn ones too."),
      totals: z
        .array(
          z.object({
            ledger: z.enum(LEDGERS),
            agreed: Worth.describe("In the month."),
            underWay: Worth,
            sinceStart: Worth.describe("Each month since finance agreed, as it was last said by its end."),
            early: Worth.describe("Of months before finance agreed: as it is said, and not counted."),
            expired: Worth,
          }),
        )
        .describe("Each ledger by itself; they are never added."),
      leaks: z
        .array(z.object({ ledger: z.enum(LEDGERS), step: z.enum(STEPS), amount: z.number(), hours: z.number() }))
        .describe("What was first thought and did not come, by the step at which it was lost."),
      buckets: z
        .array(
          z.object({
            scope: z.string(),
            bucket: z.enum(BUCKETS).nullable().describe("`null`: all hours that its teams have, by what is assumed."),
            hours: z.number().describe("A month."),
            claimed: z.number().describe("What lines say, or what their money pays for where that is more."),
            unknown: z.int(),
          }),
        )
        .describe("What the frozen baselines say a bucket held, what teams have, and what lines claim of it."),
      overlaps: z.array(z.object({ a: z.int(), b: z.int(), kind: z.enum(OVERLAPS), words: z.string() })),
      placed: z
        .array(
          z.object({
            ledger: z.enum(LEDGERS),
            purpose: z.enum([...PURPOSES, "unplaced"]),
            initiative: z.string().nullable(),
            amount: z.number(),
            hours: z.number(),
          }),
        )
        .describe("From the first month until the end of this one."),
      initiatives: z
        .array(z.object({ id: z.string(), title: z.string(), spent: z.number(), paid: z.number(), hours: z.number() }))
        .describe("What each cost so far, and how much of it was paid by cash that was saved; hours beside it."),
      known: z.object({
        scopes: z.array(z.string()),
        initiatives: z.array(z.object({ id: z.string(), title: z.string() })),
        levers: z.array(z.object({ id: z.enum(LEVERS), title: z.string(), ledger: z.enum(LEDGERS) })),
      }),
    }),
  },
  "/api/savings/records": {
    may: "viewer",
    summary: "What was frozen of savings before anybody looked at results: baselines and plans.",
    query: z.strictObject({}),
    reply: z.array(
      z.object({
        name: z.string(),
        kind: z.enum(RECORD_KINDS),
        hash: z.string(),
        isIntact: z.boolean(),
        scope: z.string(),
        notes: z.array(z.string()).describe("What weakens it, each a sentence."),
        frozenAt: At,
        actor: z.string(),
        seal: Seal.describe("Of who signed it."),
        text: z.string().describe("The canonical text that was hashed (RFC 8785)."),
        withdrawal: z.object({ reason: z.string(), actor: z.string(), madeAt: At }).nullable(),
      }),
    ),
  },
  "/api/savings/actuals": {
    may: "viewer",
    summary: "What the books say was paid, and how much of it the programme's own terms explain.",
    query: z.strictObject({}),
    reply: z.object({
      currency: z.string(),
      months: z.array(
        z.object({
          month: z.string(),
          actual: z.number(),
          explained: z.number().nullable(),
          difference: z.number().nullable(),
          share: z.number().nullable().describe("Of what was paid, how much nobody can explain."),
          capsGrade: z.boolean().nullable().describe("Above 5 % no grade is better than C."),
        }),
      ),
      rows: z.array(
        z.object({
          costCentre: z.string(),
          month: z.string(),
          amount: z.number(),
          versions: z.array(z.object({ amount: z.number(), fileHash: z.string(), actor: z.string(), madeAt: At })),
        }),
      ),
      terms: z.string().describe("What was taken as explained, in words."),
    }),
  },
  "/api/savings/statements": {
    may: "viewer",
    summary: "The monthly statements that were issued, newest first, and whether each is what was signed.",
    query: z.strictObject({}),
    reply: z.array(
      z.object({
        month: z.string(),
        period: z.string().describe("Of which days it is, in words; empty of one that cannot be read."),
        hash: z.string(),
        previous: z.string().describe("The hash of the one before; empty of the first."),
        actor: z.string(),
        issuedAt: At,
        problem: Problem.nullable(),
      }),
    ),
  },
  "/api/savings/statement": {
    may: "viewer",
    summary: "The statement of a month, printed again from its rows, and as a file.",
    query: z.strictObject({
      month: Month,
      as: z
        .enum(STATEMENT_FORMS)
        .optional()
        .describe("Also the file: the signed pack, CSV, a workbook with formulas, or one page to print."),
    }),
    reply: z.object({
      month: z.string(),
      hash: z.string(),
      key: z.string().nullable().describe("The public key it is signed with (Ed25519, hexadecimal)."),
      fingerprint: z.string().nullable(),
      rows: z.int(),
      figures: z.array(
        z.object({
          id: z.string(),
          words: z.string(),
          value: z.string(),
          unit: z.enum(PRINTED_UNITS),
        }),
      ),
      problem: Problem.nullable(),
      file: z
        .object({ name: z.string(), type: z.string(), encoding: z.enum(["utf8", "base64"]), body: z.string() })
        .nullable(),
    }),
  },
} as const;

const Rate = z.strictObject({
  what: z.enum(ASSUMED_NAMES),
  of: z.string().max(200).nullable().default(null),
  value: z.number().min(0).max(1e12),
});

/** How the time before was. */
const BaselineRecord = z.strictObject({
  kind: z.literal("baseline"),
  name: BaselineName,
  scope: Scope,
  from: Day.describe("The first day."),
  to: Day.describe("The day after the last: at least 12 weeks later, ideally 26."),
  categories: z
    .array(z.strictObject({ kind: z.enum(["labour", ...COST_KINDS]), amount: Money }))
    .min(1, "Say which costs are counted, and how much each was in the window.")
    .max(20),
  volume: z
    .strictObject({
      unit: z.string().trim().min(1).max(100),
      amount: z.number().min(0).max(1e12).nullable().default(null),
    })
    .nullable()
    .default(null)
    .describe(
      "A unit that slicing does not move. `linked issues` are counted, then and now; how many there were of another one is kept as it is said. `null`: shares of capacity alone.",
    ),
  rates: z.array(Rate).max(100).default([]),
  hours: z
    .array(z.strictObject({ bucket: z.enum(BUCKETS), hours: z.number().min(0).max(1e9) }))
    .max(BUCKETS.length)
    .default([])
    .describe("What each bucket held a month: no line takes more."),
});

/** How a saving will be measured, said before it is. */
export const PlanRecord = z.strictObject({
  kind: z.literal("plan"),
  name: BaselineName,
  scope: Scope,
  baseline: BaselineName.nullable().default(null).describe("The frozen baseline that it will be held against."),
  outcome: z.string().trim().min(3).max(300),
  method: z.string().trim().min(3).max(300),
  schedule: z
    .array(z.strictObject({ wave: z.string().max(100), teams: z.array(z.string().max(200)).max(500), from: Day }))
    .max(100),
  seed: z.int().min(0).max(4294967295),
  smallest: z
    .array(
      z.strictObject({
        quarter: z.string().max(20),
        share: z.number().nullable(),
        method: z.enum(METHODS).optional().describe("By which it will be evaluated, where that is said."),
      }),
    )
    .max(40)
    .default([])
    .describe("The smallest saving that can be told by each quarter, as a share of the baseline cost."),
});

const Frozen = z.object({ name: z.string(), hash: z.string(), notes: z.array(z.string()) });
const Steps = z.int().min(0).describe("How many steps the line had when it was looked at.");
const StepDay = Day.optional().describe("The day on which it was so. Default: today.");
const Evidence = z.string().trim().min(3, "Say what shows it, in 3 letters or more.").max(2000);
const Moved = z.object({ line: z.int(), stage: z.enum(LINE_STAGES), steps: z.int() });

const Mistake = z.object({ line: z.int(), reason: z.string() });

export const ledgerCommands = {
  "/api/ledger/add": {
    may: "programme",
    summary: "Adds a line to the ledger: something that is, or could be, saved.",
    body: z.strictObject({
      title: z.string().trim().min(3, "Say in a few words what is saved.").max(200),
      lever: z.enum(LEVERS),
      owner: z.string().trim().min(1, "Say which role or team answers for it.").max(100),
      scope: Scope,
      fromMonth: Month,
      amount: Money.nullable().default(null),
      hours: Hours.nullable().default(null),
      actor: Actor,
    }),
    reply: z.object({ line: z.int() }),
  },
  "/api/ledger/move": {
    may: "programme",
    summary: "A line goes on to its next stage. What finance alone may say is said by another path.",
    body: z.strictObject({
      line: z.int(),
      step: z.enum(["planned", "implemented", "measured", "realised", "sustained"]),
      follows: Steps,
      amount: Money.nullable().default(null),
      hours: Hours.nullable().default(null),
      evidence: Evidence,
      day: StepDay,
      actor: Actor,
    }),
    reply: Moved,
  },
  "/api/ledger/validate": {
    may: "finance",
    summary: "Finance agrees to a line that was measured, or sends one back and says why.",
    body: z.strictObject({
      line: z.int(),
      step: z.enum(["validated", "rejected"]),
      follows: Steps,
      amount: Money.nullable().default(null).describe("What finance agrees to, where that is another figure."),
      hours: Hours.nullable().default(null),
      evidence: Evidence,
      day: StepDay,
      actor: Actor,
    }),
    reply: Moved,
  },
  "/api/ledger/withdraw": {
    may: "programme",
    summary: "Gives a line up. It stays in the ledger, and counts no more.",
    body: z.strictObject({ line: z.int(), follows: Steps, reason: Reason, actor: Actor }),
    reply: Moved,
  },
  "/api/ledger/fund": {
    may: "programme",
    summary: "Says where all of a line that finance agreed to goes from a month on.",
    body: z.strictObject({
      line: z.int(),
      follows: z.int().min(0).describe("How often it was said before when the line was looked at."),
      fromMonth: Month,
      placements: z.array(Placement).max(50),
      reason: z.string().trim().max(500).optional(),
      actor: Actor,
    }),
    reply: z.object({ line: z.int(), unplaced: z.number() }),
  },
  "/api/savings/records/freeze": {
    may: "programme",
    summary: "Freezes how the time before was, or how a saving will be measured. It never changes afterwards.",
    body: z.strictObject({ record: z.discriminatedUnion("kind", [BaselineRecord, PlanRecord]), actor: Actor }),
    reply: Frozen,
  },
  "/api/savings/records/withdraw": {
    may: "programme",
    summary: "Withdraws a frozen record. Its name stays taken, and its text can still be read.",
    body: z.strictObject({ name: BaselineName, reason: Reason, actor: Actor }),
    reply: Frozen,
  },
  "/api/savings/actuals/import": {
    may: "finance",
    summary: "Shows what a CSV file of costs would change, or takes it. Every version is kept.",
    body: z.strictObject({ text: z.string().max(1_000_000), save: z.boolean(), actor: Actor }),
    reply: z.object({
      counts: z.object({ new: z.int(), changed: z.int(), same: z.int(), refused: z.int() }),
      rows: z
        .array(
          z.object({
            line: z.int(),
            result: z.enum(["new", "changed"]),
            costCentre: z.string(),
            month: z.string(),
            before: z.number().nullable(),
            after: z.number(),
          }),
        )
        .describe("What is other than before."),
      mistakes: z.array(Mistake).describe("Nothing is taken while there are any."),
    }),
  },
  "/api/savings/statements/issue": {
    may: "finance",
    summary: "Issues the statement of a month that is over: signed, chained to the one before, and never changed.",
    body: z.strictObject({ month: Month, actor: Actor }),
    reply: z.object({ month: z.string(), hash: z.string() }),
  },
} as const;

export type SavingRecord = z.output<(typeof ledgerCommands)["/api/savings/records/freeze"]["body"]>["record"];
