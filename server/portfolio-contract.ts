/** The part of the API about the portfolio: value against effort, the roadmap by quarter, and what was forecast against what came. */
import { z } from "zod";
import { GRADES, STATES } from "#metrics/programme/programme.ts";

const Day = z.string().describe("Such as 2026-11-28.");
const Month = z.string().describe("Such as 2026-11.");
const Ids = z.array(z.string());
const Spread = z.object({ p10: z.number(), p50: z.number(), p90: z.number() });

const Bar = z.object({
  kind: z.enum(["initiative", "wave"]),
  id: z.string(),
  title: z.string(),
  state: z.enum(STATES).nullable().describe("Of an initiative."),
  from: Day,
  to: Day.nullable().describe("The day after its last; `null`: a wave, which begins and goes on."),
  isCritical: z.boolean().describe("Part of the longest chain of what is ahead."),
  needs: Ids,
  early: z
    .array(z.object({ id: z.string(), needs: z.string(), begins: Month, ends: Month }))
    .describe("What it needs and would be begun before."),
  words: z.string(),
});

const Quarter = z.object({
  id: z.string().describe("Such as 2026-Q4, of the fiscal year."),
  from: Day,
  to: Day.describe("The day after its last."),
  isNow: z.boolean(),
  begins: Ids,
  goesOn: Ids,
  ends: Ids,
  planned: z.number().describe("Cost, without what was stopped."),
  spent: z.number().nullable().describe("`null`: nothing is known of any month of it."),
});

const ForecastMonth = z.object({
  month: Month,
  planned: z.number().describe("Cost."),
  dip: z.number().describe("What slower teams are thought to cost."),
  expected: z.number().nullable().describe("The likely benefit on its ramp; `null` of an enabler."),
  spent: z.number().nullable().describe("`null`: nobody said."),
  brought: z.number().nullable(),
  expectedSum: z.number().describe("All since the beginning, if all goes as planned."),
  actualSum: z.number().nullable().describe("Of what came, the thought dip with it."),
  outlookSum: z.number().nullable().describe("What came, and from then on as planned."),
});

export const portfolioContract = {
  "/api/backbone/portfolio": {
    may: "viewer",
    summary: "The initiatives: value against effort, the roadmap by quarter, and what was forecast against what came.",
    query: z.strictObject({
      useCase: z.string().max(60).optional().describe("Only what this use case needs, by its id."),
    }),
    reply: z.object({
      sentence: z.string(),
      currency: z.string(),
      today: Day,
      value: z
        .array(
          z.object({
            id: z.string(),
            title: z.string(),
            state: z.enum(STATES),
            useCase: z.string().describe("Its title."),
            grade: z.enum(GRADES),
            effort: z.number().nullable().describe("Cost with the dip of slower teams; `null`: nothing is planned."),
            months: z.int(),
            value: Spread.nullable().describe("Net present value; `null` of an enabler, or without a plan."),
            perEffort: z.number().nullable().describe("Net present value for each unit of cost, in the middle."),
            enablers: z
              .array(z.object({ id: z.string(), cost: z.number() }))
              .describe("What must be done first and has no benefit of its own."),
            enables: Ids,
            words: z.string(),
          }),
        )
        .describe("The most value for its effort first; enablers and what was stopped at the end."),
      roadmap: z.object({
        quarters: z.array(Quarter),
        bars: z.array(Bar).describe("Waves, then initiatives; each by its beginning."),
        unplanned: Ids.describe("Initiatives without a plan."),
        criticalPath: z.object({ ids: Ids, months: z.int() }).nullable(),
      }),
      forecasts: z
        .array(
          z.object({
            id: z.string(),
            title: z.string(),
            state: z.enum(STATES),
            until: Month.nullable().describe("The last month of which something is known."),
            silent: z.int().describe("Months of the plan up to then of which nobody said anything."),
            overdue: z.int().describe("Months of the plan since then that are over."),
            cost: z.object({
              planned: z.number(),
              plannedUntil: z.number(),
              spent: z.number(),
              left: z.number(),
              outlook: z.number().describe("What came and what is left."),
            }),
            benefit: z.object({ expectedUntil: z.number(), brought: z.number() }).nullable(),
            deepest: z.object({ expected: z.number(), actual: z.number().nullable() }),
            payback: z
              .object({ expected: z.number().nullable(), outlook: z.number().nullable() })
              .describe("Months, if all goes as is likely; `null`: not within the years that are counted."),
            months: z.array(ForecastMonth),
            words: z.string(),
          }),
        )
        .describe("Of each initiative with a plan or actuals."),
    }),
  },
} as const;
