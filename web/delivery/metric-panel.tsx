import type { ComponentChildren } from "preact";
import { useMemo, useRef } from "preact/hooks";

import { ChartFrame } from "../chart/chart-frame.tsx";
import { png } from "../chart/colours.ts";
import { Legend } from "../chart/legend.tsx";
import { Noted } from "../chart/noted.tsx";
import { pictureOf } from "../chart/picture.ts";
import { Figure } from "../design/figure.tsx";
import { Go } from "../design/go.tsx";
import { How } from "../design/how.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { Unfold } from "../design/unfold.tsx";
import { Verdict } from "../design/verdict.tsx";
import { type Filters, pointLink, rowsLink } from "../filters.ts";
import { period } from "../format.ts";
import { go } from "../router.ts";
import type { Annotation, Definition, Measured, Measures } from "../types.ts";
import { comparedWith, limitsWords, sampleWords } from "../words.ts";
import { Gaps } from "./gaps.tsx";
import { PeriodTable } from "./period-table.tsx";
import { seriesCells } from "./series-csv.ts";

interface Props {
  readonly measured: Measured;
  /** The same metric in the window before; `null` when not compared or not here yet. */
  readonly before: Measured | null;
  readonly awaitsBefore?: boolean;
  readonly definition: Definition;
  readonly reply: Measures;
  /** How the services differ, where it is of several together. */
  readonly spread: ComponentChildren;
  readonly filters: Filters;
  readonly now: string;
  readonly annotations: readonly Annotation[];
}

/** One metric over time: the chart, its words, its table and its files. */
export function MetricPanel({
  measured,
  before,
  awaitsBefore = false,
  definition,
  reply,
  spread,
  filters,
  now,
  annotations,
}: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { whole, series } = measured;
  const compared = comparedWith(measured, filters);
  const picture = useMemo(
    () => pictureOf(definition, measured, before?.series ?? [], { ...reply, now, annotations }),
    [definition, measured, before, reply, annotations],
  );
  const open = (index: number): void => {
    const point = series[index];
    if (point !== undefined) go(pointLink(filters, definition.id, point));
  };
  const isEmpty = series.every(({ value }) => value === null);
  const limitsSaid = limitsWords(definition, measured, reply.interval);
  return (
    <article class="panel">
      <div class="card-head">
        <h3>{definition.title}</h3>
        {compared !== null && compared.verdict !== null && whole.value !== null && (
          <Verdict verdict={compared.verdict} />
        )}
      </div>
      <div class="figure-line">
        <Figure
          definition={definition}
          measure={whole}
          verdict={compared?.verdict ?? measured.previous?.verdict ?? null}
          to={rowsLink(filters, definition.id, reply.window)}
        />
        {whole.value !== null && (
          <Go to={rowsLink(filters, definition.id, reply.window)} class="small">
            {sampleWords(definition, whole)}
          </Go>
        )}
      </div>
      {measured.baseline !== null && whole.value !== null && <p class="small">{measured.baseline.words}</p>}
      {whole.caution !== null && <p class="small">{whole.caution}</p>}
      {isEmpty ? (
        <p>{whole.reason ?? "Nothing to measure in this window."}</p>
      ) : (
        <>
          <ChartFrame picture={picture} summary={summary(definition, reply)} canvas={canvas} onOpen={open} />
          <Legend picture={picture} awaitsBefore={awaitsBefore} />
          <Signals measured={measured} filters={filters} />
          {measured.trend !== null && <p class="small">{measured.trend.words}</p>}
          <Noted happened={picture.happened} />
          {limitsSaid !== "" && <p class="small muted">{limitsSaid}</p>}
          <Unfold summary="The same as a table">
            {() => (
              <PeriodTable
                definition={definition}
                series={series}
                before={before?.series ?? []}
                zone={reply.zone}
                now={now}
                annotations={annotations}
                filters={filters}
              />
            )}
          </Unfold>
          {measured.between !== null && (
            <Gaps between={measured.between} definition={definition} zone={reply.zone} filters={filters} />
          )}
        </>
      )}
      {spread}
      <div class="tools card-foot">
        <How definition={definition} measure={whole} window={reply.window} zone={reply.zone} filters={filters} />
        {!isEmpty && (
          <SaveAs
            name={definition.id}
            title={definition.title}
            csv={() => seriesCells(definition, series)}
            json={() => ({ definition, ...measured })}
            image={async () => (canvas.current === null ? null : png(canvas.current, definition.title))}
            whole={null}
          />
        )}
      </div>
    </article>
  );
}

function summary({ title }: Definition, { interval, window, zone }: Measures): string {
  return `${title} by ${interval}, ${period(window.from, window.to, zone)}. The table below has the same numbers.`;
}

/** The points outside normal variation, in words. */
function Signals({ measured, filters }: { readonly measured: Measured; readonly filters: Filters }) {
  const points = measured.series.filter(({ signal }) => signal !== null);
  if (points.length === 0) return null;
  const recent = points.slice(-3);
  return (
    <ul class="signals">
      {recent.map((point) => (
        <li key={point.label}>
          <span class="verdict-worse" aria-hidden="true">
            ◆
          </span>{" "}
          <Go to={pointLink(filters, measured.metric, point)}>{point.label}</Go>: {point.signal}
        </li>
      ))}
      {points.length > recent.length && (
        <li class="muted">and {points.length - recent.length} earlier, in the table</li>
      )}
    </ul>
  );
}
