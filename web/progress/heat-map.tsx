import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { plural } from "../format.ts";
import type { Progress } from "../types.ts";
import { type Asked, progressLink } from "./address.ts";
import { MissingLink } from "./next.tsx";

type Row = Progress["services"][number];

/** Stages × services: of each stage how much of what it asks for holds. By team and name, since services are not ranked. */
export function HeatMap({ page, asked }: { readonly page: Progress; readonly asked: Asked }) {
  if (page.services.length === 0) return null;
  return (
    <section class="section" aria-labelledby="progress-stages">
      <h2 id="progress-stages">Stages</h2>
      <p class="muted">
        A service is at the last stage up to which everything holds. “2 of 3” is what holds of a stage by itself; ✓
        marks the stages that are reached.
      </p>
      <div class="panel">
        <Table
          caption="Services and stages"
          columns={columns(page, asked)}
          rows={page.services}
          keyOf={({ service }) => service}
        />
      </div>
    </section>
  );
}

function columns({ stages }: Progress, asked: Asked): readonly Column<Row>[] {
  return [
    {
      title: "Service",
      align: "start",
      cell: ({ service }) => (
        <Go
          to={progressLink(asked, { service: asked.service === service ? null : service, part: null, week: null })}
          current={asked.service === service ? "true" : undefined}
        >
          {service}
        </Go>
      ),
      sortBy: ({ service }) => service,
    },
    { title: "Team", align: "start", cell: ({ team }) => team ?? "nobody is named", sortBy: ({ team }) => team },
    ...stages
      .filter(({ number }) => number > 0)
      .map(({ number, title }): Column<Row> => ({
        title: `${number} ${title}`,
        align: "start",
        cell: (row) => <Cell row={row} number={number} />,
        sortBy: null,
      })),
    {
      title: "What is missing next",
      align: "start",
      cell: ({ service, missing: [nearest, ...others] }) =>
        nearest === undefined ? (
          "nothing is missing"
        ) : (
          <span title={nearest.words}>
            <MissingLink asked={asked} service={service} missing={nearest} />
            <span class="muted">
              {nearest.distance !== null && `, ${Math.round(nearest.distance * 100)} % to go`}
              {others.length > 0 && ` and ${plural(others.length, "other")}`}
            </span>
          </span>
        ),
      sortBy: null,
    },
  ];
}

/** The more of it holds the darker it is; the words say the same. */
function Cell({ row, number }: { readonly row: Row; readonly number: number }) {
  const found = row.stages.find(({ stage }) => stage === number);
  if (found === undefined) return null;
  const { holding, asked } = found;
  const isReached = row.stage >= number;
  const shade = isReached ? "reached" : holding === 0 ? "none" : holding < asked ? "some" : "all";
  return (
    <span class={`stage-cell stage-${shade}`}>
      {isReached ? "✓ " : ""}
      {holding} of {asked}
      {isReached && <span class="hidden-text"> reached</span>}
    </span>
  );
}
