/** How far one service has come, week by week and with the facts behind each. */
import { dateOf, startOf, startOfDate } from "#metrics/calendar.ts";
import type { Detected } from "#metrics/programme/adoption-date.ts";
import { adoptionDate, weekCounts } from "#metrics/programme/adoption-date.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import type { PartStatus, PracticeStatus, WeekShare } from "#metrics/programme/practice-status.ts";
import type { Row } from "#metrics/programme/practices/practice.ts";
import { declaredDay } from "#metrics/programme/roadmap.ts";
import { secondSteps } from "#metrics/programme/second-step.ts";
import { stageOf } from "#metrics/programme/stage.ts";
import { teamAdoption } from "#metrics/programme/team-adoption.ts";
import type { Instant } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { ScopedService } from "./asked-scope.ts";
import { askedScope, nearest } from "./asked-scope.ts";
import { founded } from "./foundation.ts";
import { mandateOf } from "./mandate.ts";
import type { Memory } from "./memory.ts";
import { outcomesOf } from "./outcomes.ts";
import type { Practised, PractisedWithRows } from "./practised.ts";
import { practisedOf, practisedWithRows } from "./practised.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import { told } from "./progress.ts";
import { untilOf } from "./progressed.ts";

export async function answerProgressService(
  installation: Installation,
  query: Query<"/api/progress/service">,
  memory: Memory,
): Promise<Reply<"/api/progress/service">> {
  const { practised, programme, scoped } = await alone(installation, query, query.weeks, memory);
  const mandate = await mandateOf(installation, programme);
  const until = practised.weeks.at(-1)?.to ?? installation.now();
  const [outcomes = []] = await outcomesOf(installation, [scoped], until, memory);
  const known = [...mandate, ...outcomes];
  const learning = { practised, stage: stageOf(practised.statuses, known), conditions: known };
  const teams = await teamOf(installation, { practised, programme, scoped }, query.to, memory);
  const [one = learning] = await founded(installation, { programme, services: [learning] }, query.to, memory);
  return {
    ...told(installation, one),
    until: iso(until),
    conditions: one.conditions.slice(mandate.length).map((one) => ({ ...one })),
    practices: practised.statuses.map((status) => ({
      practice: status.practice.id,
      title: status.practice.title,
      why: status.practice.why,
      source: status.practice.source,
      status: status.status,
      words: status.words,
      ofTeam: teams === null ? null : toldDate(teamAdoption(samePractice(teams, status.practice.id))),
      declared: declaredDay(
        programme,
        { team: practised.team, service: practised.service.service },
        status.practice.id,
      ),
      parts: toldParts(status, practised, query.weeks),
    })),
  };
}

type ToldPart = Reply<"/api/progress/service">["practices"][number]["parts"][number];

function toldParts(
  practice: PracticeStatus,
  { evidence, weeks, limits }: PractisedWithRows,
  shown: number,
): ToldPart[] {
  const next = secondSteps(practice, evidence, weeks, limits);
  return practice.parts.map((part) => toldPart(part, next.get(part.part.id) ?? null, { limits, shown }));
}

function toldPart(
  status: PartStatus,
  next: PartStatus | null,
  { limits, shown }: Pick<Practised, "limits"> & { readonly shown: number },
): ToldPart {
  const { part, history, interval, threshold } = status;
  const weeks = history.slice(-shown);
  const least = part.counts === "weeks" ? null : threshold;
  return {
    part: part.id,
    condition: part.condition(limits),
    status: status.status,
    isRequired: part.isRequired,
    counts: part.counts,
    threshold,
    weeksMet: status.weeksMet,
    weeks: status.weeks,
    met: status.met,
    of: status.of,
    interval: interval && { low: interval.low, high: interval.high },
    words: status.words,
    next: next && { status: next.status, words: next.words },
    history: weeks.map(toldWeek),
    detected: toldDate(adoptionDate(weekCounts(weeks), least)),
  };
}

function toldDate({ date, words }: Detected): ToldPart["detected"] {
  return { at: date && iso(date.at), from: date && iso(date.from), to: date && iso(date.to), words };
}

/** All services of the team that has this one now, with their practices as the page of all services knows them; `null` where there is no other. */
async function teamOf(
  installation: Installation,
  { practised: { team }, programme }: Alone,
  to: string | undefined,
  memory: Memory,
): Promise<readonly Practised[] | null> {
  if (team === null) return null;
  const { services } = await askedScope(installation, {});
  const { until, ended } = await untilOf(installation, services, to, memory);
  const { ownerOf } = structureOf(installation.config);
  const end = startOf("week", until, installation.config.timezone);
  const own = services.filter(
    ({ source, service }) =>
      ownerOf(service, end - 1) === team && (ended.get(source)?.get(service) ?? Infinity) > until,
  );
  return own.length < 2 ? null : practisedOf(installation, own, programme, until);
}

function samePractice(services: readonly Practised[], id: string): readonly PracticeStatus[] {
  return services.flatMap(({ statuses }) => statuses.filter(({ practice }) => practice.id === id));
}

function toldWeek({ from, to, isMet, reading }: WeekShare): ToldPart["history"][number] {
  const window = { from: iso(from), to: iso(to), isMet, kind: reading.kind };
  if (reading.kind !== "measured")
    return { ...window, met: null, of: null, unknown: null, isCalm: false, rows: 0, note: reading.reason };
  const { met, of, unknown, isCalm, rows, note } = reading;
  return { ...window, met, of, unknown, isCalm, rows: rows.length, note };
}

/** @throws BadRequest when there is no such practice, part or week. */
export async function answerProgressRows(
  installation: Installation,
  query: Query<"/api/progress/rows">,
  memory: Memory,
): Promise<Reply<"/api/progress/rows">> {
  const zone = installation.config.timezone;
  const from = query.week.length === 10 ? startOfDate(query.week, zone) : Date.parse(query.week);
  const { practised } = await alone(installation, query, null, memory);
  const status = practised.statuses.find(({ practice }) => practice.id === query.practice);
  const part = status?.parts.find((one) => one.part.id === query.part);
  if (status === undefined || part === undefined) {
    const names = practised.statuses.flatMap(({ practice, parts }) =>
      parts.map((one) => `${practice.id} ${one.part.id}`),
    );
    const asked = `${query.practice} ${query.part}`;
    throw new BadRequest(`There is no part of a practice "${asked}". ${nearest(asked, names, "There are none.")}`);
  }
  const week = part.history.find((one) => within(from, one));
  if (week === undefined)
    throw new BadRequest(`The week of ${dateOf(from, zone)} is not among those that are looked at.`);
  const rows = week.reading.kind === "measured" ? week.reading.rows : [];
  const nameOf = naming(practised);
  return {
    condition: part.part.condition(practised.limits),
    window: { from: iso(week.from), to: iso(week.to) },
    words: week.reading.kind === "measured" ? (week.reading.note ?? part.words) : week.reading.reason,
    rows: rows.map((row) => ({ ...row, ...nameOf(row) })),
  };
}

/** What the facts behind a number are called, and where they are at their host. */
function naming({ facts }: PractisedWithRows): (row: Row) => { title: string | null; url: string | null } {
  const known = new Map<string, { title: string | null; url: string | null }>([
    ...facts.changes.map(({ id, title, url }) => [`change ${id}`, { title, url }] as const),
    ...facts.commits.map(({ sha, title }) => [`commit ${sha}`, { title, url: null }] as const),
    ...facts.deployments.map(({ id, url }) => [`deployment ${id}`, { title: null, url }] as const),
    ...facts.pipelines.map(({ id, name, url }) => [`pipeline ${id}`, { title: name, url }] as const),
    ...facts.alerts.map(({ id, url }) => [`alert ${id}`, { title: null, url }] as const),
  ]);
  return ({ kind, id }) => known.get(`${kind} ${id}`) ?? { title: null, url: null };
}

interface Alone {
  readonly practised: PractisedWithRows;
  readonly programme: Programme;
  readonly scoped: ScopedService;
}

/** @throws BadRequest when there is no such service. */
async function alone(
  installation: Installation,
  { service, to }: { readonly service: string; readonly to?: string | undefined },
  weeks: number | null,
  memory: Memory,
): Promise<Alone> {
  const { programme } = await standing(installation);
  const { services } = await askedScope(installation, { service });
  const { until } = await untilOf(installation, services, to, memory);
  const [record] = services;
  if (record === undefined) throw new BadRequest(`There is no service "${service}".`);
  const practised = await practisedWithRows(installation, record, programme, { until, weeks });
  return { practised, programme, scoped: record };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
