/** Changes that their host lists in part, and the repository that a revert names. */
import type { Kysely, Migration } from "kysely";
import { sql } from "kysely";

export const whatWasLeftOut: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .alterTable("change_fact")
      .addColumn("is_truncated", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
    await askWhoseReverts(db);
  },
};

/** Which repository a number belongs to was not kept: until its source was read again, it is taken for its own, as before. */
async function askWhoseReverts(db: Kysely<unknown>): Promise<void> {
  const byNumber = sql`event.kind = 'commit' and exists
    (select 1 from json_each(event.body, '$.reverts') where value ->> 'changeNumber' is not null)`;
  await sql`update source set cursor = null where exists
    (select 1 from event where event.source_id = source.id and ${byNumber})`.execute(db);
  await sql`update event set body = json_set(body, '$.reverts',
      json((select json_group_array(case when value ->> 'changeNumber' is null then json(value) else json_set(value, '$.path', null) end)
        from json_each(body, '$.reverts'))))
    where ${byNumber}`.execute(db);
}
