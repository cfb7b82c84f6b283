/** Parts of migrations that SQLite and PostgreSQL say differently, for those that are written for both. */
import type { ColumnDefinitionBuilder, Expression, Kysely } from "kysely";
import { sql } from "kysely";
import { isPostgres } from "../phrases/phrases.ts";

/** The type of a text, which is compared by its bytes. */
export function textType(db: Kysely<unknown>): Expression<string> {
  return isPostgres(db) ? sql`text collate "C"` : sql`text`;
}

/** The type of whole numbers of any size. */
export function wholeType(db: Kysely<unknown>): "bigint" | "integer" {
  return isPostgres(db) ? "bigint" : "integer";
}

/** Of a column of {@link wholeType}: it counts up, and no number comes twice. */
export function numbered(db: Kysely<unknown>): (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder {
  return (column) =>
    isPostgres(db) ? column.primaryKey().generatedByDefaultAsIdentity() : column.primaryKey().autoIncrement();
}

/** From now on rows of a table are added and never changed. @param words are said to whoever tries. */
export async function keepUnchanged(db: Kysely<unknown>, table: string, words: string): Promise<void> {
  if (!isPostgres(db)) {
    for (const verb of ["update", "delete"])
      await sql`create trigger ${sql.id(`${table}_no_${verb}`)} before ${sql.raw(verb)} on ${sql.table(table)}
        begin select raise(abort, ${sql.lit(words)}); end`.execute(db);
    return;
  }
  await sql`create trigger ${sql.id(`${table}_no_change`)} before update or delete on ${sql.table(table)}
    for each row execute function headway_unchanged(${sql.lit(words)})`.execute(db);
  await sql`create trigger ${sql.id(`${table}_no_truncation`)} before truncate on ${sql.table(table)}
    for each statement execute function headway_unchanged(${sql.lit(words)})`.execute(db);
}
