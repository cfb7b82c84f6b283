/** What is looked at. All of it is in the query string, so that any view is a link; what is default is left out. */
import {
  addDays,
  dayIn,
  daysOfMonth,
  daysOfQuarter,
  isMoment,
  mondayOf,
  monthsBefore,
  quarterOf,
  quartersBefore,
  yearsBefore,
} from "./days.ts";
import type { Annotation, Interval, Scopes, Service, Status, Window } from "./types.ts";

export const RANGES = ["12w", "26w", "1y", "2y", "all"] as const;
export type Preset = (typeof RANGES)[number];
const RUNNING = ["month", "last-month", "quarter", "last-quarter"] as const;
/** A preset, the running month or quarter, the one before it, or one by its name: `2026-03`, `2026-Q1`. */
export type Range = Preset | (typeof RUNNING)[number] | `${number}-Q${number}` | `${number}-${number}`;
export const INTERVALS: readonly Interval[] = ["day", "week", "month"];

export const BOTS = ["default", "in", "out"] as const;
export const TIMES = ["elapsed", "working"] as const;

export interface Filters {
  readonly range: Range;
  /** Days or instants; together they win over `range`, which then remembers where the reader came from. */
  readonly from: string | null;
  readonly to: string | null;
  /** The number of the note since whose first day is looked at, below 0 where the programme declares it; it wins over `range`, and `from` over it. */
  readonly since: string | null;
  /** A team, a system or a use case, as the API calls it: `team:payments`. */
  readonly scope: string | null;
  /** One service, of the scope where there is one. */
  readonly service: string | null;
  readonly interval: Interval;
  /** What bots did: as each number says of itself, always, or never. */
  readonly bots: "default" | "in" | "out";
  /** What is not over: counts as lasting at least so long, or is left out. */
  readonly open: "kept" | "dropped";
  /** What durations are told in. */
  readonly time: (typeof TIMES)[number];
  readonly compare: "previous" | "none";
  /** The baseline to compare with, by its name; it wins over the window before. */
  readonly against: string | null;
}

export const DEFAULTS: Filters = {
  range: "26w",
  from: null,
  to: null,
  since: null,
  scope: null,
  service: null,
  interval: "week",
  bots: "default",
  open: "kept",
  time: "elapsed",
  compare: "previous",
  against: null,
};

const USUAL: ReadonlyMap<string, string | null> = new Map(Object.entries(DEFAULTS));

/** Reads a query string; what cannot be understood is as if it were not there. */
export function readFilters(search: string): Filters {
  const query = new URLSearchParams(search);
  return {
    range: rangeIn(query.get("range")) ?? DEFAULTS.range,
    from: moment(query.get("from")),
    to: moment(query.get("to")),
    since: /^-?\d{1,9}$/.exec(query.get("since") ?? "")?.[0] ?? null,
    ...whose(query.get("scope"), query.get("service") || null),
    interval: INTERVALS.find((interval) => interval === query.get("interval")) ?? DEFAULTS.interval,
    bots: BOTS.find((bots) => bots === query.get("bots")) ?? DEFAULTS.bots,
    open: query.get("open") === "dropped" ? "dropped" : "kept",
    time: TIMES.find((time) => time === query.get("time")) ?? DEFAULTS.time,
    compare: query.get("compare") === "none" ? "none" : "previous",
    against: query.get("against") || null,
  };
}

function rangeIn(text: string | null): Range | null {
  const named = [...RANGES, ...RUNNING].find((range) => range === text);
  return named ?? (text !== null && isNamed(text) ? text : null);
}

function isNamed(text: string): text is Extract<Range, `${number}-${string}`> {
  return daysOf(text) !== null;
}

function daysOf(name: string): { readonly from: string; readonly to: string } | null {
  return daysOfQuarter(name) ?? daysOfMonth(name);
}

/**
 * What is looked at once the notes are known (`null`: not yet): since a note means since its first day. A note that was put back, or
 * another first day, leaves the days alone.
 */
export function sinceNote(filters: Filters, annotations: readonly Annotation[] | null): Filters {
  const { since, from } = filters;
  if (since === null || annotations === null) return filters;
  const note = annotations.find(({ id }) => String(id) === since);
  if (note === undefined || (from !== null && from !== note.from)) return { ...filters, since: null };
  return { ...filters, from: note.from };
}

/** A service may also be said as a scope, and the organisation is what is looked at anyway. */
function whose(scope: string | null, service: string | null): Pick<Filters, "scope" | "service"> {
  const [, kind, name = ""] = /^(team|system|service|use-case):(.+)$/s.exec(scope ?? "") ?? [];
  if (kind === "service") return { scope: null, service: name };
  return { scope: kind === undefined ? null : scope, service };
}

/** The address of a page with some filters and what else it needs. */
export function link(path: string, filters: Filters, rest: Readonly<Record<string, string | null>> = {}): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...filters, ...rest })) {
    if (value !== null && USUAL.get(key) !== value) query.set(key, value);
  }
  const text = query.toString();
  return `${path === "" ? "./" : path}${text === "" ? "" : `?${text}`}`;
}

/** What else an address says: what only its page reads, but for how far the reader has turned its leaves. */
export function ownOf(search: string): Record<string, string> {
  const own = [...new URLSearchParams(search)].filter(([key]) => !USUAL.has(key) && key !== "offset");
  return Object.fromEntries(own);
}

/** The rows behind a number of a window. */
export function rowsLink(filters: Filters, metric: string, window: Window): string {
  return link("rows", isCustom(filters) ? filters : { ...filters, ...window }, { metric });
}

/** The rows behind one point of a series. */
export function pointLink(filters: Filters, metric: string, { from, to }: Window): string {
  return link("rows", { ...filters, from, to, since: null }, { metric });
}

/** What every question asks beside its window: whose, and how it is looked at. What is default is the server's own. */
export function lookOf({ scope, service, bots, open, time }: Filters): Look {
  return {
    ...(scope !== null && { scope }),
    ...(service !== null && { service }),
    ...(bots !== DEFAULTS.bots && { bots }),
    ...(open !== DEFAULTS.open && { open }),
    ...(time !== DEFAULTS.time && { time }),
  };
}

/** What a question that compares asks beside: with which baseline. */
export function againstOf({ against }: Filters): { readonly against?: string } {
  return against === null ? {} : { against };
}

/** The same of a question whose sentence compares, or is not to. */
export function comparedOf({ against, compare }: Filters): { readonly against?: string; readonly compare?: "none" } {
  if (against !== null) return { against };
  return compare === "none" ? { compare } : {};
}

export interface Look {
  readonly scope?: string;
  readonly service?: string;
  readonly bots?: Filters["bots"];
  readonly open?: Filters["open"];
  readonly time?: Filters["time"];
}

/** The filters without the window of one number: days are the reader's choice, instants came with a link. */
export function chosen(filters: Filters): Filters {
  const isDay = (text: string | null): boolean => text === null || text.length === 10;
  return isDay(filters.from) && isDay(filters.to) ? filters : { ...filters, from: null, to: null, since: null };
}

/** Whether the reader chose days, not one of the presets. */
export function isCustom({ from, to, since }: Filters): boolean {
  return from !== null || to !== null || since !== null;
}

export interface Span {
  readonly from?: string;
  readonly to?: string;
}

/** What to ask the API for; `null` while the zone and the first commit are not known yet. The default is the server's own. */
export function spanOf(filters: Filters, status: Status | null): Span | null {
  const { from, to, since, range } = filters;
  if (since !== null && from === null) return null;
  if (isCustom(filters)) return { ...(from !== null && { from }), ...(to !== null && { to }) };
  if (range === "26w") return {};
  if (status === null) return null;
  const today = dayIn(status.zone, status.now);
  switch (range) {
    case "12w":
      return { from: weeksBefore(today, 12) };
    case "1y":
      return { from: mondayOf(yearsBefore(today, 1)) };
    case "2y":
      return { from: mondayOf(yearsBefore(today, 2)) };
    case "all":
      return beginning(filters, status);
    case "month":
      return namedSpan(today.slice(0, 7), today);
    case "last-month":
      return namedSpan(monthsBefore(today.slice(0, 7), 1), today);
    case "quarter":
      return namedSpan(quarterOf(today), today);
    case "last-quarter":
      return namedSpan(quartersBefore(quarterOf(today), 1), today);
    default:
      return namedSpan(range, today);
  }
}

/** A month or a quarter that is not over goes on until now. */
function namedSpan(name: string, today: string): Span {
  const days = daysOf(name);
  if (days === null) return {};
  return days.to > today ? { from: days.from } : days;
}

/** The first of some whole weeks, the running one included; the server's default is 26. */
export function weeksBefore(today: string, weeks: number): string {
  return mondayOf(addDays(today, 1 - 7 * weeks));
}

/** The services that are looked at: those that a team owns or owned, as far as it is known which. */
export function servicesIn(
  { services }: Status,
  scopes: Scopes | null,
  { scope, service }: Pick<Filters, "scope" | "service">,
): readonly Service[] {
  const owned = scopes?.teams.find((team) => team.scope === scope)?.owned.map((one) => one.service);
  const needed = scopes?.useCases?.find((one) => one.scope === scope)?.services;
  const own = scopes?.services.filter(({ system }) => `system:${String(system)}` === scope).map(({ name }) => name);
  const names = scope === null ? null : (owned ?? needed ?? own ?? []);
  return services.filter(
    ({ name }) => (service === null || name === service) && (names === null || names.includes(name)),
  );
}

/** From the day of the first commit; of a team that of the organisation, since before its time nothing is shown. */
function beginning({ service }: Filters, status: Status): Span {
  const starts = status.services
    .filter(({ name }) => service === null || name === service)
    .flatMap(({ firstCommitAt }) => firstCommitAt ?? [])
    .sort();
  const [first] = starts;
  return first === undefined ? {} : { from: dayIn(status.zone, first) };
}

function moment(text: string | null): string | null {
  return text !== null && isMoment(text) ? text : null;
}
