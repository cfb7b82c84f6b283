import { useMemo, useRef, useState } from "preact/hooks";

import { png } from "../chart/colours.ts";
import { Frame } from "../chart/frame.tsx";
import { Noted } from "../chart/noted.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { count, NONE, tick } from "../format.ts";
import type { Annotation, Flow, Interval } from "../types.ts";
import { periodColumns } from "./period-columns.ts";
import { LAYERS, layersOf } from "./pictures.ts";

type Point = Flow["series"][number];

interface Props {
  readonly series: readonly Point[];
  readonly interval: Interval;
  readonly zone: string;
  readonly annotations: readonly Annotation[];
}

/** Where all changes stood at the end of each period: where a layer widens, work piles up. */
export function Cumulative({ series, interval, zone, annotations }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const [hasDone, show] = useState(false);
  const picture = useMemo(() => {
    const ticks = series.map((point) => tick(point, interval, zone));
    return layersOf([...series], { ticks, hasDone, annotations });
  }, [series, interval, zone, hasDone, annotations]);
  if (series.every(({ standing }) => standing === null)) return null;
  return (
    <section class="section">
      <h2>Cumulative flow</h2>
      <p class="muted">Where all changes stood at the end of each {interval}. Where a layer widens, work piles up.</p>
      <p>
        <label>
          <input type="checkbox" checked={hasDone} onChange={({ currentTarget: { checked } }) => show(checked)} /> On
          top of what was done since the window began
        </label>
      </p>
      <div class="panel">
        <Frame
          picture={picture}
          summary={`Changes by where they stood at the end of each ${interval}, in layers. The table below has the same numbers.`}
          canvas={canvas}
          onOpen={() => undefined}
          load={async () => (await import("./draw-layers.ts")).drawLayers}
        />
        <ul class="legend">
          {LAYERS.slice(0, picture.layers.length).map(({ id, title }, index) => (
            <li key={id}>
              <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
                <rect class={`key-layer key-layer-${index + 1}`} x="2" y="2" width="16" height="10" rx="1.5" />
              </svg>
              {title}
            </li>
          ))}
        </ul>
        <Noted happened={picture.happened} />
        <Unfold summary="The same as a table">
          {() => (
            <Table
              caption="Where all changes stood at the end of each period"
              columns={periodColumns(OWN, annotations)}
              rows={series.toReversed()}
              keyOf={({ label }) => label}
            />
          )}
        </Unfold>
        <div class="tools card-foot">
          <SaveAs
            name="cumulative-flow"
            title="Cumulative flow"
            csv={() => [
              ["period", "from", "to", "partial", ...LAYERS.map(({ id }) => id)],
              ...series.map(({ label, from, to, partial, standing }) => [
                label,
                from,
                to,
                String(partial),
                ...LAYERS.map(({ id }) => standing?.[id] ?? null),
              ]),
            ]}
            json={() => series}
            image={async () => (canvas.current === null ? null : png(canvas.current, picture.title))}
            whole={null}
          />
        </div>
      </div>
    </section>
  );
}

const OWN = LAYERS.map(({ id, title }): Column<Point> => ({
  title,
  align: "end",
  cell: ({ standing }) => (standing === null ? NONE : count(standing[id])),
  sortBy: ({ standing }) => standing?.[id] ?? null,
}));
