/** The database behind one door: a single writer, a few readers, errors in words. */
import type { Batch, Notice } from "#collectors/collector.ts";
import type { History } from "#metrics/history.ts";
import type { CommitFact, DeploymentFact, ServiceFacts } from "#metrics/facts.ts";
import type { CommitMetric } from "#metrics/metric.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Kysely, Migrator } from "kysely";
import { connect } from "./connection.ts";
import { sqliteDialect } from "./dialect.ts";
import { StoreError, translate } from "./errors.ts";
import { readHistory, saveBatch } from "./events.ts";
import type { ExportKind } from "./export.ts";
import { exportPages } from "./export.ts";
import type { Place } from "./fact-rows.ts";
import { readVersion } from "./facts-version.ts";
import { readCommits, readDeployments, saveFacts } from "./facts.ts";
import type { Holder } from "./leases.ts";
import { releaseLease, takeLease } from "./leases.ts";
import { migrations } from "./migrations.ts";
import type { Schema } from "./schema.ts";
import type { ServiceRecord, SourceRecord } from "./sources.ts";
import { finishSync, openSource, readServices, readSources } from "./sources.ts";
import type { ServiceSummary } from "./summary.ts";
import { summarise } from "./summary.ts";

const READERS = 2;

export class Store {
  readonly path: string;
  readonly #writer: Kysely<Schema>;
  readonly #reader: Kysely<Schema>;

  private constructor(path: string, writer: Kysely<Schema>, reader: Kysely<Schema>) {
    this.path = path;
    this.#writer = writer;
    this.#reader = reader;
  }

  /**
   * Opens the database at a path, making its folder and bringing its tables up to date.
   *
   * @throws StoreError when it cannot be written, is damaged, or was made by a newer Headway.
   */
  static async open(path: string): Promise<Store> {
    const writer = new Kysely<Schema>({ dialect: sqliteDialect(async () => [await connect(path, "write")]) });
    try {
      await prepareFolder(dirname(path));
      await migrate(writer, path);
    } catch (error) {
      await writer.destroy().catch(() => undefined);
      throw translate(error, path);
    }
    const readers = async () => Promise.all(Array.from({ length: READERS }, () => connect(path, "read")));
    return new Store(path, writer, new Kysely<Schema>({ dialect: sqliteDialect(readers) }));
  }

  async close(): Promise<void> {
    await this.#reader.destroy();
    await this.#writer.destroy();
  }

  async openSource(source: { key: string; name: string; host: string }): Promise<SourceRecord> {
    return this.#try(openSource(this.#writer, source));
  }

  async sources(keys: readonly string[]): Promise<readonly SourceRecord[]> {
    return this.#try(readSources(this.#reader, keys));
  }

  /** Stores a batch, the services it makes known and its bookmark in one transaction. @returns how many events changed. */
  async save(sourceId: number, batch: Batch, now: Instant): Promise<number> {
    return this.#try(saveBatch(this.#writer, sourceId, batch, now));
  }

  async finishSync(
    sourceId: number,
    outcome: { syncedAt: Instant; notices: readonly Notice[] } | { error: string },
  ): Promise<void> {
    return this.#try(finishSync(this.#writer, sourceId, outcome));
  }

  async services(sources: readonly string[]): Promise<readonly ServiceRecord[]> {
    return this.#try(readServices(this.#reader, sources));
  }

  async history(service: ServiceRecord): Promise<History | null> {
    return this.#try(readHistory(this.#reader, service.sourceId, service.source, service.repository));
  }

  async saveFacts(
    serviceId: number,
    facts: ServiceFacts,
    derivedFrom: { definition: string; revision: number },
  ): Promise<boolean> {
    return this.#try(saveFacts(this.#writer, serviceId, facts, derivedFrom));
  }

  /** Grows whenever a fact changes. */
  async factsVersion(): Promise<number> {
    return this.#try(readVersion(this.#reader));
  }

  async commits(places: readonly Place[], clock: CommitMetric["clock"], window: Window): Promise<CommitFact[]> {
    return this.#try(readCommits(this.#reader, places, clock, window));
  }

  async deployments(places: readonly Place[], window: Window): Promise<DeploymentFact[]> {
    return this.#try(readDeployments(this.#reader, places, window));
  }

  async summary(service: ServiceRecord): Promise<ServiceSummary> {
    return this.#try(summarise(this.#reader, service));
  }

  exportPages<K extends ExportKind>(kind: K, places: readonly Place[], window: Window | null) {
    return exportPages(this.#reader, kind, places, window);
  }

  async takeLease(name: string, mine: Holder, now: Instant, isAlive: (pid: number) => boolean): Promise<Holder | null> {
    return this.#try(takeLease(this.#writer, name, mine, now, isAlive));
  }

  async releaseLease(name: string, mine: Holder): Promise<void> {
    return this.#try(releaseLease(this.#writer, name, mine));
  }

  async #try<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      throw translate(error, this.path);
    }
  }
}

/** What Headway keeps is no source code: a repository that it is started in must not commit it. */
async function prepareFolder(folder: string): Promise<void> {
  const made = await mkdir(folder, { recursive: true });
  if (made !== undefined) await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(() => undefined);
}

async function migrate(db: Kysely<Schema>, path: string): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (tables.some(({ name }) => name === "kysely_migration")) {
    const applied = await db
      .withTables<{ kysely_migration: { name: string } }>()
      .selectFrom("kysely_migration")
      .select("name")
      .execute();
    const unknown = applied.find(({ name }) => !(name in migrations));
    if (unknown !== undefined) {
      throw new StoreError(
        "newer",
        `${path} was made by a newer Headway (it has "${unknown.name}"), which this one would misread. Update Headway, or name another file with \`database:\` in the configuration.`,
      );
    }
  }
  const { error } = await migrator.migrateToLatest();
  if (error !== undefined)
    throw error instanceof Error ? error : new Error("The tables could not be brought up to date.", { cause: error });
}
