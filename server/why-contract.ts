/** The part of the API that says why: which stage and which service moved most. */
import { z } from "zod";
import { Looking, Period, Window } from "./asking-contract.ts";

const Direction = z
  .enum(["better", "worse", "both", "same"])
  .nullable()
  .describe("Against the window before; `same`: within normal variation; `null`: too little is known.");

export const whyContract = {
  "/api/why": {
    may: "viewer",
    summary:
      "Whether delivery got faster or riskier than in the window before, and which stage and service moved most.",
    query: z.strictObject({ ...Period, ...Looking }),
    reply: z.object({
      window: Window,
      speed: Direction,
      risk: Direction,
      words: z.string().nullable().describe("In a few sentences; `null` where nothing was collected."),
    }),
  },
} as const;
