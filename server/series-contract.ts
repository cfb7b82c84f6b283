/** The part of the API that tells one metric of each team, system or service side by side. */
import { z } from "zod";
import { Interval, Looking, Period, Window } from "./asking-contract.ts";
import { Measure, Point } from "./measure-contract.ts";

export const seriesContract = {
  "/api/series": {
    may: "viewer",
    summary:
      "One metric of each team, system or service, period by period, as `/api/measures?told=numbers` tells it of one of them: one question for programs that ask for all. In the order of the configuration, never a rank.",
    query: z.strictObject({
      from: Period.from,
      to: Period.to,
      ...Looking,
      each: z.enum(["team", "system", "service"]).describe("Of what there is a series each."),
      metric: z.string().max(100).describe("The id of one metric."),
      interval: Interval.default("week"),
    }),
    reply: z.object({
      window: Window,
      zone: z.string(),
      metric: z.string(),
      interval: Interval,
      time: z.enum(["elapsed", "working"]).describe("What durations are told in."),
      each: z.array(
        z.object({
          scope: z.string().describe("As it is asked for elsewhere: `team:NAME`, `system:NAME` or `service:NAME`."),
          whole: Measure,
          series: z.array(Point.omit({ signal: true })),
        }),
      ),
    }),
  },
} as const;
