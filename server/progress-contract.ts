/** The part of the API about progress: which practices are lived, by evidence, and how far services have come. */
import { z } from "zod";
import { Milestone } from "#config/programme.ts";
import { MILESTONE_STATES } from "#metrics/programme/milestones.ts";
import { RELEASE_CLASSES } from "#metrics/programme/practices/limits.ts";
import { STATUSES } from "#metrics/programme/practice-status.ts";
import { At, Moment, Window } from "./asking-contract.ts";

const Status = z.enum(STATUSES);
const StageNumber = z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]);

const Whose = {
  scope: z.string().max(300).optional().describe("Whose, as everywhere. Default: the organisation."),
  useCase: z.string().max(60).optional().describe("Only services that this use case needs, by its id."),
  wave: z.string().max(60).optional().describe("Only services of this wave, by its id."),
  to: Moment.optional().describe("Complete weeks up to here are looked at. Default: now."),
};

const Missing = z.object({
  id: z.string().describe("Of a practice or of a condition."),
  title: z.string(),
  part: z.string().nullable().describe("Of a practice the part that decides, whose weeks show it."),
  words: z.string(),
  distance: z.number().nullable().describe("How much is still missing, 0 to 1; `null` where nobody can say."),
});

const Condition = z.object({
  id: z.string(),
  state: z.enum(["met", "not-met", "cannot-be-said"]),
  words: z.string(),
});

const ServiceProgress = z.object({
  service: z.string(),
  team: z.string().nullable(),
  system: z.string().nullable(),
  releaseClass: z
    .enum(RELEASE_CLASSES)
    .nullable()
    .describe("`null`: nobody said, and it is held to what the cloud allows."),
  stage: StageNumber,
  holding: z.int().describe("How many practices are practised or adopted, of those that are asked of it."),
  asked: z.int(),
  words: z.string(),
  missing: z.array(Missing).describe("What the next stage lacks, the nearest first."),
  stages: z
    .array(z.object({ stage: StageNumber, holding: z.int(), asked: z.int() }))
    .describe("Of each stage by itself how much of what it asks for holds."),
  practices: z.array(z.object({ practice: z.string(), status: Status })),
});

const Interval = z.object({ low: z.number(), high: z.number() });

const Detected = z.object({
  at: At.nullable().describe("`null`: nothing is claimed."),
  from: At.nullable(),
  to: At.nullable(),
  words: z.string(),
});

const Week = Window.extend({
  isMet: z.boolean().nullable().describe("`null` where nothing happened, or too little is known of it."),
  kind: z.enum(["measured", "not-measurable", "not-applicable"]),
  met: z.number().nullable(),
  of: z.number().nullable(),
  unknown: z.number().nullable().describe("Items of which nobody knows whether they meet it."),
  isCalm: z.boolean().describe("Nothing happened that had to be answered, although work went on."),
  rows: z.int().describe("How many facts are behind it."),
  note: z.string().nullable(),
});

export const progressContract = {
  "/api/progress": {
    may: "viewer",
    summary: "How far services have come: the stage of each, its practices by evidence, and what is missing next.",
    query: z.strictObject(Whose),
    reply: z.object({
      sentence: z.string(),
      until: At.describe("The end of the last complete week that was looked at."),
      scope: z.string(),
      stages: z.array(
        z.object({
          number: StageNumber,
          title: z.string(),
          outcome: z.string(),
          services: z.int().describe("How many services are at this stage."),
        }),
      ),
      mandate: z.array(Condition).describe("What the programme itself needs before its first stage."),
      practices: z.array(
        z.object({
          practice: z.string(),
          title: z.string(),
          why: z.string(),
          source: z.string(),
          counts: z.array(z.object({ status: Status, services: z.int() })),
        }),
      ),
      next: z
        .object({ id: z.string(), title: z.string(), services: z.array(z.string()), words: z.string() })
        .nullable()
        .describe("What most services lack for their next stage."),
      services: z.array(ServiceProgress).describe("By team and name: no ranking."),
      archived: z.int().describe("Services that were archived by then, which are left out."),
    }),
  },
  "/api/progress/service": {
    may: "viewer",
    summary: "The practices of one service, part by part and week by week, and when it adopted them.",
    query: z.strictObject({
      service: z.string().max(200),
      weeks: z.coerce.number().int().min(4).max(208).default(52).describe("How many complete weeks are shown."),
      to: Moment.optional().describe("Complete weeks up to here. Default: now."),
    }),
    reply: ServiceProgress.omit({ practices: true }).extend({
      until: At,
      conditions: z.array(Condition).describe("What is judged elsewhere than by practices."),
      practices: z.array(
        z.object({
          practice: z.string(),
          title: z.string(),
          why: z.string(),
          source: z.string(),
          status: Status,
          words: z.string(),
          ofTeam: Detected.nullable().describe(
            "When the team adopted it, seen afterwards in all its services together: by the condition that is known best, of those that decide. `null`: nobody is named as its team, or this is its only service.",
          ),
          declared: z.iso.date().nullable().describe("On which day it is adopted, as the programme says."),
          parts: z.array(
            z.object({
              part: z.string(),
              condition: z.string(),
              status: Status,
              isRequired: z.boolean().describe("`false`: shown beside, and decides nothing."),
              counts: z.enum(["items", "weeks"]),
              threshold: z.number(),
              weeksMet: z.int(),
              weeks: z.int().describe("Of the last weeks with anything to judge."),
              met: z.number(),
              of: z.number(),
              interval: Interval.nullable().describe("90 % interval of the share of the last twelve weeks together."),
              words: z.string(),
              next: z
                .object({ status: Status, words: z.string() })
                .nullable()
                .describe(
                  "How far it is on the next step, which decides nothing; `null`: there is none, or this one is not taken.",
                ),
              history: z.array(Week),
              detected: Detected.describe(
                "When half of its rise was done, seen afterwards in the share of its weeks, with the 90 % interval. `words` also say where a rise is sure and its time is not.",
              ),
            }),
          ),
        }),
      ),
    }),
  },
  "/api/progress/milestones": {
    may: "viewer",
    summary: "The milestones of the programme with their status, as their metrics say it; the next one due first.",
    query: z.strictObject({}),
    reply: z.array(
      Milestone.extend({
        metricTitle: z.string(),
        unit: z.string().nullable().describe("Of the metric; a count is told by week."),
        now: z.number().nullable().describe("Over the last eight weeks, or those before the due day."),
        state: z.enum(MILESTONE_STATES),
        reachedAt: At.nullable(),
        progress: z.number().nullable().describe("Of the way, 0 to 1 and beyond."),
        expected: z.number().nullable().describe("Where a straight line would be by now."),
        words: z.string(),
      }),
    ),
  },
  "/api/progress/rows": {
    may: "viewer",
    summary: "The facts behind one week of a part of a practice.",
    query: z.strictObject({
      service: z.string().max(200),
      practice: z.string().max(60),
      part: z.string().max(60),
      week: Moment.describe("Any instant of the week, or a day of it."),
    }),
    reply: z.object({
      condition: z.string(),
      window: Window,
      words: z.string(),
      rows: z.array(
        z.object({
          kind: z.enum(["change", "commit", "deployment", "pipeline", "alert"]),
          id: z.string(),
          title: z.string().nullable(),
          url: z.string().nullable(),
          isMet: z.boolean().nullable().describe("`null`: it belongs here, and nobody knows."),
        }),
      ),
    }),
  },
} as const;
