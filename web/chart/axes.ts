import type { Scale } from "chart.js";

import type { Colours } from "./colours.ts";
import { hoursBetween } from "./hours.ts";

/** How the axes of every chart look. */
export function axisLooks({ line, muted, family, size }: Colours) {
  const font = { family, size };
  const ticks = { color: muted, font };
  return {
    x: {
      grid: { display: false },
      border: { color: line },
      ticks: { ...ticks, maxRotation: 0, autoSkipPadding: 24 },
    },
    y: { grid: { color: line }, border: { display: false } },
    ticks: { ...ticks, maxTicksLimit: 6 },
    title: { color: muted, font },
  };
}

/** A logarithmic axis of hours. @param scale of what is drawn for an hour: 1, 1/24 where days are drawn, 60 where minutes are. */
export function logarithmicHours(scale: number) {
  return {
    type: "logarithmic" as const,
    afterBuildTicks: (axis: Scale) => {
      const lines = hoursBetween(axis.min / scale, axis.max / scale).map((hours) => ({ value: hours * scale }));
      // Between two lengths that people say there may be none: then the axis keeps its own.
      if (lines.length > 1) axis.ticks = lines;
    },
  };
}
