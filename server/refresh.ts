/** Facts follow events and rules: whatever was derived from older ones is derived again. Nothing is fetched. */
import type { Service } from "#metrics/derive.ts";
import type { Override } from "#metrics/judgements.ts";
import { overridesOf } from "#metrics/judgements.ts";
import { PUSH } from "#metrics/pushed.ts";
import { questions, recentFacts } from "#metrics/recent.ts";
import { Derivers } from "./derivers.ts";
import type { Stale } from "./deriving.ts";
import { derivedFrom, derivedWhole, isAlone } from "./deriving.ts";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import type { PushedFor } from "./push/settle.ts";
import { NOTHING_PUSHED, settlePushed, withForeignLabels } from "./push/settle.ts";
import type { Plan } from "./services.ts";
import { planOf, serviceOf } from "./services.ts";
import type { Derived } from "./store/difference.ts";
import { translate } from "./store/errors.ts";
import type { PushedService } from "./store/pushes.ts";
import type { ServiceRecord } from "./store/sources.ts";
import { isUnderived } from "./store/sources.ts";
import { isServer } from "./store/place.ts";
import type { Store } from "./store/store.ts";
import { alone } from "./work-leases.ts";

/** Raised when the same events and rules give other facts than before. */
export const DERIVATION = 10;

/** While one repository is read and derived from, the facts of another are written: that is another thread's work. */
const LANES = 2;

/** So many services of which little is new are derived together: a statement costs more than the few rows of one of them. */
const AT_ONCE = 32;

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

/** Of several processes on a database one derives at a time, for the same reason. On a file there usually is one, which need not ask. */
async function refreshNow(installation: Installation): Promise<number> {
  const derive = async () => deriveStale(installation);
  return isServer(installation.store.path) ? alone(installation, "derive", derive) : derive();
}

async function deriveStale(installation: Installation): Promise<number> {
  const { store } = installation;
  const keys = sourceKeys(installation);
  // In this order: what comes in between is in the news and not in the revision, and is derived again.
  const revisions = new Map((await store.sources(keys)).map(({ key, revision }) => [key, revision]));
  const planned = await settlePlanned(installation);
  const pushedFor = await settlePushed(installation, planned);
  const inForce = (await store.journal()).filter(({ reversal }) => reversal === null);
  const news = await store.news();
  const stale: Stale[] = [];
  const records = await store.services(keys);
  const first = records.filter(({ revision }) => revision === null);
  if (first.length > 0) await store.follow(first.map(({ serviceId }) => serviceId));
  for (const record of records) {
    const known = serviceOf(planned, record);
    if (known === null) continue;
    const pushed = pushedFor.get(record.serviceId) ?? NOTHING_PUSHED;
    const service = withForeignLabels(known, pushed);
    // What is pushed for one service is nothing new for the others.
    const revision = record.source === PUSH ? 0 : (revisions.get(record.source) ?? 0);
    const overrides = overridesOf(inForce, record.service);
    const definition = definitionOf(record, service, pushed, overrides);
    const isNew = isUnderived(record) || news.get(record.sourceId)?.has(record.repository) === true;
    if (!isNew && record.definition === definition) continue;
    stale.push({ record, service, pushed, overrides, revision, definition });
  }
  return deriveAll(installation, stale);
}

/** All that facts depend on beside the events of the source. Where nothing is overruled the definition is what it always was. */
function definitionOf(
  { repository }: ServiceRecord,
  { rules, part }: Service,
  pushed: PushedFor,
  overrides: readonly Override[],
): string {
  const judged = overrides.length > 0 && { overrides };
  return JSON.stringify({ derivation: DERIVATION, repository, rules, part, ...versionsOf(pushed), ...judged });
}

/** First those of which only the recent part is to be read, many at a time; then the others, one by one. */
async function deriveAll({ store, live }: Installation, stale: readonly Stale[]): Promise<number> {
  const changed = new Set<number>();
  const note = (services: ReadonlySet<number>): void => {
    for (const id of services) changed.add(id);
    live.tell();
  };
  const whole: Stale[] = stale.filter((one) => !hasRecent(one));
  await inLanes(chunks(stale.filter(hasRecent)), LANES, async (some) => {
    const rest = await deriveRecent(store, some, note);
    whole.push(...rest);
  });
  await deriveWhole(store, whole, note);
  return changed.size;
}

async function inLanes<T>(waiting: IterableIterator<T>, lanes: number, work: (one: T) => Promise<void>): Promise<void> {
  const lane = async (): Promise<void> => {
    for (const one of waiting) await work(one);
  };
  const ended = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}

function* chunks(stale: readonly Stale[]): Generator<readonly Stale[], undefined> {
  for (let start = 0; start < stale.length; start += AT_ONCE) yield stale.slice(start, start + AT_ONCE);
}

/** Whether facts may be derived from the recent part of the history. */
function hasRecent({ record, service, pushed, definition }: Stale): boolean {
  const isDerived = !isUnderived(record) && record.definition === definition;
  return isDerived && isAlone(record, service, pushed);
}

/** What a day costs: only what is new and what it may be about is read. @returns those for which it takes the whole history. */
async function deriveRecent(
  store: Store,
  stale: readonly Stale[],
  note: (changed: ReadonlySet<number>) => void,
): Promise<readonly Stale[]> {
  const recents = await store.recent(stale.map(({ record }) => record));
  const known = await store.known(new Map([...recents].map(([id, recent]) => [id, questions(recent)])));
  const derived: Derived[] = [];
  const done: Stale[] = [];
  for (const one of stale) {
    const { serviceId } = one.record;
    const [recent, answers] = [recents.get(serviceId), known.get(serviceId)];
    const found =
      recent === undefined || answers === undefined ? null : recentFacts(recent, one.service, one.overrides, answers);
    if (found === null) continue;
    derived.push(derivedFrom(one, found));
    done.push(one);
  }
  if (derived.length > 0) note(await store.saveFacts(derived));
  await forgetNews(store, done);
  return stale.filter((one) => !done.includes(one));
}

/** Here, or where there is much to do in threads beside this one, which go on reading and deriving while facts are written. */
async function deriveWhole(
  store: Store,
  whole: readonly Stale[],
  note: (changed: ReadonlySet<number>) => void,
): Promise<void> {
  const groups = groupsOf(whole);
  const derivers = Derivers.open(store.path, groups.length);
  if (derivers === null) return inLanes(groups.values(), LANES, async (group) => deriveGroup(store, group, note));
  try {
    await inLanes(groups.values(), derivers.lanes, async (group) => {
      const rewrites = await derivers.derive(group);
      const saved: (ReadonlySet<number> | null)[] = [];
      for (const rewrite of rewrites) saved.push(await store.saveRewrite(rewrite));
      // Where another process wrote meanwhile, all is compared again while nobody else can.
      if (saved.includes(null)) return deriveGroup(store, group, note);
      for (const changed of saved) if (changed !== null) note(changed);
      await forgetNews(store, group.slice(0, 1));
    });
  } catch (error) {
    throw translate(error, store.path);
  } finally {
    await derivers.close();
  }
}

async function deriveGroup(
  store: Store,
  group: readonly Stale[],
  note: (changed: ReadonlySet<number>) => void,
): Promise<void> {
  for await (const derived of derivedWhole(store, group)) note(await store.saveFacts([derived]));
  await forgetNews(store, group.slice(0, 1));
}

async function forgetNews(store: Store, done: readonly Stale[]): Promise<void> {
  const upTo = new Map<string, Stale[]>();
  for (const one of done) {
    const key = `${one.record.sourceId} ${one.revision}`;
    upTo.set(key, [...(upTo.get(key) ?? []), one]);
  }
  for (const some of upTo.values()) {
    const [first] = some;
    if (first === undefined) continue;
    const {
      revision,
      record: { sourceId },
    } = first;
    await store.forgetNews(
      { sourceId, revision },
      some.map(({ record }) => record.repository),
    );
  }
}

function groupsOf(stale: readonly Stale[]): readonly (readonly Stale[])[] {
  const found = new Map<string, Stale[]>();
  for (const one of stale) {
    const key = JSON.stringify([one.record.source, one.record.repository]);
    found.set(key, [...(found.get(key) ?? []), one]);
  }
  return [...found.values()];
}

/** Only where something was pushed, so that the definition of all others stays what it was. */
function versionsOf({ own, shared }: PushedFor): object {
  const versions = (services: readonly PushedService[]) => services.map(({ name, revision }) => [name, revision]);
  return {
    ...(own.length > 0 && { pushed: versions(own) }),
    ...(shared.length > 0 && { shared: versions(shared) }),
  };
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
