/** Rows as files: the same at the command line and at `/api/export`. Instants are ISO 8601 UTC, durations hours, unknown is null. */
import type { Asked } from "./answers/scope.ts";
import { askedScope } from "./answers/asked-scope.ts";
import type { ScopedService } from "./answers/asked-scope.ts";
import { askedWindow } from "./answers/scope.ts";
import type { ExportFormat, ExportName } from "./contract.ts";
import { csvCell } from "./csv.ts";
import type { Row } from "./export/columns.ts";
import { exportColumns } from "./export/columns.ts";
import { toRow } from "./export/facts.ts";
import { auditRows } from "./export/audit.ts";
import { baselineRows } from "./export/baselines.ts";
import { judgementRows } from "./export/judgements.ts";
import { measureRows } from "./export/measures.ts";
import { progressRows } from "./export/progress.ts";
import type { Installation } from "./installation.ts";
import { overlap } from "#metrics/grid.ts";
import { isAlways } from "#metrics/scopes.ts";
import type { Window } from "#metrics/time.ts";

/**
 * Pieces of text that make the file.
 *
 * A commit, change or deployment belongs to the window of its deployment; while it has none, to that of its own date. An incident
 * or an alert belongs to that of its beginning. In the same way it belongs to whoever owned its service then.
 *
 * @throws BadRequest when the scope or the window makes no sense.
 */
export async function* exportRows(
  installation: Installation,
  kind: ExportName,
  { format, ...asked }: Asked & { format: ExportFormat },
): AsyncIterable<string> {
  const { services } = await askedScope(installation, asked);
  const pages = pagesOf(installation, kind, services, asked);
  switch (format) {
    case "ndjson":
      for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
      break;
    case "csv":
      yield `${exportColumns[kind].join(",")}\n`;
      for await (const rows of pages)
        yield rows
          .map((row) => `${exportColumns[kind].map((column) => csvCell(row[column] ?? null)).join(",")}\n`)
          .join("");
      break;
    case "json":
      yield* asArray(pages);
  }
}

function pagesOf(
  installation: Installation,
  kind: ExportName,
  services: readonly ScopedService[],
  asked: Asked,
): AsyncIterable<readonly Row[]> {
  switch (kind) {
    case "measures":
      return measureRows(installation, services, asked);
    case "progress":
      return progressRows(installation, services, asked, windowOf(installation, asked));
    case "audit":
      return auditRows(installation, windowOf(installation, asked));
    case "baselines":
      return baselineRows(installation, asked, windowOf(installation, asked));
    case "judgements":
      return judgementRows(installation, services, windowOf(installation, asked));
    default:
      return factRows(installation, kind, services, windowOf(installation, asked));
  }
}

async function* asArray(pages: AsyncIterable<readonly Row[]>): AsyncIterable<string> {
  let separator = "[\n";
  for await (const rows of pages) {
    if (rows.length === 0) continue;
    yield separator + rows.map((row) => JSON.stringify(row)).join(",\n");
    separator = ",\n";
  }
  yield separator === "[\n" ? "[]\n" : "\n]\n";
}

async function* factRows(
  installation: Installation,
  kind: Exclude<ExportName, "measures" | "progress" | "judgements" | "baselines" | "audit">,
  services: readonly ScopedService[],
  window: Window | null,
): AsyncIterable<readonly Row[]> {
  for (const service of services) {
    for (const part of partsOf(service, window))
      for await (const page of installation.store.exportPages(kind, [service], part)) yield page.map(toRow);
  }
}

/** The windows in which a service belongs to what is asked for, the latest first; `null` is all time, and what has no date too. */
function partsOf({ times }: ScopedService, window: Window | null): readonly (Window | null)[] {
  if (isAlways(times)) return [window];
  return times.toReversed().flatMap((time) => (window === null ? time : (overlap(time, window) ?? [])));
}

/** A missing end of the window is open; `null` where both are missing. */
function windowOf(installation: Installation, asked: Asked): Window | null {
  if (asked.from === undefined && asked.to === undefined) return null;
  const [earliest, latest] = ["0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"];
  return askedWindow(
    { from: asked.from ?? earliest, to: asked.to ?? latest },
    installation.config.timezone,
    installation.now(),
  );
}
