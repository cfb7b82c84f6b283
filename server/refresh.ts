/** Facts follow events and rules: whatever was derived from older ones is derived again. Nothing is fetched. */
import { derive } from "#metrics/derive.ts";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";

/** Raised when the same events and rules give other facts than before. */
const DERIVATION = 1;

/** Brings stale facts up to date, service by service. @returns how many services had changed facts. */
export async function refresh(installation: Installation): Promise<number> {
  const { store, sources } = installation;
  const revisions = new Map(
    (await store.sources(sourceKeys(installation))).map(({ key, revision }) => [key, revision]),
  );
  let changed = 0;
  for (const service of await store.services(sourceKeys(installation))) {
    const revision = revisions.get(service.source) ?? 0;
    const rules = sources.find(({ collector }) => collector.source === service.source)?.rules;
    if (rules === undefined) continue;
    const definition = JSON.stringify({ derivation: DERIVATION, rules });
    if (service.revision === revision && service.definition === definition) continue;
    const history = await store.history(service);
    if (history === null) continue;
    const facts = derive(history, { name: service.service, rules });
    if (await store.saveFacts(service.serviceId, facts, { definition, revision })) changed += 1;
  }
  return changed;
}
