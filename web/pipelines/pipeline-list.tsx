import { Go } from "../design/go.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { type Column, type Ordered, Table } from "../design/table.tsx";
import { type Filters, link, rowsLink } from "../filters.ts";
import { ago, count, headline, NONE, share } from "../format.ts";
import { Pager } from "../rows/pager.tsx";
import type { Definition, Pipelines } from "../types.ts";
import type { PipelineOrder } from "./order.ts";

interface Props {
  readonly reply: Pipelines;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly filters: Filters;
  readonly order: PipelineOrder;
  readonly now: string;
}

type Row = Pipelines["rows"][number];

/** Each workflow by its name; every number opens the runs it is made of. */
export function PipelineList({ reply, definitions, filters, order, now }: Props) {
  const to = (change: Partial<PipelineOrder>): string => {
    const { sort, direction, offset } = { ...order, offset: 0, ...change };
    return link("pipelines", filters, {
      sort: sort === "pipeline-duration" ? null : sort,
      direction: direction === "descending" ? null : direction,
      offset: offset === 0 ? null : String(offset),
    });
  };
  const columns: readonly (Column<Row> & { readonly sort: PipelineOrder["sort"] | null })[] = [
    {
      title: "Pipeline",
      sort: "name",
      align: "start",
      cell: ({ name }) => <span class="title-cell">{name}</span>,
      sortBy: null,
    },
    {
      title: "Service",
      sort: null,
      align: "start",
      cell: ({ service }) => <span class="nowrap">{service}</span>,
      sortBy: null,
    },
    {
      title: "Now",
      sort: null,
      align: "start",
      cell: ({ brokenSince }) =>
        brokenSince === null ? (
          ""
        ) : (
          <strong class="nowrap">broken since {ago(brokenSince, now).replace(" ago", "")}</strong>
        ),
      sortBy: null,
    },
    { title: "Runs", sort: "runs", align: "end", cell: ({ runs }) => count(runs), sortBy: null },
    ...(reply.rows[0]?.measures ?? []).flatMap(({ metric }) => {
      const definition = definitions.get(metric);
      return definition === undefined
        ? []
        : [
            {
              title: SHORT[metric],
              sort: metric,
              align: "end" as const,
              cell: (row: Row) => <Value row={row} definition={definition} reply={reply} filters={filters} />,
              sortBy: null,
            },
          ];
    }),
  ];
  const turned = order.direction === "descending" ? "ascending" : "descending";
  const ordered: Ordered = {
    by: columns.find(({ sort }) => sort === order.sort)?.title ?? null,
    direction: order.direction,
    links: new Map(
      columns.flatMap(({ title, sort }) =>
        sort === null ? [] : [[title, to({ sort, direction: sort === order.sort ? turned : "descending" })] as const],
      ),
    ),
  };
  return (
    <section class="section">
      <h2>Pipelines by name</h2>
      <div class="panel">
        <Table
          caption="Pipelines by name"
          columns={columns}
          rows={reply.rows}
          keyOf={({ service, name }) => `${service} ${name}`}
          ordered={ordered}
        />
      </div>
      <div class="pager">
        <Pager offset={order.offset} total={reply.total} to={(offset) => to({ offset })} />
        <SaveAs
          name="pipelines"
          title="the pipelines"
          csv={() => cells(reply)}
          json={() => reply}
          image={null}
          whole={null}
        />
      </div>
    </section>
  );
}

const SHORT = {
  "pipeline-duration": "Duration",
  "pipeline-queue-time": "Queue",
  "pipeline-success-rate": "Success",
  "time-to-green": "To green",
  "pipeline-flakiness": "Flaky",
  "approval-wait": "Pause inside",
} as const satisfies Record<Row["measures"][number]["metric"], string>;

interface ValueProps {
  readonly row: Row;
  readonly definition: Definition;
  readonly reply: Pipelines;
  readonly filters: Filters;
}

function Value({ row, definition, reply, filters }: ValueProps) {
  const whole = row.measures.find(({ metric }) => metric === definition.id)?.whole;
  if (whole === undefined || (whole.value === null && whole.beyond === null))
    return <span title={whole?.reason ?? ""}>{NONE}</span>;
  const to = rowsLink({ ...filters, service: row.service }, definition.id, reply.window);
  return (
    <Go to={`${to}&pipeline=${encodeURIComponent(row.name)}`}>
      {definition.statistic === "rate" && whole.k !== null && whole.value !== null
        ? `${share(whole.value)} of ${count(whole.n)}`
        : headline(definition, whole)}
    </Go>
  );
}

/** Durations in hours, shares from 0 to 1, unknown is empty. */
function cells({ rows }: Pipelines): (string | number | null)[][] {
  const metrics = (rows[0]?.measures ?? []).map(({ metric }) => metric);
  return [
    ["service", "pipeline", "runs", "brokenSince", ...metrics.flatMap((metric) => [metric, `${metric} n`])],
    ...rows.map(({ service, name, runs, brokenSince, measures }) => [
      service,
      name,
      runs,
      brokenSince,
      ...measures.flatMap(({ whole }) => [whole.value, whole.n]),
    ]),
  ];
}
