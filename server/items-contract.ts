/** The part of the API that lists changes, deployments and incidents, tells all that is known of one of them, and finds them by name. */
import { z } from "zod";
import type { FailureSignal, IncidentFact, Route } from "#metrics/facts.ts";
import { CHANGE_STATES, DEPLOYMENT_STATES, INCIDENT_STATES } from "#metrics/items/states.ts";
import { At, Looking, Period, Window } from "./asking-contract.ts";

export const ITEM_KINDS = ["change", "deployment", "incident"] as const;
const SIGNALS = ["incident", "rollback", "revert", "hotfix", "manual"] as const satisfies readonly FailureSignal[];
const ROUTES = ["deployment", "job", "run", "release", "tag", "push", "merge"] as const satisfies readonly Route[];
const LINKS = ["id", "sha", "service-window", "none"] as const satisfies readonly IncidentFact["linkedBy"][];

const Listing = {
  ...Period,
  q: z
    .string()
    .max(200)
    .optional()
    .describe("Part of the title or the id, the number, or the beginning of a commit's sha."),
  direction: z.enum(["descending", "ascending"]).default("descending").describe("What is unknown comes last."),
  limit: z.coerce.number().int().min(1).max(1000).default(100),
  offset: z.coerce.number().int().min(0).default(0),
};

const Hours = z.number().nullable().describe("Hours.");

/** What each row of a list says, whatever it is. */
const Item = {
  id: z.string(),
  title: z.string(),
  service: z.string(),
  url: z.string().nullable(),
  at: At.describe("By what it belongs to a window: deployed, else merged, else opened or made."),
};

function listOf<Row extends z.ZodType, State extends z.ZodType<string>>(row: Row, state: State) {
  return z.object({
    window: Window,
    sentence: z.string(),
    reason: z.string().nullable().describe("Why nothing is known here, and what to do."),
    states: z
      .array(z.object({ state, n: z.int() }))
      .describe("How many rows there are in each state, whichever state is asked for."),
    total: z.int().describe("Rows in the state that is asked for."),
    rows: z.array(row),
  });
}

const Moment = z.object({ at: At, what: z.string(), note: z.string().nullable() });

const Span = z.object({
  title: z.string(),
  from: At,
  to: At.describe("Where it is not over: where the facts end."),
  hours: z.number().describe("Elapsed."),
  isOpen: z.boolean().describe("It is not over."),
});

const Link = z.object({
  kind: z.enum(ITEM_KINDS),
  id: z.string(),
  service: z.string(),
  title: z.string(),
  at: At.nullable(),
  words: z.string().describe("What it has to do with the item."),
});

export const itemsContract = {
  "/api/changes": {
    may: "viewer",
    summary: "Pull and merge requests. What is not over is listed whenever it was opened before the end of the window.",
    query: z.strictObject({
      ...Listing,
      bots: Looking.bots.describe("What bots did. Default: listed, but for what is open, for which nobody waits."),
      state: z.enum(["all", "open", "reverted", ...CHANGE_STATES]).default("all"),
      sort: z.enum(["at", "age", "lead", "coding", "pickup", "review", "deploy", "lines"]).default("at"),
    }),
    reply: listOf(
      z.object({
        ...Item,
        number: z.int(),
        state: z.enum(CHANGE_STATES),
        authorKind: z.enum(["human", "bot", "agent"]),
        ageHours: Hours.describe("Of what is not over: since it was opened or, where it waits for deployment, merged."),
        leadTimeHours: Hours,
        codingHours: Hours,
        pickupHours: Hours,
        reviewHours: Hours,
        deployHours: Hours,
        lines: z.int().nullable().describe("Added and deleted."),
        deploymentId: z.string().nullable(),
        isReverted: z.boolean(),
      }),
      z.enum(CHANGE_STATES),
    ),
  },
  "/api/deployments": {
    may: "viewer",
    summary: "Deployments, and what came of them.",
    query: z.strictObject({
      ...Listing,
      state: z.enum(["all", ...DEPLOYMENT_STATES]).default("all"),
      sort: z.enum(["at", "changes", "commits", "recovery"]).default("at"),
    }),
    reply: listOf(
      z.object({
        ...Item,
        state: z.enum(DEPLOYMENT_STATES),
        environment: z.string(),
        route: z.enum(ROUTES),
        sha: z.string().nullable(),
        changes: z.int().nullable().describe("It was the first to carry."),
        commits: z.int().nullable(),
        failedBy: z.array(z.enum(SIGNALS)),
        recoveredAt: At.nullable(),
        recoveryHours: Hours,
        isRollback: z.boolean(),
        isRework: z.boolean(),
      }),
      z.enum(DEPLOYMENT_STATES),
    ),
  },
  "/api/incidents": {
    may: "viewer",
    summary: "Incidents, and the deployment that each is linked to.",
    query: z.strictObject({
      ...Listing,
      state: z.enum(["all", ...INCIDENT_STATES]).default("all"),
      sort: z.enum(["at", "recovery"]).default("at"),
    }),
    reply: listOf(
      z.object({
        ...Item,
        number: z.int().nullable(),
        state: z.enum(INCIDENT_STATES),
        resolvedAt: At.nullable(),
        recoveryHours: Hours,
        linkedBy: z.enum(LINKS),
        deploymentId: z.string().nullable(),
      }),
      z.enum(INCIDENT_STATES),
    ),
  },
  "/api/item": {
    may: "viewer",
    summary:
      "All that is known of one change, deployment or incident: when what happened, and which numbers it counts in.",
    query: z.strictObject({
      kind: z.enum(ITEM_KINDS),
      id: z.string().min(1).max(500),
      service: z.string().max(200).optional().describe("Default: the first service that has one."),
    }),
    reply: z.object({
      kind: z.enum(ITEM_KINDS),
      id: z.string(),
      name: z.string().describe("As people call it: #12, v1.2.0."),
      title: z.string(),
      service: z.string(),
      url: z.string().nullable(),
      state: z.string(),
      sentence: z.string(),
      facts: z.array(z.object({ term: z.string(), value: z.string() })),
      moments: z.array(Moment).describe("In the order of time."),
      spans: z.array(Span).describe("Stages, or how long it was broken."),
      links: z.array(Link).describe("What it belongs to."),
      carried: z
        .object({ total: z.int(), rows: z.array(Link) })
        .nullable()
        .describe("Of a deployment: the changes it was the first to carry, at most 200; `null` where nobody knows."),
      counts: z.array(
        z.object({
          metric: z.string(),
          title: z.string(),
          counted: z.boolean(),
          at: At.nullable().describe("When it counts."),
          value: z.string().nullable().describe("What it adds to the number."),
          why: z.string().describe("Why it counts, or why not."),
        }),
      ),
    }),
  },
  "/api/search": {
    may: "viewer",
    summary: "Finds services, changes, deployments and incidents by number, id, sha or a part of their name or title.",
    query: z.strictObject({
      q: z.string().trim().min(1).max(200),
      limit: z.coerce.number().int().min(1).max(50).default(8).describe("Of each kind."),
    }),
    reply: z.object({
      hits: z
        .array(
          z.object({
            kind: z.enum(["service", ...ITEM_KINDS]),
            id: z.string(),
            service: z.string(),
            name: z.string(),
            title: z.string(),
            at: At.nullable(),
          }),
        )
        .describe("Of each kind the nearest first, then the newest."),
    }),
  },
} as const;
