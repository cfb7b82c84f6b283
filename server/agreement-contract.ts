/** The part of the API about working agreements. */
import { z } from "zod";
import { AGREEMENT_STAGES } from "#config/digests.ts";
import { At, Period } from "./asking-contract.ts";

export const agreementContract = {
  "/api/agreement": {
    may: "viewer",
    summary: "How often a working agreement was broken, or would have been, had a team made it.",
    query: z.strictObject({
      scope: Period.scope,
      service: Period.service,
      stage: z
        .enum(AGREEMENT_STAGES)
        .describe("Waiting for a first review, in review, or from its opening to its end."),
      hours: z.coerce.number().positive().max(8784).describe("No change waits longer than so many elapsed hours."),
      days: z.coerce.number().int().min(1).max(366).default(30).describe("How far to look back."),
    }),
    reply: z.object({
      fired: z.int(),
      words: z.string(),
      rows: z
        .array(
          z.object({
            id: z.string(),
            title: z.string(),
            service: z.string(),
            url: z.string().nullable(),
            at: At.describe("When it had waited longer than agreed."),
          }),
        )
        .describe("The latest first; at most 1000."),
    }),
  },
} as const;
