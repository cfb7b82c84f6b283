/** The part of the API about what people decide: what does not count, what failed after all, what happened on a day. */
import { z } from "zod";
import { JUDGEMENTS } from "#metrics/judgements.ts";

const At = z.iso.datetime();
const Reason = z.string().trim().min(3, "Say why: whoever reads the number will ask.").max(500);
const Actor = z
  .string()
  .trim()
  .min(1, "Say who you are.")
  .max(80)
  .describe("Who decides, as they call themselves. Nobody can log in, so it is not verified.");
const Service = z.string().min(1).max(200);
const Why = { reason: Reason, actor: Actor };
const Days = {
  service: Service.optional().describe("Default: every service."),
  from: z.iso.date().describe("The first day, in the organisation's zone."),
  to: z.iso.date().optional().describe("The day after the last. Default: the day after `from`."),
};
const Deployment = { service: Service, id: z.string().min(1).max(500).describe("Of the deployment, as rows name it.") };

const Judged = z.object({
  id: z.int(),
  kind: z.enum(JUDGEMENTS),
  service: z.string().nullable().describe("`null`: every service."),
  subject: z.string().nullable().describe("The number of a change or the id of a deployment."),
  from: z.string().nullable(),
  to: z.string().nullable().describe("The day after the last."),
  recoveredAt: At.nullable(),
  reason: z.string(),
  actor: z.string().describe("As they called themselves; it is not verified."),
  madeAt: At,
  words: z.string().describe("What was decided, in one sentence."),
  reversal: z
    .object({ reason: z.string(), actor: z.string(), madeAt: At })
    .nullable()
    .describe("How it was taken back; `null` while it is in force."),
});

export const judgementContract = {
  "/api/judgements": {
    summary: "Everything that people ever decided about the numbers, newest first, also what was taken back.",
    query: z.strictObject({}),
    reply: z.array(Judged),
  },
} as const;

export const judgementCommands = {
  "/api/judgements/add": {
    summary: "Leaves something out of the numbers, overrules a failure, or notes what happened. It can be reversed.",
    body: z.discriminatedUnion("kind", [
      z.strictObject({
        kind: z.literal("change"),
        service: Service,
        id: z.string().regex(/^\d{1,15}$/, "A change is named by its number."),
        ...Why,
      }),
      z.strictObject({ kind: z.literal("deployment"), ...Deployment, ...Why }),
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
      z.strictObject({ kind: z.literal("note"), ...Days, ...Why }),
    ]),
    reply: Judged,
  },
  "/api/judgements/reverse": {
    summary: "Takes a judgement back: the numbers are again what they were without it. The journal keeps both.",
    body: z.strictObject({ id: z.int().min(1), ...Why }),
    reply: Judged,
  },
} as const;
