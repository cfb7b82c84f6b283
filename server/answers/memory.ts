/** What was read of the database, kept until a fact changes: then a question costs what it looks at, not what must be read for it. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "#metrics/facts.ts";
import type { Metric } from "#metrics/metric.ts";
import { isAlways, isDuring } from "#metrics/scopes.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import type { Place } from "../store/fact-rows.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Store } from "../store/store.ts";
import type { ServiceSummary } from "../store/summary.ts";
import { Judged } from "./judged.ts";

/** By what they are and the instant by which they are looked for. */
export interface Facts {
  readonly deployments: readonly DeploymentFact[];
  readonly attempts: readonly DeploymentFact[];
  readonly deployed: readonly CommitFact[];
  readonly committed: readonly CommitFact[];
  readonly delivered: readonly ChangeFact[];
  readonly merged: readonly ChangeFact[];
  readonly opened: readonly ChangeFact[];
  readonly incidents: readonly IncidentFact[];
  readonly alerts: readonly AlertFact[];
  readonly fixedAlerts: readonly AlertFact[];
  readonly finishedRuns: readonly PipelineFact[];
  readonly breaks: readonly PipelineFact[];
}

/** The list of facts that a metric looks at. */
export function listOf(metric: Metric): keyof Facts {
  switch (metric.of) {
    case "deployment":
      return "deployments";
    case "attempt":
      return "attempts";
    case "commit":
      return metric.clock === "deployedAt" ? "deployed" : "committed";
    case "change":
      return CHANGES[metric.clock];
    case "incident":
      return "incidents";
    case "alert":
      return metric.clock === "openedAt" ? "alerts" : "fixedAlerts";
    case "pipeline":
      return metric.clock === "finishedAt" ? "finishedRuns" : "breaks";
  }
}

/** The list of changes by the instant that counts. */
export const CHANGES = { deployedAt: "delivered", mergedAt: "merged", openedAt: "opened" } as const;

/** Some hundred megabytes at most: the list read longest ago goes first. */
const MOST_FACTS = 300_000;
/** Questions about nearly the same window read the same facts. */
const BLOCK = 366 * DAY;

export class Memory {
  readonly #store: Store;
  readonly #lists = new Map<string, Promise<readonly unknown[]>>();
  readonly #summaries = new Map<string, Promise<ServiceSummary>>();
  #version = -1;
  #judged: { readonly version: string; readonly judged: Promise<Judged> } | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /**
   * At least the facts of these services in a window, each service's in order of their time; only the kinds that these metrics look
   * at, and only those whose instant lies in the times of their service.
   */
  async facts(places: readonly OwnedPlace[], wanted: readonly Metric[], { from, to }: Window): Promise<Facts> {
    await this.#forgetOldVersions();
    const window = { from: Math.floor(from / BLOCK) * BLOCK, to: Math.ceil(to / BLOCK) * BLOCK };
    const used = new Set(wanted.map(listOf));
    const services = places.map(({ serviceId }) => serviceId).join();
    const key = `${services} ${window.from} ${window.to}`;
    const bounds = boundsOf(places);
    const list = async <Fact extends Owned>(
      name: keyof Facts,
      read: () => Promise<readonly Fact[]>,
      at: (fact: Fact) => Instant | null,
    ): Promise<readonly Fact[]> => {
      if (!used.has(name)) return [];
      const all = await this.#list(`${name} ${key}`, read);
      if (bounds === null) return all;
      const own = async () => all.filter((fact) => bounds.has(fact, at(fact)));
      return this.#list(`${name} ${key} ${bounds.words}`, own);
    };
    const store = this.#store;
    const [deployed, merged] = [
      ({ deployedAt }: { readonly deployedAt: Instant | null }) => deployedAt,
      ({ mergedAt }: ChangeFact) => mergedAt,
    ];
    return {
      deployments: await list("deployments", () => store.deployments(places, "deployedAt", window), deployed),
      attempts: await list(
        "attempts",
        () => store.deployments(places, "createdAt", window),
        (fact) => fact.createdAt,
      ),
      deployed: await list("deployed", () => store.commits(places, "deployedAt", window), deployed),
      committed: await list(
        "committed",
        () => store.commits(places, "committedAt", window),
        (fact) => fact.committedAt,
      ),
      delivered: await list("delivered", () => store.changes(places, "deployedAt", window), deployed),
      merged: await list("merged", () => store.changes(places, "mergedAt", window), merged),
      opened: await list(
        "opened",
        () => store.changes(places, "openedAt", window),
        (fact) => fact.openedAt,
      ),
      incidents: await list(
        "incidents",
        () => store.incidents(places, window),
        (fact) => fact.openedAt,
      ),
      alerts: await list(
        "alerts",
        () => store.alerts(places, "openedAt", window),
        (fact) => fact.openedAt,
      ),
      fixedAlerts: await list(
        "fixedAlerts",
        () => store.alerts(places, "fixedAt", window),
        (fact) => fact.fixedAt,
      ),
      finishedRuns: await list(
        "finishedRuns",
        () => store.pipelines(places, "finishedAt", window),
        (fact) => fact.finishedAt,
      ),
      breaks: await list(
        "breaks",
        () => store.pipelines(places, "brokeAt", window),
        (fact) => fact.brokeAt,
      ),
    };
  }

  /** What people decided, read again only where the journal has grown. */
  async judged(zone: string): Promise<Judged> {
    const version = `${await this.#store.journalVersion()} ${zone}`;
    if (this.#judged?.version === version) return this.#judged.judged;
    const judged = this.#store.journal().then(
      (journal) =>
        new Judged(
          journal.filter(({ reversal }) => reversal === null),
          zone,
        ),
    );
    this.#judged = { version, judged };
    return judged;
  }

  async summary(service: ServiceRecord): Promise<ServiceSummary> {
    await this.#forgetOldVersions();
    const key = `${service.serviceId} ${service.revision}`;
    const known = this.#summaries.get(key);
    if (known !== undefined) return known;
    const read = this.#store.summary(service);
    this.#summaries.set(key, read);
    read.catch(() => this.#summaries.delete(key));
    return read;
  }

  async #list<Fact>(key: string, read: () => Promise<readonly Fact[]>): Promise<readonly Fact[]> {
    const known = this.#lists.get(key);
    this.#lists.delete(key);
    // oxlint-disable-next-line no-unsafe-type-assertion -- the kind of fact is part of the key
    const list = (known as Promise<readonly Fact[]> | undefined) ?? read();
    this.#lists.set(key, list);
    list.catch(() => this.#lists.delete(key));
    const facts = await list;
    await this.#forgetTooMany();
    return facts;
  }

  async #forgetTooMany(): Promise<void> {
    let count = 0;
    for (const [key, list] of [...this.#lists].toReversed()) {
      count += (await list.catch(() => [])).length;
      if (count > MOST_FACTS) this.#lists.delete(key);
    }
  }

  async #forgetOldVersions(): Promise<void> {
    const version = await this.#store.factsVersion();
    if (version === this.#version) return;
    this.#version = version;
    this.#lists.clear();
    this.#summaries.clear();
  }
}

/** A service with the times in which what it has belongs to what is asked for. */
type OwnedPlace = Place & { readonly times: readonly Window[] };

type Owned = Pick<DeploymentFact, "source" | "service">;

interface Bounds {
  /** The same for the same times, and for no others. */
  readonly words: string;
  readonly has: (fact: Owned, at: Instant | null) => boolean;
}

/** What to leave out; `null` where every service belongs here at all times. */
function boundsOf(places: readonly OwnedPlace[]): Bounds | null {
  if (places.every(({ times }) => isAlways(times))) return null;
  const times = new Map(places.map((place) => [`${place.source}\n${place.service}`, place.times]));
  return {
    words: JSON.stringify(places.map((place) => place.times.map(({ from, to }) => [from, to]))),
    has: ({ source, service }, at) => isDuring(at, times.get(`${source}\n${service}`) ?? []),
  };
}
