/** The part of the API that says what the configuration says, as far as it is no secret and names nobody. */
import { z } from "zod";
import { AGREEMENT_STAGES, WEEKDAYS } from "#config/digests.ts";
import { At } from "./asking-contract.ts";

const Week = z
  .array(z.array(z.object({ from: z.int(), to: z.int() })))
  .nullable()
  .describe("From Monday on: minutes of the day in which work is done; `null` where nobody said.");

export const settingsContract = {
  "/api/settings": {
    may: "viewer",
    summary: "What the configuration says, without secrets, addresses and people.",
    query: z.strictObject({}),
    reply: z.object({
      version: z.string(),
      zone: z.string(),
      sync: z.object({
        everyMinutes: z.int().nullable(),
        cron: z.string().nullable().describe("In UTC."),
      }),
      calendar: z.string().nullable().describe("The organisation's, of `calendars`."),
      calendars: z.array(
        z.object({
          name: z.string(),
          zone: z.string(),
          week: Week,
          holidays: z.int().describe("How many days are listed."),
        }),
      ),
      teams: z.array(
        z.object({
          name: z.string(),
          parent: z.string().nullable(),
          calendar: z.string().nullable(),
          hasOwnHours: z.boolean().describe("Instead of what its calendar says."),
        }),
      ),
      digests: z.array(
        z.object({
          name: z.string(),
          to: z.enum(["slack", "teams", "email", "github", "gitlab"]),
          scope: z.string(),
          day: z.enum(WEEKDAYS),
          at: z.string(),
          ageing: z.boolean(),
          agreement: z.object({ stage: z.enum(AGREEMENT_STAGES), hours: z.number() }).nullable(),
        }),
      ),
      privacy: z.object({
        pseudonymMonths: z.int(),
        aliases: z.int().describe("How many lists of names that are one person’s there are."),
        bots: z.int().describe("Patterns by which bots are told, beside the usual ones."),
        agents: z.int(),
      }),
      tokens: z
        .array(
          z.object({
            name: z.string(),
            scope: z.string(),
            createdAt: At,
            expiresAt: At.nullable(),
            lastUsedAt: At.nullable(),
            revokedAt: At.nullable(),
          }),
        )
        .describe("Those with which others push, newest first; what they are is known to nobody."),
    }),
  },
} as const;
