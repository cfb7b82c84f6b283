/** Value against effort, each initiative a number with the interval of its value, by Chart.js. Loaded when it is shown. */
import type { Plugin } from "chart.js";

import { axisLooks } from "../chart/axes.ts";
import { type Colours, coloursAt } from "../chart/colours.ts";
import type { Drawn } from "../chart/frame.tsx";
import { Chart } from "../chart/registered.ts";
import { tooltipColours } from "../chart/tooltip.ts";
import { money } from "../format.ts";
import type { EffortPicture } from "./pictures.ts";

const RADIUS = 10;

export function drawEffort(canvas: HTMLCanvasElement, picture: EffortPicture, onOpen: (index: number) => void): Drawn {
  const colours = coloursAt(canvas);
  const looks = axisLooks(colours);
  const { points, currency } = picture;
  const [lows, highs] = [points.map(({ low }) => low), points.map(({ high }) => high)];
  const cash = (value: number | string): string => money(Number(value), currency);
  const most = Math.max(...points.map(({ effort }) => effort));
  const chart = new Chart(canvas, {
    type: "scatter",
    data: {
      datasets: [
        {
          data: points.map(({ effort, middle }) => ({ x: effort, y: middle })),
          backgroundColor: colours.surface,
          borderColor: colours.blue,
          borderWidth: 2,
          pointRadius: RADIUS,
          pointHoverRadius: RADIUS + 2,
          clip: 16,
        },
      ],
    },
    options: {
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 16, right: 24 } },
      onClick: (_, [first]) => {
        if (first !== undefined) onOpen(first.index);
      },
      scales: {
        x: {
          ...looks.x,
          beginAtZero: true,
          suggestedMax: most * 1.05,
          ticks: { ...looks.x.ticks, maxTicksLimit: 6, callback: cash },
          title: { ...looks.title, display: true, text: "cost, slower teams with it" },
        },
        y: {
          ...looks.y,
          suggestedMin: Math.min(0, ...lows),
          suggestedMax: Math.max(0, ...highs),
          ticks: { ...looks.ticks, callback: cash },
          title: { ...looks.title, display: true, text: "net present value" },
        },
      },
      plugins: {
        tooltip: {
          ...tooltipColours(colours),
          callbacks: { label: ({ dataIndex }) => [...(points[dataIndex]?.words ?? [])] },
        },
      },
    },
    plugins: [marks(picture, colours)],
  });
  return { erase: () => chart.destroy() };
}

/** The line of no value, the interval behind each number, and the number. */
function marks({ points }: EffortPicture, { ink, blue, orange, family, size }: Colours): Plugin<"scatter"> {
  return {
    id: "effort",
    beforeDatasetsDraw: ({ ctx, chartArea: { left, right }, scales: { x, y } }) => {
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.strokeStyle = orange;
      ctx.setLineDash([2, 3]);
      line(ctx, left, y.getPixelForValue(0), right, y.getPixelForValue(0));
      ctx.setLineDash([]);
      ctx.strokeStyle = blue;
      ctx.lineWidth = 2;
      for (const { effort, low, high } of points) {
        const [at, top, bottom] = [x.getPixelForValue(effort), y.getPixelForValue(high), y.getPixelForValue(low)];
        line(ctx, at, top, at, bottom);
        for (const end of [top, bottom]) line(ctx, at - 5, end, at + 5, end);
      }
      ctx.restore();
    },
    afterDatasetsDraw: ({ ctx, scales: { x, y } }) => {
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.fillStyle = ink;
      ctx.font = `600 ${size}px ${family}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "middle";
      for (const { number, effort, middle } of points)
        ctx.fillText(String(number), x.getPixelForValue(effort), y.getPixelForValue(middle) + 0.5);
      ctx.restore();
    },
  };
}

function line(ctx: CanvasRenderingContext2D, fromX: number, fromY: number, toX: number, toY: number): void {
  ctx.beginPath();
  ctx.moveTo(fromX, fromY);
  ctx.lineTo(toX, toY);
  ctx.stroke();
}
