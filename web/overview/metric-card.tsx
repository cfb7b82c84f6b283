import type { ComponentChildren } from "preact";

import { happenedIn } from "../chart/happened.ts";
import { Figure } from "../design/figure.tsx";
import { Go } from "../design/go.tsx";
import { How } from "../design/how.tsx";
import { Sparkline } from "../design/sparkline.tsx";
import { Verdict } from "../design/verdict.tsx";
import { type Filters, rowsLink } from "../filters.ts";
import { interval, quantity } from "../format.ts";
import type { Annotation, Definition, Measure, Measured, Measures } from "../types.ts";
import { type Compared, comparedWith, sampleWords } from "../words.ts";

interface Props {
  readonly measured: Measured;
  readonly definition: Definition;
  readonly reply: Measures;
  readonly filters: Filters;
  readonly annotations: readonly Annotation[];
  /** How the services differ, where it is of several together. */
  readonly spread: ComponentChildren;
}

export function MetricCard({ measured, definition, reply, filters, annotations, spread }: Props) {
  const { whole, series, details } = measured;
  const compared = comparedWith(measured, filters);
  const to = rowsLink(filters, definition.id, reply.window);
  return (
    <article class="card">
      <h3>{definition.title}</h3>
      <div class="figure-line">
        <Figure definition={definition} measure={whole} verdict={measured.previous?.verdict ?? null} to={to} />
        {whole.value !== null && <Sparkline series={series} happened={happenedIn(annotations, series)} />}
      </div>
      {whole.value === null ? (
        <p class="small">{whole.reason ?? "Nothing to measure in this window."}</p>
      ) : (
        <Sample definition={definition} measure={whole} to={to} />
      )}
      {whole.caution !== null && <p class="small">{whole.caution}</p>}
      {compared !== null && whole.value !== null && <Change comparison={compared} />}
      <Pairs definition={definition} measure={whole} details={details} />
      {spread}
      <div class="card-foot">
        <How definition={definition} measure={whole} window={reply.window} zone={reply.zone} filters={filters} />
      </div>
    </article>
  );
}

/** How it compares; words that only repeat the sentence are for those who cannot see the sign. */
function Change({ comparison: { verdict, words } }: { readonly comparison: Compared }) {
  if (verdict === null) return <p class="small">{words}</p>;
  const isBrief = verdict === "within-variation" || verdict === "too-few";
  return (
    <p class="small">
      <Verdict verdict={verdict} isBrief={isBrief} />
      {isBrief ? " " : ". "}
      {words}
    </p>
  );
}

interface SampleProps {
  readonly definition: Definition;
  readonly measure: Measure;
  readonly to: string;
}

function Sample({ definition, measure, to }: SampleProps) {
  const range = interval(definition, measure);
  return (
    <p class="small muted">
      <Go to={to}>{sampleWords(definition, measure)}</Go>
      {range !== null && ` · 95 % interval ${range}`}
    </p>
  );
}

interface PairsProps {
  readonly definition: Definition;
  readonly measure: Measure;
  readonly details: Measured["details"];
}

function Pairs({ definition, measure, details }: PairsProps) {
  const quantiles = [
    { label: "75 % within", value: measure.p75 },
    { label: "85 % within", value: measure.p85 },
    { label: "95 % within", value: measure.p95 },
  ].flatMap(({ label, value }) => (value === null ? [] : { label, value: quantity(value, definition.unit) }));
  const pairs = [...quantiles, ...details];
  if (pairs.length === 0) return null;
  return (
    <dl class="pairs">
      {pairs.map(({ label, value }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
