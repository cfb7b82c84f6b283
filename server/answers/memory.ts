/** What was read of the database, kept until it is touched: then a question costs what it looks at, not what must be read for it. */
import type { Config } from "#config/schema.ts";
import type { RowFilter } from "#metrics/attributes.ts";
import type { ListName } from "#metrics/lists.ts";
import { listOf } from "#metrics/lists.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Installation } from "../installation.ts";
import { sourceKeys } from "../installation.ts";
import type { Labelled } from "../store/judgements.ts";
import type { ServiceRecord } from "../store/sources.ts";
import type { Store } from "../store/store.ts";
import type { ServiceSummary } from "../store/summary.ts";
import { structureOf } from "../structure.ts";
import type { OwnedPlace, Rows, Wanted } from "./columns.ts";
import { Columns } from "./columns.ts";
import { Judged } from "./judged.ts";
import type { Pace } from "./turns.ts";
import type { FoundYear, Reading } from "./years.ts";
import { Years } from "./years.ts";

/** By what is understood what people decided. */
type Deciding = Pick<Installation, "config" | "sources">;
type Looked = Pick<Wanted, "window" | "time" | "structure" | "judged">;

/** The rows of the lists that some metrics look at; the others are empty. */
export type RowsByList = Readonly<Record<ListName, Rows>>;

export class Memory {
  readonly #store: Store;
  readonly #columns: Columns;
  readonly #years: Years;
  readonly #summaries = new Map<number, { readonly key: string; readonly summary: ServiceSummary }>();
  /** Of the facts when it was last looked what was touched; `null`: nothing was read yet. It never fails. */
  #version: Promise<number | null> = Promise.resolve(null);
  #judged: { readonly version: string; readonly config: Config; readonly judged: Promise<Judged> } | null = null;

  constructor(store: Store) {
    this.#store = store;
    this.#columns = new Columns(store);
    this.#years = new Years(store, this.#columns);
  }

  /** @returns the version of the facts. One at a time, so that nothing is overlooked. What failed is looked at again by whoever asks next. */
  async version(): Promise<number> {
    const before = this.#version;
    const now = before.then(async (known) => {
      const version = await this.#store.factsVersion();
      if (known !== null && version !== known) this.#columns.forget(await this.#store.touched(known));
      return version;
    });
    this.#version = now.catch(async () => before);
    return now;
  }

  /**
   * At least the rows of these services in a window; only of the lists and the columns that these metrics look at.
   *
   * @param filter which rows; `null`: all.
   */
  async rows(
    places: readonly OwnedPlace[],
    metrics: readonly Metric[],
    looked: Looked,
    pace: Pace,
    filter: RowFilter | null = null,
  ): Promise<RowsByList> {
    const version = await this.version();
    const found: Record<ListName, Rows> = { ...NOTHING };
    for (const list of new Set(metrics.map(listOf)))
      found[list] = await this.#columns.rows(
        { ...looked, places, list, metrics: metrics.filter((metric) => listOf(metric) === list), filter },
        version,
        pace,
      );
    return found;
  }

  /**
   * Looks at every year of these services that a metric needs, and keeps nothing in memory.
   *
   * @param version of the facts, read before.
   * @returns false where something is not over.
   */
  async eachYear(
    places: readonly OwnedPlace[],
    metric: Metric,
    looked: Looked,
    { version, pace }: Reading,
    visit: (found: FoundYear) => void,
  ): Promise<boolean> {
    return this.#years.each({ ...looked, places, list: listOf(metric), metric }, { version, pace }, visit);
  }

  /** What people decided, read again only where the journal has grown or a fact has changed, which may have got a label. */
  async judged(installation: Deciding): Promise<Judged> {
    const { config } = installation;
    const { journal, facts } = await this.#store.versions();
    const version = `${journal} ${facts}`;
    if (this.#judged?.version === version && this.#judged.config === config) return this.#judged.judged;
    const made = { version, config, judged: this.#judge(installation) };
    this.#judged = made;
    made.judged.catch(() => this.#judged === made && (this.#judged = null));
    return made.judged;
  }

  async #judge({ config, sources }: Deciding): Promise<Judged> {
    const inForce = (await this.#store.journal()).filter(({ reversal }) => reversal === null);
    const keys = sourceKeys({ sources });
    const labelled = new Map<number, readonly Labelled[]>();
    for (const { id, kind, subject } of inForce)
      if (kind === "label" && subject !== null) labelled.set(id, await this.#store.changesLabelled(subject, keys));
    return new Judged(inForce, { zone: config.timezone, structure: structureOf(config), labelled });
  }

  async summary(service: ServiceRecord): Promise<ServiceSummary> {
    const [summary] = await this.summaries([service]);
    if (summary === undefined) throw new Error(`There is no summary of ${service.service}.`);
    return summary;
  }

  /** In the order of the services; only what was derived again since is read again. */
  async summaries(services: readonly ServiceRecord[]): Promise<readonly ServiceSummary[]> {
    const lacking = services.filter((service) => this.#summaries.get(service.serviceId)?.key !== keyOf(service));
    if (lacking.length > 0) {
      const read = await this.#store.summaries(lacking);
      for (const service of lacking) {
        const summary = read.get(service);
        if (summary !== undefined) this.#summaries.set(service.serviceId, { key: keyOf(service), summary });
      }
    }
    return services.flatMap((service) => this.#summaries.get(service.serviceId)?.summary ?? []);
  }
}

function keyOf({ source, service, derived, revision }: ServiceRecord): string {
  return JSON.stringify([source, service, derived, revision]);
}

const EMPTY: Rows = {
  at: new Float64Array(),
  bits: new Uint16Array(),
  place: new Uint32Array(),
  columns: new Map(),
};

export const NOTHING: RowsByList = {
  deployments: EMPTY,
  attempts: EMPTY,
  deployed: EMPTY,
  committed: EMPTY,
  delivered: EMPTY,
  merged: EMPTY,
  opened: EMPTY,
  incidents: EMPTY,
  alerts: EMPTY,
  fixedAlerts: EMPTY,
  finishedRuns: EMPTY,
  breaks: EMPTY,
};
