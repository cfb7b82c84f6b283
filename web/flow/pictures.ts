/** What the charts of the flow show, in terms of no library: pure, so that it can be tested without a canvas. */
import { count, duration, moment, plural, tick } from "../format.ts";
import { type Happened, happenedBetween, happenedIn, type HappenedBetween } from "../chart/happened.ts";
import type { Annotation, Flow, Rows } from "../types.ts";

type Standing = NonNullable<Flow["series"][number]["standing"]>;

/** From the top of the diagram to its ground: what comes in is on top, and sinks. */
export const LAYERS = [
  { id: "coding", title: "Coding" },
  { id: "pickup", title: "Waiting for review" },
  { id: "review", title: "In review" },
  { id: "waiting", title: "Waiting for deployment" },
  { id: "done", title: "Done in this window" },
] as const satisfies readonly { readonly id: keyof Standing; readonly title: string }[];

export interface LayersPicture {
  readonly title: string;
  readonly labels: readonly string[];
  readonly ticks: readonly string[];
  /** In the order of `LAYERS`; `null` is a gap. */
  readonly layers: readonly { readonly title: string; readonly values: readonly (number | null)[] }[];
  /** What people noted. */
  readonly happened: readonly Happened[];
}

interface LayersContext {
  readonly ticks: readonly string[];
  /** Whether what is done is the ground of it: beside it, what is on its way may be too thin to see. */
  readonly hasDone: boolean;
  readonly annotations: readonly Annotation[];
}

export function layersOf(series: Flow["series"], { ticks, hasDone, annotations }: LayersContext): LayersPicture {
  return {
    title: "Cumulative flow",
    labels: series.map(({ label, partial }) => (partial ? `${label} · running` : label)),
    ticks,
    layers: LAYERS.filter(({ id }) => hasDone || id !== "done").map(({ id, title }) => ({
      title,
      values: series.map(({ standing }) => standing?.[id] ?? null),
    })),
    happened: happenedIn(annotations, series),
  };
}

export interface Dot {
  readonly at: number;
  readonly hours: number;
  /** What it is, in words. */
  readonly words: readonly string[];
}

export interface DotsPicture {
  readonly title: string;
  readonly from: number;
  readonly to: number;
  readonly dots: readonly Dot[];
  /** Levels that are drawn across, in hours. */
  readonly lines: readonly { readonly label: string; readonly hours: number }[];
  /** Beyond this ratio of the longest to the median a linear axis shows only the longest. */
  readonly isLogarithmic: boolean;
  /** What people noted. */
  readonly happened: readonly HappenedBetween[];
  readonly tick: (at: number) => string;
}

/** Beyond this, the slowest would press all the others to the ground. */
const WIDE = 8;
/** What took no time at all has no place on a logarithmic axis: a minute is as low as it goes. */
const LEAST_HOURS = 1 / 60;

/** The rows that count and of which the value is known, in the order of the rows. */
export function dotsOf(rows: readonly Rows["rows"][number][]): readonly (Rows["rows"][number] & { value: number })[] {
  return rows.filter((row): row is Rows["rows"][number] & { value: number } => row.counted && row.value !== null);
}

export function dotsPicture(
  { rows, whole, window, counted }: Rows,
  zone: string,
  annotations: readonly Annotation[],
): DotsPicture {
  const known = dotsOf(rows);
  const longest = Math.max(0, ...known.map(({ value }) => value));
  const isLogarithmic = whole.value !== null && longest > WIDE * Math.max(whole.value, LEAST_HOURS);
  const lines = [
    { label: "P50", hours: whole.value },
    { label: "P85", hours: whole.p85 },
  ].flatMap(({ label, hours }) => (hours === null ? [] : [{ label, hours: Math.max(hours, LEAST_HOURS) }]));
  // Where only the newest are shown, nothing is known of what lies before them.
  const from = known.length < counted ? Math.min(...known.map(({ at }) => Date.parse(at))) : Date.parse(window.from);
  const to = Date.parse(window.to);
  return {
    title: "Cycle time of each change",
    from,
    to,
    dots: known.map(({ at, value, title, service }) => ({
      at: Date.parse(at),
      hours: isLogarithmic ? Math.max(value, LEAST_HOURS) : value,
      words: [title, service, `${duration(value)}, merged ${moment(at, zone)}`],
    })),
    lines,
    isLogarithmic,
    happened: happenedBetween(annotations, from, to),
    tick: (at) => tick({ from: new Date(at).toISOString() }, "day", zone),
  };
}

/** How much of it is shown, and what the lines say. */
export function dotsWords({ rows, whole, counted }: Rows): string {
  const shown = dotsOf(rows).length;
  const all =
    shown < counted
      ? `The newest ${plural(shown, "change")} of ${count(counted)}, each a dot where it was merged.`
      : `${plural(shown, "change")}, each a dot where it was merged.`;
  const levels =
    whole.value === null || whole.p85 === null
      ? ""
      : ` Half took at most ${duration(whole.value)}, 85 % at most ${duration(whole.p85)}.`;
  return `${all}${levels}`;
}
