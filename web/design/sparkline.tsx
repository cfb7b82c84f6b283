import type { Happened } from "../chart/happened.ts";
import type { Point } from "../types.ts";
import { HEIGHT, pathOf, placeOf, stretches, WIDTH } from "./spark-path.ts";

interface Props {
  readonly series: readonly Point[];
  /** What people noted: a line where each begins. */
  readonly happened: readonly Happened[];
}

/** Fewer points have no shape. */
const FEWEST = 3;

/** The shape of a series at a glance; the running period is a hollow dot. The chart with numbers is a page away. */
export function Sparkline({ series, happened }: Props) {
  if (series.filter(({ value }) => value !== null).length < FEWEST) return null;
  const parts = stretches(series.map(({ value }) => value));
  const end = series.at(-1)?.value === null ? undefined : parts.at(-1)?.at(-1);
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} aria-hidden="true">
      {happened.map(({ words, first, rebases }) => {
        const x = placeOf(first, series.length);
        return <line key={words} x1={x} x2={x} y1="0" y2={HEIGHT} class={rebases ? "flag-strong" : "flag"} />;
      })}
      {parts.map((part) => (
        <path key={pathOf(part)} d={pathOf(part)} />
      ))}
      {end !== undefined && (
        <circle cx={end.x} cy={end.y} r="2.75" class={series.at(-1)?.partial === true ? "hollow" : ""} />
      )}
    </svg>
  );
}
