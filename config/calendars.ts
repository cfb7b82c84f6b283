/** What the configuration may say of working time: hours by weekday, holidays, a zone. */
import { z } from "zod";
import { isZone } from "#metrics/calendar.ts";
import type { ClockSpan } from "#metrics/working-time.ts";

export const Zone = z.string().refine(isZone, {
  error: ({ input }) =>
    `"${String(input)}" is no time zone, so nobody could say where a day begins. Use a name such as \`Europe/Berlin\` or \`UTC\`; offsets and abbreviations do not know summer time.`,
});

/** A date of the calendar, 2026-12-25. */
export const Day = z.iso.date({
  error: ({ input }) => `"${String(input)}" is no date. Write year, month and day, such as \`2026-12-25\`.`,
});

const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** `09:00-12:30, 13:30-18:00`, or a list of such spans; in order and apart. */
const Spans = z.preprocess(
  (spans) => (typeof spans === "string" ? spans.split(",") : spans),
  z
    .array(z.string())
    .transform((texts, context): readonly ClockSpan[] => {
      const spans = texts.flatMap((text) => {
        const span = spanOf(text.trim());
        if (span === null) context.addIssue({ code: "custom", message: noSpan(text.trim()) });
        return span ?? [];
      });
      return spans.toSorted((a, b) => a.from - b.from);
    })
    .refine((spans) => spans.every(({ from }, index) => from >= (spans[index - 1]?.to ?? 0)), {
      error: "These hours overlap, so their time would count twice. Write spans that lie apart.",
    }),
);
const optionalSpans = Spans.optional();

/** By weekday; days that are not named are off. Text alone is said of Monday to Friday. */
export const Hours = z.preprocess(
  (hours, context) => {
    if (typeof hours !== "string") return hours;
    const spans = Spans.safeParse(hours);
    if (spans.success) return Object.fromEntries(WEEKDAYS.slice(0, 5).map((day) => [day, hours]));
    for (const { message } of spans.error.issues) context.addIssue({ code: "custom", message });
    return z.NEVER;
  },
  z
    .strictObject({
      monday: optionalSpans,
      tuesday: optionalSpans,
      wednesday: optionalSpans,
      thursday: optionalSpans,
      friday: optionalSpans,
      saturday: optionalSpans,
      sunday: optionalSpans,
    })
    .transform((days): readonly (readonly ClockSpan[])[] => WEEKDAYS.map((day) => days[day] ?? []))
    .refine((week) => week.some((spans) => spans.length > 0), {
      error:
        "No hours are said, so nobody would ever work. Write `hours: 09:00-17:00` for Monday to Friday, or name days.",
    }),
);

const Holiday = z.preprocess(
  (holiday) => (typeof holiday === "string" ? { date: holiday } : holiday),
  z.strictObject({ date: Day, name: z.string().min(1).max(200).optional() }),
);

export const CalendarOptions = z.strictObject({
  name: z.string().min(1, "A calendar needs a name to be referred to by.").max(200),
  /** Default: the organisation's. */
  timezone: Zone.optional(),
  hours: Hours.optional(),
  /** Dates on which nobody works. */
  holidays: z.array(Holiday).default([]),
});
export type CalendarOptions = z.infer<typeof CalendarOptions>;

function spanOf(text: string): ClockSpan | null {
  const [, from, to] = /^(\d?\d:\d\d) ?[-–] ?(\d?\d:\d\d)$/u.exec(text) ?? [];
  const [begin, end] = [minutesOf(from), minutesOf(to)];
  return begin === null || end === null || begin >= end ? null : { from: begin, to: end };
}

/** 24:00 is the end of the day. */
function minutesOf(text: string | undefined): number | null {
  const [hours = 0, minutes = 0] = (text ?? "99:00").split(":").map(Number);
  return minutes < 60 && hours * 60 + minutes <= 24 * 60 ? hours * 60 + minutes : null;
}

function noSpan(text: string): string {
  return `"${text}" is no span of working hours. Write it like \`09:00-17:00\`, several of a day with commas. One that goes on after midnight is two: \`22:00-24:00\`, and \`00:00-06:00\` on the next day.`;
}
