/** How the statuses of practices are called, each with a sign, so that none is told by colour alone. */
import type { Progress } from "../types.ts";

export type Status = Progress["practices"][number]["counts"][number]["status"];

/** From what is wanted to what nobody asks for. */
export const ORDER = [
  "adopted",
  "practising",
  "not-yet",
  "insufficient-data",
  "not-measurable",
  "not-applicable",
] as const satisfies readonly Status[];

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  adopted: "Adopted",
  practising: "Practised",
  "not-yet": "Not yet",
  "insufficient-data": "Too little happened",
  "not-measurable": "Not measurable",
  "not-applicable": "Not asked for",
};

export const STATUS_SIGNS: Readonly<Record<Status, string>> = {
  adopted: "●",
  practising: "◐",
  "not-yet": "○",
  "insufficient-data": "…",
  "not-measurable": "?",
  "not-applicable": "–",
};

export const CONDITION_WORDS = {
  met: "Met",
  "not-met": "Not met",
  "cannot-be-said": "Cannot be said",
} as const satisfies Record<Progress["mandate"][number]["state"], string>;

export const CLASS_WORDS = {
  cloud: "cloud",
  "on-premises": "on-premises",
  embedded: "embedded or OT",
  regulated: "regulated",
  vendor: "vendor",
} as const satisfies Record<NonNullable<Progress["services"][number]["releaseClass"]>, string>;
