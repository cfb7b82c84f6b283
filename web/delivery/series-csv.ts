import type { Cell } from "../export.ts";
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

/** A series as the cells of a CSV: instants in UTC, durations in hours, unknown is empty. */
export function seriesCells({ id, unit, version }: Definition, series: readonly Point[]): readonly (readonly Cell[])[] {
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
  return [HEAD, ...rows];
}
