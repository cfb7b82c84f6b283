/**
 * A made-up organisation of any size, as events in a database: services with changes, commits, deployments, runs and incidents of
 * five years. It is told service by service and day by day, so that making it takes little memory. The same size makes the same
 * organisation.
 */
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { Config } from "#config/schema.ts";
import type { OpenInstallation } from "#server/installation.ts";
import { openInstallation, sourceKeys } from "#server/installation.ts";
import { chanceFrom } from "./chance.ts";
import { ServiceLife } from "./service-life.ts";

export interface OrganisationSize {
  /** Of all services together, about; as many deployments, as many runs of pipelines and twice as many commits. */
  readonly changes: number;
  readonly services: number;
}

export const START = Date.parse("2021-06-28T00:00Z");
/** Five years later. The day that begins is a working day. */
export const LAST_DAY = Date.parse("2026-06-30T00:00Z");
const OF_A_TEAM = 25;
/** Events stored in one transaction. */
const BATCH = 5000;

export interface Organisation {
  /** With its services in teams of 25, and one source, which has a repository for each service. */
  readonly installation: OpenInstallation;
  /** Stores what happened up to an instant and is not stored yet; facts are not derived from it. @returns how many events that was. */
  readonly goOn: (until: Instant) => Promise<number>;
}

/** In a database that is new, or that holds the same organisation, which then goes on where it stopped. */
export async function openOrganisation(database: string, size: OrganisationSize): Promise<Organisation> {
  const config = configOf(database, size.services);
  const installation = await openInstallation(config, { env: {}, now: () => LAST_DAY });
  const [key = ""] = sourceKeys(installation);
  const { store } = installation;
  const { id, cursor } = await store.openSource({ key, name: "acme", host: "github" });
  // Those that have stopped are told once more only where they go on.
  let stopped = cursor === null ? -Infinity : Number(cursor);
  const lives = lazily(() => {
    const all = livesOf(key, size);
    if (stopped > -Infinity) for (const life of all) life.until(stopped);
    return all;
  });
  return {
    installation,
    goOn: async (until) => {
      if (until <= stopped) return 0;
      let count = 0;
      for (const events of batches(lives(), until)) {
        await store.save(id, { events, removed: [], notices: [], cursor: null, progress: null }, until);
        count += events.length;
      }
      await store.save(id, { events: [], removed: [], notices: [], cursor: String(until), progress: null }, until);
      await store.finishSync(id, { syncedAt: until, notices: [] });
      stopped = until;
      return count;
    },
  };
}

function lazily<T>(make: () => T): () => T {
  const made: T[] = [];
  return () => (made[0] ??= make());
}

function* batches(lives: readonly ServiceLife[], until: Instant): Generator<readonly DeliveryEvent[]> {
  let batch: DeliveryEvent[] = [];
  for (const life of lives) {
    for (const event of life.until(until)) {
      batch.push(event);
      if (batch.length < BATCH) continue;
      yield batch;
      batch = [];
    }
  }
  yield batch;
}

function livesOf(source: string, { changes, services }: OrganisationSize): readonly ServiceLife[] {
  const days = ((LAST_DAY - START) / DAY) * (5 / 7);
  return weightsOf(services).map((weight, index) => {
    const repository = repositoryName(index);
    return new ServiceLife({ source, repository, index, start: START, perDay: (changes * weight) / days });
  });
}

/** Few services are very busy, and many are quiet; the shares add up to 1. */
export function weightsOf(services: number): readonly number[] {
  const { draw } = chanceFrom(services);
  // The sum of four draws is near enough to a bell.
  const weights = Array.from({ length: services }, () => Math.exp((draw() + draw() + draw() + draw() - 2) * 1.4));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

export function repositoryName(index: number): string {
  return `acme/service-${String(index).padStart(4, "0")}`;
}

export function configOf(database: string, services: number): Config {
  const teams = Array.from({ length: Math.ceil(services / OF_A_TEAM) }, (_, team) => ({
    name: `Team ${team + 1}`,
    services: Array.from({ length: Math.min(OF_A_TEAM, services - team * OF_A_TEAM) }, (__, index) =>
      repositoryName(team * OF_A_TEAM + index),
    ),
  }));
  const source = { host: "github", token: "none-is-needed-here", organization: "acme" };
  return Config.parse({ database, timezone: "Europe/Berlin", sources: [source], teams });
}
