import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { moment, NBSP, NONE, quantity, shortId } from "../format.ts";
import type { Filters } from "../filters.ts";
import { itemLink } from "../items/listing.ts";
import { Decide } from "../judgements/decide.tsx";
import type { Definition, Row } from "../types.ts";

interface Props {
  readonly definition: Definition;
  readonly rows: readonly Row[];
  readonly zone: string;
  readonly filters: Filters;
  /** The address of the rows with a label. */
  readonly toLabel: (label: string) => string;
  /** Somebody decided something about a row. */
  readonly onDecided: () => void;
}

/** The rows as the API orders them. Text from outside is only ever text. */
export function RowTable({ definition, rows, zone, filters, toLabel, onDecided }: Props) {
  const services = new Set(rows.map(({ service }) => service));
  const columns: Column<Row>[] = [
    { title: "When", align: "start", cell: ({ at }) => <span class="nowrap">{moment(at, zone)}</span>, sortBy: null },
    { title: "Id", align: "start", cell: (row) => <Id row={row} />, sortBy: null },
    {
      title: "Title",
      align: "start",
      cell: (row) => <Title row={row} filters={filters} toLabel={toLabel} />,
      sortBy: null,
    },
    ...(services.size > 1
      ? [{ title: "Service", align: "start" as const, cell: ({ service }: Row) => service, sortBy: null }]
      : []),
    { title: "Value", align: "end", cell: (row) => value(definition, row), sortBy: null },
    {
      title: "Counted",
      align: "start",
      cell: ({ counted }) => (counted ? "✓ yes" : <span class="uncounted">○ no</span>),
      sortBy: null,
    },
    {
      title: "Why",
      align: "start",
      cell: ({ why, counted }) => <span class={counted ? "why-cell" : "why-cell uncounted"}>{why}</span>,
      sortBy: null,
    },
    ...(rows.some(({ subject, judgement }) => subject !== null || judgement !== null)
      ? [
          {
            title: "Decide",
            align: "start" as const,
            cell: (row: Row) => <Decide row={row} onDone={onDecided} />,
            sortBy: null,
          },
        ]
      : []),
  ];
  return (
    <Table
      caption={`Rows of ${definition.title}`}
      columns={columns}
      rows={rows}
      keyOf={({ service, kind, id }) => `${service} ${kind} ${id}`}
    />
  );
}

/** What has a page of its own leads there. With the labels of a change, each of which leads to the rows that have it. */
function Title({ row, filters, toLabel }: { readonly row: Row } & Pick<Props, "filters" | "toLabel">) {
  const { kind, title, labels } = row;
  const hasPage = kind === "change" || kind === "deployment" || kind === "incident";
  return (
    <>
      {hasPage ? (
        <Go class="title-cell" to={itemLink(filters, kind, row)}>
          {title}
        </Go>
      ) : (
        <span class="title-cell">{title}</span>
      )}
      {(labels ?? []).map((label) => (
        <Go key={label} to={toLabel(label)} class="chip" label={`Only rows with the label ${label}`}>
          {label}
        </Go>
      ))}
    </>
  );
}

/** Only a web address becomes a link. */
function Id({ row: { id, kind, url } }: { readonly row: Row }) {
  const text = (
    <span class="mono" title={`${kind} ${id}`}>
      {shortId(id)}
    </span>
  );
  if (url === null || !/^https?:\/\//.test(url)) return text;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}

function value({ unit, statistic }: Definition, row: Row): string {
  if (row.openFor !== null) return `>${NBSP}${quantity(row.openFor, unit)}`;
  if (row.value === null) return NONE;
  return statistic === "median" ? quantity(row.value, unit) : String(row.value);
}
