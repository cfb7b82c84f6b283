/** The only file that knows the `sqlite3` driver: its callbacks become promises, its error codes stay readable. */
import type { Database, RunResult } from "sqlite3";
import { KeptStatements } from "./kept-statements.ts";

export type Row = Record<string, unknown>;

export interface Connection {
  all(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
  run(sql: string, parameters?: readonly unknown[]): Promise<{ changes: number }>;
  close(): Promise<void>;
}

/**
 * NORMAL may lose the last commits on power loss and never corrupts: collectors resume from a bookmark committed with its batch.
 * The page size takes effect before the first table only. What was written is put in its place in the file when some 128 MB are
 * together: a day of a thousand services would otherwise wait for the disk with each of its transactions.
 */
const PRAGMAS = [
  "PRAGMA page_size = 8192",
  "PRAGMA journal_mode = WAL",
  "PRAGMA synchronous = NORMAL",
  "PRAGMA wal_autocheckpoint = 16000",
  "PRAGMA foreign_keys = ON",
  "PRAGMA temp_store = MEMORY",
];

/** Kibibytes of pages each connection keeps: the writer sorts random keys into indexes, readers go along them. */
const CACHE = { write: 16_384, read: 4096 };

/** @throws the driver's error, with its `code` such as `SQLITE_CANTOPEN`. */
export async function connect(path: string, mode: "write" | "read"): Promise<Connection> {
  // Only when a database is opened, so that a driver that does not load can be explained instead of stopping the program before it says a word.
  const { default: sqlite3 } = await import("sqlite3");
  const flags = mode === "write" ? sqlite3.OPEN_READWRITE | sqlite3.OPEN_CREATE : sqlite3.OPEN_READONLY;
  const database = await new Promise<Database>((resolve, reject) => {
    const opened: Database = new sqlite3.Database(path, flags, (error) =>
      error === null ? resolve(opened) : reject(error),
    );
  });
  database.configure("busyTimeout", 10_000);
  const kept = new KeptStatements(database);
  const connection: Connection = {
    all: async (sql, parameters = []) =>
      kept.with(
        sql,
        parameters,
        async (statement) =>
          new Promise((resolve, reject) => {
            statement.all(parameters, (error, rows) => (error === null ? resolve(rows) : reject(error)));
          }),
      ),
    run: async (sql, parameters = []) =>
      kept.with(
        sql,
        parameters,
        async (statement) =>
          new Promise((resolve, reject) => {
            statement.run(parameters, function done(this: RunResult, error) {
              if (error === null) resolve({ changes: this.changes });
              else reject(error);
            });
          }),
      ),
    close: async () => {
      await kept.close();
      return new Promise((resolve, reject) => {
        database.close((error) => (error === null ? resolve() : reject(error)));
      });
    },
  };
  try {
    for (const pragma of mode === "write" ? PRAGMAS : PRAGMAS.slice(4)) await connection.all(pragma);
    await connection.all(`PRAGMA cache_size = -${CACHE[mode]}`);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return connection;
}
