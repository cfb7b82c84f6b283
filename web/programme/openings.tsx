import { type Column, Table } from "../design/table.tsx";
import type { Programme } from "../types.ts";
import { ELEMENT_WORDS } from "./field.ts";

type Row = Programme["openings"][number];

/** Gaps × use cases: what to do something about next. */
export function Openings({ page }: { readonly page: Programme }) {
  if (page.openings.length === 0) return null;
  return (
    <section class="section" aria-labelledby="openings">
      <h2 id="openings">What stands in the way of what</h2>
      <div class="panel">
        <Table
          caption="Gaps and use cases, what blocks first"
          columns={columns(page)}
          rows={page.openings}
          keyOf={({ finding, useCase }) => `${useCase} ${finding.system} ${finding.element}`}
        />
      </div>
    </section>
  );
}

function columns({ programme }: Programme): readonly Column<Row>[] {
  const title = (things: readonly { readonly id: string; readonly title: string }[], id: string): string =>
    things.find((one) => one.id === id)?.title ?? id;
  return [
    {
      title: "Use case",
      align: "start",
      cell: ({ useCase }) => title(programme.useCases, useCase),
      sortBy: ({ useCase }) => title(programme.useCases, useCase),
    },
    {
      title: "In its way",
      align: "start",
      cell: ({ finding }) => `${ELEMENT_WORDS[finding.element]} of ${finding.system}`,
      sortBy: ({ finding }) => finding.system,
    },
    {
      title: "How much",
      align: "start",
      cell: ({ finding }) => <span class={`gap-${finding.gap}`}>{finding.gap}</span>,
      sortBy: ({ finding }) => finding.gap,
    },
    {
      title: "What shows it",
      align: "start",
      cell: ({ finding }) => (
        <span class="why-cell">
          {finding.evidence}{" "}
          <span class="muted">
            ({finding.confidence} confidence, <span class="nowrap">{finding.day}</span>)
          </span>
        </span>
      ),
      sortBy: null,
    },
    {
      title: "Taken up by",
      align: "start",
      cell: ({ initiatives }) =>
        initiatives.length === 0 ? "nobody yet" : initiatives.map((id) => title(programme.initiatives, id)).join(", "),
      sortBy: ({ initiatives }) => initiatives.length,
    },
  ];
}
