/** The part of the API about what teams say of themselves once a quarter, which is never mixed with what is measured. */
import { z } from "zod";
import { ANSWERING, LEAST_AGREED, MOST_AGREED, QUESTIONS } from "#metrics/programme/team-assessment.ts";

const Quarter = z.string().regex(/^\d{4}-Q[1-4]$/, "This is no quarter. Write it as `2026-Q4`.");
const Agreed = z
  .int()
  .min(LEAST_AGREED)
  .max(MOST_AGREED)
  .nullable()
  .describe("From 1, not at all, to 5, entirely; `null`: it was not asked.");
const ids = new Set(QUESTIONS.map(({ id }) => id));
const Answers = z
  .record(z.string().max(60), Agreed)
  .refine((answers) => Object.keys(answers).every((id) => ids.has(id)), "There is an answer to no question.");

export const assessmentContract = {
  "/api/assessments": {
    may: "viewer",
    summary: "What teams say of themselves, quarter by quarter and role by role, apart from what is measured.",
    query: z.strictObject({}),
    reply: z.object({
      quarter: Quarter.describe("The one that runs."),
      teams: z.array(z.string()),
      roles: z.array(z.enum(ANSWERING)),
      questions: z.array(z.object({ id: z.string(), title: z.string(), statement: z.string(), source: z.string() })),
      answers: z
        .array(
          z.object({
            team: z.string(),
            quarter: Quarter,
            role: z.enum(ANSWERING),
            answers: z.record(z.string(), Agreed).describe("By question; one that is not here was not asked."),
          }),
        )
        .describe("Of each team, quarter and role the last one."),
    }),
  },
} as const;

export const assessmentCommands = {
  "/api/assessments/add": {
    may: "lead",
    summary:
      "What a role of a team answers together. Earlier answers stay, and the last one holds. Nobody's name is kept.",
    body: z.strictObject({
      team: z.string().min(1).max(200),
      quarter: Quarter,
      role: z.enum(ANSWERING),
      answers: Answers,
    }),
    reply: z.object({ quarter: Quarter }),
  },
} as const;
