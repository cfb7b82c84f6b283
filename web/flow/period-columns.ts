import { happenedWordsIn } from "../chart/happened.ts";
import type { Column } from "../design/table.tsx";
import type { Annotation, Flow } from "../types.ts";

type Point = Flow["series"][number];

/** The columns of a table of periods: which, what is told of it, and what people noted in it. */
export function periodColumns(
  own: readonly Column<Point>[],
  annotations: readonly Annotation[],
): readonly Column<Point>[] {
  return [
    {
      title: "Period",
      align: "start",
      cell: ({ label, partial }) => (partial ? `${label} · running` : label),
      sortBy: null,
    },
    ...own,
    {
      title: "Note",
      align: "start",
      cell: (point) => happenedWordsIn(annotations, point).join("; "),
      sortBy: null,
    },
  ];
}
