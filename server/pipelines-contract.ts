/** The part of the API that sets pipelines side by side, by their names. */
import { z } from "zod";
import { At, Looking, Period, Window } from "./asking-contract.ts";
import { Measure } from "./measure-contract.ts";

/** In the order in which pages show them. */
export const PIPELINE_METRICS = [
  "pipeline-duration",
  "pipeline-queue-time",
  "pipeline-success-rate",
  "time-to-green",
  "pipeline-flakiness",
  "approval-wait",
] as const;

export const pipelinesContract = {
  "/api/pipelines": {
    may: "viewer",
    summary: "Each workflow by its name: how long it takes, waits and fails, and whether it is broken now.",
    query: z.strictObject({
      ...Period,
      open: Looking.open,
      time: Looking.time,
      sort: z.enum(["runs", "name", ...PIPELINE_METRICS]).default("pipeline-duration"),
      direction: z.enum(["descending", "ascending"]).default("descending").describe("What is unknown comes last."),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    reply: z.object({
      window: Window,
      sentence: z.string(),
      reason: z.string().nullable().describe("Why nothing is known here, and what to do."),
      total: z.int(),
      rows: z.array(
        z.object({
          service: z.string(),
          name: z.string(),
          runs: z.int().describe("That finished in the window, on any branch and however they ended."),
          brokenSince: At.nullable().describe("Since when the default branch is red by it, where it is."),
          measures: z
            .array(z.object({ metric: z.enum(PIPELINE_METRICS), whole: Measure }))
            .describe("Each opens its rows, as `/api/rows` gives them with `pipeline`."),
        }),
      ),
    }),
  },
} as const;
