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

const RunnerUse = z
  .object({
    sentence: z.string(),
    minutes: z.number(),
    runs: z.int().describe("That finished in the window, on any branch and however they ended."),
    unread: z.int().describe("Runs whose jobs nobody read: each counts as a whole, of a runner that is not told."),
    untimed: z.int().describe("Runs of which nobody knows how long they took: they are in no minute."),
    kinds: z
      .array(
        z.object({
          runner: z
            .string()
            .nullable()
            .describe("The kind, such as `self-hosted: gpu, linux`; `null`: no host tells it."),
          minutes: z.number(),
          share: z.number().describe("Of all minutes."),
          runs: z.int().describe("With a job there: one with jobs on several kinds is in each."),
        }),
      )
      .describe("The most minutes first, what no host tells last."),
  })
  .describe(
    "Minutes of jobs of all attempts by kind of runner, as savings count them: side by side they add up, and on what GitHub offers each job counts in whole minutes. Time that has passed, whatever `time` says, and nothing is excluded: a runner was busy all the same.",
  );

export const pipelinesContract = {
  "/api/pipelines": {
    may: "viewer",
    summary:
      "Each workflow by its name: how long it takes, waits and fails, and whether it is broken now; and the minutes of runners by their kind.",
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
      runners: RunnerUse,
    }),
  },
} as const;
