/** What changed since facts were derived, so that a sync derives again only what it is about. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const news: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table news (
      source_id integer not null references source (id),
      repository text not null,
      kind text not null,
      id text not null,
      revision integer not null,
      primary key (source_id, repository, kind, id)
    ) without rowid`.execute(db);
    await sql`create table settled (service_id integer primary key references service (id), body text not null)`.execute(
      db,
    );
    // What changed before nobody wrote down: services that are behind their source are derived from the beginning.
    await sql`update service set revision = null
      where revision <> (select source.revision from source where source.id = service.source_id and source.key <> 'push')`.execute(
      db,
    );
  },
};
