/** What settings say, in words. */
import { plural } from "../format.ts";
import type { Settings } from "../types.ts";

/** A Monday; which one does not matter. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

const weekday = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" });
const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

type Week = NonNullable<Settings["calendars"][number]["week"]>;

/** "every 10 minutes", "every minute", "by 0 6 * * 1-5 in UTC". */
export function syncWords({ everyMinutes, cron }: Settings["sync"]): string {
  if (everyMinutes === null) return `by ${cron ?? ""} in UTC`;
  return everyMinutes === 1 ? "every minute" : `every ${plural(everyMinutes, "minute")}`;
}

/** "Mon to Fri 09:00 to 17:00": days in a row with the same hours are said together, days off are not. */
export function weekWords(week: Week): string {
  const runs: { first: number; last: number; words: string }[] = [];
  for (const [day, spans] of week.entries()) {
    if (spans.length === 0) continue;
    const words = list.format(spans.map(({ from, to }) => `${at(from)} to ${to === 24 * 60 ? "24:00" : at(to)}`));
    const before = runs.at(-1);
    if (before?.last === day - 1 && before.words === words) before.last = day;
    else runs.push({ first: day, last: day, words });
  }
  const days = (first: number, last: number): string =>
    first === last ? dayName(first) : `${dayName(first)} to ${dayName(last)}`;
  return runs.map(({ first, last, words }) => `${days(first, last)} ${words}`).join("; ");
}

const PLACES = {
  slack: "Slack",
  teams: "Microsoft Teams",
  email: "e-mail",
  github: "an issue on GitHub",
  gitlab: "an issue on GitLab",
} as const satisfies Record<Settings["digests"][number]["to"], string>;

const STAGES = { pickup: "waits for a review", review: "is in review", open: "is open" } as const;

/** What is sent where and when. */
export function digestWords(
  { to, day, at: time, ageing, agreement }: Settings["digests"][number],
  zone: string,
): string {
  const weekly = `By ${PLACES[to]}, each ${dayLong(day)} at ${time} (${zone}), after a week unlike others.`;
  const nudges = ageing ? " Each day what became older than usual." : "";
  if (agreement === null) return `${weekly}${nudges}`;
  return `${weekly}${nudges} Each day what broke the agreement that no change ${STAGES[agreement.stage]} longer than ${plural(agreement.hours, "hour")}.`;
}

/** The name of a day as the reader's language has it; the API's names are English. */
function dayLong(day: string): string {
  return `${day.charAt(0).toUpperCase()}${day.slice(1)}`;
}

function dayName(day: number): string {
  return weekday.format(MONDAY + day * DAY_MS);
}

function at(minutes: number): string {
  return clock.format(MONDAY + minutes * MINUTE_MS);
}
