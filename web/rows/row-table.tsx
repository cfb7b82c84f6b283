import { type Column, Table } from "../design/table.tsx";
import { moment, NBSP, NONE, quantity, shortId } from "../format.ts";
import { Decide } from "../judgements/decide.tsx";
import type { Definition, Row } from "../types.ts";

interface Props {
  readonly definition: Definition;
  readonly rows: readonly Row[];
  readonly zone: string;
  /** Somebody decided something about a row. */
  readonly onDecided: () => void;
}

/** The rows as the API orders them. Text from outside is only ever text. */
export function RowTable({ definition, rows, zone, onDecided }: Props) {
  const services = new Set(rows.map(({ service }) => service));
  const columns: Column<Row>[] = [
    { title: "When", align: "start", cell: ({ at }) => <span class="nowrap">{moment(at, zone)}</span>, sortBy: null },
    { title: "Id", align: "start", cell: (row) => <Id row={row} />, sortBy: null },
    { title: "Title", align: "start", cell: ({ title }) => <span class="title-cell">{title}</span>, sortBy: null },
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
