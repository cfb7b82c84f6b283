/** DuckDB in memory, as something to compare with. It is no dependency: it is fetched into a folder of the bench. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { join } from "node:path";

const PACKAGE = "@duckdb/node-api@1.5.6-r.1";

export interface Connection {
  run(sql: string): Promise<unknown>;
  runAndReadAll(sql: string): Promise<{ getRows(): unknown[][] }>;
}

interface Module {
  DuckDBInstance: { create(path: string): Promise<{ connect(): Promise<Connection> }> };
}

/** @returns `null` where it cannot be fetched. */
export async function duckdb(folder: string): Promise<Connection | null> {
  const { status } = spawnSync("npm", ["install", "--silent", "--no-save", "--prefix", folder, PACKAGE]);
  if (status !== 0) return null;
  const { DuckDBInstance } = createRequire(join(folder, "package.json"))("@duckdb/node-api") as Module;
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  return connection;
}
