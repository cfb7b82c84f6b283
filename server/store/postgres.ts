/** The only file that knows the `pg` driver: Kysely over a pool of connections to PostgreSQL, which waits where a server is away for a moment. */
import { setTimeout } from "node:timers/promises";
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult, TransactionBuilder } from "kysely";
import { Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from "kysely";
import type { Pool, PoolClient } from "pg";
import { isTransient } from "./transient.ts";

/** How long is tried again when the server is away, such as while it starts anew; milliseconds. */
const PATIENCE = 15_000;
const FIRST_PAUSE = 50;
const LONGEST_PAUSE = 1000;

/** Milliseconds after which whoever no longer answers is given up, so that others need not wait for a process that hangs. */
const CONNECT_WITHIN = 10_000;
const ANSWER_WITHIN = 300_000;
const IDLE_IN_TRANSACTION = 120_000;

/** Who writes in a transaction has the turn, in whatever process: as with a file there is one writer at a time. */
const TURN = 4_871_093_215;

/** Whole numbers of 64 bits, and sums of them. */
const INTEGERS = new Set([20, 1700]);

/** @param most connections at a time. */
export function postgresKysely<Schema>(url: string, most: number): Kysely<Schema> {
  return new Patient<Schema>({ dialect: postgresDialect(url, most) });
}

function postgresDialect(url: string, most: number): Dialect {
  return {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new Connections(url, most),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  };
}

/** A transaction that was undone because of others, or because the server went away, is begun again. */
class Patient<Schema> extends Kysely<Schema> {
  override transaction(): TransactionBuilder<Schema> {
    const builder = super.transaction();
    const once = builder.execute.bind(builder);
    builder.execute = async (work) => patiently(async () => once(work));
    return builder;
  }
}

async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  const started = performance.now();
  for (let pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
    try {
      return await attempt();
    } catch (error) {
      if (!isTransient(error) || performance.now() - started > PATIENCE) throw error;
      await setTimeout(pause);
    }
  }
}

class Connections implements Driver {
  readonly #url: string;
  readonly #most: number;
  #pool: Pool | null = null;

  constructor(url: string, most: number) {
    this.#url = url;
    this.#most = most;
  }

  async init(): Promise<void> {
    // Only where it is used, as with the driver of SQLite.
    const { default: pg } = await import("pg");
    const pool = new pg.Pool({
      connectionString: this.#url,
      max: this.#most,
      application_name: "headway",
      keepAlive: true,
      connectionTimeoutMillis: CONNECT_WITHIN,
      query_timeout: ANSWER_WITHIN,
      idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION,
      types: {
        getTypeParser: (id: number, format?: "text" | "binary"): ((text: string) => unknown) => {
          // oxlint-disable-next-line no-unsafe-assignment -- what the driver makes of a type is its own
          const usual: (text: string) => unknown = pg.types.getTypeParser(id, format);
          return INTEGERS.has(id) ? Number : usual;
        },
      },
    });
    // A connection that breaks while nobody uses it is thrown away by the pool; without somebody who hears of it the program would end.
    pool.on("error", () => undefined);
    pool.on("connect", (client) => client.on("error", () => undefined));
    this.#pool = pool;
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    const connection = new Lent(this.#open());
    await patiently(async () => connection.take());
    return connection;
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    lent(connection).giveBack();
  }

  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await lent(connection).begin();
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await lent(connection).commit();
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await lent(connection).rollback();
  }

  async destroy(): Promise<void> {
    await this.#pool?.end();
  }

  #open(): Pool {
    if (this.#pool === null) throw new Error("The connections to PostgreSQL were not opened.");
    return this.#pool;
  }
}

function lent(connection: DatabaseConnection): Lent {
  if (connection instanceof Lent) return connection;
  throw new Error("This connection is another driver's.");
}

/** A connection while it is used. Outside of a transaction a statement may be sent again by another one: each says the same when said twice. */
class Lent implements DatabaseConnection {
  readonly #pool: Pool;
  #client: PoolClient | null = null;
  #isInTransaction = false;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async take(): Promise<PoolClient> {
    this.#client ??= await this.#pool.connect();
    return this.#client;
  }

  giveBack(error?: Error): void {
    this.#client?.release(error);
    this.#client = null;
  }

  async begin(): Promise<void> {
    const client = await this.take();
    try {
      await client.query("begin");
      await client.query(`select pg_advisory_xact_lock(${TURN})`);
      this.#isInTransaction = true;
    } catch (error) {
      this.#lose(error);
      throw error;
    }
  }

  /** @throws what is not tried again where nobody knows whether it was committed. */
  async commit(): Promise<void> {
    this.#isInTransaction = false;
    try {
      await this.#client?.query("commit");
    } catch (error) {
      this.#lose(error);
      if (!isTransient(error)) throw error;
      throw Object.assign(new Error("The connection broke while a transaction ended.", { cause: error }), {
        code: "08007",
      });
    }
  }

  /** Where the connection is gone, so is the transaction. */
  async rollback(): Promise<void> {
    this.#isInTransaction = false;
    await this.#client?.query("rollback").catch((error: unknown) => this.#lose(error));
  }

  async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
    const values = parameters.map(sendable);
    return this.#isInTransaction ? this.#ask(sql, values) : patiently(async () => this.#ask(sql, values));
  }

  // eslint-disable-next-line require-yield -- part of the interface; pages are read by key instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Streaming is not supported: read pages by key.");
  }

  async #ask<R>(text: string, values: readonly unknown[]): Promise<QueryResult<R>> {
    const client = await this.take();
    try {
      const { command, rowCount, rows } = await client.query(text, [...values]);
      // oxlint-disable-next-line no-unsafe-type-assertion -- Kysely hands the row type in; a driver cannot know it
      const found = { rows: (rows ?? []) as R[] };
      return /^(INSERT|UPDATE|DELETE)$/.test(command) ? { ...found, numAffectedRows: BigInt(rowCount ?? 0) } : found;
    } catch (error) {
      if (!this.#isInTransaction) this.#lose(error);
      throw error;
    }
  }

  /** What broke is not used again. */
  #lose(error: unknown): void {
    if (isTransient(error)) this.giveBack(error instanceof Error ? error : new Error("It broke.", { cause: error }));
  }
}

/** Windows may have no end, which no whole number says; and no text of PostgreSQL holds a zero. */
function sendable(value: unknown): unknown {
  if (value === Infinity) return Number.MAX_SAFE_INTEGER;
  if (value === -Infinity) return Number.MIN_SAFE_INTEGER;
  return typeof value === "string" && value.includes("\0") ? value.replaceAll("\0", "\ufffd") : value;
}
