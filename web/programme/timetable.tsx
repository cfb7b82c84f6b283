import { useMemo, useRef } from "preact/hooks";

import { png } from "../chart/colours.ts";
import { Frame } from "../chart/frame.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { cellsOf } from "../export.ts";
import { money, NONE, plural } from "../format.ts";
import type { Initiatives } from "../types.ts";
import { roadmapPicture, type RoadmapRow } from "./pictures.ts";

type Bar = Initiatives["roadmap"]["bars"][number];
type Quarter = Initiatives["roadmap"]["quarters"][number];

interface Props {
  readonly page: Initiatives;
  readonly onOpen: (id: string) => void;
}

const TITLE = "Roadmap by quarter";
/** Rows of which each step of the height has room. */
const STEPS = [3, 6, 10, 15, 22, 32];

/** Initiatives and waves over quarters: what begins too early, and which chain decides when all is done. */
export function Timetable({ page, onOpen }: Props) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { bars, criticalPath, unplanned } = page.roadmap;
  const picture = useMemo(() => roadmapPicture(page), [page]);
  const names = useMemo(() => new Map(bars.map(({ id, title }) => [id, title])), [bars]);
  const title = (id: string): string => names.get(id) ?? page.value.find((one) => one.id === id)?.title ?? id;
  const early = bars.filter((bar) => bar.early.length > 0);
  const open = (index: number): void => {
    const bar = bars[index];
    if (bar?.kind === "initiative") onOpen(bar.id);
  };
  if (bars.length === 0) return null;
  return (
    <div class="panel">
      <h3>{TITLE}</h3>
      {early.map((bar) => (
        <p key={bar.id} class="early">
          <strong>
            {bar.title} {bar.words}.
          </strong>
        </p>
      ))}
      {criticalPath !== null && (
        <p>
          The longest chain of what is ahead takes {plural(criticalPath.months, "month")}:{" "}
          {criticalPath.ids.map(title).join(", then ")}.
        </p>
      )}
      <div class={`roadmap roadmap-${STEPS.find((most) => bars.length <= most) ?? "more"}`}>
        <Frame
          picture={picture}
          summary={`${TITLE}: initiatives and waves. The tables below have the same.`}
          canvas={canvas}
          onOpen={open}
          load={async () => (await import("./draw-roadmap.ts")).drawRoadmap}
        />
      </div>
      <Key rows={picture.rows} hasNeeds={picture.needs.length > 0} />
      {unplanned.length > 0 && (
        <p class="small muted">Without a plan, and so without a place: {unplanned.map(title).join(", ")}.</p>
      )}
      <Unfold summary="The same as tables">
        {() => (
          <>
            <Table
              caption={TITLE}
              columns={quarterColumns(page.currency, title)}
              rows={page.roadmap.quarters}
              keyOf={({ id }) => id}
            />
            <Table
              caption="Initiatives and waves by their beginning"
              columns={barColumns(title)}
              rows={bars}
              keyOf={({ kind, id }) => `${kind} ${id}`}
            />
          </>
        )}
      </Unfold>
      <div class="tools card-foot">
        <SaveAs
          name="roadmap"
          title={TITLE}
          csv={() =>
            cellsOf(bars.map(({ early: soon, ...bar }) => ({ ...bar, early: soon.map(({ needs }) => needs) })))
          }
          json={() => page.roadmap}
          image={async () => (canvas.current === null ? null : png(canvas.current, TITLE))}
          whole={null}
        />
      </div>
    </div>
  );
}

/** What the looks mean; only those that are there. */
function Key({ rows, hasNeeds }: { readonly rows: readonly RoadmapRow[]; readonly hasNeeds: boolean }) {
  const has = (look: RoadmapRow["look"]): boolean => rows.some((row) => row.look === look);
  const marks = [
    { words: "planned", is: has("planned"), mark: <rect class="key-bar" x="2" y="2" width="16" height="10" rx="2" /> },
    {
      words: "begins before what it needs",
      is: has("early"),
      mark: <rect class="key-early" x="2" y="2" width="16" height="10" rx="2" />,
    },
    {
      words: "on the critical path",
      is: rows.some(({ isCritical }) => isCritical),
      mark: <rect class="key-critical" x="2" y="2" width="16" height="10" rx="2" />,
    },
    { words: "done", is: has("done"), mark: <rect class="key-done" x="2" y="2" width="16" height="10" rx="2" /> },
    { words: "stopped", is: has("stopped"), mark: <path class="key-quantile" d="M2 2h16v10H2zM4 12L14 2M9 12l9-9" /> },
    {
      words: "a wave begins",
      is: has("wave"),
      mark: (
        <>
          <circle class="key-wave" cx="4" cy="7" r="4" />
          <path class="key-line" d="M4 7h16" />
        </>
      ),
    },
    { words: "needs what ended before", is: hasNeeds, mark: <path class="key-need" d="M0 3h10v8h10" /> },
  ];
  return (
    <ul class="legend">
      {marks
        .filter(({ is }) => is)
        .map(({ words, mark }) => (
          <li key={words}>
            <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
              {mark}
            </svg>
            {words}
          </li>
        ))}
    </ul>
  );
}

function quarterColumns(currency: string, title: (id: string) => string): readonly Column<Quarter>[] {
  const names = (heading: string, of: (row: Quarter) => readonly string[]): Column<Quarter> => ({
    title: heading,
    align: "start",
    cell: (row) => of(row).map(title).join(", "),
    sortBy: null,
  });
  return [
    {
      title: "Quarter",
      align: "start",
      cell: ({ id, isNow }) => <span class="nowrap">{isNow ? `${id}, now` : id}</span>,
      sortBy: ({ id }) => id,
    },
    names("Begins", ({ begins }) => begins),
    names("Goes on", ({ goesOn }) => goesOn),
    names("Ends", ({ ends }) => ends),
    {
      title: "Planned cost",
      align: "end",
      cell: ({ planned }) => money(planned, currency),
      sortBy: ({ planned }) => planned,
    },
    {
      title: "Spent",
      align: "end",
      cell: ({ spent }) => (spent === null ? NONE : money(spent, currency)),
      sortBy: ({ spent }) => spent,
    },
  ];
}

function barColumns(title: (id: string) => string): readonly Column<Bar>[] {
  return [
    { title: "What", align: "start", cell: (bar) => bar.title, sortBy: (bar) => bar.title },
    { title: "Kind", align: "start", cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
    { title: "State", align: "start", cell: ({ state }) => state ?? "", sortBy: ({ state }) => state ?? "" },
    {
      title: "From",
      align: "start",
      cell: ({ from }) => <span class="nowrap">{from}</span>,
      sortBy: ({ from }) => from,
    },
    {
      title: "To the day before",
      align: "start",
      cell: ({ to }) => <span class="nowrap">{to ?? "goes on"}</span>,
      sortBy: ({ to }) => to,
    },
    { title: "Needs", align: "start", cell: ({ needs }) => needs.map(title).join(", "), sortBy: null },
    { title: "Note", align: "start", cell: ({ words }) => words, sortBy: null },
  ];
}
