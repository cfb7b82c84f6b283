/** What every question of the API may say: when, whose, and how facts are looked at. */
import { z } from "zod";

export const At = z.iso.datetime();
/** A calendar day in the organisation's zone, or an exact instant. */
export const Moment = z.union([z.iso.date(), z.iso.datetime({ offset: true })]);
export const Interval = z.enum(["day", "week", "month"]);

export const Period = {
  from: Moment.optional().describe(
    "Start, included: a day in the organisation's zone or an instant. Default: 26 weeks before `to`.",
  ),
  to: Moment.optional().describe("End, excluded. Default: now."),
  service: z.string().max(200).optional().describe("One service of the scope by name. Default: all of them, pooled."),
  scope: z
    .string()
    .max(300)
    .optional()
    .describe(
      "Whose: `organisation`, `team:NAME` (with its parts, each service in the time in which it was theirs), `system:NAME`, `service:NAME` or `use-case:ID`. Default: the organisation.",
    ),
};

export const Time = z
  .enum(["elapsed", "working"])
  .default("elapsed")
  .describe(
    "Durations as time that has passed, or as working hours by the calendar of the team that owned the service at the time.",
  );

/** How facts are looked at. */
export const Looking = {
  bots: z
    .enum(["default", "in", "out"])
    .default("default")
    .describe("What bots did: as each metric says of itself, always counted, or never."),
  open: z
    .enum(["kept", "dropped"])
    .default("kept")
    .describe("What is not over: counted as lasting at least so long (Kaplan–Meier), or dropped, as most tools do."),
  time: Time,
};

const Lines = z.coerce.number().int().min(0).optional();

/** Which of the rows behind a number. */
export const RowFilter = {
  label: z.string().max(100).optional().describe("Only changes that have this label, in any case."),
  authorKind: z
    .enum(["human", "bot", "agent"])
    .optional()
    .describe("Only changes or commits by such an author. What bots did then counts, unless `bots` says otherwise."),
  minLines: Lines.describe("Only changes of at least so many lines, added and deleted. Unknown sizes never match."),
  maxLines: Lines.describe("Only changes of at most so many lines."),
};

export const Window = z.object({ from: At, to: At });

/** By what a baseline is spoken of, in addresses and on the command line too. */
export const BaselineName = z
  .string()
  .trim()
  .regex(
    /^[\p{L}\p{N}][\p{L}\p{N} ._-]{0,59}$/u,
    "A name has letters, digits, spaces, dots, dashes and underscores, 60 at most, and begins with a letter or digit.",
  );
