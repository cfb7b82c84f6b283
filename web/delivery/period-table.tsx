import { happenedWordsIn } from "../chart/happened.ts";
import { pointWords, unfinished } from "../chart/picture.ts";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { type Filters, pointLink } from "../filters.ts";
import { count, period, quantity } from "../format.ts";
import type { Annotation, Definition, Point } from "../types.ts";

interface Props {
  readonly definition: Definition;
  readonly series: readonly Point[];
  readonly before: readonly Point[];
  readonly zone: string;
  readonly now: string;
  readonly annotations: readonly Annotation[];
  readonly filters: Filters;
}

interface Line {
  readonly point: Point;
  readonly before: Point | null;
}

/** The chart's twin: the same numbers, newest first, each opening its rows. */
export function PeriodTable({ definition, series, before, zone, now, annotations, filters }: Props) {
  const lines = series.map((point, index): Line => ({ point, before: before[index] ?? null })).reverse();
  const columns: Column<Line>[] = [
    {
      title: "Period",
      align: "start",
      cell: ({ point }) => <span title={period(point.from, point.to, zone)}>{point.label}</span>,
      sortBy: ({ point }) => point.from,
    },
    {
      title: "Value",
      align: "end",
      cell: ({ point }) => <Value definition={definition} point={point} filters={filters} />,
      sortBy: ({ point }) => point.value,
    },
    { title: "n", align: "end", cell: ({ point }) => count(point.n), sortBy: ({ point }) => point.n },
    { title: "95 % interval", align: "end", cell: ({ point }) => pointWords(definition, point).interval, sortBy: null },
    ...(definition.statistic === "median"
      ? [
          {
            title: "85 % within",
            align: "end" as const,
            cell: ({ point }: Line) => quantity(point.p85, definition.unit),
            sortBy: ({ point }: Line) => point.p85,
          },
        ]
      : []),
    ...(before.length > 0
      ? [
          {
            title: "Before",
            align: "end" as const,
            cell: (line: Line) => line.before && pointWords(definition, line.before).value,
            sortBy: (line: Line) => line.before?.value ?? null,
          },
        ]
      : []),
    {
      title: "Note",
      align: "start",
      cell: ({ point }) =>
        [unfinished(point, now), point.signal, ...happenedWordsIn(annotations, point)].filter(Boolean).join("; "),
      sortBy: null,
    },
  ];
  return (
    <Table caption={`${definition.title} by period`} columns={columns} rows={lines} keyOf={({ point }) => point.from} />
  );
}

function Value({
  definition,
  point,
  filters,
}: {
  readonly definition: Definition;
  readonly point: Point;
  readonly filters: Filters;
}) {
  const { value } = pointWords(definition, point);
  return point.value === null ? (
    <span title={point.reason ?? ""}>{value}</span>
  ) : (
    <Go to={pointLink(filters, definition.id, point)}>{value}</Go>
  );
}
