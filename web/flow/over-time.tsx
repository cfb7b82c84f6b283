import { useMemo, useRef } from "preact/hooks";

import { ChartFrame } from "../chart/chart-frame.tsx";
import { png } from "../chart/colours.ts";
import { happenedIn } from "../chart/happened.ts";
import { Noted } from "../chart/noted.tsx";
import { Legend } from "../chart/legend.tsx";
import { band, type Picture, unfinished } from "../chart/picture.ts";
import { SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { count, decimal, NONE, tick } from "../format.ts";
import type { Annotation, Flow, Interval } from "../types.ts";
import { periodColumns } from "./period-columns.ts";

type Point = Flow["series"][number];

interface Props {
  readonly series: readonly Point[];
  readonly level: Flow["level"];
  readonly interval: Interval;
  readonly zone: string;
  readonly now: string;
  readonly annotations: readonly Annotation[];
}

/** How many changes were in progress at the end of each period, as a chart and as its table twin. */
export function OverTime({ series, level, interval, zone, now, annotations }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const picture = useMemo(
    () => pictureOf(series, { level, interval, zone, now, annotations }),
    [series, level, interval, zone, annotations],
  );
  return (
    <section class="section">
      <h2>In progress over time</h2>
      <div class="panel">
        <ChartFrame
          picture={picture}
          summary={`Changes in progress at the end of each ${interval}. The table below has the same numbers.`}
          canvas={canvas}
          onOpen={() => undefined}
        />
        <Legend picture={picture} />
        <p class="small muted">{level.words}</p>
        <Noted happened={picture.happened} />
        <Unfold summary="The same as a table">
          {() => (
            <Table
              caption="Changes in progress at the end of each period"
              columns={periodColumns(OWN, annotations)}
              rows={series.toReversed()}
              keyOf={({ label }) => label}
            />
          )}
        </Unfold>
        <SaveRows
          name="in-progress-over-time"
          title="In progress over time"
          rows={series}
          image={async () => (canvas.current === null ? null : png(canvas.current, "In progress over time"))}
        />
      </div>
    </section>
  );
}

const OWN: readonly Column<Point>[] = [
  { title: "In progress at its end", align: "end", cell: ({ open }) => open ?? NONE, sortBy: ({ open }) => open },
  { title: "Signal", align: "start", cell: ({ signal }) => signal ?? "", sortBy: null },
];

function pictureOf(
  series: readonly Point[],
  { level, interval, zone, now, annotations }: Omit<Props, "series">,
): Picture {
  return {
    title: "In progress",
    shape: "line",
    axis: {
      title: "changes",
      isLogarithmic: false,
      scale: 1,
      end: null,
      least: Math.max(1, level.limits?.upper ?? 0),
      format: count,
      tick: decimal,
    },
    ticks: series.map((point) => tick(point, interval, zone)),
    labels: series.map(({ label }) => label),
    values: series.map(({ open }) => open),
    before: [],
    baseline: null,
    quantiles: [],
    whiskers: [],
    bands: level.limits === null ? [] : band(level.limits, series, 1),
    happened: happenedIn(annotations, series),
    signals: series.map(({ signal }) => signal),
    unfinished: series.map((point) => unfinished(point, now)),
  };
}
