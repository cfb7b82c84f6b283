/** What one metric observes in a year of a service: joined from segments when somebody asks for years of it, and made again whenever it is missing. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";
import { isPostgres } from "../phrases/phrases.ts";
import { textType, wholeType } from "./both.ts";

export const stretches: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    const text = textType(db);
    const whole = sql.raw(wholeType(db));
    const [bytes, key, kind] = isPostgres(db)
      ? [sql`bytea`, sql`service_id, list, year, metric`, sql``]
      : [sql`blob`, sql`list, service_id, year, metric`, sql`without rowid`];
    await sql`create table stretch (
      list ${text} not null, service_id ${whole} not null, year ${whole} not null, metric ${text} not null,
      definition ${text} not null, body ${bytes} not null,
      constraint stretch_key primary key (${key})) ${kind}`.execute(db);
  },
};
