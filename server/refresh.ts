/** Facts follow events and rules: whatever was derived from older ones is derived again. Nothing is fetched. */
import type { Service } from "#metrics/derive.ts";
import { derive } from "#metrics/derive.ts";
import type { ServiceFacts } from "#metrics/facts.ts";
import type { History } from "#metrics/history.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import { homes } from "./push/homes.ts";
import type { Plan } from "./services.ts";
import { planOf, serviceOf } from "./services.ts";
import type { PushedService } from "./store/pushes.ts";
import type { ServiceRecord } from "./store/sources.ts";
import type { Store } from "./store/store.ts";

/** Raised when the same events and rules give other facts than before. */
const DERIVATION = 4;

/** By database: the refresh that is under way. Two at a time would write older facts over newer ones. */
const underWay = new WeakMap<Store, Promise<unknown>>();

/** Brings stale facts up to date, service by service, one refresh at a time. @returns how many services had changed facts. */
export async function refresh(installation: Installation): Promise<number> {
  const { store } = installation;
  const before = underWay.get(store) ?? Promise.resolve();
  const mine = before.catch(() => undefined).then(async () => refreshNow(installation));
  underWay.set(store, mine);
  return mine;
}

async function refreshNow(installation: Installation): Promise<number> {
  const { store } = installation;
  const keys = sourceKeys(installation);
  const revisions = new Map((await store.sources(keys)).map(({ key, revision }) => [key, revision]));
  const planned = await settlePlanned(installation);
  const pushedFor = await settlePushedServices(installation);
  const stale: Stale[] = [];
  for (const record of await store.services(keys)) {
    const service = serviceOf(planned, record);
    if (service === null) continue;
    const pushed = pushedFor.get(record.serviceId) ?? [];
    // What is pushed for one service is nothing new for the others.
    const revision = record.source === PUSH ? 0 : (revisions.get(record.source) ?? 0);
    const definition = definitionOf(record, service, pushed);
    if (record.revision === revision && record.definition === definition) continue;
    stale.push({ record, service, pushed, revision, definition });
  }
  return deriveAll(store, stale);
}

/** A service whose facts are older than its events or its rules. */
interface Stale {
  readonly record: ServiceRecord;
  readonly service: Service;
  readonly pushed: readonly PushedService[];
  readonly revision: number;
  readonly definition: string;
}

/** All that facts depend on beside the events of the source. */
function definitionOf(
  { repository }: ServiceRecord,
  { rules, part }: Service,
  pushed: readonly PushedService[],
): string {
  return JSON.stringify({ derivation: DERIVATION, repository, rules, part, ...versionsOf(pushed) });
}

/** Repository by repository, since the services of one have the same history, and reading it costs more than deriving from it. */
async function deriveAll(store: Store, stale: readonly Stale[]): Promise<number> {
  let changed = 0;
  for (const group of groups(stale)) {
    const shared = group.length > 1 ? await historyOf(store, group) : null;
    for (const { record, service, pushed, revision, definition } of group) {
      const facts = await derived(store, record, service, pushed, shared);
      if (facts === null) continue;
      if (await store.saveFacts(record.serviceId, facts, { definition, revision })) changed += 1;
    }
  }
  return changed;
}

function groups(stale: readonly Stale[]): Iterable<readonly Stale[]> {
  const found = new Map<string, Stale[]>();
  for (const one of stale) {
    const key = JSON.stringify([one.record.source, one.record.repository]);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return found.values();
}

async function historyOf(store: Store, [first]: readonly Stale[]): Promise<History | null> {
  return first === undefined ? null : store.history(first.record);
}

/** By itself, so that a long history is let go of before its facts are written. `null` before it was first collected. */
async function derived(
  store: Store,
  record: ServiceRecord,
  service: Service,
  pushed: readonly PushedService[],
  shared: History | null,
): Promise<ServiceFacts | null> {
  const history = shared ?? (await store.history(record));
  if (history === null) return null;
  const names = pushed.map(({ name }) => name);
  return derive(await store.withPushed(history, names), service);
}

function versionsOf(pushed: readonly PushedService[]): { pushed?: readonly (readonly [string, number])[] } {
  return pushed.length === 0 ? {} : { pushed: pushed.map(({ name, revision }) => [name, revision] as const) };
}

/** Opens the services that the configuration makes of the repositories, and closes those that it no longer makes. */
async function settlePlanned(installation: Installation): Promise<Plan> {
  const { store } = installation;
  const sources = sourceKeys(installation).filter((key) => key !== PUSH);
  const planned = await planOf(installation);
  const wanted = planned.services.map(({ sourceId, repository, service: { name } }) => ({
    sourceId,
    repository,
    name,
  }));
  const known = (await store.services(sources)).map(({ sourceId, repository, service: name }) => ({
    sourceId,
    repository,
    name,
  }));
  // Who has nothing to settle waits for nobody who writes.
  if (!isSame(known, wanted)) await store.settleServices(sources, wanted);
  return planned;
}

function isSame(known: readonly object[], wanted: readonly object[]): boolean {
  const texts = (all: readonly object[]) => JSON.stringify(all.map((one) => JSON.stringify(one)).sort());
  return texts(known) === texts(wanted);
}

/**
 * Services that only those who push know become visible, and those that a source turned out to know become a part of its own.
 *
 * @returns by service: the names under which something was pushed for it.
 */
async function settlePushedServices(
  installation: Installation,
): Promise<ReadonlyMap<number, readonly PushedService[]>> {
  const { store } = installation;
  const pushed = await store.pushedServices();
  const known = await store.services(sourceKeys(installation));
  const { joined, own } = homes(pushed, known);
  const opened = new Map(known.flatMap((service) => (service.source === PUSH ? [[service.service, service]] : [])));
  for (const { name } of own) if (!opened.has(name)) await store.openPushedService(name);
  const names = new Set(own.map(({ name }) => name));
  for (const [name, { serviceId }] of opened) if (!names.has(name)) await store.closeService(serviceId);
  if (own.length === 0) return joined;
  const services: readonly ServiceRecord[] = await store.services([PUSH]);
  const ofOwn = services.map(
    ({ serviceId, service }) => [serviceId, own.filter(({ name }) => name === service)] as const,
  );
  return new Map([...joined, ...ofOwn]);
}
