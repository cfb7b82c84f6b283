/** Facts follow events and rules: whatever was derived from older ones is derived again. Nothing is fetched. */
import { derive } from "#metrics/derive.ts";
import type { ServiceFacts } from "#metrics/facts.ts";
import { PUSH } from "#metrics/pushed.ts";
import { defaultRule } from "#metrics/releases.ts";
import type { DeploymentRules } from "#metrics/rollouts.ts";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";
import { homes } from "./push/homes.ts";
import type { PushedService } from "./store/pushes.ts";
import type { ServiceRecord } from "./store/sources.ts";
import type { Store } from "./store/store.ts";

/** Raised when the same events and rules give other facts than before. */
const DERIVATION = 1;

/** The rules of services that only those who push know. */
const PUSHED_RULES: DeploymentRules = { releases: defaultRule, production: null, backfillDays: 0 };

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
  const { store, sources } = installation;
  const keys = sourceKeys(installation);
  const revisions = new Map((await store.sources(keys)).map(({ key, revision }) => [key, revision]));
  const pushedFor = await settlePushedServices(installation);
  let changed = 0;
  for (const service of await store.services(keys)) {
    const rules =
      service.source === PUSH
        ? PUSHED_RULES
        : sources.find(({ collector }) => collector.source === service.source)?.rules;
    if (rules === undefined) continue;
    const pushed = pushedFor.get(service.serviceId) ?? [];
    // What is pushed for one service is nothing new for the others.
    const revision = service.source === PUSH ? 0 : (revisions.get(service.source) ?? 0);
    const definition = JSON.stringify({ derivation: DERIVATION, rules, ...versionsOf(pushed) });
    if (service.revision === revision && service.definition === definition) continue;
    const facts = await derived(store, service, rules, pushed);
    if (facts === null) continue;
    if (await store.saveFacts(service.serviceId, facts, { definition, revision })) changed += 1;
  }
  return changed;
}

/** By itself, so that a long history is let go of before its facts are written. `null` before it was first collected. */
async function derived(
  store: Store,
  service: ServiceRecord,
  rules: DeploymentRules,
  pushed: readonly PushedService[],
): Promise<ServiceFacts | null> {
  const history = await store.history(
    service,
    pushed.map(({ name }) => name),
  );
  return history === null ? null : derive(history, { name: service.service, rules });
}

function versionsOf(pushed: readonly PushedService[]): { pushed?: readonly (readonly [string, number])[] } {
  return pushed.length === 0 ? {} : { pushed: pushed.map(({ name, revision }) => [name, revision] as const) };
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
