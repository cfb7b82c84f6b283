import { MetricPanel } from "../delivery/metric-panel.tsx";
import { Kept } from "../design/kept.tsx";
import { Strip } from "../design/strip.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { lookOf, spanOf } from "../filters.ts";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { isPartial } from "../words.ts";
import { readOrder } from "./order.ts";
import { PipelineList } from "./pipeline-list.tsx";
import { Runners } from "./runners.tsx";

const METRICS = [
  "pipeline-duration",
  "pipeline-success-rate",
  "time-to-green",
  "pipeline-flakiness",
  "pipeline-queue-time",
  "approval-wait",
].join(",");

/** How long pipelines take, what they wait for, and which of them. */
export function PipelinesPage({ filters, search, watch: { status, revision }, definitions, annotations }: Page) {
  const span = spanOf(filters, status);
  const order = readOrder(search);
  const { scope, service, open, time } = lookOf(filters);
  const whose = { ...(scope !== undefined && { scope }), ...(service !== undefined && { service }) };
  const look = { ...whose, ...(open !== undefined && { open }), ...(time !== undefined && { time }) };
  const list = useReply("/api/pipelines", span && { ...span, ...look, ...order }, revision);
  const { reply, problem } = list;
  const asked = span && { ...span, ...lookOf(filters), interval: filters.interval, metric: METRICS };
  const series = useReply("/api/measures", asked, revision);
  const measures = series.reply;
  const portfolio = useReply("/api/services", span && { ...span, ...lookOf(filters), metric: METRICS }, revision).reply;
  const isPooled = filters.service === null && status !== null && status.services.length > 1;
  const isStale = list.isStale || series.isStale;
  const reason = status && nothingYet(status);

  if (reason) return <Nothing reason={reason} title="Pipelines" status={status} />;
  if (problem?.reason === "refused" && !list.isStale) return <Refused title="Pipelines" problem={problem} />;
  if (reply === null || measures === null || definitions === null || status === null) return <Loading />;
  return (
    <>
      <Opening title="Pipelines" sentence={reply.sentence} isPartial={isPartial(status)} isStale={isStale} />
      {reply.reason === null && (
        <div class={isStale ? "stack stale" : "stack"} aria-busy={isStale}>
          <Kept
            from={[reply, measures, portfolio, definitions, filters, search, isPooled, annotations]}
            isStale={isStale}
          >
            {() => (
              <>
                <PipelineList
                  reply={reply}
                  definitions={definitions}
                  filters={filters}
                  order={order}
                  now={status.now}
                />
                <Runners reply={reply} filters={filters} zone={status.zone} />
                <section class="section">
                  <h2>Over time</h2>
                  <div class="panels">
                    {measures.measures.map((measured) => {
                      const definition = definitions.get(measured.metric);
                      return definition === undefined ? null : (
                        <MetricPanel
                          key={measured.metric}
                          measured={measured}
                          before={null}
                          definition={definition}
                          reply={measures}
                          spread={isPooled && <Strip definition={definition} portfolio={portfolio} filters={filters} />}
                          filters={filters}
                          now={status.now}
                          annotations={annotations}
                        />
                      );
                    })}
                  </div>
                </section>
              </>
            )}
          </Kept>
        </div>
      )}
    </>
  );
}

function Loading() {
  return (
    <>
      <Opening title="Pipelines" sentence={null} />
      <Skeleton label="Loading the pipelines" kind="panel" count={6} />
    </>
  );
}
