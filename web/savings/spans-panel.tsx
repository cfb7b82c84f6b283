import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

import { png } from "../chart/colours.ts";
import { Frame } from "../chart/frame.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { cellsOf } from "../export.ts";
import { share } from "../format.ts";
import type { Span, SpansPicture } from "./draw-spans.ts";

interface Props {
  readonly name: string;
  readonly title: string;
  readonly picture: SpansPicture;
  readonly columns: { readonly low: string; readonly middle: string | null; readonly high: string };
  readonly onOpen?: (index: number) => void;
  readonly children?: ComponentChildren;
}

/** Intervals as a picture and the same as a table, with their files. */
export function SpansPanel({ name, title, picture, columns, onOpen = () => undefined, children }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { spans } = picture;
  return (
    <div class="panel">
      {children}
      <div class={`spans spans-${Math.min(spans.length, 12)}`}>
        <Frame
          picture={picture}
          summary={`${title}. The table below has the same numbers.`}
          canvas={canvas}
          onOpen={onOpen}
          load={async () => (await import("./draw-spans.ts")).drawSpans}
        />
      </div>
      <Unfold summary="The same as a table">
        {() => <Table caption={title} columns={columnsOf(columns)} rows={spans} keyOf={({ label }) => label} />}
      </Unfold>
      <div class="tools card-foot">
        <SaveAs
          name={name}
          title={title}
          csv={() => cellsOf(spans)}
          json={() => picture}
          image={async () => (canvas.current === null ? null : png(canvas.current, title))}
          whole={null}
        />
      </div>
    </div>
  );
}

function columnsOf({ low, middle, high }: Props["columns"]): Column<Span>[] {
  const end = (title: string, of: (span: Span) => number | null): Column<Span> => ({
    title,
    align: "end",
    cell: (span) => {
      const value = of(span);
      return value === null ? "" : share(value);
    },
    sortBy: of,
  });
  return [
    { title: "What", align: "start", cell: ({ label }) => label, sortBy: ({ label }) => label },
    end(low, (span) => span.low),
    ...(middle === null ? [] : [end(middle, (span) => span.middle)]),
    end(high, (span) => span.high),
  ];
}
