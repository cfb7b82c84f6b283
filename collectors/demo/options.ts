/** What the configuration may say of the demo organisation: which one, since when, and over how long it changes how it works. */
import { z } from "zod";

const SEED = "The seed of a demo organisation is a whole number from 0 to 999999.";
const YEARS = "A demo organisation has a past of 1 to 5 whole years.";

export const DemoOptions = z.strictObject({
  host: z.literal("demo"),
  /** Another seed is another company with the same teams: other rates, other days, other failures. */
  seed: z.int(SEED).min(0, SEED).max(999_999, SEED).default(1),
  /** Its first day. It lives until now, so with time its past grows longer. */
  since: z.iso.date("The day on which a demo organisation begins, such as `2023-11-27`."),
  /** The span over which its teams adopt another way of working, one wave after the other. */
  years: z.int(YEARS).min(1, YEARS).max(5, YEARS).default(3),
});
export type DemoOptions = z.infer<typeof DemoOptions>;
