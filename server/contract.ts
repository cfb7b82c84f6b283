/**
 * The API, keyed by path: what each path takes and gives. The dashboard, the OpenAPI description and the handlers all read this file.
 *
 * Instants are ISO 8601 in UTC, windows half-open, durations in hours, unknown is `null`.
 */
import { z } from "zod";
import { AlertBody } from "#collectors/push/alert.ts";
import { CDEvent } from "#collectors/push/cdevents.ts";
import { DeploymentBody } from "#collectors/push/deployment.ts";
import { IncidentBody } from "#collectors/push/incident.ts";
import type { Route } from "#metrics/facts.ts";
import { JUDGEMENTS } from "#metrics/judgements.ts";
import { ORIGINS } from "#metrics/rules.ts";
import { Element } from "#config/teams.ts";
import { At, BaselineName, Interval, Looking, Moment, Period, RowFilter, Time, Window } from "./asking-contract.ts";
import type { May } from "./auth/roles.ts";
import { benchmarkContract } from "./benchmark-contract.ts";
import { accessCommands, accessContract } from "./access-contract.ts";
import { auditContract } from "./audit-contract.ts";
import { agreementContract } from "./agreement-contract.ts";
import { ledgerCommands, ledgerContract } from "./ledger-contract.ts";
import { programmeCommands, programmeContract } from "./programme-contract.ts";
import { gateContract } from "./gate-contract.ts";
import { assessmentCommands, assessmentContract } from "./assessment-contract.ts";
import { reviewCommands, reviewContract } from "./review-contract.ts";
import { backboneContract } from "./backbone-contract.ts";
import { portfolioContract } from "./portfolio-contract.ts";
import { progressContract } from "./progress-contract.ts";
import { experimentCommands, experimentContract } from "./experiment-contract.ts";
import { baselineCommands, baselineContract } from "./baseline-contract.ts";
import { itemsContract } from "./items-contract.ts";
import { judgementCommands, judgementContract } from "./judgement-contract.ts";
import { pipelinesContract } from "./pipelines-contract.ts";
import { leadershipContract } from "./leadership-contract.ts";
import { savingsContract } from "./savings-contract.ts";
import { seriesContract } from "./series-contract.ts";
import { settingsContract } from "./settings-contract.ts";
import { whyContract } from "./why-contract.ts";
import {
  Against,
  AgainstBaseline,
  Comparison,
  LimitFields,
  Measure,
  Point,
  Quality,
  Verdict,
} from "./measure-contract.ts";

const Hours = z.boolean().describe("Whether it is known when work is done.");

const Text = z.string().min(1).max(500).optional();
/** By which way a deployment is known; a merge is a proxy for one. */
const ROUTES = ["deployment", "job", "run", "release", "tag", "push", "merge"] as const satisfies readonly Route[];

const Metric = z.object({
  id: z.string(),
  title: z.string(),
  definition: z.string(),
  source: z.string(),
  differs: z.string(),
  factor: z.enum(["throughput", "instability", "context"]),
  statistic: z.enum(["count", "median", "rate"]),
  unit: z.enum(["deployments", "hours", "working-hours", "commits", "changes", "lines", "rounds", "alerts", "share"]),
  better: z.enum(["lower", "higher", "neither"]),
  version: z.int(),
  counts: z.string().describe("The singular noun of what is observed."),
  bots: z
    .enum(["kept", "left-out"])
    .nullable()
    .describe("What bots did, where nobody asks for something else; `null` where nobody is the author."),
});

const Trend = z.object({
  slope: z.number().describe("From one period to the next, in the unit of the metric (Theil–Sen)."),
  low: z.number().nullable(),
  high: z.number().nullable(),
  p: z.number().describe("Mann–Kendall, two-sided."),
  shift: z
    .object({ label: z.string(), before: z.number(), after: z.number(), p: z.number() })
    .nullable()
    .describe("The period from which on the level is another one."),
  words: z.string(),
});

const Between = z.object({
  gaps: z.array(z.object({ at: At, days: z.number(), signal: z.string().nullable() })),
  centre: z.number(),
  lower: z.number().nullable(),
  upper: z.number(),
  since: z.number().describe("Days since the last, which are not over."),
  words: z.string(),
});

const Notice = z.object({ level: z.enum(["info", "warning"]), code: z.string(), message: z.string() });

const Row = z.object({
  kind: z.enum(["commit", "deployment", "change", "incident", "alert", "pipeline"]),
  id: z.string(),
  title: z.string(),
  service: z.string(),
  at: At,
  url: z.string().nullable(),
  value: z.number().nullable().describe("What it adds to the number."),
  openFor: z.number().nullable().describe("Of what is not over: how long it has lasted, which counts."),
  counted: z.boolean(),
  why: z.string().describe("Why it counts, or why not."),
  labels: z.array(z.string()).nullable().describe("Of a change, as its host has them; `null` where nobody knows any."),
  subject: z
    .object({ kind: z.enum(["change", "deployment"]), id: z.string() })
    .nullable()
    .describe("By what to speak of it to leave it out of the numbers; a commit goes with its change."),
  judgement: z
    .object({ id: z.int(), kind: z.enum(JUDGEMENTS) })
    .nullable()
    .describe("What somebody decided about it: the entry of the journal, which can be reversed."),
});

const FlowStage = z.enum(["coding", "pickup", "review"]);

const FlowRow = {
  id: z.string(),
  title: z.string(),
  service: z.string(),
  url: z.string().nullable(),
  since: At,
  ageHours: z.number().describe("Elapsed."),
  words: z.string(),
};

const Levels = z.object({ p50: z.int().nullable(), p85: z.int().nullable(), p95: z.int().nullable() });
const LevelShares = z.object({ p50: z.number(), p85: z.number(), p95: z.number() });

export const contract = {
  "/api/status": {
    may: "viewer",
    summary: "What Headway is looking at, how fresh it is, and what a person should know about it.",
    query: z.strictObject({}),
    reply: z.object({
      version: z.string(),
      zone: z.string(),
      now: At,
      facts: z.int().describe("Grows whenever a number could have changed."),
      simulated: z.boolean().describe("Whether all of it is a simulated company: none of it is yours."),
      beside: z
        .string()
        .nullable()
        .describe(
          "Relative to a page: where the simulated company is, seen from your numbers, or your numbers from it.",
        ),
      sources: z.array(
        z.object({
          source: z.string(),
          name: z.string(),
          host: z.string(),
          state: z
            .enum(["never", "syncing", "deriving", "ok", "failed"])
            .describe("`deriving`: it is collected, and its first numbers are not all worked out."),
          progress: z.number().nullable(),
          startedAt: At.nullable().describe("While it is being collected: since when."),
          events: z.int().nullable().describe("While it is being collected: how many events came in so far."),
          deriving: z
            .object({ done: z.int(), of: z.int() })
            .nullable()
            .describe("While first numbers are worked out: of how many of its services they are there."),
          waiting: z
            .object({ until: At, why: z.string() })
            .nullable()
            .describe("A pause that the host asked for, while it lasts."),
          left: z
            .object({ requests: z.int(), of: z.int(), resetsAt: At })
            .nullable()
            .describe("What the host said last of its limit."),
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
  "/api/syncs": {
    may: "viewer",
    summary: "What the last syncs did, newest first.",
    query: z.strictObject({ limit: z.coerce.number().int().min(1).max(200).default(50) }),
    reply: z.array(
      z.object({
        source: z.string(),
        name: z.string(),
        startedAt: At,
        endedAt: At.nullable().describe("Unknown while it runs, and when it was killed."),
        state: z.enum(["running", "done", "failed", "interrupted"]),
        changed: z.int().describe("Events that were new, different or removed."),
        requests: z.int(),
        notices: z.array(Notice),
        error: z.string().nullable(),
      }),
    ),
  },
  "/api/metrics": {
    may: "viewer",
    summary: "Every metric: its definition, clock, statistic and source.",
    query: z.strictObject({ time: Time }),
    reply: z.array(Metric),
  },
  "/api/measures": {
    may: "viewer",
    summary: "Metrics over a window: the number, its interval, its series and how it compares with the window before.",
    query: z.strictObject({
      ...Period,
      ...Looking,
      interval: Interval.default("week"),
      against: BaselineName.optional().describe("A baseline by its name, to compare with beside the window before."),
      metric: z
        .string()
        .max(500)
        .optional()
        .describe("Ids separated by commas. Default: all that any of the services can have."),
      compare: z
        .enum(["previous", "none"])
        .optional()
        .describe(
          "`none`: the sentence says how things stand, and compares with nothing. Default: with the window before.",
        ),
      told: z
        .enum(["all", "numbers"])
        .optional()
        .describe(
          "`numbers`: the numbers and their series alone, for programs that ask much: no window before, no limits, no trend. Default: all.",
        ),
    }),
    reply: z.object({
      window: Window,
      zone: z.string(),
      scope: z.string().describe("Whose numbers these are, as it is asked for."),
      service: z.string().nullable().describe("The one service that was asked for."),
      interval: Interval,
      time: z.enum(["elapsed", "working"]).describe("What durations are told in."),
      sentence: z.string().describe("What the data says, in one sentence."),
      measures: z.array(
        z.object({
          metric: z.string(),
          whole: Measure,
          previous: Comparison.nullable(),
          baseline: AgainstBaseline.nullable().describe("Where a baseline was asked for."),
          ...LimitFields,
          trend: Trend.nullable().describe("`null`: fewer than 8 complete periods with a value, or more than 120."),
          between: Between.nullable().describe("Of what happens less than once a week: the time between (t chart)."),
          details: z
            .array(z.object({ label: z.string(), value: z.string() }))
            .describe("Further readings of the same rows, as text."),
          series: z.array(Point),
        }),
      ),
      stages: z
        .object({
          stages: z.array(
            z.object({
              metric: z.string(),
              title: z.string(),
              hours: z.number().describe("Of all changes together: hours add up, medians do not."),
              share: z.number().nullable().describe("Of the hours of all stages."),
              median: z.number().nullable().describe("As the stage's own metric says it."),
              p85: z.number().nullable(),
              n: z.int(),
              drives: z
                .number()
                .nullable()
                .describe(
                  "Of the variance between changes of which every stage is known: Cov(stage, total) / Var(total).",
                ),
            }),
          ),
          bottleneck: z.string().nullable().describe("The metric of the stage with the most hours."),
          words: z.string(),
        })
        .nullable()
        .describe("Where the time of the changes merged in this window goes. Told where all stages are asked for."),
      against: Against.nullable().describe("The baseline that was asked for."),
      quality: z.array(Quality).describe("Of what the named metrics look at; of everything where none is named."),
    }),
  },
  "/api/flow": {
    may: "viewer",
    summary: "What is in progress at the end of the window, how old it is, and when it may be done.",
    query: z.strictObject({
      ...Period,
      bots: Looking.bots,
      interval: Interval.default("week"),
      limit: z.coerce.number().int().min(1).max(1000).default(100).describe("Of open and of waiting changes."),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    reply: z.object({
      window: Window,
      at: At.describe("What is open is open at this instant: the end of the window, or where the facts end."),
      isPast: z.boolean().describe("Whether the window ended before the facts do, so that all of it was so then."),
      sentence: z.string(),
      reason: z.string().nullable().describe("Why nothing is known here, and what to do."),
      usual: z
        .object({ p85: z.number().nullable(), n: z.int(), open: z.int() })
        .describe(
          "Hours within which 85 % of what was opened in the last 26 weeks are merged (Kaplan–Meier): what is open, or was closed without a merge, took at least so long.",
        ),
      open: z.object({
        total: z.int(),
        old: z.int().describe("Older than what 85 % need."),
        stages: z.array(
          z.object({ stage: FlowStage, changes: z.int(), hours: z.number().describe("Of age together.") }),
        ),
        rows: z
          .array(
            z.object({
              ...FlowRow,
              stage: FlowStage,
              isOld: z.boolean().nullable().describe("`null`: nobody knows what 85 % need."),
              p50: z.number().nullable().describe("Half of what got this old is merged within so many more hours."),
              p85: z.number().nullable().describe("`null`: it may take longer than anything seen."),
            }),
          )
          .describe("Oldest first."),
      }),
      waiting: z
        .object({ total: z.int(), rows: z.array(z.object(FlowRow)).describe("Oldest first.") })
        .describe("Merged to the default branch, not in production, where anything was ever deployed."),
      kinds: z
        .object({
          changes: z.int(),
          untold: z.int().describe("Say nothing of what they are, and are in no share."),
          rows: z.array(
            z.object({
              type: z.enum(["feature", "fix", "revert", "dependency", "upkeep"]),
              title: z.string(),
              changes: z.int(),
              share: z.number().nullable().describe("Of the changes that say what they are."),
              low: z.number().nullable(),
              high: z.number().nullable(),
            }),
          ),
          words: z.string(),
        })
        .describe("Kinds of work merged in the window, by title, labels, branch: a proxy."),
      series: z
        .array(
          z.object({
            label: z.string(),
            from: At,
            to: At,
            partial: z.boolean(),
            open: z.int().nullable(),
            signal: z.string().nullable().describe("Why `open` is outside normal variation, if it is."),
            standing: z
              .object({ coding: z.int(), pickup: z.int(), review: z.int(), waiting: z.int(), done: z.int() })
              .nullable()
              .describe("Where all of them stood, for a cumulative flow diagram; `done` since the window began."),
          }),
        )
        .describe("How many are in progress at the end of each period; `null` before the first was opened."),
      level: z
        .object({
          limits: z.object({ from: At, to: At, centre: z.number(), lower: z.number(), upper: z.number() }).nullable(),
          words: z.string(),
        })
        .describe(
          "Limits of normal variation of how many are in progress, and what lies outside; or why there are none.",
        ),
      throughput: z
        .array(z.object({ label: z.string(), from: At, to: At, merged: z.int() }))
        .describe("Of each complete week of the window."),
      forecast: z.object({
        weeks: Levels.nullable().describe("Until as many are merged as are open, in 50, 85 and 95 % of the trials."),
        covered: LevelShares.nullable().describe("How often each level held in the past."),
        intervals: z.int().describe("Of the back-test."),
        words: z.string(),
      }),
      stability: z.object({
        residual: z.number().nullable().describe("Of Little's law, as a share of what is in progress."),
        stable: z.boolean().nullable(),
        words: z.string(),
      }),
    }),
  },
  "/api/scopes": {
    may: "viewer",
    summary:
      "Whose numbers can be asked for: teams and their parts, systems, services, and use cases of the programme.",
    query: z.strictObject({}),
    reply: z.object({
      organisation: z.object({ scope: z.literal("organisation"), services: z.int(), hasHours: Hours }),
      teams: z
        .array(
          z.object({
            scope: z.string().describe("What to ask for: `team:payments`."),
            name: z.string(),
            parent: z.string().nullable().describe("The team it is a part of."),
            depth: z.int().describe("Of how many teams it is a part, one in the other."),
            services: z.int().describe("How many it owns now, its parts included."),
            hasHours: Hours,
            owned: z
              .array(
                z.object({
                  service: z.string(),
                  from: At.nullable().describe("`null`: always so far."),
                  to: At.nullable().describe("`null`: until further notice."),
                }),
              )
              .describe("What it owns or owned, its parts included, of the services that are known."),
          }),
        )
        .describe("Each behind the team it is a part of."),
      systems: z.array(
        z.object({
          scope: z.string(),
          name: z.string(),
          element: Element.nullable(),
          technology: z.enum(["it", "ot"]),
          services: z.int(),
        }),
      ),
      useCases: z
        .array(
          z.object({
            scope: z.string().describe("What to ask for: `use-case:instant`."),
            id: z.string(),
            title: z.string(),
            services: z
              .array(z.string())
              .describe("Which it needs: those it names and those of its systems, else all."),
          }),
        )
        .optional()
        .describe("Of the programme; absent where it names none."),
      services: z.array(
        z.object({
          scope: z.string(),
          name: z.string(),
          team: z.string().nullable().describe("Who owns it now."),
          system: z.string().nullable(),
          element: Element.nullable(),
          releaseClass: z.string().nullable(),
        }),
      ),
    }),
  },
  "/api/services": {
    may: "viewer",
    summary: "The same metrics service by service: a portfolio is a distribution, not one number.",
    query: z.strictObject({ ...Period, ...Looking, metric: z.string().max(500).optional() }),
    reply: z.object({
      window: Window,
      sentence: z.string().describe("Which services got worse or better, each against its own window before."),
      services: z.array(
        z.object({
          service: z.string(),
          measures: z.array(
            z.object({
              metric: z.string(),
              whole: Measure,
              before: Measure.nullable().describe("In the window before; `null` where nothing was to be seen in it."),
              verdict: Verdict.nullable().describe("Held against all comparisons of the list (Holm)."),
            }),
          ),
        }),
      ),
    }),
  },
  "/api/rows": {
    may: "viewer",
    summary: "The rows a number is made of. Their values give the number.",
    query: z.strictObject({
      ...Period,
      ...Looking,
      metric: z.string().max(100),
      ...RowFilter,
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      offset: z.coerce.number().int().min(0).default(0),
      order: z.enum(["newest", "oldest", "largest", "smallest"]).default("newest"),
      pipeline: z
        .string()
        .max(300)
        .optional()
        .describe("Of runs of pipelines: only those of the workflow of this name."),
    }),
    reply: z.object({
      metric: z.string(),
      window: Window,
      whole: Measure.describe("Of these rows: where they are filtered, of those that are left."),
      total: z.int().describe("Rows in the window, counted or not."),
      counted: z.int().describe("Rows the number was computed from: its n, and what is open."),
      rows: z.array(Row),
    }),
  },
  "/api/rules/preview": {
    may: "viewer",
    summary: "What a deployment rule would count, before it is saved.",
    query: z.strictObject({
      service: z.string().max(200).describe("The service the rule is for."),
      from: z
        .enum(ORIGINS)
        .optional()
        .describe(
          "What counts; pushes count beside it. Default: the rule in force, or where tags are asked for these.",
        ),
      name: Text.describe("Of jobs and runs: a regular expression on the name of the job or the workflow."),
      workflow: Text.describe("Of jobs: a regular expression on the name of their workflow."),
      branch: Text.describe("Of jobs and runs: a regular expression on the branch they ran for."),
      environment: Text.describe("Of jobs and runs: what their roll-outs are called. Default: `production`."),
      production: Text.describe("A regular expression: which environments are production."),
      tags: Text.describe("`stable`, `prerelease`, or a regular expression. Default: the rule in force."),
      releaseBranch: z
        .enum(["any", "default"])
        .optional()
        .describe("Whether tags that are not on the default branch count. Default: the rule in force."),
      paths: z
        .union([z.string().max(500), z.array(z.string().max(500)).max(100)])
        .optional()
        .describe("The files the service is made of: globs. Default: as in force."),
    }),
    reply: z.object({
      rule: z.string().describe("In words."),
      route: z.enum(ROUTES).nullable().describe("By which way the newest is known."),
      counted: z.int().describe("Roll-outs that it would have counted in all."),
      last90Days: z.int(),
      perMonth: z.array(z.object({ month: z.string().describe("2026-11."), count: z.int() })),
      newest: z.array(
        z.object({
          id: z.string(),
          name: z.string().describe("The tag, the job, the workflow, the title of the merge, or the environment."),
          route: z.enum(ROUTES),
          at: At,
          sha: z.string().nullable(),
          url: z.string().nullable(),
        }),
      ),
      skipped: z.array(z.object({ reason: z.string(), count: z.int(), examples: z.array(z.string()) })),
      commits: z.int().describe("Commits of the default branch that belong to the service."),
      missing: z.string().nullable().describe("What has not been collected that the rule looks at, and what to do."),
      inForce: z.object({ rule: z.string(), counted: z.int(), last90Days: z.int() }),
    }),
  },
  ...baselineContract,
  ...benchmarkContract,
  ...seriesContract,
  ...itemsContract,
  ...pipelinesContract,
  ...judgementContract,
  ...agreementContract,
  ...experimentContract,
  ...programmeContract,
  ...progressContract,
  ...gateContract,
  ...reviewContract,
  ...assessmentContract,
  ...ledgerContract,
  ...backboneContract,
  ...portfolioContract,
  ...leadershipContract,
  ...savingsContract,
  ...whyContract,
  ...settingsContract,
  ...accessContract,
  ...auditContract,
} as const;

const TokenHost = z.enum(["github", "gitlab"]);
/** By what Headway is let in. */
const Credential = z.enum(["token", "app"]);

/**
 * What a running Headway can be told to do, keyed by path: POST, JSON, and only from the dashboard's own pages. Where nobody can log
 * in, only from the same machine.
 */
export const commands = {
  "/api/sync": {
    may: "lead",
    summary: "Collects what is new, now.",
    body: z.strictObject({}),
    reply: z.object({ started: z.boolean().describe("False: one was under way, and another follows it.") }),
  },
  "/api/connect/probe": {
    may: "admin",
    summary: "Whose token it is, what it may do and what it sees. Nothing is saved.",
    body: z.strictObject({
      host: TokenHost,
      url: z.string().max(500).optional().describe("For GitHub Enterprise or a GitLab of one's own."),
      token: z.string().min(1).max(1000).optional().describe("Either this or `variable`. It is never said again."),
      variable: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "This is no name of an environment variable.")
        .optional()
        .describe("The environment variable that holds it, or the private key of the app."),
      app: z
        .strictObject({
          id: z.string().regex(/^[\w.-]{1,100}$/, "The id of an app is a number, or its client id, such as Iv23abc."),
          installation: z
            .string()
            .regex(/^\d{1,15}$/, "The installation is a number: the last part of the address of its settings."),
          keyFile: z
            .string()
            .min(1)
            .max(1000)
            .optional()
            .describe(
              "The file with its private key, on the machine on which Headway runs. Either this or `variable`.",
            ),
        })
        .optional()
        .describe("A GitHub App instead of a token."),
    }),
    reply: z.object({
      held: z.string().describe("By what to speak of it from now on, for half an hour."),
      by: Credential,
      url: z.string(),
      account: z.string().describe("The account the token stands for, for whoever entered it. Not stored."),
      kind: z.string(),
      expiresAt: At.nullable(),
      scopes: z.array(z.string()).nullable().describe("As the host names them, where it does."),
      grants: z.array(z.object({ name: z.string(), has: z.boolean().nullable(), why: z.string() })),
      triedOn: z.string().nullable().describe("The repository on which it was tried what the host does not say."),
      owners: z.array(z.object({ name: z.string(), kind: z.enum(["organization", "group", "person"]) })),
      repositories: z.array(
        z.object({ name: z.string(), isPrivate: z.boolean(), isArchived: z.boolean(), changedAt: At.nullable() }),
      ),
      isWhole: z.boolean().describe("Whether these are all the repositories the token sees."),
    }),
  },
  "/api/connect": {
    may: "admin",
    summary: "Connects a host: shows what would be written, or writes it and collects.",
    body: z.strictObject({
      held: z.string().max(100),
      owner: z
        .string()
        .min(1)
        .max(300)
        .optional()
        .describe("An organisation or a group. Either this or `repositories`."),
      repositories: z.array(z.string().min(1).max(300)).min(1).max(500).optional(),
      production: z.string().max(500).optional().describe("A regular expression: which environments are production."),
      save: z.boolean(),
    }),
    reply: z.object({
      file: z.string().describe("The configuration that is written."),
      isNew: z.boolean().describe("Whether the file is not there yet."),
      entry: z.string().describe("What is written into it; everything else stays as it is."),
      renews: z.boolean().describe("Whether the source stood there already."),
      by: Credential,
      variable: z.string().describe("The name by which the file speaks of the token, or of the key."),
      secrets: z.string().nullable().describe("The file that goes to; unknown where the environment holds it."),
      outlook: z.array(
        z.object({
          repository: z.string(),
          environments: z.array(z.object({ name: z.string(), deployments: z.int(), isProduction: z.boolean() })),
          releases: z.int(),
          words: z.string(),
        }),
      ),
      saved: z.boolean(),
      note: z.string().nullable().describe("What else there is to know, such as how to start Headway next time."),
    }),
  },
  ...baselineCommands,
  ...judgementCommands,
  ...experimentCommands,
  ...programmeCommands,
  ...reviewCommands,
  ...assessmentCommands,
  ...ledgerCommands,
  ...accessCommands,
} as const;

const Receipt = z.object({
  result: z
    .enum(["new", "changed", "known", "ignored"])
    .describe("`ignored`: understood, and it counts for no metric."),
  kind: z.enum(["deployment", "incident", "change", "pipeline", "alert"]).nullable(),
  id: z.string().nullable().describe("By what to speak of it from now on."),
  service: z.string().nullable().describe("Whose it is: a service that was known, or one of its own."),
  changed: z.array(z.string()).describe("Fields that are different now."),
  note: z.string().nullable(),
  unknown: z.array(z.string()).describe("Fields that mean nothing here, and were left out."),
});

const Nudged = z.object({
  syncing: z.array(z.string()).describe("Sources that are synced now."),
  note: z.string().nullable(),
});

const IdempotencyKey = z.object({
  "idempotency-key": z
    .string()
    .max(200)
    .optional()
    .describe("Makes it the same message when it is sent again; or `id` in the body."),
});

/**
 * What programs elsewhere may say, keyed by path: POST, JSON, `Authorization: Bearer` with a token of `headway token`. Webhooks are
 * let in by the secret of their source.
 */
export const writes = {
  "/api/deployments": {
    may: "push",
    summary: "Something was rolled out. The same message again changes nothing.",
    headers: IdempotencyKey,
    body: DeploymentBody,
    reply: Receipt,
  },
  "/api/incidents": {
    may: "push",
    summary: "An incident began, ended or came back.",
    headers: IdempotencyKey,
    body: IncidentBody,
    reply: Receipt,
  },
  "/api/alerts": {
    may: "push",
    summary: "A scanner found something, or it was fixed or dismissed. The same message again changes nothing.",
    headers: IdempotencyKey,
    body: AlertBody,
    reply: Receipt,
  },
  "/api/cdevents": {
    may: "push",
    summary: "A CDEvent of any version, by the HTTP binding of CloudEvents, binary or structured.",
    headers: z.object({ "ce-type": z.string().optional(), "ce-specversion": z.string().optional() }),
    body: CDEvent,
    reply: Receipt,
  },
  "/api/webhooks/github": {
    may: "secret",
    summary: "Something happened on GitHub: the source is synced now.",
    headers: z.object({ "x-hub-signature-256": z.string() }),
    body: z.looseObject({}),
    reply: Nudged,
  },
  "/api/webhooks/gitlab": {
    may: "secret",
    summary: "Something happened on GitLab: the source is synced now.",
    headers: z.object({ "x-gitlab-token": z.string() }),
    body: z.looseObject({}),
    reply: Nudged,
  },
} as const;

export const openapiContract = {
  path: "/api/openapi.json",
  may: "viewer",
  summary: "This description.",
} as const;

/** What is told while it happens, as server-sent events named `live`. */
export const liveContract = {
  path: "/api/events",
  may: "viewer",
  summary: "What happens at the sources, as it happens: server-sent events named `live`.",
  reply: z.object({
    now: At,
    facts: contract["/api/status"].reply.shape.facts,
    sources: contract["/api/status"].reply.shape.sources,
  }),
} as const;

export const exportKinds = [
  "changes",
  "commits",
  "deployments",
  "incidents",
  "alerts",
  "pipelines",
  "measures",
  "progress",
  "judgements",
  "baselines",
  "audit",
] as const;
export const exportFormats = ["ndjson", "csv", "json"] as const;
export type ExportName = (typeof exportKinds)[number];
export type ExportFormat = (typeof exportFormats)[number];

/** Kinds that want more than the others. */
const LEAST: Partial<Record<ExportName, May>> = { audit: "finance" };

/** Rows as a file: the one path whose reply is not one JSON value. */
export const exportContract = {
  path: "/api/export/:kind",
  may: "viewer",
  summary:
    "All rows of one kind as a file, newest first. A row belongs to the window of its deployment, else to that of its own date.",
  least: LEAST,
  params: z.object({ kind: z.enum(exportKinds) }),
  query: z.strictObject({
    from: Moment.optional().describe("Start, included. Default: everything."),
    to: Moment.optional().describe("End, excluded. Default: everything."),
    service: Period.service,
    scope: Period.scope,
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

export type CommandPath = keyof typeof commands;
/** Those about who may use it. */
export type AccessPath = keyof typeof accessCommands;
export type Body<P extends CommandPath> = z.output<(typeof commands)[P]["body"]>;
export type CommandReply<P extends CommandPath> = z.output<(typeof commands)[P]["reply"]>;
export type LiveEvent = z.output<typeof liveContract.reply>;
export type WritePath = keyof typeof writes;
export type Written<P extends WritePath> = z.output<(typeof writes)[P]["reply"]>;
