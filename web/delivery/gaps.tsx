import { useMemo, useRef } from "preact/hooks";

import { ChartFrame } from "../chart/chart-frame.tsx";
import { type GapLine, gapLines, gapsPicture } from "../chart/gaps.ts";
import { Legend } from "../chart/legend.tsx";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { type Filters, pointLink } from "../filters.ts";
import { duration } from "../format.ts";
import { go } from "../router.ts";
import type { Definition, Measured } from "../types.ts";

interface Props {
  readonly between: NonNullable<Measured["between"]>;
  readonly definition: Definition;
  readonly zone: string;
  readonly filters: Filters;
}

/** Where less than one a week happens, a count by the week says little: the time from each to the next is drawn instead. */
export function Gaps({ between, definition, zone, filters }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const title = `${definition.title}: time from one to the next`;
  const picture = useMemo(() => gapsPicture(between, title, zone), [between, title, zone]);
  const lines = gapLines(between, zone);
  const to = ({ at }: GapLine): string | null =>
    at === null ? null : pointLink(filters, definition.id, { from: at, to: justAfter(at) });
  const columns: Column<GapLine>[] = [
    { title: "Until", align: "start", cell: (line) => <Until line={line} to={to(line)} />, sortBy: ({ at }) => at },
    { title: "Time", align: "end", cell: ({ days }) => duration(days * 24), sortBy: ({ days }) => days },
    { title: "Note", align: "start", cell: ({ at, signal }) => (at === null ? "not over" : signal), sortBy: null },
  ];
  return (
    <section class="section">
      <h4>Time from one to the next</h4>
      <p class="small">{between.words}</p>
      <ChartFrame
        picture={picture}
        summary={`${title}, each at the one that ended it. The table below has the same numbers.`}
        canvas={canvas}
        onOpen={(index) => {
          const line = lines[index];
          const link = line === undefined ? null : to(line);
          if (link !== null) go(link);
        }}
      />
      <Legend picture={picture} />
      <Unfold summary="The same as a table">
        {() => <Table caption={title} columns={columns} rows={lines.toReversed()} keyOf={({ words }) => words} />}
      </Unfold>
    </section>
  );
}

function Until({ line, to }: { readonly line: GapLine; readonly to: string | null }) {
  return to === null ? <>{line.words}</> : <Go to={to}>{line.words}</Go>;
}

/** Windows are half-open. */
function justAfter(at: string): string {
  return new Date(Date.parse(at) + 1).toISOString();
}
