/** Facts follow events and rules: whatever was derived from older ones is derived again. Nothing is fetched. */
import type { Service } from "#metrics/derive.ts";
import { study } from "#metrics/derive.ts";
import type { History } from "#metrics/history.ts";
import type { Override } from "#metrics/judgements.ts";
import { overridesOf } from "#metrics/judgements.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { RecentFacts } from "#metrics/recent.ts";
import { questions, recentFacts } from "#metrics/recent.ts";
import type { Ids } from "#metrics/settled.ts";
import { canSettle, settle } from "#metrics/settled.ts";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import type { PushedFor } from "./push/settle.ts";
import { NOTHING_PUSHED, settlePushed, withForeignLabels } from "./push/settle.ts";
import type { Plan } from "./services.ts";
import { planOf, serviceOf } from "./services.ts";
import type { Derived } from "./store/facts.ts";
import { FIRST } from "./store/news.ts";
import type { PushedService } from "./store/pushes.ts";
import type { ServiceRecord } from "./store/sources.ts";
import type { Store } from "./store/store.ts";

/** Raised when the same events and rules give other facts than before. */
const DERIVATION = 7;

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

async function refreshNow(installation: Installation): Promise<number> {
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
    const isNew =
      record.revision === null ||
      record.revision === FIRST ||
      news.get(record.sourceId)?.has(record.repository) === true;
    if (!isNew && record.definition === definition) continue;
    stale.push({ record, service, pushed, overrides, revision, definition });
  }
  return deriveAll(store, stale);
}

/** A service whose facts are older than its events or its rules. */
interface Stale {
  readonly record: ServiceRecord;
  readonly service: Service;
  readonly pushed: PushedFor;
  /** What people say of its deployments. */
  readonly overrides: readonly Override[];
  readonly revision: number;
  readonly definition: string;
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
async function deriveAll(store: Store, stale: readonly Stale[]): Promise<number> {
  const changed = new Set<number>();
  const note = (services: ReadonlySet<number>): void => {
    for (const id of services) changed.add(id);
  };
  const whole: Stale[] = stale.filter((one) => !hasRecent(one));
  await inLanes(chunks(stale.filter(hasRecent)), async (some) => {
    const rest = await deriveRecent(store, some, note);
    whole.push(...rest);
  });
  await inLanes(groups(whole), async (group) => deriveGroup(store, group, note));
  return changed.size;
}

async function inLanes<T>(waiting: IterableIterator<T>, work: (one: T) => Promise<void>): Promise<void> {
  const lane = async (): Promise<void> => {
    for (const one of waiting) await work(one);
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const one of ended) if (one.status === "rejected") throw one.reason;
}

function* chunks(stale: readonly Stale[]): Generator<readonly Stale[], undefined> {
  for (let start = 0; start < stale.length; start += AT_ONCE) yield stale.slice(start, start + AT_ONCE);
}

/** Whether facts may be derived from the recent part of the history. */
function hasRecent({ record, service, pushed, definition }: Stale): boolean {
  const isDerived = record.revision !== null && record.revision !== FIRST && record.definition === definition;
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

/** The services of one repository have the same history, and reading it costs more than deriving from it. */
async function deriveGroup(
  store: Store,
  group: readonly Stale[],
  note: (changed: ReadonlySet<number>) => void,
): Promise<void> {
  const shared = group.length > 1 ? await historyOf(store, group) : null;
  for (const one of group) {
    const found = await derived(store, one, shared);
    if (found !== null) note(await store.saveFacts([derivedFrom(one, found)]));
  }
  await forgetNews(store, group.slice(0, 1));
}

function derivedFrom({ record, definition, revision }: Stale, { facts, of, settled }: Found): Derived {
  return { serviceId: record.serviceId, facts, derivedFrom: { definition, revision }, extent: { of, settled } };
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

function groups(stale: readonly Stale[]): IterableIterator<readonly Stale[]> {
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

/** `of`: `null` where these are all facts of the service. */
interface Found extends Omit<RecentFacts, "of"> {
  readonly of: Ids | null;
}

/** Whether all that is told of a service is its repository's, and may be settled. */
function isAlone({ source }: ServiceRecord, { rules, part }: Service, { own, shared }: PushedFor): boolean {
  return source !== PUSH && own.length + shared.length === 0 && canSettle(rules, part);
}

/** By itself, so that a long history is let go of before its facts are written. `null` before it was first collected. */
async function derived(
  store: Store,
  { record, service, pushed, overrides }: Stale,
  history: History | null,
): Promise<Found | null> {
  const { own, shared } = pushed;
  const known = history ?? (await store.history(record));
  if (known === null) return null;
  const names = { own: own.map(({ name }) => name), shared: shared.map(({ name }) => name) };
  const joined = await store.withPushed(known, { ...names, labels: service.part.incidents });
  const found = study(joined, service, overrides);
  return { facts: found.facts, of: null, settled: isAlone(record, service, pushed) ? settle(found, null) : null };
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
