/** A series in one line of text. */

const LEVELS = "▁▂▃▄▅▆▇█";

export interface SparkPoint {
  readonly value: number | null;
  readonly partial: boolean;
}

/** The newest points that fit, from zero to the highest; unknown is a gap, and a period that still runs ends with "…". */
export function sparkline(points: readonly SparkPoint[], width: number): string {
  const isRunning = points.at(-1)?.partial === true;
  const shown = points.slice(-Math.max(0, width - (isRunning ? 1 : 0)));
  const highest = Math.max(0, ...shown.map(({ value }) => value ?? 0));
  const bars = shown.map(({ value }) => (value === null ? " " : bar(value, highest)));
  return `${bars.join("")}${isRunning ? "…" : ""}`;
}

function bar(value: number, highest: number): string {
  const level = highest <= 0 ? 0 : Math.ceil((Math.max(0, value) / highest) * (LEVELS.length - 1));
  return LEVELS.charAt(level);
}
