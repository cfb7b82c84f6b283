/** What the evidence says of the practices of services, week by week. */
import type { ServiceFacts } from "#metrics/facts.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import type { PartStatus, PracticeStatus } from "#metrics/programme/practice-status.ts";
import { HABIT, practiceStatus } from "#metrics/programme/practice-status.ts";
import type { Declared, Evidence, Told } from "#metrics/programme/practices/evidence.ts";
import { evidenceOf, UNTOLD } from "#metrics/programme/practices/evidence.ts";
import { practices, readWeeks } from "#metrics/programme/practices/index.ts";
import type { Limits, ReleaseClass } from "#metrics/programme/practices/limits.ts";
import { RELEASE_CLASSES } from "#metrics/programme/practices/limits.ts";
import { toldBy } from "#metrics/programme/practices/told.ts";
import { next, periods, startOf, startOfDate } from "#metrics/calendar.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { WEEK } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Store } from "../store/store.ts";
import { structureOf } from "../structure.ts";
import { Pace } from "./turns.ts";

/** Facts that are older than the first week may still decide something in it. */
export const BEFORE_WEEKS = 26;
/** What a status looks at, and no more than four years of it. */
const [LEAST_WEEKS, MOST_WEEKS] = [52, 208];

/** A service with what its practices say. */
export interface Practised {
  readonly service: ServiceRecord;
  /** Who owns it at the end of the last week; `null`: nobody is named. */
  readonly team: string | null;
  /** What it is released on; `null`: nobody said, and it is held to what the cloud allows. */
  readonly releaseClass: ReleaseClass | null;
  readonly limits: Limits;
  /** The complete weeks that were read, in order. */
  readonly weeks: readonly Window[];
  readonly statuses: readonly PracticeStatus[];
}

export interface PractisedWithRows extends Practised {
  readonly facts: ServiceFacts;
  readonly evidence: Evidence;
}

export interface AskedWeeks {
  /** Complete weeks up to here are read. */
  readonly until: Instant;
  /** How many at least; `null`: as many as the status of a practice looks at. */
  readonly weeks: number | null;
}

/** What is known of practices, by service: kept as long as nothing that it rests on is another, and without the rows. */
const known = new WeakMap<Store, Map<number, { readonly key: string; readonly made: Promise<Practised> }>>();

/**
 * The practices of some services in their order, each read once as long as its facts are the same. Without rows.
 *
 * @param programme what is declared of freezes.
 */
export async function practisedOf(
  installation: Installation,
  services: readonly ServiceRecord[],
  programme: Programme,
  until: Instant,
): Promise<readonly Practised[]> {
  const pace = new Pace();
  const histories = historiesOf(installation.store);
  const kept = known.get(installation.store) ?? new Map<number, { key: string; made: Promise<Practised> }>();
  known.set(installation.store, kept);
  const found = new Map<ServiceRecord, Practised>();
  for (const service of services.toSorted(byRepository)) {
    await pace.rest();
    const asked = { until, weeks: null };
    const key = keyOf(installation, service, programme, asked);
    const before = kept.get(service.serviceId);
    const one =
      before?.key === key
        ? before
        : { key, made: read({ installation, service, programme, asked, pace, histories }).then(withoutRows) };
    kept.set(service.serviceId, one);
    one.made.catch(() => kept.get(service.serviceId) === one && kept.delete(service.serviceId));
    found.set(service, await one.made);
  }
  return services.flatMap((service) => found.get(service) ?? []);
}

/** The practices of one service, with the rows behind each week. */
export async function practisedWithRows(
  installation: Installation,
  service: ServiceRecord,
  programme: Programme,
  asked: AskedWeeks,
): Promise<PractisedWithRows> {
  const histories = historiesOf(installation.store);
  return read({ installation, service, programme, asked, pace: new Pace(), histories });
}

interface Reading {
  readonly installation: Installation;
  readonly service: ServiceRecord;
  readonly programme: Programme;
  readonly asked: AskedWeeks;
  readonly pace: Pace;
  readonly histories: Histories;
}

async function read(reading: Reading): Promise<PractisedWithRows> {
  const { installation, service, programme, asked, pace, histories } = reading;
  const { config, store } = installation;
  const structure = structureOf(config);
  const zone = config.timezone;
  const releaseClass = classOf(installation, service.service);
  const limits = config.thresholds.practices[releaseClass ?? "cloud"];
  const weeks = weeksOf(asked, limits, zone);
  const [first, last] = [weeks[0]?.from ?? asked.until, weeks.at(-1)?.to ?? asked.until];
  const facts = await factsOf(store, service, { from: first - BEFORE_WEEKS * WEEK, to: last });
  await pace.rest();
  const told = await toldOf(service, facts, histories);
  const team = structure.ownerOf(service.service, last - 1);
  const evidence = evidenceOf(facts, {
    zone,
    time: structure.timeOf(service.service),
    until: last,
    told,
    declared: declaredOf(programme, service.service, team, zone),
  });
  const statuses: PracticeStatus[] = [];
  for (const practice of practices) {
    await pace.rest();
    statuses.push(practiceStatus(practice, readWeeks(practice, evidence, weeks, limits), weeks, limits));
  }
  return { service, team, releaseClass, limits, weeks, statuses, facts, evidence };
}

/** Complete weeks; of what is released rarely as many as its habit needs. */
function weeksOf({ until, weeks }: AskedWeeks, { deployWeeks }: Limits, zone: string): readonly Window[] {
  const usual = Math.min(MOST_WEEKS, Math.max(LEAST_WEEKS, HABIT.longWeeks * HABIT.reach * deployWeeks));
  const end = startOf("week", until, zone);
  // The middle of a week, so that an hour more or less in spring and autumn makes no other one of it.
  const first = startOf("week", end - (Math.max(usual, weeks ?? 0) - 0.5) * WEEK, zone);
  return periods({ from: first, to: end }, "week", zone);
}

export async function factsOf(store: Store, service: ServiceRecord, window: Window): Promise<ServiceFacts> {
  const [opened, merged] = [await store.facts("opened", service, window), await store.facts("merged", service, window)];
  const [runs, breaks] = [
    await store.facts("finishedRuns", service, window),
    await store.facts("breaks", service, window),
  ];
  return {
    commits: await store.facts("committed", service, window),
    changes: once([...opened, ...merged]),
    deployments: await store.facts("deployments", service, window),
    incidents: [],
    alerts: await store.facts("alerts", service, window),
    pipelines: once([...runs, ...breaks]),
    unplacedCommits: null,
  };
}

/** What is in two lists is one fact. */
function once<Fact extends { readonly id: string }>(facts: readonly Fact[]): readonly Fact[] {
  return [...new Map(facts.map((fact) => [fact.id, fact])).values()];
}

async function toldOf(service: ServiceRecord, facts: ServiceFacts, histories: Histories): Promise<Told> {
  return service.source === PUSH ? UNTOLD : toldBy(await histories.of(service), facts);
}

type Histories = LastRead<Awaited<ReturnType<Store["told"]>>>;

function historiesOf(store: Store): Histories {
  return new LastRead(async (record) => store.told(record));
}

/** What was read of a repository last, since services of one repository come one after the other. */
export class LastRead<Thing> {
  readonly #read: (service: ServiceRecord) => Promise<Thing>;
  #last: { readonly place: string; readonly thing: Promise<Thing> } | null = null;

  constructor(read: (service: ServiceRecord) => Promise<Thing>) {
    this.#read = read;
  }

  async of(service: ServiceRecord): Promise<Thing> {
    const place = JSON.stringify([service.source, service.repository]);
    if (this.#last?.place !== place) this.#last = { place, thing: this.#read(service) };
    return this.#last.thing;
  }
}

export function byRepository(a: ServiceRecord, b: ServiceRecord): number {
  return a.sourceId - b.sourceId || a.repository.localeCompare(b.repository, "en");
}

/** What people say of it: when nobody was to release, what is not asked of it, and when it was tried to take a deployment back. */
function declaredOf(programme: Programme, service: string, team: string | null, zone: string): Declared {
  const { interventions, exemptions, drills } = programme;
  const freezes = interventions
    .filter(({ kind, teams }) => kind === "freeze" && (teams.length === 0 || (team !== null && teams.includes(team))))
    .map(({ from, to }) => ({ from: startOfDate(from, zone), to: next("day", startOfDate(to, zone), zone) }));
  const own = drills.filter((drill) => drill.service === service);
  return {
    notApplicable: exemptions.filter((one) => one.service === service),
    freezes,
    // Where nobody keeps a record of drills, none is no answer.
    drills: drills.length === 0 ? null : own.map(({ day }) => startOfDate(day, zone)),
  };
}

function classOf({ config }: Pick<Installation, "config">, service: string): ReleaseClass | null {
  const { releaseClass } = structureOf(config).labelsOf(service);
  return RELEASE_CLASSES.find((known) => known === releaseClass) ?? null;
}

/** Another one whenever anything that was read may be another. */
function keyOf(
  { config }: Installation,
  { source, service, derived, revision }: ServiceRecord,
  programme: Programme,
  { until, weeks }: AskedWeeks,
): string {
  const structure = structureOf(config);
  const end = startOf("week", until, config.timezone);
  const team = structure.ownerOf(service, end - 1);
  const declared = declaredOf(programme, service, team, config.timezone);
  const { releaseClass } = structure.labelsOf(service);
  const hours = structure.hoursKeyOf(service);
  const limits = config.thresholds.practices[classOf({ config }, service) ?? "cloud"];
  return JSON.stringify([source, service, derived, revision, end, weeks, team, releaseClass, limits, hours, declared]);
}

/** Rows are many, and looked at of one service at a time. */
function withoutRows({ service, team, releaseClass, limits, weeks, statuses }: Practised): Practised {
  return { service, team, releaseClass, limits, weeks, statuses: statuses.map(bare) };
}

function bare(status: PracticeStatus): PracticeStatus {
  const parts = status.parts.map(barePart);
  const weakest = parts.find(({ part }) => part === status.weakest?.part) ?? null;
  return { ...status, parts, weakest };
}

function barePart(status: PartStatus): PartStatus {
  return {
    ...status,
    history: status.history.map((week) =>
      week.reading.kind === "measured" ? { ...week, reading: { ...week.reading, rows: [] } } : week,
    ),
  };
}
