import { csv } from "../export.ts";
import type { Definition, Point } from "../types.ts";

const HEAD = [
  "metric",
  "unit",
  "period",
  "from",
  "to",
  "value",
  "n",
  "k",
  "low",
  "high",
  "p75",
  "p85",
  "p95",
  "partial",
  "signal",
  "definitionVersion",
];

/** A series as CSV: instants in UTC, durations in hours, unknown is empty. */
export function seriesCsv({ id, unit, version }: Definition, series: readonly Point[]): string {
  const rows = series.map(({ label, from, to, value, n, k, low, high, p75, p85, p95, partial, signal }) => [
    id,
    unit,
    label,
    from,
    to,
    value,
    n,
    k,
    low,
    high,
    p75,
    p85,
    p95,
    String(partial),
    signal,
    version,
  ]);
  return csv([HEAD, ...rows]);
}
