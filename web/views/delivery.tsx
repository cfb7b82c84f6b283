import { Strip } from "../design/strip.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Benchmark } from "../delivery/benchmark.tsx";
import { MetricPanel } from "../delivery/metric-panel.tsx";
import { Portfolio } from "../delivery/portfolio.tsx";
import { againstOf, type Filters, lookOf, spanOf } from "../filters.ts";
import { ComparedWith } from "../leadership/compared-with.tsx";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
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

function Delivery({ filters, watch, definitions, annotations }: Page) {
  const { status, revision } = watch;
  const span = spanOf(filters, status);
  const scope = { interval: filters.interval, ...lookOf(filters), ...againstOf(filters) };
  const { reply, problem, isStale } = useReply("/api/measures", span && { ...span, ...scope }, revision);
  const before = useReply("/api/measures", earlier(filters, reply, scope), revision);
  const isPooled = filters.service === null && status !== null && status.services.length > 1;
  const ids = reply?.measures.map(({ metric }) => metric).join(",");
  const spread = isPooled && span !== null && ids !== undefined ? { ...span, ...lookOf(filters), metric: ids } : null;
  const portfolio = useReply("/api/services", spread, revision).reply;
  const reason = status && nothingYet(status);

  if (reason) return <Nothing reason={reason} title="Delivery" status={status} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title="Delivery" problem={problem} />;
  if (reply === null || definitions === null || status === null || span === null) return <Loading />;
  const twin = (metric: string) => before.reply?.measures.find((measured) => measured.metric === metric) ?? null;
  return (
    <>
      <Opening title="Delivery" sentence={reply.sentence} isPartial={isPartial(status)} />
      <ComparedWith reply={reply} />
      <div class={isStale ? "panels stale" : "panels"} aria-busy={isStale}>
        {reply.measures.map((measured) => {
          const definition = definitions.get(measured.metric);
          if (definition === undefined) return null;
          const previous = isComparedBefore(filters) && !before.isStale ? twin(measured.metric) : null;
          return (
            <MetricPanel
              key={measured.metric}
              measured={measured}
              before={previous}
              definition={definition}
              reply={reply}
              spread={isPooled && <Strip definition={definition} portfolio={portfolio} filters={filters} />}
              filters={filters}
              now={status.now}
              annotations={annotations}
            />
          );
        })}
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
