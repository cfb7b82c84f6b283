/** Kysely over the `sqlite3` driver: a fixed set of connections, each used by one query or transaction at a time. */
import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from "kysely";
import { SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from "kysely";
import type { Connection } from "./connection.ts";

/** SQLite's DDL is transactional; Kysely assumes otherwise, and a half-made migration could not be repeated. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }

  /** The migration runs in a transaction that holds the write lock already. */
  override async acquireMigrationLock(): Promise<void> {}
}

export function sqliteDialect(open: () => Promise<readonly Connection[]>): Dialect {
  return {
    createAdapter: () => new TransactionalAdapter(),
    createDriver: () => new Pool(open),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
}

class Pool implements Driver {
  readonly #open: () => Promise<readonly Connection[]>;
  readonly #all: Lent[] = [];
  readonly #idle: Lent[] = [];
  readonly #waiting: ((connection: Lent) => void)[] = [];

  constructor(open: () => Promise<readonly Connection[]>) {
    this.#open = open;
  }

  async init(): Promise<void> {
    for (const connection of await this.#open()) {
      const lent = new Lent(connection);
      this.#all.push(lent);
      this.#idle.push(lent);
    }
  }

  async acquireConnection(): Promise<DatabaseConnection> {
    return this.#idle.pop() ?? new Promise<Lent>((resolve) => this.#waiting.push(resolve));
  }

  async releaseConnection(connection: DatabaseConnection): Promise<void> {
    if (!(connection instanceof Lent)) return;
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else next(connection);
  }

  /** IMMEDIATE takes the write lock at once: a transaction that reads first could otherwise fail when it comes to write. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw("begin immediate"));
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw("commit"));
  }

  /** After some errors, a full disk among them, SQLite has rolled back already and says that there is no transaction. */
  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(raw("rollback")).catch(() => undefined);
  }

  async destroy(): Promise<void> {
    for (const { connection } of this.#all) await connection.close();
  }
}

class Lent implements DatabaseConnection {
  readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  async executeQuery<R>({ sql, parameters, query }: CompiledQuery): Promise<QueryResult<R>> {
    if (
      (query.kind === "InsertQueryNode" || query.kind === "UpdateQueryNode" || query.kind === "DeleteQueryNode") &&
      query.returning === undefined
    ) {
      const { changes } = await this.connection.run(sql, parameters);
      return { rows: [], numAffectedRows: BigInt(changes) };
    }
    const rows = await this.connection.all(sql, parameters);
    // oxlint-disable-next-line no-unsafe-type-assertion -- Kysely hands the row type in; a driver cannot know it
    return { rows: rows as R[] };
  }

  // eslint-disable-next-line require-yield -- part of the interface; pages are read by key instead
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error("Streaming is not supported: read pages by key.");
  }
}

function raw(sql: string): CompiledQuery {
  return {
    sql,
    parameters: [],
    query: { kind: "RawNode", sqlFragments: [sql], parameters: [] },
    queryId: { queryId: sql },
  };
}
