/** Single changes as dots, by Chart.js. Loaded when they are shown. */
import type { Plugin } from "chart.js";

import { axisLooks, logarithmicHours } from "../chart/axes.ts";
import { type Colours, coloursAt } from "../chart/colours.ts";
import type { Drawn } from "../chart/frame.tsx";
import { drawFlags } from "../chart/marks.ts";
import { Chart } from "../chart/registered.ts";
import { tooltipColours } from "../chart/tooltip.ts";
import { duration } from "../format.ts";
import type { DotsPicture } from "./pictures.ts";

export function drawDots(canvas: HTMLCanvasElement, picture: DotsPicture, onOpen: (index: number) => void): Drawn {
  const colours = coloursAt(canvas);
  const looks = axisLooks(colours);
  const chart = new Chart(canvas, {
    type: "scatter",
    data: {
      datasets: [
        {
          data: picture.dots.map(({ at, hours }) => ({ x: at, y: hours })),
          backgroundColor: colours.quantile,
          borderColor: colours.blue,
          borderWidth: 1,
          pointRadius: 3,
          pointHoverRadius: 6,
          clip: 8,
        },
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 16, right: 32 } },
      interaction: { mode: "nearest", intersect: true },
      onClick: (_, [first]) => {
        if (first !== undefined) onOpen(first.index);
      },
      scales: {
        x: {
          type: "linear",
          min: picture.from,
          max: picture.to,
          ...looks.x,
          ticks: { ...looks.x.ticks, callback: (at) => picture.tick(Number(at)) },
        },
        y: {
          ...(picture.isLogarithmic ? logarithmicHours(1) : { type: "linear" as const, beginAtZero: true }),
          ...looks.y,
          ticks: { ...looks.ticks, callback: (hours) => duration(Number(hours)) },
          title: { ...looks.title, display: picture.isLogarithmic, text: "logarithmic" },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipColours(colours),
          callbacks: { label: ({ dataIndex }) => [...(picture.dots[dataIndex]?.words ?? [])] },
        },
      },
    },
    plugins: [levels(picture, colours), flags(picture, colours)],
  });
  return { erase: () => chart.destroy() };
}

function flags({ happened }: DotsPicture, colours: Colours): Plugin<"scatter"> {
  return {
    id: "flags",
    afterDatasetsDraw: ({ ctx, chartArea, scales: { x } }) => {
      if (x === undefined) return;
      const placed = happened.map(({ title, rebases, from, to }) => ({
        title,
        isStrong: rebases,
        from: x.getPixelForValue(from),
        to: x.getPixelForValue(to),
      }));
      drawFlags(ctx, chartArea, placed, colours);
    },
  };
}

/** The levels across, each with its name at its end. */
function levels({ lines }: DotsPicture, { orange, family, size }: Colours): Plugin<"scatter"> {
  return {
    id: "levels",
    afterDatasetsDraw: ({ ctx, chartArea: { left, right }, scales }) => {
      const y = scales["y"];
      if (y === undefined) return;
      ctx.save();
      ctx.strokeStyle = orange;
      ctx.fillStyle = orange;
      ctx.font = `${size}px ${family}`;
      ctx.textBaseline = "middle";
      for (const [index, { label, hours }] of lines.entries()) {
        const height = y.getPixelForValue(hours);
        ctx.setLineDash(index === 0 ? [] : [6, 4]);
        ctx.beginPath();
        ctx.moveTo(left, height);
        ctx.lineTo(right, height);
        ctx.stroke();
        ctx.fillText(label, right + 4, height);
      }
      ctx.restore();
    },
  };
}
