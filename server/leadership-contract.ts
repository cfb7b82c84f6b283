/** The part of the API for leadership: one page with the five numbers against a baseline, in words. */
import { z } from "zod";
import { At, BaselineName, Looking, Period, Window } from "./asking-contract.ts";
import { Against, LimitFields, Measure, Point, Quality, Verdict } from "./measure-contract.ts";

const Row = z.object({
  name: z.string(),
  words: z.string(),
  tone: z.enum(["good", "bad"]).nullable().describe("What a sign repeats of the words; `null`: neither."),
});

/** A part of the page that is told in words: one sentence, a few rows, and what is missing for more. */
const Part = z.object({
  id: z.enum(["use-cases", "stage", "movers", "backbone", "milestones"]),
  title: z.string(),
  sentence: z.string(),
  rows: z.array(Row),
  missing: z
    .array(z.object({ what: z.string(), todo: z.string() }))
    .describe("What cannot be said yet, and where to begin."),
  page: z.string().nullable().describe("The page of the dashboard that has the whole of it, by its path."),
});

const Asked = {
  ...Period,
  from: Period.from.describe("Start, included. Default: the end of the baseline, else 26 weeks before `to`."),
  ...Looking,
  against: BaselineName.optional().describe(
    "A baseline by its name. Default: the one frozen last of the same scope, looked at in the same way.",
  ),
};

export const leadershipContract = {
  "/api/leadership/sheet": {
    may: "viewer",
    summary: "The page for leadership as a document: Markdown, or one file of HTML that prints to one sheet.",
    query: z.strictObject({ ...Asked, format: z.enum(["md", "html"]) }),
    reply: z.object({ name: z.string().describe("What to call the file."), text: z.string() }),
  },
  "/api/leadership": {
    may: "viewer",
    summary:
      "DORA's five against the baseline in words, the use cases, what moved and why, what stands in the way, data quality, and when savings can be measured.",
    query: z.strictObject(Asked),
    reply: z.object({
      window: Window,
      zone: z.string(),
      scope: z.string(),
      service: z.string().nullable(),
      time: z.enum(["elapsed", "working"]),
      sentence: z.string().describe("What matters, in one sentence."),
      against: Against.nullable().describe("`null`: no baseline is frozen, and the window before is compared with."),
      before: Window.nullable().describe("What is compared with; `null` where there is nothing."),
      advice: z.string().nullable().describe("What is missed where no baseline is frozen."),
      five: z.array(
        z.object({
          metric: z.string(),
          title: z.string(),
          factor: z.enum(["throughput", "instability", "context"]),
          reading: z.enum(["signal", "noise", "too-few", "not-comparable", "unknown"]),
          verdict: Verdict.nullable(),
          label: z.string().describe("The reading, for people."),
          now: Measure,
          earlier: Measure.nullable().describe("What it is compared with."),
          value: z.string().describe("What it is now, with n and interval."),
          words: z.string().describe("What the comparison says, in one sentence."),
          series: z.array(Point).describe("By week, since the baseline began, or since the window did."),
          ...LimitFields,
        }),
      ),
      quality: z.array(Quality),
      parts: z.array(Part).describe("What is beside the five, in the order in which it is read."),
      savings: z.object({
        words: z.string(),
        earliest: At.nullable().describe("When enough was observed before and after; `null` where nobody can say."),
        missing: z.array(z.object({ what: z.string(), todo: z.string() })),
        rows: z
          .array(Row)
          .describe("Gross and net as intervals, the ledgers, and where it went; empty while nothing can be told."),
      }),
    }),
  },
} as const;
