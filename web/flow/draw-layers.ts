/** Layers on top of each other, by Chart.js. Loaded when they are shown. */
import type { ChartDataset, Plugin } from "chart.js";

import { axisLooks } from "../chart/axes.ts";
import { type Colours, coloursAt } from "../chart/colours.ts";
import { drawFlags } from "../chart/marks.ts";
import { Chart } from "../chart/registered.ts";
import { tooltipColours } from "../chart/tooltip.ts";
import type { Drawn } from "../chart/frame.tsx";
import { decimal } from "../format.ts";
import type { LayersPicture } from "./pictures.ts";

type Values = (number | null)[];

export function drawLayers(canvas: HTMLCanvasElement, picture: LayersPicture): Drawn {
  const colours = coloursAt(canvas);
  const looks = axisLooks(colours);
  const chart = new Chart<"line", Values, string>(canvas, {
    type: "line",
    // Chart.js stacks from the ground up.
    data: {
      labels: [...picture.ticks],
      datasets: picture.layers.map((layer, index) => area(layer, index)).toReversed(),
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 16 } },
      interaction: { mode: "index", intersect: false },
      scales: {
        x: looks.x,
        y: {
          stacked: true,
          beginAtZero: true,
          ...looks.y,
          ticks: { ...looks.ticks, callback: (value) => decimal(Number(value)) },
          title: { ...looks.title, display: true, text: "changes" },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipColours(colours),
          itemSort: (a, b) => b.datasetIndex - a.datasetIndex,
          callbacks: {
            title: ([item]) => picture.labels[item?.dataIndex ?? -1] ?? "",
            label: ({ dataset, parsed }) => `${dataset.label ?? ""}: ${decimal(parsed.y ?? 0)}`,
          },
        },
      },
    },
    plugins: [flags(picture, colours)],
  });
  return { erase: () => chart.destroy() };

  function area({ title, values }: LayersPicture["layers"][number], index: number): ChartDataset<"line", Values> {
    return {
      type: "line",
      label: title,
      data: [...values],
      fill: "stack",
      backgroundColor: colours.layers[index],
      borderColor: colours.surface,
      borderWidth: 1,
      pointRadius: 0,
      pointHoverRadius: 3,
    };
  }
}

function flags({ happened }: LayersPicture, colours: Colours): Plugin<"line"> {
  return {
    id: "flags",
    afterDatasetsDraw: ({ ctx, chartArea, scales: { x } }) => {
      if (x === undefined) return;
      const placed = happened.map(({ title, rebases, first, last }) => ({
        title,
        isStrong: rebases,
        from: x.getPixelForValue(first),
        to: x.getPixelForValue(last),
      }));
      drawFlags(ctx, chartArea, placed, colours);
    },
  };
}
