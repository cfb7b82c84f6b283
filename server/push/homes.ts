/** Which service a push is for: one that is known, or one of its own. */
import { repositoryPath } from "#collectors/push/fields.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { PushedService } from "../store/pushes.ts";

/**
 * The service with that name; else the only one of that repository; else none. Names are blind to case where that leaves no doubt.
 *
 * @param known the services of the configured sources.
 */
export function homeOf(
  { name, repository }: Pick<PushedService, "name" | "repository">,
  known: readonly ServiceRecord[],
): ServiceRecord | null {
  const services = known.filter(({ source }) => source !== PUSH);
  return (
    only(services, ({ service }) => service === name) ??
    only(services, ({ service }) => service.toLowerCase() === name.toLowerCase()) ??
    only(services, (service) => isRepository(service, repository)) ??
    only(services, (service) => isRepository(service, repositoryPath(name)))
  );
}

/** The services that share the repository a push is for, where it names none of them: the labels of an incident say whose it is. */
export function sharersOf(
  { name, repository }: Pick<PushedService, "name" | "repository">,
  known: readonly ServiceRecord[],
): readonly ServiceRecord[] {
  const services = known.filter(({ source }) => source !== PUSH);
  const named = services.filter((service) => isRepository(service, repository));
  return named.length > 0 ? named : services.filter((service) => isRepository(service, repositoryPath(name)));
}

function isRepository({ repository }: ServiceRecord, named: string | null): boolean {
  return named !== null && repository.toLowerCase() === named.toLowerCase();
}

function only<T>(all: readonly T[], isIt: (one: T) => boolean): T | null {
  const found = all.filter(isIt);
  return found.length === 1 ? (found[0] ?? null) : null;
}

export interface Homes {
  /** By service of a configured source: what was pushed for it. */
  readonly joined: ReadonlyMap<number, readonly PushedService[]>;
  /** By service of a configured source: what was pushed for its repository, which it shares with others. */
  readonly shared: ReadonlyMap<number, readonly PushedService[]>;
  /** Services that nobody else knows. */
  readonly own: readonly PushedService[];
}

export function homes(pushed: readonly PushedService[], known: readonly ServiceRecord[]): Homes {
  const joined = new Map<number, PushedService[]>();
  const shared = new Map<number, PushedService[]>();
  const own: PushedService[] = [];
  for (const service of pushed) {
    const home = homeOf(service, known);
    if (home !== null) joined.set(home.serviceId, [...(joined.get(home.serviceId) ?? []), service]);
    if (home !== null || !service.isService) continue;
    own.push(service);
    for (const { serviceId } of sharersOf(service, known))
      shared.set(serviceId, [...(shared.get(serviceId) ?? []), service]);
  }
  return { joined, shared, own };
}
