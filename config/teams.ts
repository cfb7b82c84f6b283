/** What the configuration may say of teams and systems: who owns which service since when, and which part of the backbone it is. */
import { z } from "zod";
import { Day, Hours, Zone } from "./calendars.ts";

const Owned = z.preprocess(
  (owned) => (typeof owned === "string" ? { service: owned } : owned),
  z
    .strictObject({
      service: z.string().min(1, "Name the service that is owned.").max(200),
      /** The first day on which it is theirs; always so far unless it is said. */
      since: Day.optional(),
      /** The first day on which it is theirs no more. */
      until: Day.optional(),
      /** Another team may own it at the same time, and says so as well. */
      shared: z.boolean().default(false),
    })
    .refine(({ since, until }) => since === undefined || until === undefined || since < until, {
      error: ({ input }) =>
        `This ends before it begins, so the service would never be theirs: \`until\` (${said(input, "until")}) is the first day on which it is theirs no more, and \`since\` is ${said(input, "since")}.`,
    }),
);

export const TeamOptions = z.strictObject({
  name: z.string().min(1, "A team needs a name to be called by.").max(200),
  /** The team it is a part of. */
  parent: z.string().min(1).optional(),
  services: z.array(Owned).default([]),
  /** Of `calendars`; default: that of the team it is a part of, else the organisation's. */
  calendar: z.string().min(1).optional(),
  /** Instead of what its calendar says. */
  timezone: Zone.optional(),
  hours: Hours.optional(),
});
export type TeamOptions = z.infer<typeof TeamOptions>;

export const Element = z.enum(["core", "integration", "data", "api", "infrastructure", "security"]);
export type Element = z.infer<typeof Element>;

export const SystemOptions = z.strictObject({
  name: z.string().min(1, "A system needs a name to be called by.").max(200),
  /** Which part of the backbone it is. */
  element: Element.optional(),
  /** Whether it runs in an office or moves machines. */
  technology: z.enum(["it", "ot"]).default("it"),
});
export type SystemOptions = z.infer<typeof SystemOptions>;

function said(input: unknown, key: string): string {
  return String(Reflect.get(Object(input), key));
}
