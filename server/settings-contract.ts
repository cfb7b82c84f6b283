/** The part of the API that says what the configuration says, as far as it is no secret and names nobody. */
import { z } from "zod";
import { ROLES } from "#config/login.ts";
import { AGREEMENT_STAGES, WEEKDAYS } from "#config/digests.ts";
import { Moment } from "./asking-contract.ts";

const Week = z
  .array(z.array(z.object({ from: z.int(), to: z.int() })))
  .nullable()
  .describe("From Monday on: minutes of the day in which work is done; `null` where nobody said.");

const Json = z.string().describe("What the file says of deployments and parts, as JSON.");

export const settingsContract = {
  "/api/settings": {
    may: "viewer",
    summary: "What the configuration says, without secrets, people and addresses that something is sent to.",
    query: z.strictObject({
      at: Moment.optional().describe(
        "As it was at this instant, or at the end of this day, as far as it was written down. Default: now.",
      ),
    }),
    reply: z.object({
      version: z.string(),
      zone: z.string(),
      sources: z.array(z.object({ name: z.string(), host: z.string(), rule: Json })),
      services: z.array(z.object({ name: z.string(), rule: Json })).describe("Those of which the file says something."),
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
      thresholds: z
        .array(z.object({ name: z.string(), value: z.string(), usual: z.string() }))
        .optional()
        .describe("From where on practices, the gate and business cases hold, where that is other than usual."),
      privacy: z.object({
        pseudonymMonths: z.int(),
        aliases: z.int().describe("How many lists of names that are one person’s there are."),
        bots: z.int().describe("Patterns by which bots are told, beside the usual ones."),
        agents: z.int(),
      }),
      access: z
        .object({
          visibility: z.enum(["all", "teams"]).describe("What viewers see: everything, or what their teams own."),
          url: z.string().nullable().describe("By which address readers reach it."),
          proxies: z.array(z.string()).describe("Whose word is taken for who asks."),
          provider: z
            .object({
              name: z.string(),
              issuer: z.string(),
              roles: z.record(z.string(), z.enum(ROLES)).describe("Group of the provider → role."),
              teams: z.record(z.string(), z.array(z.string())).describe("Group of the provider → teams."),
              others: z.enum(ROLES).nullable().describe("What everybody else is; `null`: not let in."),
              hours: z.number(),
            })
            .nullable()
            .describe("The identity provider by which people log in."),
          teamServices: z
            .array(
              z.object({
                team: z.string(),
                services: z.array(
                  z.object({
                    service: z.string(),
                    since: z.string().nullable(),
                    until: z.string().nullable(),
                    shared: z.boolean(),
                  }),
                ),
              }),
            )
            .describe("Which service is whose, by the configuration."),
          waiting: z.array(z.string()).describe("What was read again and is in force once Headway is started anew."),
        })
        .nullable()
        .describe("Who sees what, and how Headway is reached; `null`: it was not written down then."),
    }),
  },
} as const;
