/** What the names of files told of repositories. */
import type { Layout } from "#metrics/events.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { trusted } from "./bulk.ts";
import type { Identified } from "./events.ts";
import { eventText } from "./events.ts";
import { phrasesOf } from "./phrases/phrases.ts";
import type { Schema } from "./schema.ts";
import type { RepositoryRecord } from "./services.ts";

/** Those that are known of some repositories, in any order: none of one whose files were not listed. */
export async function readLayouts(
  db: Kysely<Schema>,
  records: readonly RepositoryRecord[],
): Promise<readonly Layout[]> {
  const { rows, lookUp } = phrasesOf(db);
  const asked = JSON.stringify(
    records.map(({ sourceId, source, repository }) => [sourceId, source, repository, repository]),
  );
  const found = await sql<{ source: string; repository: string; body: string }>`
    select wanted.key as source, event.repository, ${eventText(db, "event")} as body
    from ${rows(asked, { source: "integer", key: "text", repository: "text", id: "text" })} as wanted
    ${lookUp} event on event.source_id = wanted.source and event.kind = 'layout'
      and event.repository = wanted.repository and event.id = wanted.id`.execute(db);
  return found.rows.map(({ source, repository, body }) => {
    const event = Object.assign(trusted<Identified>(body), { source, repository, kind: "layout" });
    // oxlint-disable-next-line no-unsafe-type-assertion -- this is the event that was stored
    return event as unknown as Layout;
  });
}
