import { axisLooks } from "./axes.ts";
import type { Colours } from "./colours.ts";
import { labelLines } from "./label-lines.ts";
import { tooltipColours } from "./tooltip.ts";

interface Row {
  readonly label: string;
  readonly words: readonly string[];
}

/**
 * Bars that lie below each other, each with its name before it: their options, and the axis of their names.
 *
 * @param letters how many of a name stand in a line, on a phone and elsewhere: a long one would leave the bars no room.
 */
export function lyingBars(
  canvas: HTMLCanvasElement,
  colours: Colours,
  rows: readonly Row[],
  [narrow, wide]: readonly [number, number],
  onOpen: (index: number) => void,
) {
  const looks = axisLooks(colours);
  return {
    options: {
      indexAxis: "y" as const,
      responsive: true,
      maintainAspectRatio: false,
      layout: { padding: { top: 20, right: 16 } },
      onClick: (_: unknown, [first]: readonly { readonly index: number }[]) => {
        if (first !== undefined) onOpen(first.index);
      },
      plugins: {
        tooltip: {
          ...tooltipColours(colours),
          callbacks: {
            label: ({ dataIndex }: { readonly dataIndex: number }) => [...(rows[dataIndex]?.words ?? [])],
          },
        },
      },
    },
    names: {
      ...looks.y,
      grid: { display: false },
      ticks: {
        ...looks.ticks,
        autoSkip: false,
        callback: (_: unknown, index: number) =>
          labelLines(rows[index]?.label ?? "", canvas.clientWidth < 480 ? narrow : wide),
      },
    },
  };
}
