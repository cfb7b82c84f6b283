/** Initiatives and waves over the quarters, by Chart.js. Loaded when they are shown. */
import type { Plugin } from "chart.js";

import { axisLooks } from "../chart/axes.ts";
import { type Colours, coloursAt } from "../chart/colours.ts";
import type { Drawn } from "../chart/frame.tsx";
import { lyingBars } from "../chart/lying-bars.ts";
import { hatch } from "../chart/marks.ts";
import { Chart } from "../chart/registered.ts";
import type { RoadmapPicture, RoadmapRow } from "./pictures.ts";

export function drawRoadmap(
  canvas: HTMLCanvasElement,
  picture: RoadmapPicture,
  onOpen: (index: number) => void,
): Drawn {
  const colours = coloursAt(canvas);
  const looks = axisLooks(colours);
  const { rows, quarters } = picture;
  const { options, names } = lyingBars(canvas, colours, rows, [14, 34], onOpen);
  const chart = new Chart(canvas, {
    type: "bar",
    data: {
      labels: rows.map(({ label }) => label),
      datasets: [
        {
          data: rows.map(({ from, to }): [number, number] => [from, to ?? picture.to]),
          backgroundColor: fillings(rows, canvas, colours),
          borderColor: rows.map(({ look, isCritical }) =>
            isCritical ? colours.ink : look === "stopped" ? colours.before : "transparent",
          ),
          borderWidth: rows.map(({ look, isCritical }) => (isCritical ? 2 : look === "stopped" ? 1 : 0)),
          borderSkipped: false,
          borderRadius: 3,
          maxBarThickness: 20,
        },
      ],
    },
    options: {
      ...options,
      scales: {
        x: {
          ...looks.x,
          grid: { color: colours.line },
          min: picture.from,
          max: picture.to,
          afterBuildTicks: (axis) => {
            axis.ticks = quarters.map(({ at }) => ({ value: at }));
          },
          ticks: {
            ...looks.x.ticks,
            autoSkipPadding: 8,
            callback: (value) => quarters.find(({ at }) => at === Number(value))?.label ?? "",
          },
        },
        y: names,
      },
    },
    plugins: [marks(picture, colours)],
  });
  return { erase: () => chart.destroy() };
}

/** A wave is a line and no bar: nobody says when it ends. */
function fillings(
  rows: readonly RoadmapRow[],
  canvas: HTMLCanvasElement,
  colours: Colours,
): (string | CanvasPattern)[] {
  const brush = canvas.getContext("2d");
  const hatched = brush === null ? colours.before : hatch(brush, colours.before);
  const looks = {
    wave: "transparent",
    planned: colours.bar,
    done: colours.before,
    stopped: hatched,
    early: colours.orange,
  };
  return rows.map(({ look }) => looks[look]);
}

/** Waves, what needs what, and the day that it is. */
function marks({ rows, needs, now, to }: RoadmapPicture, colours: Colours): Plugin<"bar"> {
  const { ink, muted, blue, orange, family, size } = colours;
  return {
    id: "roadmap",
    afterDatasetsDraw: ({ ctx, chartArea: { top, bottom }, scales: { x, y } }) => {
      if (x === undefined || y === undefined) return;
      const at = (month: number): number => x.getPixelForValue(month);
      const row = (index: number): number => y.getPixelForValue(index);
      ctx.save();
      for (const [index, { look, from }] of rows.entries()) {
        if (look !== "wave") continue;
        ctx.strokeStyle = blue;
        ctx.fillStyle = blue;
        ctx.lineWidth = 2;
        path(ctx, [at(from), row(index)], [at(to), row(index)]);
        ctx.beginPath();
        ctx.arc(at(from), row(index), 5, 0, 2 * Math.PI);
        ctx.fill();
      }
      for (const need of needs) {
        const [end, begin] = [rows[need.from], rows[need.to]];
        if (end === undefined || begin === undefined) continue;
        ctx.strokeStyle = need.isEarly ? orange : muted;
        ctx.lineWidth = need.isEarly ? 2 : 1;
        const [fromX, toX] = [at(end.to ?? to), at(begin.from)];
        const [fromY, toY] = [row(need.from), row(need.to)];
        const side = Math.max(fromX, toX) + 7;
        path(ctx, [fromX, fromY], [side, fromY], [side, toY], [toX + (toX < side ? 0 : -1), toY]);
      }
      ctx.strokeStyle = ink;
      ctx.fillStyle = ink;
      ctx.lineWidth = 1;
      ctx.setLineDash([4, 3]);
      path(ctx, [at(now), top], [at(now), bottom]);
      ctx.font = `${size}px ${family}`;
      ctx.textAlign = "center";
      ctx.textBaseline = "bottom";
      ctx.fillText("today", at(now), top - 3);
      ctx.restore();
    },
  };
}

type Place = readonly [x: number, y: number];

function path(ctx: CanvasRenderingContext2D, [x, y]: Place, ...rest: readonly Place[]): void {
  ctx.beginPath();
  ctx.moveTo(x, y);
  for (const [nextX, nextY] of rest) ctx.lineTo(nextX, nextY);
  ctx.stroke();
}
