/** Services that only those who push know, and what of that which was pushed is whose. */
import type { Service } from "#metrics/derive.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { Plan } from "../services.ts";
import { serviceOf } from "../services.ts";
import type { PushedService } from "../store/pushes.ts";
import type { ServiceRecord } from "../store/sources.ts";
import { PUSH } from "#metrics/pushed.ts";
import { homes, sharersOf } from "./homes.ts";

/** What was pushed for a service. */
export interface PushedFor {
  readonly own: readonly PushedService[];
  /** For the repository that it shares: the incidents with its labels are its own. */
  readonly shared: readonly PushedService[];
  /** Of a service that only those who push know: labels of incidents that are not its own. */
  readonly foreignLabels: readonly string[];
}

export const NOTHING_PUSHED: PushedFor = { own: [], shared: [], foreignLabels: [] };

/**
 * Services that only those who push know become visible, and those that a source turned out to know become a part of its own. So
 * do incidents that were pushed for a repository with several services, by their labels.
 *
 * @returns by service.
 */
export async function settlePushed(installation: Installation, planned: Plan): Promise<ReadonlyMap<number, PushedFor>> {
  const { store } = installation;
  const pushed = await store.pushedServices();
  const known = await store.services(sourceKeys(installation));
  const { joined, shared, own } = homes(pushed, known);
  const found = new Map<number, PushedFor>();
  for (const id of new Set([...joined.keys(), ...shared.keys()]))
    found.set(id, { own: joined.get(id) ?? [], shared: shared.get(id) ?? [], foreignLabels: [] });
  const opened = new Map(known.flatMap((service) => (service.source === PUSH ? [[service.service, service]] : [])));
  const labels = new Map<string, readonly string[]>();
  for (const service of own) {
    const foreign = sharersOf(service, known).flatMap((sharer) => labelsOf(planned, sharer));
    if (foreign.length > 0 && !(await store.hasPushedBeside(service.name, foreign))) continue;
    labels.set(service.name, foreign);
    if (!opened.has(service.name)) await store.openPushedService(service.name);
  }
  for (const [name, { serviceId }] of opened) if (!labels.has(name)) await store.closeService(serviceId);
  if (labels.size === 0) return found;
  const services: readonly ServiceRecord[] = await store.services([PUSH]);
  for (const { serviceId, service } of services) {
    const pushedFor = own.filter(({ name }) => name === service);
    found.set(serviceId, { own: pushedFor, shared: [], foreignLabels: labels.get(service) ?? [] });
  }
  return found;
}

/** Labels of incidents by which a service is told from those that share its repository. */
export function labelsOf(planned: Plan, service: ServiceRecord): readonly string[] {
  return serviceOf(planned, service)?.part.incidents?.own ?? [];
}

/** The service as it is told from those whose labels are not its own. */
export function withForeignLabels(service: Service, { foreignLabels }: PushedFor): Service {
  if (foreignLabels.length === 0) return service;
  return { ...service, part: { ...service.part, incidents: { own: [], others: foreignLabels } } };
}
