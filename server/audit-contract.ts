/** The part of the API that says who changed what. */
import { z } from "zod";
import { At } from "./asking-contract.ts";
import { ACTIONS } from "./store/audit.ts";

export const auditContract = {
  "/api/audit": {
    may: "finance",
    summary: "Who changed what, newest first. Nothing in it can be changed, and logging in and out is not in it.",
    query: z.strictObject({
      action: z.enum(ACTIONS).optional(),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
      offset: z.coerce.number().int().min(0).default(0),
    }),
    reply: z.object({
      total: z.int(),
      rows: z.array(
        z.object({
          id: z.int(),
          at: At,
          actor: z.string().describe("A user, or what somebody called themselves where nobody can log in."),
          action: z.enum(ACTIONS),
          subject: z.string().describe("Who or what was changed."),
          before: z.string().nullable().describe("JSON; `null`: there was nothing, or nothing is told of it."),
          after: z.string().nullable().describe("JSON, never with a secret."),
        }),
      ),
    }),
  },
} as const;
