/** What the changes of services waited for, read from their facts once as long as these are the same. */
import { next, startOfDate } from "#metrics/calendar.ts";
import type { Change } from "#metrics/events.ts";
import type { ServiceFacts } from "#metrics/facts.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { withSystems } from "#metrics/programme/programme.ts";
import type { Calendared } from "#metrics/programme/release-days.ts";
import { boundTo, releaseDays } from "#metrics/programme/release-days.ts";
import { headsIn } from "#metrics/programme/practices/told.ts";
import type { SignalService } from "#metrics/programme/signals.ts";
import type { DeclaredWait, Wait } from "#metrics/programme/waits.ts";
import { waitsOf } from "#metrics/programme/waits.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { HOUR, WEEK, within } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Store } from "../store/store.ts";
import { structureOf } from "../structure.ts";
import { BEFORE_WEEKS, byRepository, factsOf, LastRead } from "./practised.ts";
import { Pace } from "./turns.ts";

export interface WaitedChange {
  readonly number: number;
  readonly title: string;
  readonly url: string | null;
}

/** A service with what its changes waited for, and what else tells of its system. */
export interface Waiting extends SignalService {
  readonly waits: readonly Wait[];
  /** Those that waited, by their ids. */
  readonly changes: ReadonlyMap<string, WaitedChange>;
  /** How many changes of people were merged. */
  readonly merged: number;
  readonly releaseClass: string | null;
  /** When its deployments failed, and how long each failure lasted, hours; `null`: nobody knows that it is over. */
  readonly failed: readonly { readonly at: Instant; readonly hours: number | null }[];
}

const known = new WeakMap<Store, Map<number, { readonly key: string; readonly made: Promise<Waiting> }>>();

/** In the order of the services. */
export async function waitingOf(
  installation: Installation,
  services: readonly ServiceRecord[],
  programme: Programme,
  window: Window,
): Promise<readonly Waiting[]> {
  const { store } = installation;
  const kept = known.get(store) ?? new Map<number, { key: string; made: Promise<Waiting> }>();
  known.set(store, kept);
  const [pace, histories, declared] = [new Pace(), changesOf(store), declaredIn(installation, programme)];
  const found = new Map<ServiceRecord, Waiting>();
  for (const service of services.toSorted(byRepository)) {
    await pace.rest();
    const place = placeOf(installation, service, declared, window);
    const key = JSON.stringify([service.source, service.service, service.derived, service.revision, window, place.key]);
    const before = kept.get(service.serviceId);
    const one = before?.key === key ? before : { key, made: read(installation, service, place, { window, histories }) };
    kept.set(service.serviceId, one);
    one.made.catch(() => kept.get(service.serviceId) === one && kept.delete(service.serviceId));
    found.set(service, await one.made);
  }
  return services.flatMap((service) => found.get(service) ?? []);
}

/** What people say that waits depend on. */
interface Declared {
  readonly calendars: readonly Calendared[];
  /** Everything that the calendars say, to tell whether they are the same. */
  readonly releases: readonly (readonly [string, string])[];
  readonly needs: ReadonlyMap<string, readonly string[]>;
  readonly freezes: readonly (Window & { readonly teams: readonly string[] })[];
  /** As they are called, by what people make of that in a label. */
  readonly names: ReadonlyMap<string, string>;
}

function declaredIn({ config }: Installation, programme: Programme): Declared {
  const zone = config.timezone;
  const { systems } = withSystems(programme, structureOf(config).systems);
  const releases = systems.flatMap(({ name, releases: words }) => (words === null ? [] : [[name, words] as const]));
  return {
    calendars: releases.flatMap(([system, words]) => {
      const isReleaseDay = releaseDays(words);
      return isReleaseDay === null ? [] : [{ system, isReleaseDay }];
    }),
    releases,
    needs: new Map(systems.map(({ name, needs }) => [name, needs])),
    freezes: programme.interventions
      .filter(({ kind }) => kind === "freeze")
      .map(({ from, to, teams }) => ({
        from: startOfDate(from, zone),
        to: next("day", startOfDate(to, zone), zone),
        teams,
      })),
    names: new Map(systems.map(({ name }) => [labelKey(name), name])),
  };
}

/** People write `blocked:core-ledger` for the system "Core ledger". */
function labelKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, " ")
    .trim();
}

interface Placed {
  readonly key: string;
  readonly team: string | null;
  readonly system: string | null;
  readonly releaseClass: string | null;
  readonly calendars: readonly Calendared[];
  readonly declared: readonly DeclaredWait[];
  readonly names: Declared["names"];
}

/** Its own release days count first, and then those of the systems that its system needs. */
function placeOf(
  { config }: Installation,
  { service }: ServiceRecord,
  { calendars, releases, needs, freezes, names }: Declared,
  window: Window,
): Placed {
  const structure = structureOf(config);
  const [team, system] = [structure.ownerOf(service, window.to - 1), structure.systemOf(service)];
  const near = system === null ? [] : [system, ...(needs.get(system) ?? [])];
  const frozen = freezes.filter(({ teams }) => teams.length === 0 || (team !== null && teams.includes(team)));
  const declared =
    system === null
      ? []
      : frozen.map((one): DeclaredWait => {
          return { from: one.from, to: one.to, system, element: "delivery", services: [service] };
        });
  const { releaseClass } = structure.labelsOf(service);
  const own = near.flatMap((name) => calendars.find((one) => one.system === name) ?? []);
  const said = releases.filter(([name]) => near.includes(name));
  const key = JSON.stringify([team, system, releaseClass, said, declared, [...names.values()], config.timezone]);
  return { key, team, system, releaseClass, calendars: own, declared, names };
}

type Histories = LastRead<readonly Change[]>;

function changesOf(store: Store): Histories {
  return new LastRead(async (record) => store.changeEvents(record));
}

async function read(
  { store, config }: Installation,
  service: ServiceRecord,
  { team, system, releaseClass, calendars, declared, names }: Placed,
  { window, histories }: { readonly window: Window; readonly histories: Histories },
): Promise<Waiting> {
  const facts = await factsOf(store, service, { from: window.from - BEFORE_WEEKS * WEEK, to: window.to });
  const heads = service.source === PUSH ? null : headsIn(await histories.of(service));
  const deployed = facts.deployments.flatMap(({ deployedAt }) => (within(deployedAt, window) ? [deployedAt] : []));
  const { changes, pipelines } = facts;
  const bound = boundTo(deployed, calendars, config.timezone);
  const waits = waitsOf(
    [{ service: service.service, system, changes, pipelines, boundTo: bound, heads }],
    declared,
    window,
  ).map((wait) => ({ ...wait, system: wait.system && (names.get(labelKey(wait.system)) ?? wait.system) }));
  const merged = changes.filter(({ mergedAt, authorKind }) => authorKind !== "bot" && within(mergedAt, window));
  const waited = new Set(waits.map(({ change }) => change));
  return {
    service: service.service,
    repository: service.repository,
    team,
    system,
    releaseClass,
    waits,
    changes: new Map(
      changes.filter(({ id }) => waited.has(id)).map(({ id, number, title, url }) => [id, { number, title, url }]),
    ),
    merged: merged.length,
    titles: merged.map(({ title }) => title),
    deployedAt: deployed,
    ...failuresOf(facts, window),
  };
}

function failuresOf({ deployments }: ServiceFacts, window: Window): Pick<Waiting, "failed" | "failures" | "rework"> {
  const own = deployments.filter(({ deployedAt }) => within(deployedAt, window));
  const failed = own.flatMap(({ failedBy, deployedAt, recoveredAt }) =>
    failedBy.length === 0 || deployedAt === null
      ? []
      : [
          {
            at: deployedAt,
            hours: recoveredAt === null ? null : (Math.min(recoveredAt, window.to) - deployedAt) / HOUR,
          },
        ],
  );
  return { failed, failures: failed.length, rework: own.filter(({ isRework }) => isRework).length };
}
