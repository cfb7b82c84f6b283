/** Facts page by page, newest first, however many there are. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "#metrics/facts.ts";
import type { Window } from "#metrics/time.ts";
import type { Kysely, RawBuilder } from "kysely";
import { sql } from "kysely";
import { alertTable } from "./alert-rows.ts";
import { PAGE, readAll } from "./bulk.ts";
import { changeTable } from "./change-rows.ts";
import { commitTable } from "./commit-rows.ts";
import { deploymentTable } from "./deployment-rows.ts";
import type { FactTable, Place } from "./fact-rows.ts";
import { incidentTable } from "./incident-rows.ts";
import { pipelineTable } from "./pipeline-rows.ts";
import type { Schema } from "./schema.ts";

export type ExportKind = "commits" | "changes" | "deployments" | "incidents" | "alerts" | "pipelines";
type ExportedFact = CommitFact | ChangeFact | DeploymentFact | IncidentFact | AlertFact | PipelineFact;

/** Which rows of a table are exported, and the instant that each belongs to: the expression of an index. */
interface Extent {
  readonly at: RawBuilder<number>;
  readonly only: RawBuilder<boolean>;
}

const EVERY = sql<boolean>`true`;

/** Earlier than any instant: rows without one come last, and are in no window. */
const NEVER = sql.lit(-8_640_000_000_000_001);

const EXTENTS: Record<ExportKind, Extent> = {
  commits: {
    at: sql`coalesce(deployed_at, committed_at, ${NEVER})`,
    only: sql`on_default_branch = 1`,
  },
  changes: { at: sql`coalesce(deployed_at, merged_at, opened_at, ${NEVER})`, only: EVERY },
  deployments: { at: sql`coalesce(deployed_at, created_at)`, only: EVERY },
  incidents: { at: sql`opened_at`, only: EVERY },
  alerts: { at: sql`opened_at`, only: EVERY },
  pipelines: { at: sql`created_at`, only: EVERY },
};

/**
 * A row belongs to the window of its deployment; one that is not deployed, to that of its commit, merge or creation.
 * So windows that tile time tile the rows.
 *
 * Each page goes on behind the last row of the one before: its cost is its own, and a row that stays as it is comes exactly once,
 * whatever is written meanwhile.
 */
export function exportPages(
  db: Kysely<Schema>,
  kind: ExportKind,
  places: readonly Place[],
  window: Window | null,
): AsyncIterable<readonly ExportedFact[]> {
  switch (kind) {
    case "commits":
      return pages(db, commitTable, EXTENTS[kind], places, window);
    case "changes":
      return pages(db, changeTable, EXTENTS[kind], places, window);
    case "deployments":
      return pages(db, deploymentTable, EXTENTS[kind], places, window);
    case "incidents":
      return pages(db, incidentTable, EXTENTS[kind], places, window);
    case "alerts":
      return pages(db, alertTable, EXTENTS[kind], places, window);
    case "pipelines":
      return pages(db, pipelineTable, EXTENTS[kind], places, window);
  }
}

/** Where a row stands in the order of an export. */
interface Mark {
  readonly mark_at: number;
  readonly mark_key: string;
}

async function* pages<Fact, Row>(
  db: Kysely<Schema>,
  table: FactTable<Fact, Row>,
  { at, only }: Extent,
  places: readonly Place[],
  window: Window | null,
): AsyncIterable<readonly Fact[]> {
  const inside = window === null ? EVERY : sql`${at} >= ${window.from} and ${at} < ${window.to}`;
  const key = sql.ref(table.key[1] ?? "id");
  for (const place of places) {
    for (let last: Mark | undefined, full = true; full;) {
      const behind: RawBuilder<boolean> = last === undefined ? EVERY : isBehind(at, key, last);
      const query = sql<Row & Mark>`select *, ${at} as mark_at, ${key} as mark_key from ${sql.table(table.table)}
        where service_id = ${place.serviceId} and ${only} and ${inside} and ${behind}
        order by ${at} desc, ${key} limit ${sql.lit(PAGE)}`;
      const rows: (Row & Mark)[] = await readAll(db, query, [...table.columns, "mark_at", "mark_key"]);
      yield rows.map((row) => table.toFact(row, place));
      last = rows.at(-1);
      full = rows.length === PAGE;
    }
  }
}

/** The first condition follows from the second: by it SQLite starts in the index where the page before ended. */
function isBehind(at: RawBuilder<number>, key: RawBuilder<unknown>, last: Mark): RawBuilder<boolean> {
  return sql`${at} <= ${last.mark_at} and (${at} < ${last.mark_at} or ${key} > ${last.mark_key})`;
}
