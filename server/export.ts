/** Rows as files: the same at the command line and at `/api/export`. Instants are ISO 8601 UTC, durations hours, unknown is null. */
import type { ChangeFact, CommitFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import { metrics } from "#metrics/index.ts";
import type { Instant } from "#metrics/time.ts";
import { answerMeasures } from "./answers/measures.ts";
import { Memory } from "./answers/memory.ts";
import { BadRequest } from "./answers/problem.ts";
import type { Asked } from "./answers/scope.ts";
import { askedServices, askedWindow, reaches } from "./answers/scope.ts";
import type { ExportFormat, ExportName } from "./contract.ts";
import type { Installation } from "./installation.ts";
import type { ServiceRecord } from "./store/sources.ts";

type Value = string | number | boolean | null | readonly string[];
type Row = Readonly<Record<string, Value>>;

/** The columns of each kind, so that a CSV without rows still says what it would hold. */
export const exportColumns = {
  changes: [
    "source",
    "repository",
    "service",
    "id",
    "number",
    "url",
    "title",
    "authorKind",
    "openedAt",
    "readyAt",
    "firstCommitAt",
    "firstReviewAt",
    "firstResponseAt",
    "firstApprovalAt",
    "mergedAt",
    "closedAt",
    "mergeCommit",
    "deployedAt",
    "deploymentId",
    "leadTimeHours",
    "codingHours",
    "pickupHours",
    "reviewHours",
    "deployHours",
    "additions",
    "deletions",
    "revertedBy",
  ],
  commits: [
    "source",
    "repository",
    "service",
    "sha",
    "title",
    "authorKind",
    "authoredAt",
    "committedAt",
    "isMerge",
    "isRevert",
    "changeNumber",
    "deployedAt",
    "deploymentId",
    "leadTimeHours",
  ],
  deployments: [
    "source",
    "repository",
    "service",
    "id",
    "url",
    "environment",
    "tier",
    "sha",
    "status",
    "createdAt",
    "deployedAt",
    "isRollback",
    "isRework",
    "failedBy",
    "incidents",
    "recoveredAt",
    "commits",
    "changes",
  ],
  incidents: [
    "source",
    "repository",
    "service",
    "id",
    "number",
    "url",
    "title",
    "openedAt",
    "resolvedAt",
    "falseAlarm",
    "linkedBy",
    "deploymentId",
    "recoveryHours",
  ],
  measures: [
    "metric",
    "scope",
    "interval",
    "from",
    "to",
    "value",
    "unit",
    "n",
    "low",
    "high",
    "coverage",
    "definitionVersion",
  ],
} as const satisfies Record<ExportName, readonly string[]>;

/**
 * Pieces of text that make the file.
 *
 * A commit, change or deployment belongs to the window of its deployment; while it has none, to that of its own date.
 *
 * @throws BadRequest when the service or the window makes no sense.
 */
export async function* exportRows(
  installation: Installation,
  kind: ExportName,
  { format, ...asked }: Asked & { format: ExportFormat },
): AsyncIterable<string> {
  const services = await askedServices(installation, asked.service);
  const pages =
    kind === "measures" ? measureRows(installation, services, asked) : factRows(installation, kind, services, asked);
  switch (format) {
    case "ndjson":
      for await (const rows of pages) yield rows.map((row) => `${JSON.stringify(row)}\n`).join("");
      break;
    case "csv":
      yield `${exportColumns[kind].join(",")}\n`;
      for await (const rows of pages)
        yield rows
          .map((row) => `${exportColumns[kind].map((column) => cell(row[column] ?? null)).join(",")}\n`)
          .join("");
      break;
    case "json":
      yield* asArray(pages);
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

/** What a spreadsheet would run as a formula; a name and nothing but a name, `@scope/package@1.2.3`, does nothing. */
const FORMULA = /^(?:[=+\-\t\r]|@(?![\w.-]+\/[\w.-]+(?:@[\w.+-]+)?$))/;

/** A text that could run gets a quote before it; text with separators is quoted (RFC 4180). */
function cell(value: Value): string {
  if (value === null) return "";
  if (typeof value !== "string" && !Array.isArray(value)) return String(value);
  const text = typeof value === "string" ? value : value.join(" ");
  const inert = FORMULA.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(inert) ? `"${inert.replaceAll('"', '""')}"` : inert;
}

async function* factRows(
  installation: Installation,
  kind: Exclude<ExportName, "measures">,
  services: readonly ServiceRecord[],
  asked: Asked,
): AsyncIterable<readonly Row[]> {
  const unbounded = asked.from === undefined && asked.to === undefined;
  const window = unbounded ? null : openWindow(installation, asked);
  for await (const page of installation.store.exportPages(kind, services, window)) yield page.map(toRow);
}

/** A missing end of the window is open. */
function openWindow(installation: Installation, asked: Asked) {
  const [earliest, latest] = ["0001-01-01T00:00:00Z", "9999-01-01T00:00:00Z"];
  return askedWindow(
    { from: asked.from ?? earliest, to: asked.to ?? latest },
    installation.config.timezone,
    installation.now(),
  );
}

function toRow(fact: CommitFact | ChangeFact | DeploymentFact | IncidentFact): Row {
  if ("falseAlarm" in fact) return { ...fact, openedAt: iso(fact.openedAt), resolvedAt: iso(fact.resolvedAt) };
  if ("onDefaultBranch" in fact) return commitRow(fact);
  return "commits" in fact ? deploymentRow(fact) : changeRow(fact);
}

function commitRow({
  onDefaultBranch: _onDefaultBranch,
  integrated: _integrated,
  isDirect: _isDirect,
  isBeforeRecord: _isBeforeRecord,
  ...fact
}: CommitFact): Row {
  return {
    ...fact,
    authoredAt: iso(fact.authoredAt),
    committedAt: iso(fact.committedAt),
    deployedAt: iso(fact.deployedAt),
  };
}

function changeRow({ isIntegrated: _isIntegrated, isBeforeRecord: _isBeforeRecord, ...fact }: ChangeFact): Row {
  return {
    ...fact,
    openedAt: iso(fact.openedAt),
    readyAt: iso(fact.readyAt),
    firstCommitAt: iso(fact.firstCommitAt),
    firstReviewAt: iso(fact.firstReviewAt),
    firstResponseAt: iso(fact.firstResponseAt),
    firstApprovalAt: iso(fact.firstApprovalAt),
    mergedAt: iso(fact.mergedAt),
    closedAt: iso(fact.closedAt),
    deployedAt: iso(fact.deployedAt),
  };
}

function deploymentRow({
  previousDeployedAt: _previous,
  patchedAt: _patched,
  isFeatureRelease: _feature,
  route: _route,
  isCommitKnown: _isCommitKnown,
  ...fact
}: DeploymentFact): Row {
  return {
    ...fact,
    createdAt: iso(fact.createdAt),
    deployedAt: iso(fact.deployedAt),
    recoveredAt: iso(fact.recoveredAt),
  };
}

/** Every metric pooled and service by service, for each week and for the whole window. */
async function* measureRows(
  installation: Installation,
  services: readonly ServiceRecord[],
  asked: Asked,
): AsyncIterable<readonly Row[]> {
  const memory = new Memory(installation.store);
  const { from: first } = (await reaches(installation, services, memory)).commit ?? { from: null };
  if (first === null) return;
  const query = { from: asked.from ?? new Date(first).toISOString(), to: asked.to };
  const scopes = [
    ...(asked.service === undefined && services.length > 1 ? [undefined] : []),
    ...services.map(({ service }) => service),
  ];
  for (const service of scopes) {
    for (const interval of ["week", "month"] as const) {
      const { measures, window } = await answerMeasures(installation, { ...query, service, interval }, memory);
      for (const { metric, whole, series } of measures) {
        const words = metrics.find(({ id }) => id === metric);
        if (words === undefined) throw new BadRequest(`There is no metric ${metric}.`);
        const row = (name: string, point: typeof whole & { from: string; to: string }): Row => ({
          metric,
          scope: service ?? "all",
          interval: name,
          from: point.from,
          to: point.to,
          value: point.value,
          unit: words.unit,
          n: point.n,
          low: point.low,
          high: point.high,
          coverage: point.coverage,
          definitionVersion: words.version,
        });
        yield [
          ...(interval === "week" ? [row("whole", { ...whole, ...window })] : []),
          ...series.map((point) => row(interval, point)),
        ];
      }
    }
  }
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
