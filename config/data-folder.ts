/** The folder of what is kept beside the database: keys, secrets, clones. */
import { dirname } from "node:path";
import type { Config } from "./schema.ts";

/** Beside a database file, unless the configuration names another; with a database server it is always named. */
export function dataFolder({ data, database }: Pick<Config, "data" | "database">): string {
  return data ?? (database.includes("://") ? "data" : dirname(database));
}
