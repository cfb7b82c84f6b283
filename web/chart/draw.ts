/** Series over time, by Chart.js. Loaded when one is shown. */
import type { ChartDataset, ChartOptions, Plugin } from "chart.js";

import { axisLooks, logarithmicHours } from "./axes.ts";
import { type Colours, coloursAt } from "./colours.ts";
import { type Area, drawBand, drawDiamond, drawFlags, drawNote, drawWhisker, hatch } from "./marks.ts";
import type { Drawn } from "./frame.tsx";
import type { Picture } from "./picture.ts";
import { Chart } from "./registered.ts";
import { tooltipColours } from "./tooltip.ts";

type Kind = "bar" | "line";
type Values = (number | null)[];
type TooltipWishes = NonNullable<NonNullable<ChartOptions<Kind>["plugins"]>["tooltip"]>;

/** Draws a picture. @param onOpen is told the index of the period that was clicked. */
export function draw(canvas: HTMLCanvasElement, picture: Picture, onOpen: (index: number) => void): Drawn {
  const colours = coloursAt(canvas);
  const chart = new Chart<Kind, Values, string>(canvas, {
    type: picture.shape === "bars" ? "bar" : "line",
    data: { labels: [...picture.ticks], datasets: datasets(picture, colours, canvas) },
    options: options(picture, colours, onOpen),
    plugins: [marks(picture, colours)],
  });
  return { erase: () => chart.destroy() };
}

function datasets(picture: Picture, colours: Colours, canvas: HTMLCanvasElement): ChartDataset<Kind, Values>[] {
  const main = picture.shape === "bars" ? bars(picture, colours, canvas) : line(picture, colours);
  const quantiles = picture.quantiles.map(({ label, values }) => thin(label, values, colours.quantile, []));
  const before = picture.before.length === 0 ? [] : [thin("Window before", picture.before, colours.before, [5, 4])];
  const { baseline, values } = picture;
  const frozen =
    baseline === null
      ? []
      : [
          thin(
            "Baseline",
            values.map(() => baseline),
            colours.ink,
            [9, 4],
          ),
        ];
  return [main, ...quantiles, ...before, ...frozen];
}

function bars(
  { values, signals, unfinished }: Picture,
  colours: Colours,
  canvas: HTMLCanvasElement,
): ChartDataset<"bar", Values> {
  const ink = canvas.getContext("2d");
  const hatched = ink === null ? colours.bar : hatch(ink, colours.bar);
  return {
    type: "bar",
    label: "This window",
    data: [...values],
    backgroundColor: values.map((_, index) =>
      unfinished[index] ? hatched : signals[index] ? colours.orange : colours.bar,
    ),
    borderColor: colours.bar,
    borderWidth: values.map((_, index) => (unfinished[index] ? 1 : 0)),
    borderRadius: 2,
    categoryPercentage: 0.9,
    barPercentage: 0.9,
    maxBarThickness: 40,
    order: 2,
  };
}

function line({ values, signals, unfinished }: Picture, colours: Colours): ChartDataset<"line", Values> {
  const few = values.length <= 60;
  const colour = (index: number): string => (signals[index] ? colours.orange : colours.blue);
  return {
    type: "line",
    label: "This window",
    data: [...values],
    borderColor: colours.blue,
    borderWidth: 2,
    segment: { borderDash: ({ p1DataIndex }) => (unfinished[p1DataIndex] ? [3, 3] : undefined) },
    pointBackgroundColor: values.map((_, index) => (unfinished[index] ? colours.surface : colour(index))),
    pointBorderColor: values.map((_, index) => colour(index)),
    pointBorderWidth: 1.5,
    pointStyle: signals.map((signal) => (signal ? "rectRot" : "circle")),
    pointRadius: values.map((_, index) => (signals[index] ? 6 : unfinished[index] ? 4 : few ? 3 : 1.5)),
    pointHoverRadius: 6,
    clip: 8,
    order: 0,
  };
}

function thin(
  label: string,
  values: readonly (number | null)[],
  colour: string,
  dash: number[],
): ChartDataset<"line", Values> {
  return {
    type: "line",
    label,
    data: [...values],
    borderColor: colour,
    borderWidth: 1,
    borderDash: dash,
    pointRadius: 0,
    pointHoverRadius: 3,
    order: 1,
  };
}

function options(picture: Picture, colours: Colours, onOpen: (index: number) => void): ChartOptions<Kind> {
  const looks = axisLooks(colours);
  return {
    responsive: true,
    maintainAspectRatio: false,
    layout: { padding: { top: 16 } },
    interaction: { mode: "index", intersect: false },
    onClick: (_, elements) => {
      const [first] = elements;
      if (first !== undefined) onOpen(first.index);
    },
    scales: {
      x: looks.x,
      y: {
        ...(picture.axis.isLogarithmic
          ? logarithmicHours(picture.axis.scale)
          : { type: "linear" as const, beginAtZero: true }),
        ...looks.y,
        ticks: { ...looks.ticks, callback: (value) => picture.axis.tick(Number(value)) },
        ...(picture.axis.end === null ? { suggestedMax: picture.axis.least } : { max: picture.axis.end }),
        title: { ...looks.title, display: true, text: picture.axis.title },
      },
    },
    plugins: { tooltip: tooltip(picture, colours) },
  };
}

function tooltip({ axis, labels, signals, unfinished }: Picture, colours: Colours): TooltipWishes {
  return {
    ...tooltipColours(colours),
    callbacks: {
      title: ([item]) => labels[item?.dataIndex ?? -1] ?? "",
      label: ({ dataset, parsed }) => (parsed.y === null ? "" : `${dataset.label ?? ""}: ${axis.format(parsed.y)}`),
      footer: ([item]) =>
        [unfinished[item?.dataIndex ?? -1], signals[item?.dataIndex ?? -1]].flatMap((words) => words ?? []),
    },
  };
}

/** Bands, whiskers, diamonds, words, and what people noted. */
function marks(picture: Picture, colours: Colours): Plugin<Kind> {
  return {
    id: "marks",
    beforeDatasetsDraw: (chart) => {
      const { ctx } = chart;
      const y = chart.scales["y"];
      if (y === undefined) return;
      for (const band of picture.bands)
        drawBand(
          ctx,
          { ...chart.chartArea, ...sidesOf(chart, band) },
          band,
          (value) => y.getPixelForValue(Math.max(value, y.min)),
          colours.band,
          colours.before,
        );
    },
    afterDatasetsDraw: (chart) => {
      const { x, y } = chart.scales;
      if (x === undefined || y === undefined) return;
      for (const [index, value] of picture.values.entries())
        if (value !== null)
          mark(chart, picture, index, { x: x.getPixelForValue(index), y: (at) => y.getPixelForValue(at) }, colours);
      const flags = picture.happened.map(({ title, rebases, first, last }) => ({
        title,
        isStrong: rebases,
        from: x.getPixelForValue(first),
        to: x.getPixelForValue(last),
      }));
      drawFlags(chart.ctx, chart.chartArea, flags, colours);
    },
  };
}

/** From half a period before the first to half a period after the last, inside the chart. */
function sidesOf(
  { chartArea, scales: { x } }: Chart<Kind>,
  { first, last }: { readonly first: number; readonly last: number },
): Pick<Area, "left" | "right"> {
  if (x === undefined) return chartArea;
  const half = (x.getPixelForValue(1) - x.getPixelForValue(0)) / 2;
  return {
    left: Math.max(chartArea.left, x.getPixelForValue(first) - half),
    right: Math.min(chartArea.right, x.getPixelForValue(last) + half),
  };
}

interface Positions {
  readonly x: number;
  readonly y: (value: number) => number;
}

function mark(
  { ctx, chartArea }: Chart<Kind>,
  picture: Picture,
  index: number,
  { x, y }: Positions,
  colours: Colours,
): void {
  const { values, whiskers, signals, unfinished, shape } = picture;
  const note = unfinished[index];
  const whisker = whiskers[index];
  if (whisker) drawWhisker(ctx, chartArea, x, whisker, y, colours.blue);
  if (shape === "bars" && signals[index]) drawDiamond(ctx, x, y(values[index] ?? 0) - 9, colours.orange);
  if (note) drawNote(ctx, chartArea, note, x, colours.muted, `${colours.size}px ${colours.family}`);
}
