import { useMemo, useRef } from "preact/hooks";

import { png } from "../chart/colours.ts";
import { Frame } from "../chart/frame.tsx";
import { Noted } from "../chart/noted.tsx";
import { Go } from "../design/go.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { type Filters, lookOf, rowsLink, type Span } from "../filters.ts";
import { itemLink } from "../items/listing.ts";
import { go } from "../router.ts";
import type { Annotation, Rows } from "../types.ts";
import { dotsOf, dotsPicture, dotsWords } from "./pictures.ts";

const METRIC = "cycle-time";
/** More dots hide each other. */
const MOST = 1000;

/** What is asked for it. */
export function scatterQuestion(span: Span, filters: Filters) {
  return { ...span, ...lookOf(filters), metric: METRIC, limit: MOST };
}

interface Props {
  readonly reply: Rows;
  readonly filters: Filters;
  readonly zone: string;
  readonly annotations: readonly Annotation[];
}

/** The cycle time of every single change, which a median hides. A dot opens its change. */
export function Scatter({ reply, filters, zone, annotations }: Props) {
  if (reply.total === 0) return null;
  return (
    <section class="section">
      <h2>Every change</h2>
      <p>{dotsWords(reply)}</p>
      <Dots reply={reply} filters={filters} zone={zone} annotations={annotations} />
    </section>
  );
}

function Dots({ reply, filters, zone, annotations }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const rows = useMemo(() => dotsOf(reply.rows), [reply]);
  const picture = useMemo(() => dotsPicture(reply, zone, annotations), [reply, zone, annotations]);
  const open = (index: number): void => {
    const row = rows[index];
    if (row !== undefined) go(itemLink(filters, "change", row));
  };
  return (
    <div class="panel">
      <Frame
        picture={picture}
        summary="The cycle time of each change by the day of its merge, with the median and P85. The rows have the same numbers."
        canvas={canvas}
        onOpen={open}
        load={async () => (await import("./draw-dots.ts")).drawDots}
      />
      <Noted happened={picture.happened} />
      <p class="small">
        <Go to={rowsLink(filters, METRIC, reply.window)}>The same as rows</Go>
      </p>
      <div class="tools card-foot">
        <SaveAs
          name="cycle-times"
          title="Cycle time of each change"
          csv={() => [
            ["id", "service", "title", "mergedAt", "hours"],
            ...rows.map(({ id, service, title, at, value }) => [id, service, title, at, value]),
          ]}
          json={() => rows}
          image={async () => (canvas.current === null ? null : png(canvas.current, picture.title))}
          whole={null}
        />
      </div>
    </div>
  );
}
