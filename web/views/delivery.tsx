import { Fragment } from "preact";

import { Fold } from "../design/fold.tsx";
import { Kept } from "../design/kept.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Strip } from "../design/strip.tsx";
import { Verdict } from "../design/verdict.tsx";
import { Benchmark } from "../delivery/benchmark.tsx";
import { MetricPanel } from "../delivery/metric-panel.tsx";
import { Portfolio } from "../delivery/portfolio.tsx";
import { type One, openIn, type Section, sectionsOf, signalsIn, topicWords, turned } from "../delivery/sections.ts";
import { comparedOf, type Filters, link, lookOf, ownOf, spanOf } from "../filters.ts";
import { plural } from "../format.ts";
import { ComparedWith } from "../leadership/compared-with.tsx";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { go } from "../router.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Measures, MeasuresAsk } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { isPartial } from "../words.ts";
import type { Page, View } from "./view.ts";

export const delivery: View = {
  path: "delivery",
  title: "Delivery",
  isInMenu: true,
  hasFilters: true,
  hasSeries: true,
  render: Delivery,
};

function Delivery({ filters, search, watch, definitions, annotations }: Page) {
  const { status, revision } = watch;
  const span = spanOf(filters, status);
  const scope = { interval: filters.interval, ...lookOf(filters), ...comparedOf(filters) };
  const { reply, problem, isStale } = useReply("/api/measures", span && { ...span, ...scope }, revision);
  const sections = reply === null || definitions === null ? [] : sectionsOf(reply.measures, definitions);
  const open = openIn(sections, search);
  // What is folded is asked for when it is opened.
  const metric = sections
    .flatMap(({ topic, of }) => (open.has(topic) ? of.map(({ definition: { id } }) => id) : []))
    .join(",");
  const earlierWindow = metric === "" ? null : earlier(filters, reply, { ...scope, metric });
  const before = useReply("/api/measures", earlierWindow, revision);
  const isPooled = filters.service === null && status !== null && status.services.length > 1;
  const spread = isPooled && span !== null && metric !== "" ? { ...span, ...lookOf(filters), metric } : null;
  const portfolio = useReply("/api/services", spread, revision).reply;
  const reason = status && nothingYet(status);

  if (reason) return <Nothing reason={reason} title="Delivery" status={status} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title="Delivery" problem={problem} />;
  if (reply === null || definitions === null || status === null || span === null) return <Loading />;
  const twin = (id: string) => before.reply?.measures.find((measured) => measured.metric === id) ?? null;
  const panel = ({ measured, definition }: One) => (
    <MetricPanel
      key={measured.metric}
      measured={measured}
      before={isComparedBefore(filters) && !before.isStale ? twin(measured.metric) : null}
      awaitsBefore={isComparedBefore(filters) && before.isStale}
      definition={definition}
      reply={reply}
      spread={isPooled && <Strip definition={definition} portfolio={portfolio} filters={filters} />}
      filters={filters}
      now={status.now}
      annotations={annotations}
    />
  );
  return (
    <>
      <Opening title="Delivery" sentence={reply.sentence} isPartial={isPartial(status)} isStale={isStale} />
      <ComparedWith reply={reply} />
      <div class={isStale ? "stack stale" : "stack"} aria-busy={isStale}>
        <Kept
          from={[reply, definitions, filters, search, before.reply, before.isStale, portfolio, annotations]}
          isStale={isStale}
        >
          {() =>
            sections.map((section) => (
              <Fold
                key={section.topic}
                title={topicWords(section.topic)}
                words={<SectionWords section={section} />}
                isOpen={open.has(section.topic)}
                onTurn={() =>
                  go(link("delivery", filters, { ...ownOf(search), sections: turned(open, section.topic) }))
                }
              >
                <div class="panels">{section.of.map(panel)}</div>
              </Fold>
            ))
          }
        </Kept>
      </div>
      {status.services.length > 1 ? (
        <Portfolio span={span} revision={revision} definitions={definitions} filters={filters} />
      ) : (
        <p class="muted">With more than one service, they are set side by side here.</p>
      )}
      <Benchmark span={span} filters={filters} revision={revision} />
    </>
  );
}

/** How many numbers a section has, and which left their normal variation, for who has it folded. */
function SectionWords({ section }: { readonly section: Section }) {
  const signals = signalsIn(section);
  return (
    <>
      {plural(section.of.length, "number")}
      {signals.length > 0 && ", outside normal variation: "}
      {signals.map(({ measured: { metric, previous }, definition }, index) => (
        <Fragment key={metric}>
          {index > 0 && ", "}
          {definition.title} {previous !== null && <Verdict verdict={previous.verdict} />}
        </Fragment>
      ))}
    </>
  );
}

/** A baseline wins over the window before. */
function isComparedBefore({ compare, against }: Filters): boolean {
  return compare === "previous" && against === null;
}

/** The question about the window before, once it is known which that is. */
function earlier(filters: Filters, reply: Measures | null, scope: MeasuresAsk): MeasuresAsk | null {
  const window = reply?.measures.find(({ previous }) => previous !== null)?.previous?.window;
  return !isComparedBefore(filters) || window === undefined ? null : { ...scope, ...window };
}

function Loading() {
  return (
    <>
      <Opening title="Delivery" sentence={null} />
      <Skeleton label="Loading the charts" kind="panel" count={6} />
    </>
  );
}
