/** The part of the API about baselines: the numbers of a window as somebody froze and signed them. */
import { z } from "zod";
import { At, BaselineName, Looking, Moment, Period, Window } from "./asking-contract.ts";
import { Measure, Quality } from "./measure-contract.ts";

const Reason = z.string().trim().min(3, "Say why: whoever reads the number will ask.").max(500);
const Signer = z
  .string()
  .trim()
  .min(1, "Say who you are.")
  .max(80)
  .describe("Who signs, as they call themselves; whoever logged in signs with the name of their user.");

const Lens = z.object({
  bots: z.enum(["default", "in", "out"]),
  open: z.enum(["kept", "dropped"]),
  time: z.enum(["elapsed", "working"]),
});

const Frozen = z.object({
  id: z.int(),
  name: z.string(),
  scope: z.string(),
  service: z.string().nullable(),
  window: Window,
  zone: z.string(),
  lens: Lens.describe("How facts were looked at."),
  frozenAt: At,
  signer: z.string().describe("As they called themselves; it is not verified."),
  reason: z.string().nullable(),
  hash: z.string().describe("SHA-256 of its canonical text, hexadecimal."),
  isIntact: z.boolean().describe("Whether the hash still is that of what is stored."),
  notes: z.array(z.string()).describe("What weakens it, each a sentence."),
  withdrawal: z
    .object({ reason: z.string(), signer: z.string(), madeAt: At })
    .nullable()
    .describe("How it was withdrawn; `null` while it can be compared with."),
});

const Group = z.object({ values: z.array(z.number()), open: z.array(z.number()) });

const Sample = z.discriminatedUnion("statistic", [
  z.object({
    statistic: z.literal("count"),
    events: z.int(),
    exposure: z.number().describe("Milliseconds in which something could have been seen."),
    counts: z.array(z.int()).describe("Of each complete week."),
  }),
  z.object({ statistic: z.literal("rate"), known: z.int(), ones: z.int() }),
  z.object({ statistic: z.literal("median"), groups: z.array(Group).describe("What arrived together.") }),
]);

const Whole = Frozen.extend({
  services: z.array(z.string()),
  dataUntil: At.describe("How far the facts reached when it was frozen."),
  metrics: z.array(
    z.object({
      metric: z.string(),
      title: z.string(),
      definition: z.string().describe("As it read then."),
      version: z.int(),
      statistic: z.enum(["count", "median", "rate"]),
      unit: z.string(),
      measure: Measure,
      sample: Sample.nullable().describe(
        "What comparisons are computed from: numbers, and nothing of whose they were.",
      ),
    }),
  ),
  quality: z.array(Quality),
  text: z.string().describe("The canonical text (RFC 8785) that was hashed."),
});

export const baselineContract = {
  "/api/baselines": {
    may: "viewer",
    summary: "Every baseline that was ever frozen, newest first, also those that were withdrawn.",
    query: z.strictObject({}),
    reply: z.array(Frozen),
  },
  "/api/baseline": {
    may: "viewer",
    summary: "One baseline with all its content, and whether the facts of its window still say the same.",
    query: z.strictObject({ name: BaselineName }),
    reply: Whole,
  },
} as const;

export const baselineCommands = {
  "/api/baselines/freeze": {
    may: "programme",
    summary: "Freezes the numbers of a window under a name. It is never changed or deleted; it can be withdrawn.",
    body: z.strictObject({
      name: BaselineName,
      from: Moment.optional().describe("Start, included. Default: 26 weeks before `to`."),
      to: Moment.optional().describe("End, excluded. Default: the beginning of the week in which the data ends."),
      scope: Period.scope,
      service: Period.service,
      ...Looking,
      reason: Reason.optional(),
      actor: Signer,
    }),
    reply: Frozen,
  },
  "/api/baselines/withdraw": {
    may: "programme",
    summary: "Withdraws a baseline: it stays readable, and nothing is compared with it any more.",
    body: z.strictObject({ name: BaselineName, reason: Reason, actor: Signer }),
    reply: Frozen,
  },
} as const;
