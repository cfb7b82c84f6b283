/** From all that is known of a service to its facts. Whose thread it is and where the events are read from is the caller's. */
import { study } from "#metrics/derive.ts";
import type { Service } from "#metrics/derive.ts";
import type { History } from "#metrics/history.ts";
import type { Override } from "#metrics/judgements.ts";
import { PUSH } from "#metrics/pushed.ts";
import { canSettle, settle } from "#metrics/settled.ts";
import type { PushedFor } from "./push/settle.ts";
import type { Derived, Extent } from "./store/difference.ts";
import type { Reading } from "./store/reading.ts";
import type { ServiceRecord } from "./store/sources.ts";

/** A service whose facts are older than its events or its rules. Plain data, for other threads too. */
export interface Stale {
  readonly record: ServiceRecord;
  readonly service: Service;
  readonly pushed: PushedFor;
  /** What people say of its deployments. */
  readonly overrides: readonly Override[];
  readonly revision: number;
  readonly definition: string;
}

type Histories = Pick<Reading, "history" | "withPushed">;

/**
 * One by one, so that the facts of one can be let go of before those of the next are derived. Services of one repository have the
 * same history, and reading it costs more than deriving from it.
 *
 * @returns nothing of what was never collected.
 */
export async function* derivedWhole(from: Histories, group: readonly Stale[]): AsyncGenerator<Derived, undefined> {
  const [first] = group;
  const shared = first === undefined || group.length === 1 ? null : await from.history(first.record);
  for (const one of group) {
    const found = await derived(from, one, shared);
    if (found !== null) yield derivedFrom(one, found);
  }
}

/** By itself, so that a long history is let go of before its facts are written. */
async function derived(
  from: Histories,
  { record, service, pushed, overrides }: Stale,
  history: History | null,
): Promise<Found | null> {
  const { own, shared } = pushed;
  const known = history ?? (await from.history(record));
  if (known === null) return null;
  const names = { own: own.map(({ name }) => name), shared: shared.map(({ name }) => name) };
  const joined = await from.withPushed(known, { ...names, labels: service.part.incidents });
  const found = study(joined, service, overrides);
  return { facts: found.facts, of: null, settled: isAlone(record, service, pushed) ? settle(found, null) : null };
}

/** `of`: `null` where these are all facts of the service. */
interface Found extends Extent {
  readonly facts: Derived["facts"];
}

export function derivedFrom({ record, definition, revision }: Stale, { facts, of, settled }: Found): Derived {
  return { serviceId: record.serviceId, facts, derivedFrom: { definition, revision }, extent: { of, settled } };
}

/** Whether all that is told of a service is its repository's, and may be settled. */
export function isAlone({ source }: ServiceRecord, { rules, part }: Service, { own, shared }: PushedFor): boolean {
  return source !== PUSH && own.length + shared.length === 0 && canSettle(rules, part);
}
