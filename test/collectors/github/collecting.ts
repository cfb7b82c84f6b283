/** Shorthand of the tests in this folder. */
import type { Batch, Collector, Wants } from "#collectors/collector.ts";
import { github } from "#collectors/github/index.ts";
import { GitHubOptions } from "#collectors/github/options.ts";
import type { DeliveryEvent, EventKind } from "#metrics/events.ts";
import { allBatches } from "#test/support/collector-contract.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import type { Fault } from "#test/support/github/server.ts";
import type { FakeRepository } from "#test/support/github/world.ts";

/** Without waiting: naps move the clock. People are their accounts here, so that tests can read them. */
export function aCollector(
  { url }: FakeGitHub,
  options: object = {},
  clock = { now: Date.parse("2026-06-01") },
  wants: (repository: string) => Partial<Wants> = () => ({}),
): Collector {
  const which = "organization" in options ? {} : { repositories: ["acme/shop"] };
  const parsed = GitHubOptions.parse({ host: "github", url, token: "t-good", ...which, ...options });
  return github(parsed, {
    pseudonym: (identity) => `someone like ${identity}`,
    wants: (repository) => ({ paths: false, jobs: [], ...wants(repository) }),
    effects: {
      now: () => clock.now,
      random: () => 0,
      sleep: async (milliseconds, signal) => {
        signal.throwIfAborted();
        clock.now += milliseconds;
      },
    },
  });
}

/** One that wants something of its repositories. */
export function aWanting(host: FakeGitHub, wants: Partial<Wants>, options: object = {}): Collector {
  return aCollector(host, options, undefined, () => wants);
}

export interface Shop {
  readonly host: FakeGitHub;
  readonly shop: FakeRepository;
}

export async function aShop(): Promise<Shop> {
  const host = await new FakeGitHub().listen();
  return { host, shop: host.repository("shop") };
}

type Event<Kind extends EventKind> = Extract<DeliveryEvent, { kind: Kind }>;

/** The latest version of every event of a kind, by id. */
export function eventsOf<Kind extends EventKind>(batches: readonly Batch[], kind: Kind): Map<string, Event<Kind>> {
  const found = new Map<string, Event<Kind>>();
  for (const event of batches.flatMap(({ events }) => events)) if (isOf(event, kind)) found.set(event.id, event);
  return found;
}

function isOf<Kind extends EventKind>(event: DeliveryEvent, kind: Kind): event is Event<Kind> {
  return event.kind === kind;
}

/** The only event of a kind after a whole sync. */
export async function only<Kind extends EventKind>(host: FakeGitHub, kind: Kind, options = {}): Promise<Event<Kind>> {
  const found = [...eventsOf(await allBatches(aCollector(host, options), null), kind).values()];
  const [event] = found;
  if (event === undefined || found.length > 1) throw new Error(`${found.length} events of kind ${kind}`);
  return event;
}

export function notices(batches: readonly Batch[]): string[] {
  return batches.flatMap((batch) => batch.notices.map(({ code }) => code));
}

/** What a list surely has there. */
export function nth<Item>(list: Iterable<Item>, index: number): Item {
  const item = [...list].at(index);
  if (item === undefined) throw new Error(`There is no item ${index}.`);
  return item;
}

/** Does something each time a request matches, told for the how many-th time. */
export function onRequest(pattern: RegExp, act: (time: number) => Fault | undefined | void): FakeGitHub["before"] {
  let time = 0;
  return (request) => (pattern.test(request) ? act(++time) : undefined);
}

export function everyThird(fault: Fault): FakeGitHub["before"] {
  return onRequest(/./, (time) => (time % 3 === 0 ? fault : undefined));
}

export function afterFive(fault: Fault): FakeGitHub["before"] {
  return onRequest(/./, (time) => (time > 5 ? fault : undefined));
}
