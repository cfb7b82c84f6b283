/** Intervals beside a line, by Chart.js. Loaded when they are shown. */
import type { Plugin } from "chart.js";

import { axisLooks } from "../chart/axes.ts";
import { type Colours, coloursAt } from "../chart/colours.ts";
import type { Drawn } from "../chart/frame.tsx";
import { lyingBars } from "../chart/lying-bars.ts";
import { Chart } from "../chart/registered.ts";
import { share } from "../format.ts";

export interface Span {
  readonly label: string;
  readonly low: number;
  readonly high: number;
  /** A tick within; `null`: none. */
  readonly middle: number | null;
  readonly words: readonly string[];
}

/** Shares of the baseline cost. */
export interface SpansPicture {
  readonly spans: readonly Span[];
  /** Lines across all of them, each with its name. */
  readonly lines: readonly { readonly at: number; readonly label: string }[];
}

export function drawSpans(canvas: HTMLCanvasElement, picture: SpansPicture, onOpen: (index: number) => void): Drawn {
  const colours = coloursAt(canvas);
  const looks = axisLooks(colours);
  const { spans, lines } = picture;
  const ends = [...spans.flatMap(({ low, high }) => [low, high]), ...lines.map(({ at }) => at)];
  const room = (Math.max(...ends) - Math.min(...ends)) * 0.05 || 0.01;
  const { options, names } = lyingBars(canvas, colours, spans, [16, 32], onOpen);
  const chart = new Chart(canvas, {
    type: "bar",
    data: {
      labels: spans.map(({ label }) => label),
      datasets: [
        {
          data: spans.map(({ low, high }): [number, number] => [Math.min(low, high), Math.max(low, high)]),
          backgroundColor: colours.bar,
          borderRadius: 3,
          borderSkipped: false,
          maxBarThickness: 22,
        },
      ],
    },
    options: {
      ...options,
      scales: {
        x: {
          ...looks.x,
          suggestedMin: Math.min(...ends) - room,
          suggestedMax: Math.max(...ends) + room,
          beginAtZero: false,
          ticks: { ...looks.x.ticks, callback: (value) => share(Number(value)) },
        },
        y: names,
      },
    },
    plugins: [across(picture, colours)],
  });
  return { erase: () => chart.destroy() };
}

function across({ spans, lines }: SpansPicture, { ink, orange, family, size }: Colours): Plugin<"bar"> {
  return {
    id: "across",
    afterDatasetsDraw: ({ ctx, chartArea: { top, bottom }, scales: { x, y } }) => {
      if (x === undefined || y === undefined) return;
      ctx.save();
      ctx.font = `${size * 0.9}px ${family}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "bottom";
      for (const { at, label } of lines) {
        const place = x.getPixelForValue(at);
        ctx.strokeStyle = orange;
        ctx.fillStyle = orange;
        ctx.setLineDash(at === 0 ? [2, 3] : []);
        ctx.beginPath();
        ctx.moveTo(place, top);
        ctx.lineTo(place, bottom);
        ctx.stroke();
        ctx.fillText(label, place, top - 2);
      }
      ctx.setLineDash([]);
      ctx.strokeStyle = ink;
      ctx.lineWidth = 2;
      for (const [index, { middle }] of spans.entries()) {
        if (middle === null) continue;
        const [place, height] = [x.getPixelForValue(middle), y.getPixelForValue(index)];
        ctx.beginPath();
        ctx.moveTo(place, height - 11);
        ctx.lineTo(place, height + 11);
        ctx.stroke();
      }
      ctx.restore();
    },
  };
}
