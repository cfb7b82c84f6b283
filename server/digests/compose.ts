/** What there is to be sent at a moment: the news of the week, and each day what became old or broke an agreement. */
import type { DigestOptions } from "#config/digests.ts";
import { WEEKDAYS } from "#config/digests.ts";
import { dateOf, label, startOf, startOfDate } from "#metrics/calendar.ts";
import type { Charted } from "#metrics/digests/news.ts";
import { news } from "#metrics/digests/news.ts";
import { metrics } from "#metrics/index.ts";
import { DEFAULT_LENS } from "#metrics/lens.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import { duration } from "#metrics/words.ts";
import { answerAgreement } from "../answers/agreement.ts";
import { answerFlow } from "../answers/flow.ts";
import { answerMeasures } from "../answers/measures.ts";
import type { Memory } from "../answers/memory.ts";
import type { Installation } from "../installation.ts";
import type { Line, Message } from "./message.ts";

/** As long as the charts of the dashboard reach, so that both call the same weeks unusual. */
const WEEKS = 26;
/** Longer lists are not read. */
const MOST = 10;

/** The last week that is over. @returns `null` while it is not known in full, and a message without lines when nothing was news. */
export async function weekly(
  installation: Installation,
  options: DigestOptions,
  memory: Memory,
): Promise<Message | null> {
  const { config, now } = installation;
  const end = startOf("week", now(), config.timezone);
  const query = {
    from: dateOf(end - WEEKS * WEEK + DAY / 2, config.timezone),
    to: dateOf(end, config.timezone),
    scope: options.scope,
    interval: "week" as const,
    ...DEFAULT_LENS,
  };
  const { measures } = await answerMeasures(installation, query, memory);
  const found = news(measures.flatMap(charted), end);
  if (found === null) return null;
  const week = label("week", end - DAY, config.timezone);
  const lines = found.map(({ metric, words, window: { from, to } }) => ({
    words,
    link: linkTo(installation, "rows", options, { metric, from: iso(from), to: iso(to) }),
    note: null,
  }));
  return { title: `${whose(options)}, ${week}`, lines, note: `week ${week}` };
}

function charted({
  metric: id,
  series,
  limits,
}: Awaited<ReturnType<typeof answerMeasures>>["measures"][number]): Charted[] {
  const metric = metrics.find((one) => one.id === id);
  if (metric === undefined) return [];
  const weeks = series.map((point) => ({ ...point, from: Date.parse(point.from), to: Date.parse(point.to) }));
  return [{ metric, weeks, limits }];
}

/** What became older than usual, or broke the agreement, in the last 24 hours; without lines when nothing did. */
export async function daily(installation: Installation, options: DigestOptions, memory: Memory): Promise<Message> {
  const lines = [...(await grownOld(installation, options, memory)), ...(await broken(installation, options, memory))];
  const day = dateOf(installation.now(), installation.config.timezone);
  return { title: `${whose(options)}, ${day}`, lines, note: `day ${day}` };
}

async function grownOld(installation: Installation, options: DigestOptions, memory: Memory): Promise<readonly Line[]> {
  if (!options.ageing) return [];
  const { scope } = options;
  const flow = await answerFlow(
    installation,
    { scope, bots: "default", interval: "week", limit: 1000, offset: 0 },
    memory,
  );
  const { p85 } = flow.usual;
  if (p85 === null) return [];
  return flow.open.rows
    .filter(({ isOld, ageHours }) => isOld === true && ageHours - DAY / HOUR <= p85)
    .slice(0, MOST)
    .map(({ service, id, title, ageHours, url }) => ({
      words: `${title} (${service}) has been open for ${duration(ageHours)}; 85 % are merged within ${duration(p85)}.`,
      link: webLink(url) ?? linkTo(installation, "flow", options, {}),
      note: `old ${service} ${id}`,
    }));
}

async function broken(installation: Installation, options: DigestOptions, memory: Memory): Promise<readonly Line[]> {
  const { agreement, scope } = options;
  if (agreement === undefined) return [];
  const { rows } = await answerAgreement(installation, { ...agreement, scope, days: 1 }, memory);
  return rows.slice(0, MOST).map(({ service, id, title, url }) => ({
    words: `${title} (${service}) ${agreementWords(agreement)}.`,
    link: webLink(url) ?? linkTo(installation, "flow", options, {}),
    note: `agreement ${agreement.stage} ${agreement.hours} ${service} ${id}`,
  }));
}

function agreementWords({ stage, hours }: NonNullable<DigestOptions["agreement"]>): string {
  switch (stage) {
    case "pickup":
      return `has waited for a review longer than the agreed ${duration(hours)}`;
    case "review":
      return `has been in review longer than the agreed ${duration(hours)}`;
    case "open":
      return `has been open longer than the agreed ${duration(hours)}`;
  }
}

/** When the latest digest of the week was due: that weekday at that time. */
export function dueOfWeek({ day, at }: DigestOptions, now: Instant, zone: string): Instant {
  const monday = startOf("week", now, zone);
  const due = clock(dateOf(monday + (WEEKDAYS.indexOf(day) + 0.5) * DAY, zone), at, zone);
  return due <= now ? due : clock(dateOf(due - 7 * DAY, zone), at, zone);
}

/** When the latest nudges of the day were due. */
export function dueOfDay({ at }: DigestOptions, now: Instant, zone: string): Instant {
  const due = clock(dateOf(now, zone), at, zone);
  return due <= now ? due : clock(dateOf(due - DAY, zone), at, zone);
}

function clock(date: string, at: string, zone: string): Instant {
  const [hours = 0, minutes = 0] = at.split(":").map(Number);
  return startOfDate(date, zone) + hours * HOUR + minutes * 60_000;
}

function whose(options: DigestOptions): string {
  const name = options.scope === "organisation" ? "Delivery" : options.scope.replace(/^[\w-]+:/, "");
  return options.name ?? name;
}

/** A page of this dashboard; `null` where nobody said how it is reached. */
function linkTo(
  { config: { url } }: Installation,
  page: string,
  { scope }: DigestOptions,
  query: Readonly<Record<string, string>>,
): string | null {
  if (url === undefined) return null;
  const text = new URLSearchParams({ ...(scope !== "organisation" && { scope }), ...query }).toString();
  return new URL(`${page}${text === "" ? "" : `?${text}`}`, url.endsWith("/") ? url : `${url}/`).href;
}

/** Only a web address becomes a link. */
function webLink(url: string | null): string | null {
  return url !== null && /^https?:\/\//.test(url) ? url : null;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
