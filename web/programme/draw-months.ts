/** What was planned and what came, month by month, by Chart.js. Loaded when it is shown. */
import type { ChartDataset } from "chart.js";

import { axisLooks } from "../chart/axes.ts";
import { type Colours, coloursAt } from "../chart/colours.ts";
import type { Drawn } from "../chart/frame.tsx";
import { Chart } from "../chart/registered.ts";
import { tooltipColours } from "../chart/tooltip.ts";
import { money } from "../format.ts";
import type { MonthsPicture } from "./pictures.ts";

type Kind = "bar" | "line";
type Values = (number | null)[];
type Series = MonthsPicture["series"][number];

export function drawMonths(canvas: HTMLCanvasElement, picture: MonthsPicture): Drawn {
  const colours = coloursAt(canvas);
  const looks = axisLooks(colours);
  const { shape, months, series, currency } = picture;
  const cash = (value: number | string): string => money(Number(value), currency);
  const chart = new Chart<Kind, Values, string>(canvas, {
    type: shape === "bars" ? "bar" : "line",
    data: {
      labels: [...months],
      datasets: series.map((one) => (shape === "bars" ? bars(one, colours) : line(one, colours))),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 12, right: 12 } },
      interaction: { mode: "index", intersect: false },
      scales: {
        x: looks.x,
        y: {
          ...looks.y,
          grid: { color: ({ tick }) => (tick.value === 0 ? colours.muted : colours.line) },
          beginAtZero: true,
          ticks: { ...looks.ticks, callback: cash },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipColours(colours),
          callbacks: {
            label: ({ dataset, parsed }) => (parsed.y === null ? "" : `${dataset.label ?? ""}: ${cash(parsed.y)}`),
          },
        },
      },
    },
  });
  return { erase: () => chart.destroy() };
}

function bars({ label, look, values }: Series, { bar, before }: Colours): ChartDataset<"bar", Values> {
  return {
    type: "bar",
    label,
    data: [...values],
    backgroundColor: look === "actual" ? bar : "transparent",
    borderColor: look === "actual" ? bar : before,
    borderWidth: 1.5,
    borderRadius: 2,
    maxBarThickness: 24,
  };
}

function line({ label, look, values }: Series, { blue, before }: Colours): ChartDataset<"line", Values> {
  const isActual = look === "actual";
  return {
    type: "line",
    label,
    data: [...values],
    borderColor: look === "planned" ? before : blue,
    borderWidth: isActual ? 2.5 : 1.5,
    borderDash: look === "planned" ? [5, 4] : look === "outlook" ? [2, 3] : [],
    pointRadius: isActual && values.length <= 72 ? 2.5 : 0,
    pointBackgroundColor: blue,
    pointHoverRadius: 5,
    order: isActual ? 0 : 1,
  };
}
