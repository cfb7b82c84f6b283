import { Fragment } from "preact";

import { SaveRows } from "../design/save-as.tsx";
import { Go } from "../design/go.tsx";
import { Kept } from "../design/kept.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { DEFAULTS, type Filters, link, lookOf, spanOf } from "../filters.ts";
import { duration, moment, plural } from "../format.ts";
import { itemLink } from "../items/listing.ts";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { Stages } from "../overview/stages.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Flow } from "../types.ts";
import { type Answer, useReply } from "../use-reply.ts";
import { isPartial } from "../words.ts";
import { TryAgreement } from "../flow/agreement.tsx";
import { Cumulative } from "../flow/cumulative.tsx";
import { Kinds } from "../flow/kinds.tsx";
import { OverTime } from "../flow/over-time.tsx";
import { Scatter, scatterQuestion } from "../flow/scatter.tsx";
import type { Page, View } from "./view.ts";

export const flow: View = {
  path: "flow",
  title: "Flow",
  isInMenu: true,
  hasFilters: true,
  hasSeries: true,
  render: FlowPage,
};

const STAGES = { coding: "Coding", pickup: "Waiting for review", review: "In review" } as const;
/** The oldest say what is stuck; the page of changes has all of them. */
const SHOWN = 20;
/** What was open in the past stands in no other list. */
const MOST = 500;
const STAGE_METRICS = "stage-coding,stage-pickup,stage-review,stage-deploy";

function FlowPage({ filters, watch, annotations }: Page) {
  const { status, revision } = watch;
  const span = spanOf(filters, status);
  const { scope, service, bots } = filters;
  const whose = { ...(scope !== null && { scope }), ...(service !== null && { service }) };
  const hasEnded = status !== null && span?.to !== undefined && span.to <= status.now;
  const asked = span && { ...span, ...whose, bots, interval: filters.interval, limit: hasEnded ? MOST : SHOWN };
  const { reply, problem, isStale } = useReply("/api/flow", asked, revision);
  const stages = useReply("/api/measures", span && { ...span, ...lookOf(filters), metric: STAGE_METRICS }, revision);
  const rows = useReply("/api/rows", span && scatterQuestion(span, filters), revision);
  const isAwaited = isStale || stages.isStale || rows.isStale;
  const reason = status && nothingYet(status);

  if (reason) return <Nothing reason={reason} title="Flow" status={status} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title="Flow" problem={problem} />;
  // All at once: what came later would push down what is being read.
  if (reply === null || status === null || [stages, rows].some(isOnItsWay)) return <Loading />;
  return (
    <>
      <Opening title="Flow" sentence={reply.sentence} isPartial={isPartial(status)} isStale={isStale} />
      {reply.reason === null && (
        <div class={isAwaited ? "stack stale" : "stack"} aria-busy={isAwaited}>
          <Kept from={[reply, stages.reply, rows.reply, filters, annotations]} isStale={isAwaited}>
            {() => (
              <>
                {stages.reply !== null && <Stages reply={stages.reply} filters={filters} />}
                {rows.reply !== null && (
                  <Scatter reply={rows.reply} filters={filters} zone={status.zone} annotations={annotations} />
                )}
                <Ageing flow={reply} zone={status.zone} filters={filters} />
                <Waiting flow={reply} zone={status.zone} filters={filters} />
                <Forecast flow={reply} />
                <TryAgreement filters={filters} revision={revision} />
                <Kinds kinds={reply.kinds} filters={filters} />
                <OverTime
                  series={reply.series}
                  level={reply.level}
                  interval={filters.interval}
                  zone={status.zone}
                  now={status.now}
                  annotations={annotations}
                />
                <Cumulative
                  series={reply.series}
                  interval={filters.interval}
                  zone={status.zone}
                  annotations={annotations}
                />
              </>
            )}
          </Kept>
        </div>
      )}
    </>
  );
}

function isOnItsWay({ reply, problem }: Pick<Answer<unknown>, "reply" | "problem">): boolean {
  return reply === null && problem === null;
}

type OpenRow = Flow["open"]["rows"][number];
type WaitingRow = Flow["waiting"]["rows"][number];

function rowColumns(zone: string, filters: Filters): readonly Column<WaitingRow>[] {
  return [
    {
      title: "Change",
      align: "start",
      cell: (row) => (
        <Go class="title-cell" to={itemLink(filters, "change", row)}>
          {row.title}
        </Go>
      ),
      sortBy: ({ title }) => title,
    },
    { title: "Service", align: "start", cell: ({ service }) => service, sortBy: ({ service }) => service },
    { title: "Age", align: "end", cell: ({ ageHours }) => duration(ageHours), sortBy: ({ ageHours }) => ageHours },
    {
      title: "Since",
      align: "start",
      cell: ({ since }) => <span class="nowrap">{moment(since, zone)}</span>,
      sortBy: null,
    },
    {
      title: "What that means",
      align: "start",
      cell: ({ words }) => <span class="why-cell">{words}</span>,
      sortBy: null,
    },
  ];
}

interface Rows {
  readonly flow: Flow;
  readonly zone: string;
  readonly filters: Filters;
}

function Ageing({ flow: { at, isPast, open, usual }, zone, filters }: Rows) {
  const [title, ...rest] = rowColumns(zone, filters);
  const stage: Column<OpenRow> = {
    title: "Stage",
    align: "start",
    cell: (row) => (row.isOld === true ? <strong>{STAGES[row.stage]} · old</strong> : STAGES[row.stage]),
    sortBy: (row) => STAGES[row.stage],
  };
  const columns: readonly Column<OpenRow>[] = title === undefined ? [stage] : [title, stage, ...rest];
  return (
    <section class="section">
      <h2>{isPast ? `In progress until ${moment(at, zone)}` : "In progress"}</h2>
      <p>
        {open.stages.map(({ stage: state, changes }, index) => (
          <Fragment key={state}>
            {index > 0 && " · "}
            {isPast ? (
              `${STAGES[state]}: ${changes}`
            ) : (
              <Go to={link("changes", filters, { state })}>
                {STAGES[state]}: {changes}
              </Go>
            )}
          </Fragment>
        ))}
        {isPast && (
          <>
            {" · "}
            <Go to={link("flow", { ...filters, range: DEFAULTS.range, from: null, to: null, since: null })}>
              What is in progress now
            </Go>
          </>
        )}
      </p>
      <p class="muted">
        {usual.p85 === null
          ? "Fewer than 85 % of the changes of the last 26 weeks are merged, so nobody knows how long 85 % take: none can be called old."
          : `85 % are merged within ${duration(usual.p85)} of their opening; older ones are marked.`}
        {filters.time === "working" && " Ages are told in elapsed time, which goes on at night."}
      </p>
      {open.rows.length > 0 && (
        <div class="panel">
          <Table caption="Changes in progress, oldest first" columns={columns} rows={open.rows} keyOf={keyOf} />
          <SaveRows name="in-progress" title="Changes in progress" rows={open.rows} />
        </div>
      )}
      <Shown shown={open.rows.length} total={open.total} to={isPast ? null : changesLink(filters, "open")} />
    </section>
  );
}

function Waiting({ flow: { at, isPast, waiting }, zone, filters }: Rows) {
  if (waiting.total === 0) return null;
  return (
    <section class="section">
      <h2>{isPast ? `Waiting for deployment on ${moment(at, zone)}` : "Waiting for deployment"}</h2>
      <div class="panel">
        <Table
          caption="Changes that wait for deployment, oldest first"
          columns={rowColumns(zone, filters)}
          rows={waiting.rows}
          keyOf={keyOf}
        />
        <SaveRows name="waiting" title="Changes that wait for deployment" rows={waiting.rows} />
      </div>
      <Shown shown={waiting.rows.length} total={waiting.total} to={isPast ? null : changesLink(filters, "waiting")} />
    </section>
  );
}

function changesLink(filters: Filters, state: "open" | "waiting"): string {
  return link("changes", filters, { state, sort: "age" });
}

interface ShownProps {
  readonly shown: number;
  readonly total: number;
  /** Where all of them are; `null` where no list has them. */
  readonly to: string | null;
}

function Shown({ shown, total, to }: ShownProps) {
  return shown < total ? (
    <p class="small muted">
      The oldest {shown} of {plural(total, "change")}. {to !== null && <Go to={to}>All of them</Go>}
    </p>
  ) : null;
}

function Forecast({ flow: { forecast, stability } }: { readonly flow: Flow }) {
  return (
    <section class="section">
      <h2>When it will be done</h2>
      <p>{forecast.words}</p>
      <p class="muted">{stability.words}</p>
    </section>
  );
}

function keyOf({ service, id }: WaitingRow): string {
  return `${service} ${id}`;
}

function Loading() {
  return (
    <>
      <Opening title="Flow" sentence={null} />
      <Skeleton label="Loading what is in progress" kind="row" count={12} />
    </>
  );
}
