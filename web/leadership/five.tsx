import { useMemo, useRef } from "preact/hooks";

import { ChartFrame } from "../chart/chart-frame.tsx";
import { png } from "../chart/colours.ts";
import { Legend } from "../chart/legend.tsx";
import { Noted } from "../chart/noted.tsx";
import { pictureOf } from "../chart/picture.ts";
import { seriesCells } from "../delivery/series-csv.ts";
import { PeriodTable } from "../delivery/period-table.tsx";
import { Go } from "../design/go.tsx";
import { SaveAs, SaveRows } from "../design/save-as.tsx";
import { How } from "../design/how.tsx";
import { Unfold } from "../design/unfold.tsx";
import { type Filters, pointLink, rowsLink } from "../filters.ts";
import { period } from "../format.ts";
import { go } from "../router.ts";
import type { Annotation, Definition, Leadership } from "../types.ts";
import { verdictWords } from "../words.ts";
import { Missing, Told } from "./parts.tsx";

interface Props {
  readonly one: Leadership["five"][number];
  readonly definition: Definition;
  readonly page: Leadership;
  readonly filters: Filters;
  readonly now: string;
  readonly annotations: readonly Annotation[];
}

/** One of the five: what it is, whether that is a signal, and how it came about since the baseline began. */
export function One({ one, definition, page, filters, now, annotations }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { series, label, verdict, value, words, reading, earlier } = one;
  const { zone } = page;
  const picture = useMemo(() => {
    const baseline = page.against === null ? null : { measure: earlier };
    return pictureOf(definition, { ...one, baseline }, [], { interval: "week", zone, now, annotations });
  }, [definition, one, page, annotations]);
  // Whoever opens the rows sees those of this window, however it was chosen.
  const shown = { ...filters, ...page.window };
  const open = (index: number): void => {
    const point = series[index];
    if (point !== undefined) go(pointLink(shown, one.metric, point));
  };
  const isEmpty = series.every((point) => point.value === null);
  return (
    <article class="panel">
      <div class="card-head">
        <h2>{one.title}</h2>
        {reading !== "unknown" && (
          <span class={`verdict verdict-${verdict ?? "too-few"}`}>
            <span aria-hidden="true">{verdict === null ? "○" : verdictWords(verdict).sign}</span> {label}
          </span>
        )}
      </div>
      <p>{reading === "unknown" ? value : <Go to={rowsLink(shown, one.metric, page.window)}>{value}</Go>}</p>
      {reading !== "unknown" && <p class="small">{words}</p>}
      {one.now.caution !== null && <p class="small">{one.now.caution}</p>}
      {!isEmpty && (
        <>
          <ChartFrame
            picture={picture}
            summary={`${one.title} by week. The table below has the same numbers.`}
            canvas={canvas}
            onOpen={open}
          />
          <Legend picture={picture} />
          <Noted happened={picture.happened} />
          {one.rebased !== null && (
            <p class="small">
              {one.rebased} {one.limits?.baseline}
            </p>
          )}
          <Unfold summary="The same as a table">
            {() => (
              <PeriodTable
                definition={definition}
                series={series}
                before={[]}
                zone={zone}
                now={now}
                annotations={annotations}
                filters={shown}
              />
            )}
          </Unfold>
        </>
      )}
      <div class="tools card-foot">
        <How definition={definition} measure={one.now} window={page.window} zone={zone} filters={shown} />
        {!isEmpty && (
          <SaveAs
            name={`leadership-${one.metric}`}
            title={one.title}
            csv={() => seriesCells(definition, series)}
            json={() => one}
            image={async () => (canvas.current === null ? null : png(canvas.current, one.title))}
            whole={null}
          />
        )}
      </div>
    </article>
  );
}

/** With what everything is compared, and what weakens that. */
export function Against({ page }: { readonly page: Leadership }) {
  const { against, before, advice, window, zone } = page;
  const now = period(window.from, window.to, zone);
  if (against === null)
    return (
      <section class="section">
        <p class="muted">
          {now}
          {before === null
            ? "; there is nothing before to compare with."
            : `, against the window before (${period(before.from, before.to, zone)}), which moves on with time.`}
        </p>
        {advice !== null && (
          <p>
            {advice} <a href="#baselines">Freeze one below</a>.
          </p>
        )}
      </section>
    );
  return (
    <section class="section">
      <p class="muted">
        {now}, against the baseline “{against.name}” ({period(against.window.from, against.window.to, zone)}), frozen on{" "}
        {against.frozenAt.slice(0, 10)} by {against.signer}, SHA-256{" "}
        <code title={against.hash}>{against.hash.slice(0, 12)}…</code>
      </p>
      {against.notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
    </section>
  );
}

export function Savings({ savings: { words, missing, rows } }: { readonly savings: Leadership["savings"] }) {
  return (
    <section class="section">
      <h2>Savings</h2>
      <div class="panel">
        <p>
          <strong>{words}</strong>
        </p>
        <Told rows={rows} />
        <Missing missing={missing} />
        <div class="tools card-foot">
          <Go to="savings">More of it</Go>
          {rows.length > 0 && <SaveRows name="leadership-savings" title="Savings" rows={rows} />}
        </div>
      </div>
    </section>
  );
}
