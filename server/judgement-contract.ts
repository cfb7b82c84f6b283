/** The part of the API about what people decide: what does not count, what failed after all, what happened on a day. */
import { z } from "zod";
import { JUDGEMENTS } from "#metrics/judgements.ts";
import { At, Period } from "./asking-contract.ts";

const Reason = z.string().trim().min(3, "Say why: whoever reads the number will ask.").max(500);
const Actor = z
  .string()
  .trim()
  .min(1, "Say who you are.")
  .max(80)
  .describe("Who decides, as they call themselves. Nobody can log in, so it is not verified.");
const Service = z.string().min(1).max(200);
const Why = { reason: Reason, actor: Actor };
const Whose = {
  service: Service.optional().describe("Either this or `scope`. Default: every service."),
  scope: z
    .string()
    .min(1)
    .max(300)
    .optional()
    .describe(
      "`team:NAME` (each service in the time in which it was theirs), `system:NAME`, `service:NAME` or `organisation`.",
    ),
};
const Days = {
  ...Whose,
  from: z.iso.date().describe("The first day, in the organisation's zone."),
  to: z.iso.date().optional().describe("The day after the last. Default: the day after `from`."),
};
const Title = z
  .string()
  .trim()
  .min(1)
  .max(80)
  .describe("What is written beside its mark in charts, such as “Adopted trunk-based development”.");
const Deployment = { service: Service, id: z.string().min(1).max(500).describe("Of the deployment, as rows name it.") };

const Judged = z.object({
  id: z.int(),
  kind: z.enum(JUDGEMENTS),
  service: z.string().nullable().describe("`null`: those of the scope, or every service."),
  scope: z.string().nullable().describe("A team or a system: `team:payments`."),
  subject: z
    .string()
    .nullable()
    .describe("The number of a change, the id of a deployment, a label, or what is written beside a mark."),
  from: z.string().nullable(),
  to: z.string().nullable().describe("The day after the last."),
  recoveredAt: At.nullable(),
  rebases: z.boolean().describe("Of an adoption: limits of normal variation start anew on its first day."),
  reason: z.string(),
  actor: z.string().describe("As they called themselves; it is not verified."),
  madeAt: At,
  words: z.string().describe("What was decided, in one sentence."),
  reversal: z
    .object({ reason: z.string(), actor: z.string(), madeAt: At })
    .nullable()
    .describe("How it was taken back; `null` while it is in force."),
});

/** What happened, as charts and the choice of dates need it. */
const Annotation = z.object({
  id: z.int().describe("Of its entry in the journal; below 0: the programme declares it."),
  kind: z.enum(["note", "adoption"]),
  title: z.string().describe("What is written beside its mark."),
  from: z.iso.date().describe("The first day, in the organisation's zone."),
  to: z.iso.date().describe("The day after the last."),
  fromAt: At,
  toAt: At,
  scope: z.string().describe("Whose: `organisation`, `team:NAME`, `system:NAME` or `service:NAME`."),
  rebases: z.boolean().describe("Limits of normal variation start anew on its first day."),
  reason: z.string(),
  actor: z.string().describe("As they called themselves; it is not verified."),
});

export const judgementContract = {
  "/api/annotations": {
    may: "viewer",
    summary: "What happened, as people noted it, where all that is looked at was concerned; oldest first.",
    query: z.strictObject({ service: Period.service, scope: Period.scope }),
    reply: z.array(Annotation),
  },
  "/api/judgements": {
    may: "viewer",
    summary: "Everything that people ever decided about the numbers, newest first, also what was taken back.",
    query: z.strictObject({}),
    reply: z.array(Judged),
  },
} as const;

export const judgementCommands = {
  "/api/judgements/add": {
    may: "lead",
    summary: "Leaves something out of the numbers, overrules a failure, or notes what happened. It can be reversed.",
    body: z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("change"),
        service: Service,
        id: z.string().regex(/^\d{1,15}$/, "A change is named by its number."),
        ...Why,
      }),
      z.strictObject({ kind: z.literal("deployment"), ...Deployment, ...Why }),
      z.strictObject({
        kind: z.literal("label"),
        label: z.string().trim().min(1).max(100).describe("In any case. Every change that has it, with its commits."),
        ...Whose,
        from: z.iso
          .date()
          .optional()
          .describe("The first day on which they were merged, or opened where they are open. Default: ever."),
        to: z.iso.date().optional().describe("The day after the last. Default: for ever."),
        ...Why,
      }),
      z.strictObject({ kind: z.literal("days"), ...Days, ...Why }),
      z.strictObject({
        kind: z.literal("failed"),
        ...Deployment,
        recoveredAt: z.iso
          .datetime({ offset: true })
          .optional()
          .describe("When it was back. Default: as far as known."),
        ...Why,
      }),
      z.strictObject({ kind: z.literal("not-failed"), ...Deployment, ...Why }),
      z.strictObject({
        kind: z.literal("note"),
        title: Title.optional().describe("What is written beside its mark in charts. Default: the reason."),
        ...Days,
        ...Why,
      }),
      z.strictObject({
        kind: z.literal("adoption"),
        title: Title,
        ...Whose,
        from: Days.from,
        rebases: z
          .boolean()
          .default(false)
          .describe("Say true where the process changed on this day: limits of normal variation start anew on it."),
        ...Why,
      }),
    ]),
    reply: Judged,
  },
  "/api/judgements/reverse": {
    may: "lead",
    summary: "Takes a judgement back: the numbers are again what they were without it. The journal keeps both.",
    body: z.strictObject({ id: z.int().min(1), ...Why }),
    reply: Judged,
  },
} as const;
