/** Which facts of a list are asked for by what is not kept with their numbers: a label, an author, a size, a workflow. */
import type { ActorKind } from "#metrics/events.ts";
import type { ListName } from "#metrics/lists.ts";
import type { Instant, Window } from "#metrics/time.ts";
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import type { Place } from "./fact-rows.ts";
import { keptIn } from "./facts.ts";
import { listsWith } from "./judgements.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";

/** `null`: any. Each only of facts that have such a thing. */
export interface RowFilter {
  /** In any case. */
  readonly label: string | null;
  readonly authorKind: ActorKind | null;
  /** Lines added and deleted: an unknown number never matches. */
  readonly minLines: number | null;
  readonly maxLines: number | null;
  /** The name of a workflow. */
  readonly pipeline: string | null;
}

/** A fact of a list, in its order, and whether it is asked for. */
export type Match = readonly [at: Instant, is: 0 | 1];

/** All facts of a list of a service in a window. */
export async function readMatches(
  db: Kysely<Schema>,
  list: ListName,
  { serviceId }: Pick<Place, "serviceId">,
  { from, to }: Window,
  filter: RowFilter,
): Promise<readonly Match[]> {
  const { table, at, key } = keptIn(list);
  const is = await condition(db, filter);
  const { rows } = await sql<{ page: string }>`
    select ${phrasesOf(db).lists(sql`at`, sql`matches`)} as page from (
      select ${sql.ref(at)} as at, case when ${is} then 1 else 0 end as matches from ${sql.table(table)}
      where service_id = ${serviceId} and ${sql.ref(at)} >= ${from} and ${sql.ref(at)} < ${to}
      order by ${sql.ref(at)}, ${sql.ref(key)}) as matched`.execute(db);
  return trusted<Match[]>(rows[0]?.page ?? "[]");
}

async function condition(
  db: Kysely<Schema>,
  { label, authorKind, minLines, maxLines, pipeline }: RowFilter,
): Promise<RawBuilder<unknown>> {
  const lists = label === null ? null : await listsWith(db, label);
  return sql.join(
    [
      ...(lists === null ? [] : [phrasesOf(db).isAmong(sql`labels`, lists)]),
      ...(authorKind === null ? [] : [sql`author_kind = ${authorKind}`]),
      ...(minLines === null ? [] : [sql`additions + deletions >= ${minLines}`]),
      ...(maxLines === null ? [] : [sql`additions + deletions <= ${maxLines}`]),
      ...(pipeline === null ? [] : [sql`name = ${pipeline}`]),
      sql`true`,
    ],
    sql` and `,
  );
}
