import { useState } from "preact/hooks";

import { address } from "../api.ts";
import { type Filters, lookOf } from "../filters.ts";
import { count, NONE, period, share } from "../format.ts";
import type { Definition, Measure, Window } from "../types.ts";
import { lookWords, sampleWords, scopeWords, statisticWords } from "../words.ts";

interface Props {
  readonly definition: Definition;
  readonly measure: Measure;
  readonly window: Window;
  readonly zone: string;
  readonly filters: Filters;
}

/** "How this is calculated": all there is to know about one number. It is made when somebody wants to know. */
export function How(props: Props) {
  const [wasOpen, remember] = useState(false);
  const { id: metric, title } = props.definition;
  const id = `how-${metric}`;
  return (
    <>
      <button type="button" class="quiet how-button" popovertarget={id} aria-label={`How this is calculated: ${title}`}>
        How this is calculated
      </button>
      <div
        id={id}
        popover="auto"
        class="how"
        role="dialog"
        aria-label={`How ${title} is calculated`}
        onBeforeToggle={() => remember(true)}
      >
        <h3>{title}</h3>
        {wasOpen && <Facts {...props} />}
        <button type="button" class="button" popovertarget={id} popovertargetaction="hide">
          Close
        </button>
      </div>
    </>
  );
}

function Facts({ definition, measure, window, zone, filters }: Props) {
  const { differs, source, version } = definition;
  return (
    <>
      <p>{definition.definition}</p>
      <dl class="facts">
        <Fact term="Statistic">{statisticWords(definition)}</Fact>
        <Fact term="Computed from">{sampleWords(definition, measure)}</Fact>
        <Fact term="Coverage">
          {measure.coverage === null
            ? `${NONE} nothing belongs here`
            : `${share(measure.coverage)} of what belongs here is known`}
        </Fact>
        <Fact term="Window">
          {period(window.from, window.to, zone)}; days, weeks and months of {zone}
        </Fact>
        <Fact term="Scope">{scopeWords(filters) ?? "all services, pooled"}</Fact>
        <Fact term="Looked at">{lookWords(filters, definition)}</Fact>
        <Fact term="Elsewhere">{differs}</Fact>
        <Fact term="Source">
          <Source source={source} />
        </Fact>
        <Fact term="Version">
          {count(version)}, of the definition ·{" "}
          <a href={address("/api/measures", { ...window, ...lookOf(filters), metric: definition.id })}>
            this number as JSON
          </a>
        </Fact>
      </dl>
    </>
  );
}

function Fact({ term, children }: { readonly term: string; readonly children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Source({ source }: { readonly source: string }) {
  if (!/^https?:\/\//.test(source)) return <>{source}</>;
  return (
    <a href={source} rel="noreferrer" target="_blank">
      {source.replace(/^https?:\/\/(www\.)?/, "").replace(/\/$/, "")}
    </a>
  );
}
