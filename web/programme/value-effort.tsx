import { useMemo, useRef } from "preact/hooks";

import { png } from "../chart/colours.ts";
import { Frame } from "../chart/frame.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { cellsOf } from "../export.ts";
import { decimal, money, NONE } from "../format.ts";
import type { Initiatives } from "../types.ts";
import { drawnOf, effortPicture } from "./pictures.ts";

type Row = Initiatives["value"][number];

interface Props {
  readonly page: Initiatives;
  readonly onOpen: (id: string) => void;
}

const TITLE = "Value against effort";

/** Which initiative is worth most for what it costs, as far as its business case can say. */
export function ValueForEffort({ page, onOpen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { value, currency } = page;
  const drawn = drawnOf(value);
  const picture = useMemo(() => effortPicture(page), [page]);
  const rest = value.filter((one) => !drawn.includes(one));
  const open = (index: number): void => {
    const one = drawn[index];
    if (one !== undefined) onOpen(one.id);
  };
  return (
    <div class="panel">
      <h3>{TITLE}</h3>
      {drawn.length === 0 ? (
        <p class="muted">No initiative has both a plan and a benefit of its own yet.</p>
      ) : (
        <>
          <div class="portfolio-chart">
            <Frame
              picture={picture}
              summary={`${TITLE}: each initiative by its cost and its net present value. The list and the table below have the same numbers.`}
              canvas={canvas}
              onOpen={open}
              load={async () => (await import("./draw-effort.ts")).drawEffort}
            />
          </div>
          <ol class="numbered small">
            {drawn.map(({ id, title, useCase, words }) => (
              <li key={id}>
                <strong>{title}</strong> <span class="muted">({useCase})</span>: {words}
              </li>
            ))}
          </ol>
        </>
      )}
      {rest.length > 0 && (
        <ul class="small muted">
          {rest.map(({ id, title, state, words }) => (
            <li key={id}>
              Not in the picture: {title}
              {state === "stopped" ? ", stopped" : ""}. {words}
            </li>
          ))}
        </ul>
      )}
      <Unfold summary="The same as a table">
        {() => <Table caption={TITLE} columns={columns(currency)} rows={value} keyOf={({ id }) => id} />}
      </Unfold>
      <div class="tools card-foot">
        <SaveAs
          name="value-against-effort"
          title={TITLE}
          csv={() => cellsOf(value.map(flat))}
          json={() => value}
          image={drawn.length === 0 ? null : async () => (canvas.current === null ? null : png(canvas.current, TITLE))}
          whole={null}
        />
      </div>
    </div>
  );
}

/** One row of a file, with the parts of a spread in cells of their own. */
function flat({ value, enablers, ...rest }: Row) {
  return {
    ...rest,
    p10: value?.p10 ?? null,
    p50: value?.p50 ?? null,
    p90: value?.p90 ?? null,
    enablers: enablers.map(({ id }) => id),
  };
}

function columns(currency: string): readonly Column<Row>[] {
  const cash = (title: string, of: (row: Row) => number | null): Column<Row> => ({
    title,
    align: "end",
    cell: (row) => {
      const amount = of(row);
      return amount === null ? NONE : money(amount, currency);
    },
    sortBy: of,
  });
  return [
    { title: "Initiative", align: "start", cell: ({ title }) => title, sortBy: ({ title }) => title },
    { title: "Use case", align: "start", cell: ({ useCase }) => useCase, sortBy: ({ useCase }) => useCase },
    { title: "State", align: "start", cell: ({ state }) => state, sortBy: ({ state }) => state },
    { title: "Evidence", align: "start", cell: ({ grade }) => grade, sortBy: ({ grade }) => grade },
    cash("Cost", ({ effort }) => effort),
    { title: "Months", align: "end", cell: ({ months }) => months, sortBy: ({ months }) => months },
    cash("P10", ({ value }) => value?.p10 ?? null),
    cash("Net present value, P50", ({ value }) => value?.p50 ?? null),
    cash("P90", ({ value }) => value?.p90 ?? null),
    {
      title: "For each unit of cost",
      align: "end",
      cell: ({ perEffort }) => (perEffort === null ? NONE : decimal(perEffort)),
      sortBy: ({ perEffort }) => perEffort,
    },
  ];
}
