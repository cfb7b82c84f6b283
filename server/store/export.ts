/** Facts page by page, newest first, however many there are. */
import type { ChangeFact, CommitFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import type { Window } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import { sql } from "kysely";
import { PAGE, readAll } from "./bulk.ts";
import type { FactTable, Place } from "./fact-rows.ts";
import { changeTable, commitTable, deploymentTable, incidentTable } from "./fact-rows.ts";
import type { Schema } from "./schema.ts";

export type ExportKind = "commits" | "changes" | "deployments" | "incidents";

/**
 * A row belongs to the window of its deployment; one that is not deployed, to that of its commit, merge or creation.
 * So windows that tile time tile the rows.
 */
export function exportPages(
  db: Kysely<Schema>,
  kind: ExportKind,
  places: readonly Place[],
  window: Window | null,
): AsyncIterable<readonly (CommitFact | ChangeFact | DeploymentFact | IncidentFact)[]> {
  switch (kind) {
    case "commits":
      return pages(
        db,
        commitTable,
        places,
        window,
        ["deployed_at", "committed_at"],
        sql<boolean>`on_default_branch = 1`,
      );
    case "changes":
      return pages(db, changeTable, places, window, ["deployed_at", "merged_at", "opened_at"], sql<boolean>`true`);
    case "deployments":
      return pages(db, deploymentTable, places, window, ["deployed_at", "created_at"], sql<boolean>`true`);
    case "incidents":
      return pages(db, incidentTable, places, window, ["opened_at"], sql<boolean>`true`);
  }
}

async function* pages<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  places: readonly Place[],
  window: Window | null,
  clocks: readonly string[],
  only: ReturnType<typeof sql<boolean>>,
): AsyncIterable<readonly Fact[]> {
  const at = sql`coalesce(${sql.join([...clocks, null].map((clock) => (clock === null ? sql`null` : sql.ref(clock))))})`;
  const inside = window === null ? sql`true` : sql`${at} >= ${window.from} and ${at} < ${window.to}`;
  const key = sql.ref(table.key[1] ?? "id");
  for (const place of places) {
    for (let offset = 0, full = true; full; offset += PAGE) {
      const query = sql<Row>`select * from ${sql.table(table.table)}
        where service_id = ${place.serviceId} and ${only} and ${inside}
        order by ${at} desc, ${key} limit ${sql.lit(PAGE)} offset ${sql.lit(offset)}`;
      const rows = await readAll(db, query, table.columns);
      yield rows.map((row) => table.toFact(row, place));
      full = rows.length === PAGE;
    }
  }
}
