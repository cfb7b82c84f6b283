/**
 * The API, keyed by path: what each path takes and gives. The dashboard, the OpenAPI description and the handlers all read this file.
 *
 * Instants are ISO 8601 in UTC, windows half-open, durations in hours, unknown is `null`.
 */
import { z } from "zod";

const At = z.iso.datetime();
/** A calendar day in the organisation's zone, or an exact instant. */
const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
const Interval = z.enum(["day", "week", "month"]);

const Period = {
  from: Moment.optional().describe(
    "Start, included: a day in the organisation's zone or an instant. Default: 26 weeks before `to`.",
  ),
  to: Moment.optional().describe("End, excluded. Default: now."),
  service: z.string().max(200).optional().describe("One service by name. Default: all of them, pooled."),
};

const Window = z.object({ from: At, to: At });

const Metric = z.object({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  source: z.string(),
  differs: z.string(),
  factor: z.enum(["throughput", "instability", "context"]),
  statistic: z.enum(["count", "median", "rate"]),
  unit: z.enum(["deployments", "hours", "commits", "changes", "share"]),
  better: z.enum(["lower", "higher", "neither"]),
  version: z.int(),
  counts: z.string().describe("The singular noun of what is observed."),
});

const Measure = z.object({
  value: z.number().nullable().describe("A count, a median or a share from 0 to 1."),
  n: z.int().describe("How many observations it was computed from."),
  k: z.int().nullable().describe("Of a share: how many of the n."),
  low: z.number().nullable().describe("95 % interval: exact Poisson, order statistics or Wilson."),
  high: z.number().nullable(),
  p75: z.number().nullable(),
  p85: z.number().nullable(),
  p95: z.number().nullable().describe("Only from n = 20."),
  perWeek: z.number().nullable().describe("Of a count: per seven days of the part of the window that has data."),
  coverage: z.number().nullable().describe("Share of what belongs here whose value is known."),
  reason: z.string().nullable().describe("Why there is no value, and what to do."),
});

const Verdict = z.enum(["better", "worse", "different", "within-variation", "too-few"]);

const Comparison = z.object({
  window: Window,
  measure: Measure,
  verdict: Verdict,
  words: z.string().describe("What the comparison says, in one sentence."),
  low: z.number().nullable().describe("95 % interval of the change: a ratio for counts, a difference otherwise."),
  high: z.number().nullable(),
  change: z.number().nullable(),
});

const Point = Measure.extend({
  from: At,
  to: At,
  label: z.string().describe("2026-11-22, 2026-W47 or 2026-11."),
  partial: z.boolean().describe("The period is still running, or reaches outside the window or the data."),
  signal: z.string().nullable().describe("Why this point is outside normal variation, if it is."),
});

const Limits = z.object({
  centre: z.number(),
  lower: z.number(),
  upper: z.number(),
  baseline: z.string().describe("Which points the limits were computed from."),
});

const Notice = z.object({ level: z.enum(["info", "warning"]), code: z.string(), message: z.string() });

const Row = z.object({
  kind: z.enum(["commit", "deployment"]),
  id: z.string(),
  title: z.string(),
  service: z.string(),
  at: At,
  url: z.string().nullable(),
  value: z.number().nullable().describe("What it adds to the number."),
  counted: z.boolean(),
  why: z.string().describe("Why it counts, or why not."),
});

export const contract = {
  "/api/status": {
    summary: "What Headway is looking at, how fresh it is, and what a person should know about it.",
    query: z.strictObject({}),
    reply: z.object({
      version: z.string(),
      zone: z.string(),
      now: At,
      facts: z.int().describe("Grows whenever a number could have changed."),
      sources: z.array(
        z.object({
          source: z.string(),
          name: z.string(),
          host: z.string(),
          state: z.enum(["never", "syncing", "ok", "failed"]),
          progress: z.number().nullable(),
          syncedAt: At.nullable(),
          error: z.string().nullable(),
          notices: z.array(Notice),
        }),
      ),
      services: z.array(
        z.object({
          name: z.string(),
          source: z.string(),
          repository: z.string(),
          url: z.string().nullable(),
          branch: z.string().nullable(),
          rule: z.string().describe("What counts as a deployment here, in words."),
          commits: z.int(),
          deployments: z.int(),
          firstCommitAt: At.nullable(),
          lastCommitAt: At.nullable(),
          firstDeployedAt: At.nullable(),
          lastDeployedAt: At.nullable(),
          waiting: z.int().describe("Commits on the default branch that no deployment contains yet."),
          advice: z.string().nullable().describe("Why there are no deployments, and the next step."),
        }),
      ),
    }),
  },
  "/api/metrics": {
    summary: "Every metric: its definition, clock, statistic and source.",
    query: z.strictObject({}),
    reply: z.array(Metric),
  },
  "/api/measures": {
    summary: "Metrics over a window: the number, its interval, its series and how it compares with the window before.",
    query: z.strictObject({
      ...Period,
      interval: Interval.default("week"),
      metric: z.string().max(500).optional().describe("Ids separated by commas. Default: all."),
    }),
    reply: z.object({
      window: Window,
      zone: z.string(),
      service: z.string().nullable(),
      interval: Interval,
      sentence: z.string().describe("What the data says, in one sentence."),
      measures: z.array(
        z.object({
          metric: z.string(),
          whole: Measure,
          previous: Comparison.nullable(),
          limits: Limits.nullable(),
          details: z
            .array(z.object({ label: z.string(), value: z.string() }))
            .describe("Further readings of the same rows, as text."),
          series: z.array(Point),
        }),
      ),
      quality: z.array(
        z.object({
          id: z.string(),
          title: z.string(),
          value: z.number().nullable(),
          unit: z.enum(["share", "count"]),
          note: z.string(),
        }),
      ),
    }),
  },
  "/api/services": {
    summary: "The same metrics service by service: a portfolio is a distribution, not one number.",
    query: z.strictObject({ ...Period, metric: z.string().max(500).optional() }),
    reply: z.object({
      window: Window,
      services: z.array(
        z.object({
          service: z.string(),
          measures: z.array(z.object({ metric: z.string(), whole: Measure, verdict: Verdict.nullable() })),
        }),
      ),
    }),
  },
  "/api/rows": {
    summary: "The rows a number is made of. Their values give the number.",
    query: z.strictObject({
      ...Period,
      metric: z.string().max(100),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      offset: z.coerce.number().int().min(0).default(0),
      order: z.enum(["newest", "oldest", "largest", "smallest"]).default("newest"),
    }),
    reply: z.object({
      metric: z.string(),
      window: Window,
      whole: Measure,
      total: z.int().describe("Rows in the window, counted or not."),
      counted: z.int().describe("Rows the number was computed from: its n."),
      rows: z.array(Row),
    }),
  },
  "/api/rules/releases": {
    summary: "What a release rule would count, before it is saved.",
    query: z.strictObject({
      service: z.string().max(200).describe("The service whose tags are judged."),
      tags: z
        .string()
        .max(500)
        .optional()
        .describe("`stable`, `prerelease`, or a regular expression. Default: the rule in force."),
      branch: z
        .enum(["any", "default"])
        .optional()
        .describe("Whether tags that are not on the default branch count. Default: the rule in force."),
    }),
    reply: z.object({
      rule: z.string(),
      counted: z.int(),
      last90Days: z.int(),
      newest: z.array(z.object({ name: z.string(), at: At })),
      skipped: z.array(z.object({ reason: z.string(), count: z.int(), examples: z.array(z.string()) })),
    }),
  },
} as const;

export const exportKinds = ["changes", "commits", "deployments", "incidents", "measures"] as const;
export const exportFormats = ["ndjson", "csv", "json"] as const;
export type ExportName = (typeof exportKinds)[number];
export type ExportFormat = (typeof exportFormats)[number];

/** Rows as a file: the one path whose reply is not one JSON value. */
export const exportContract = {
  path: "/api/export/:kind",
  summary:
    "All rows of one kind as a file, newest first. A row belongs to the window of its deployment, else to that of its own date.",
  params: z.object({ kind: z.enum(exportKinds) }),
  query: z.strictObject({
    from: Moment.optional().describe("Start, included. Default: everything."),
    to: Moment.optional().describe("End, excluded. Default: everything."),
    service: Period.service,
    format: z.enum(exportFormats).default("ndjson"),
  }),
} as const;

export type Contract = typeof contract;
export type Path = keyof Contract;
/** What a handler gets: parsed, with defaults filled in. */
export type Query<P extends Path> = z.output<Contract[P]["query"]>;
/** What a caller may send. */
export type Ask<P extends Path> = z.input<Contract[P]["query"]>;
export type Reply<P extends Path> = z.output<Contract[P]["reply"]>;
