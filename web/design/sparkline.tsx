import type { Point } from "../types.ts";
import { HEIGHT, pathOf, stretches, WIDTH } from "./spark-path.ts";

interface Props {
  readonly series: readonly Point[];
}

/** Fewer points have no shape. */
const FEWEST = 3;

/** The shape of a series at a glance; the running period is a hollow dot. The chart with numbers is a page away. */
export function Sparkline({ series }: Props) {
  if (series.filter(({ value }) => value !== null).length < FEWEST) return null;
  const parts = stretches(series.map(({ value }) => value));
  const end = series.at(-1)?.value === null ? undefined : parts.at(-1)?.at(-1);
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {parts.map((part) => (
        <path key={pathOf(part)} d={pathOf(part)} />
      ))}
      {end !== undefined && (
        <circle cx={end.x} cy={end.y} r="2.75" class={series.at(-1)?.partial === true ? "hollow" : ""} />
      )}
    </svg>
  );
}
