/** The part of the API that sets measured numbers beside what an industry answered in a survey. */
import { z } from "zod";
import { FACTORS } from "#metrics/benchmark.ts";
import { Looking, Period, Window } from "./asking-contract.ts";

const Score = z.number().nullable().describe("0 to 10, more is better; `null` where too little is known.");

export const benchmarkContract = {
  "/api/benchmark": {
    may: "viewer",
    summary:
      "DORA's five in the terms of its quick check, beside what industries answered. Context, never a rank: a survey and a measurement are different instruments.",
    query: z.strictObject({ ...Period, bots: Looking.bots, open: Looking.open }),
    reply: z.object({
      window: Window,
      instrument: z.string().describe("What the comparison is worth, in words."),
      edition: z.string().describe("Of the survey."),
      services: z.int().describe("How many deployed in this window: frequency is that of one of them, on average."),
      factors: z.array(
        z.object({
          factor: z.enum(FACTORS),
          title: z.string(),
          option: z.string().nullable().describe("The option of the quick check that was measured; rates have none."),
          score: Score,
          reason: z.string().nullable().describe("Why there is no score."),
          industries: z.array(z.object({ name: z.string(), mean: z.number(), deviation: z.number().nullable() })),
        }),
      ),
      overall: Score,
      throughput: Score,
      stability: Score,
      clusters: z
        .object({
          edition: z.string(),
          rows: z.array(
            z.object({
              name: z.string(),
              leadTime: z.string(),
              frequency: z.string(),
              failPercent: z.number(),
              recovery: z.string(),
            }),
          ),
        })
        .describe("The last table of clusters, as history: it is published no more."),
    }),
  },
} as const;
