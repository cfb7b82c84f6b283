/** The part of the API about savings: what was saved, how sure that is, and what it is made of. */
import { z } from "zod";
import { ASSUMED_NAMES, BUCKETS } from "#metrics/programme/assumptions.ts";
import { GRADES } from "#metrics/programme/programme.ts";
import { METHODS } from "#metrics/programme/savings/effect/types.ts";
import { OUTCOMES } from "#metrics/programme/savings/registered.ts";
import { LEDGERS, LEVERS } from "#metrics/programme/savings/result.ts";
import { At } from "./asking-contract.ts";
import { PlanRecord } from "./ledger-contract.ts";

const Day = z.string().describe("A day, such as 2026-11-30.");
const Days = z.object({ from: Day, to: Day.describe("The first day after it.") });
const Spread = z.object({ p10: z.number(), p50: z.number(), p90: z.number() });
const Estimate = z.object({
  likely: z.number().describe("With every assumption as it is stated. Never shown without the spread."),
  spread: Spread.describe("Of the draws, a tenth lies below P10, half below P50, nine tenths below P90."),
});

const Assumption = z.object({
  what: z.enum(ASSUMED_NAMES),
  title: z.string(),
  unit: z.string().describe("`money` is the programme's currency."),
  of: z.string().nullable().describe("Of which role, team, runner, use case or service; `null`: of all."),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  source: z.string().nullable().describe("`null`: nobody said, so it is what Headway takes."),
  owner: z.string().nullable(),
  validFrom: z.string().nullable(),
});

const Variance = z
  .object({ volume: z.number(), mix: z.number(), efficiency: z.number(), rate: z.number() })
  .describe("They add up to what it costs now less what it cost before; below 0 is less.");

const Shares = z.object({
  "new-value": z.number(),
  "planned-maintenance": z.number(),
  "unplanned-rework": z.number(),
  "security-remediation": z.number(),
  toil: z.number(),
  other: z.number(),
});

const Figures = z.object({
  baseline: Days,
  period: Days,
  headline: z
    .object({
      gross: Estimate,
      net: Estimate.describe("After what the programme cost."),
      grossReaches: z.number().describe("P(gross ≥ 10 %)."),
      netReaches: z.number().describe("P(net ≥ 10 %)."),
    })
    .nullable()
    .describe("Shares of the baseline cost; `null` where nobody said what an hour costs or how many there are."),
  baselineCost: Estimate.nullable().describe("Money: what the same scope cost before in as many days."),
  gross: Estimate.nullable(),
  net: Estimate.nullable(),
  programmeCost: z.number(),
  cashShare: Estimate.nullable().describe("Cash alone, as a share of the baseline cost."),
  volumeAdjusted: z
    .object({
      unit: z.enum(["linked-issue"]),
      before: z.number().describe("Units delivered in as many days before."),
      now: z.number(),
      linked: z
        .object({ before: z.number().nullable(), now: z.number().nullable() })
        .describe("The share of changes that close an issue."),
      hours: Estimate.nullable().describe("What a unit lost before × the units of now, less what is lost now."),
      money: Estimate.nullable(),
      share: Estimate.nullable().describe("With the cash of the headline, of the same baseline cost."),
      lacking: z.string().nullable().describe("Why nothing is held against it; `null` where it is."),
    })
    .nullable()
    .describe("Beside the headline, never instead of it. `null` where the baseline declares no unit that is counted."),
  minutes: z
    .object({
      runners: z.array(
        z.object({
          runner: z.string().nullable().describe("The kind of runner; `null`: no host tells it."),
          before: z.number().describe("Minutes in as many days before."),
          now: z.number(),
          price: Assumption.nullable().describe("Of a minute; `null`: nobody said."),
        }),
      ),
      told: z
        .object({ before: z.number().nullable(), now: z.number().nullable() })
        .describe("The share of the minutes of which hosts tell the runner; `null` of none."),
      count: z.boolean().describe("Whether L5 rests on minutes × price, and not on what was paid."),
    })
    .describe("Minutes of pipelines: of jobs where they are read, else of runs as a whole."),
  ledgers: z
    .array(
      z.object({
        name: z.enum(LEDGERS),
        levers: z.array(z.enum(LEVERS)),
        hours: Estimate.nullable(),
        money: Estimate.nullable(),
      }),
    )
    .describe("Never added to each other silently."),
  levers: z.array(
    z.object({
      id: z.enum(LEVERS),
      title: z.string(),
      ledger: z.enum(LEDGERS),
      bucket: z.enum(BUCKETS).nullable().describe("What it takes its hours from, which caps it."),
      shares: z
        .object({ before: z.number(), now: z.number() })
        .nullable()
        .describe("What was lost, as a share of the capacity."),
      hours: Estimate.nullable(),
      money: Estimate.nullable(),
      rows: z.int().describe("Team-weeks, or months of costs, behind it."),
      lacking: z.string().nullable().describe("Why nothing is known; `null` where it is."),
    }),
  ),
  labour: Variance.nullable(),
  pipelines: Variance.nullable(),
  buckets: z.object({
    before: Shares,
    now: Shares,
    error: z
      .number()
      .nullable()
      .describe("Mean difference to time studies, as a share of all hours; `null`: nobody looked."),
    studies: z.int(),
  }),
  tornado: z
    .array(z.object({ assumption: Assumption, low: z.number(), high: z.number() }))
    .describe("The net headline with one assumption at its low and its high value; what moves it most first."),
  assumptions: z.array(Assumption),
  draws: z.int(),
  seed: z.int(),
  notes: z.array(z.string()),
});

/** What adopting changed, on one outcome. */
const Effect = z.object({
  method: z.enum(METHODS),
  why: z.string().describe("Why this method: by what the data allows, never by what comes out."),
  verdict: z.enum(["yes", "no", "not yet"]).describe("Whether there is an effect: the 90 % interval above 0."),
  saving: z
    .object({
      mean: z.number(),
      low: z.number(),
      high: z.number(),
      p10: z.number(),
      p50: z.number(),
      p90: z.number(),
      atLeastLine: z.number().describe("P(saving ≥ 0.1)."),
    })
    .nullable()
    .describe("Above 0 is better; `low` to `high` is the 90 % interval. `null`: nothing can be said."),
  counts: z.object({
    teams: z.int(),
    adopted: z.int(),
    notYet: z.int(),
    weeks: z.int(),
    teamWeeks: z.int(),
    missing: z.int(),
    leftOut: z.array(z.object({ team: z.string(), words: z.string() })),
  }),
  checks: z.array(z.object({ id: z.string(), passed: z.boolean().nullable(), words: z.string() })),
  byTime: z.array(z.object({ words: z.string(), teamWeeks: z.int(), change: z.number() })),
  byTeam: z.array(z.object({ words: z.string(), teamWeeks: z.int(), change: z.number() })),
  detectable: z
    .number()
    .nullable()
    .describe(
      "A saving of this size would lift the 90 % interval above 0 by now in four of five such worlds. A yes asks for more: other orders of the dates, earlier dates and the negative control show nothing like it; `/api/savings/plan` counts these in.",
    ),
  earliest: At.nullable(),
  words: z.object({ effect: z.string(), size: z.string(), change: z.array(z.string()) }),
  draws: z
    .array(z.number())
    .describe("Percentiles 1 to 99 of what the saving may be; empty where nothing can be said."),
});

const Quarter = z
  .string()
  .regex(/^\d{4}-Q[1-4]$/, "Write a fiscal quarter as `2026-Q3`.")
  .optional()
  .describe("A fiscal quarter, such as 2026-Q3. Default: the last that is over.");
const Seed = z.coerce
  .number()
  .int()
  .min(0)
  .max(4_294_967_295)
  .optional()
  .describe("Of the draws: the same gives the same. Default: what the frozen plan says, else 1.");

const Amount = z.number().nullable();
const Draw = z
  .object({
    draw: z.int().describe("1 is the first."),
    grossShare: Amount.describe("Of the baseline cost of the same draw."),
    netShare: Amount,
    cashShare: Amount,
    gross: Amount,
    net: Amount,
    baselineCost: Amount,
    programme: z.number().describe("What the programme cost."),
    hours: z.number().describe("Released, as they count for the headline."),
    rate: Amount.describe("What an hour costs."),
    L1: Amount.describe("Money, as of the other levers."),
    L2: Amount,
    L3: Amount,
    L4: Amount,
    L5: Amount,
    L6: Amount,
    L7: Amount,
    L8: Amount,
  })
  .describe("One world: what is assumed, the weeks and the effect, each drawn once.");

export const savingsContract = {
  "/api/savings": {
    may: "viewer",
    summary: "What was saved: the headline as an interval against 10 %, ledgers, levers, assumptions and the grade.",
    query: z.strictObject({
      quarter: Quarter,
      seed: Seed,
    }),
    reply: z.object({
      sentence: z.string().describe("What can be said, in one sentence."),
      currency: z.string(),
      quarter: z.string().describe("The one that is told of."),
      quarters: z.array(z.object({ id: z.string(), from: Day, to: Day, isOver: z.boolean() })),
      programme: z.int().nullable().describe("The version of the programme it is reckoned with."),
      figures: Figures.nullable().describe("`null` while nothing was collected."),
      effect: Effect.nullable().describe(
        "On the share of capacity that is lost: a saving of 0.1 is ten points of capacity. `null` without weeks of teams.",
      ),
      leadTime: Effect.nullable().describe("On lead times, beside it: a saving of 0.1 is 10 % less."),
      baseline: z
        .object({ name: z.string().nullable(), isFrozen: z.boolean(), words: z.string() })
        .nullable()
        .describe("What is compared with, and whether it was frozen before anybody looked."),
      adoptions: z.array(
        z.object({
          team: z.string(),
          week: Day.nullable().describe("`null`: not yet, as far as anybody said."),
          from: z.enum(["wave", "intervention", "none"]),
        }),
      ),
      reconciliation: z
        .object({
          months: z.array(z.string()),
          actual: z.number().describe("What the books say was paid."),
          explained: z.number().nullable().describe("Capacity × rate and the costs that were said."),
          difference: z.number().nullable(),
          share: z.number().nullable().describe("Of what was paid; above 5 % no grade is better than C."),
        })
        .nullable()
        .describe("`null`: nobody imported what the books say of this period."),
      registered: z
        .object({
          name: z.string(),
          frozenOn: Day,
          scope: z.string(),
          baseline: z.string().nullable(),
          outcome: z.string(),
          evaluates: z.enum(OUTCOMES).nullable().describe("Which of the two estimates that is; `null`: neither."),
          method: z.string(),
          seed: z.int(),
        })
        .nullable()
        .describe("The plan that was frozen before the quarter was over: the evaluation is as it says."),
      deviations: z.array(z.string()).describe("Where what was done is not what the frozen plan says."),
      grade: z.enum(GRADES).describe("From A, measured with a comparison that nothing weakens, to D, assumed."),
      caps: z.array(z.object({ grade: z.enum(GRADES), words: z.string() })).describe("Why it is no better."),
      earliest: At.nullable().describe("When an answer is possible; `null` where it is now, or nobody can say."),
      missing: z.array(z.object({ what: z.string(), todo: z.string() })),
      advice: z.string().describe("What to do with hours that are free again."),
      scenarios: z
        .array(
          z.object({
            id: z.enum(["devops-2020", "ai-2026"]),
            title: z.string(),
            words: z.string(),
            inputs: z.array(z.object({ name: z.string(), value: z.number() })),
            results: z.array(z.object({ name: z.string(), value: z.number().nullable() })),
          }),
        )
        .describe("DORA's calculators with their own defaults: scenarios, of which nothing was measured here."),
    }),
  },
  "/api/savings/draws": {
    may: "viewer",
    summary: "Every draw behind the figures of a quarter: the same seed gives the same draws.",
    query: z.strictObject({ quarter: Quarter, seed: Seed }),
    reply: z.object({
      quarter: z.string(),
      currency: z.string(),
      seed: z.int(),
      draws: z
        .array(Draw)
        .describe("In the order in which they were drawn; empty where there is nothing to compare with."),
    }),
  },
  "/api/savings/plan": {
    may: "viewer",
    summary:
      "How a saving could be measured: for each order of waves the smallest that can be seen, quarter by quarter.",
    query: z.strictObject({
      at: z.iso
        .date("Write a day as 2026-11-30.")
        .optional()
        .describe("Planned on this day, with what was known then. Default: today."),
      from: z.iso
        .date("Write a day as 2026-11-30.")
        .optional()
        .describe("When the first teams begin. Default: at once."),
      seed: z.coerce
        .number()
        .int()
        .min(1)
        .max(1_000_000)
        .default(1)
        .describe("Of the order of teams and of the worlds that are tried."),
    }),
    reply: z.object({
      sentence: z.string(),
      outcome: z
        .enum(["lost-share", "lead-time"])
        .describe("On what; lead times where nobody said how many hours teams have."),
      history: z.object({ to: Day, weeks: z.int(), teams: z.array(z.string()).describe("Those that have not begun.") }),
      order: z.array(z.string()).describe("Teams in an order of chance: it makes those that begin later comparable."),
      schedules: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          words: z.string(),
          dates: z.array(z.object({ team: z.string(), day: Day.nullable() })),
          quarters: z.array(
            z.object({
              until: Day,
              method: Effect.shape.method,
              why: z.string(),
              detectable: z.number().nullable().describe("The smallest saving that is seen in four of five worlds."),
              power: z.number().nullable().describe("In which share of the worlds a saving of 0.1 is seen."),
            }),
          ),
          record: PlanRecord.omit({ name: true })
            .nullable()
            .describe("What is frozen of it, but for its name; `null` where it has no team."),
          earliest: Day.nullable().describe("When a saving of 0.1 is first seen in four of five worlds."),
        }),
      ),
      recommended: z.string().nullable(),
      baseline: z.string().nullable().describe("The frozen baseline record it would be held against."),
      seed: z.int(),
      words: z.array(z.string()),
      fiscalYearBegins: z.int(),
    }),
  },
  "/api/savings/lever": {
    may: "viewer",
    summary: "What a lever is reckoned from: every week of every team, and with `team` and `week` what happened in it.",
    query: z.strictObject({
      lever: z.enum(LEVERS),
      quarter: z
        .string()
        .regex(/^\d{4}-Q[1-4]$/, "Write a fiscal quarter as `2026-Q3`.")
        .optional(),
      team: z.string().max(200).optional(),
      week: z.iso.date().optional().describe("Its Monday."),
    }),
    reply: z.object({
      lever: z.enum(LEVERS),
      title: z.string(),
      definition: z.string(),
      currency: z.string(),
      weeks: z.array(
        z.object({
          team: z.string(),
          week: Day,
          side: z.enum(["before", "now"]),
          capacity: z.number().nullable().describe("Hours; `null`: nobody said."),
          hours: z.number().nullable().describe("Lost to it, as everything is stated; `null` where nothing is known."),
          measured: z.string().describe("What was measured, in words."),
        }),
      ),
      costs: z.array(z.object({ month: z.string(), title: z.string(), kind: z.string(), cost: z.number() })),
      items: z
        .array(
          z.object({
            kind: z.enum(["deployment", "change", "incident", "run"]),
            id: z.string(),
            service: z.string(),
            url: z.string().nullable(),
            title: z.string(),
            at: At,
            words: z.string(),
          }),
        )
        .describe("What happened in the week that is asked about; empty without `team` and `week`."),
    }),
  },
} as const;
