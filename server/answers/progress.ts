/** How far services have come: their stages, their practices by evidence, and what is missing next. */
import { dateOf, startOf, startOfDate } from "#metrics/calendar.ts";
import { adoptionDate, DETECTION, weekCounts } from "#metrics/programme/adoption-date.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import type { PartStatus, PracticeStatus, WeekShare } from "#metrics/programme/practice-status.ts";
import { STATUSES } from "#metrics/programme/practice-status.ts";
import { practices } from "#metrics/programme/practices/index.ts";
import type { Row } from "#metrics/programme/practices/practice.ts";
import type { Condition, ServiceStage } from "#metrics/programme/stage.ts";
import { declaredDay, isInWave } from "#metrics/programme/roadmap.ts";
import { sharedNext, stageOf, STAGES, stageShares } from "#metrics/programme/stage.ts";
import { progressSentence } from "#metrics/programme/progress-words.ts";
import { scopeText } from "#metrics/scopes.ts";
import type { Instant } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import type { FoundScope, ScopedService } from "./asked-scope.ts";
import { askedScope, nearest } from "./asked-scope.ts";
import { mandateOf } from "./mandate.ts";
import type { Memory } from "./memory.ts";
import { outcomesOf } from "./outcomes.ts";
import type { Practised, PractisedWithRows } from "./practised.ts";
import { practisedOf, practisedWithRows } from "./practised.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import { askedWindow, reaches } from "./scope.ts";

/** From the beginning of an adoption to the whole effect, as the detection believes. */
const RAMP_WEEKS = 8;

/** A service with its practices and its stage. */
export interface Progressed {
  readonly practised: Practised;
  readonly stage: ServiceStage;
}

export interface FoundProgress {
  readonly programme: Programme;
  readonly found: FoundScope;
  /** The end of the last complete week. */
  readonly until: Instant;
  readonly mandate: readonly Condition[];
  /** By team and name. */
  readonly services: readonly Progressed[];
  readonly archived: number;
}

interface AskedProgress {
  readonly scope?: string | undefined;
  readonly useCase?: string | undefined;
  readonly wave?: string | undefined;
  readonly to?: string | undefined;
}

/**
 * The practices and the stage of each service of a scope, kept by the version of its facts.
 *
 * @throws BadRequest when there is no such scope or use case.
 */
export async function progressOf(
  installation: Installation,
  asked: AskedProgress,
  memory: Memory,
): Promise<FoundProgress> {
  const { programme } = await standing(installation);
  const found = await askedScope(installation, asked);
  const { until, ended } = await untilOf(installation, found.services, asked.to, memory);
  const meant = found.services
    .filter(isMeant(installation, programme, asked))
    .filter(isOfWave(installation, programme, asked, until));
  const alive = meant.filter(({ source, service }) => (ended.get(source)?.get(service) ?? Infinity) > until);
  const mandate = await mandateOf(installation, programme);
  const practised = await practisedOf(installation, alive, programme, until);
  const services = await staged(installation, practised, { scoped: alive, mandate }, memory);
  return {
    programme,
    found,
    until: startOf("week", until, installation.config.timezone),
    mandate,
    services: services.toSorted(byTeamAndName),
    archived: meant.length - alive.length,
  };
}

/** From here on a stage asks for more than practices. */
const BEYOND_PRACTICES = 3;

/** Numbers that a stage asks for are read of those services alone that have come so far. */
async function staged(
  installation: Installation,
  practised: readonly Practised[],
  { scoped, mandate }: { readonly scoped: readonly ScopedService[]; readonly mandate: readonly Condition[] },
  memory: Memory,
): Promise<readonly Progressed[]> {
  const staged = practised.map((one) => ({ practised: one, stage: stageOf(one.statuses, mandate) }));
  const near = staged.filter(({ stage }) => stage.stage.number >= BEYOND_PRACTICES);
  const asked = near.flatMap(({ practised: { service } }) =>
    scoped.filter(({ serviceId }) => serviceId === service.serviceId),
  );
  const until = near[0]?.practised.weeks.at(-1)?.to ?? 0;
  const outcomes = await outcomesOf(installation, asked, until, memory);
  const byService = new Map(asked.map(({ serviceId }, index) => [serviceId, outcomes[index] ?? []]));
  return staged.map((one) => {
    const own = byService.get(one.practised.service.serviceId);
    return own === undefined
      ? one
      : { practised: one.practised, stage: stageOf(one.practised.statuses, [...mandate, ...own]) };
  });
}

async function untilOf(
  installation: Installation,
  services: readonly ScopedService[],
  to: string | undefined,
  memory: Memory,
) {
  const { config, now } = installation;
  const { until, ended } = await reaches(installation, services, memory);
  const end = to === undefined ? now() : askedWindow({ to }, config.timezone, now()).to;
  return { until: Math.min(until, end), ended };
}

/** Whether a service is one that the use case needs. */
function isMeant(installation: Installation, programme: Programme, { useCase }: AskedProgress) {
  if (useCase === undefined) return () => true;
  const chosen = programme.useCases.find(({ id }) => id === useCase);
  if (chosen === undefined)
    throw new BadRequest(
      `There is no use case "${useCase}" in the programme. The page Backbone lists those there are.`,
    );
  const { systemOf } = structureOf(installation.config);
  return ({ service }: ScopedService): boolean =>
    chosen.services.includes(service) || chosen.systems.includes(systemOf(service) ?? "");
}

/** Whether a service is one of the wave. */
function isOfWave(installation: Installation, { waves }: Programme, { wave }: AskedProgress, until: Instant) {
  if (wave === undefined) return () => true;
  const chosen = waves.find(({ id }) => id === wave);
  if (chosen === undefined)
    throw new BadRequest(`There is no wave "${wave}" in the programme. The page Backbone lists those there are.`);
  const { ownerOf } = structureOf(installation.config);
  return ({ service }: ScopedService): boolean => isInWave(chosen, { service, team: ownerOf(service, until - 1) });
}

function byTeamAndName(a: Progressed, b: Progressed): number {
  const key = ({ practised: { team, service } }: Progressed) => [team ?? "\uFFFF", service.service] as const;
  const [[teamA, nameA], [teamB, nameB]] = [key(a), key(b)];
  return teamA.localeCompare(teamB, "en") || nameA.localeCompare(nameB, "en");
}

export async function answerProgress(
  installation: Installation,
  query: Query<"/api/progress">,
  memory: Memory,
): Promise<Reply<"/api/progress">> {
  const { found, until, mandate, services, archived } = await progressOf(installation, query, memory);
  const stages = new Map(services.map(({ practised, stage }) => [practised.service.service, stage]));
  const next = sharedNext(stages);
  return {
    sentence: progressSentence([...stages.values()], next),
    until: iso(until),
    scope: scopeText(found.scope),
    stages: STAGES.map(({ number, title, outcome }) => ({
      number,
      title,
      outcome,
      services: services.filter(({ stage }) => stage.stage.number === number).length,
    })),
    mandate: mandate.map((one) => ({ ...one })),
    practices: practices.map(({ id, title, why, source }) => ({
      practice: id,
      title,
      why,
      source,
      counts: STATUSES.map((status) => ({ status, services: countOf(services, id, status) })),
    })),
    next: next && { ...next, services: [...next.services] },
    services: services.map((one) => told(installation, one, mandate)),
    archived,
  };
}

function countOf(services: readonly Progressed[], id: string, status: PracticeStatus["status"]): number {
  return services.filter(({ practised: { statuses } }) =>
    statuses.some((one) => one.practice.id === id && one.status === status),
  ).length;
}

function told(
  installation: Installation,
  { practised, stage }: Progressed,
  conditions: readonly Condition[],
): Reply<"/api/progress">["services"][number] {
  const { service, team, releaseClass, statuses } = practised;
  return {
    service: service.service,
    team,
    system: structureOf(installation.config).systemOf(service.service),
    releaseClass,
    stage: stage.stage.number,
    holding: stage.holding,
    asked: stage.asked,
    words: stage.words,
    missing: stage.missing.map((one) => ({ ...one })),
    stages: stageShares(statuses, conditions).map((one) => ({ ...one })),
    practices: statuses.map(({ practice, status }) => ({ practice: practice.id, status })),
  };
}

export async function answerProgressService(
  installation: Installation,
  query: Query<"/api/progress/service">,
  memory: Memory,
): Promise<Reply<"/api/progress/service">> {
  const { practised, programme, scoped } = await alone(installation, query, query.weeks, memory);
  const mandate = await mandateOf(installation, programme);
  const until = practised.weeks.at(-1)?.to ?? installation.now();
  const [conditions = []] = await outcomesOf(installation, [scoped], until, memory);
  const stage = stageOf(practised.statuses, [...mandate, ...conditions]);
  return {
    ...told(installation, { practised, stage }, mandate),
    until: iso(until),
    conditions: conditions.map((one) => ({ ...one })),
    practices: practised.statuses.map(({ practice: { id, title, why, source }, status, words, parts }) => ({
      practice: id,
      title,
      why,
      source,
      status,
      words,
      declared: declaredDay(programme, { team: practised.team, service: practised.service.service }, id),
      parts: parts.map((part) => toldPart(part, practised, query.weeks)),
    })),
  };
}

type ToldPart = Reply<"/api/progress/service">["practices"][number]["parts"][number];

function toldPart(status: PartStatus, { limits }: Practised, shown: number): ToldPart {
  const { part, history, interval, threshold } = status;
  const weeks = history.slice(-shown);
  const least = part.counts === "weeks" ? null : threshold;
  const { date, words } = adoptionDate(weekCounts(weeks), least, { ...DETECTION, rampWeeks: RAMP_WEEKS });
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
    history: weeks.map(toldWeek),
    detected: { at: date && iso(date.at), from: date && iso(date.from), to: date && iso(date.to), words },
  };
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

/** @throws BadRequest when there is no such service. */
async function alone(
  installation: Installation,
  { service, to }: { readonly service: string; readonly to?: string | undefined },
  weeks: number | null,
  memory: Memory,
): Promise<{
  readonly practised: PractisedWithRows;
  readonly programme: Programme;
  readonly scoped: ScopedService;
}> {
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
