import { address } from "../api.ts";
import { Go } from "../design/go.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { cellsOf } from "../export.ts";
import { type Filters, link } from "../filters.ts";
import { count, period, share } from "../format.ts";
import type { Pipelines } from "../types.ts";

type Kind = Pipelines["runners"]["kinds"][number];

interface Props {
  readonly reply: Pipelines;
  readonly filters: Filters;
  readonly zone: string;
}

/** Which kinds of runners were busy with these runs, and for how long. */
export function Runners({ reply: { runners, window }, filters, zone }: Props) {
  const { sentence, kinds } = runners;
  const { scope, service } = filters;
  const whole = address("/api/export/pipelines", { format: "csv", ...window, scope, service });
  return (
    <section class="section" id="runners">
      <h2>Minutes by runner</h2>
      <div class="panel">
        <p>{sentence}</p>
        {kinds.length > 0 && (
          <>
            <Table caption="Minutes by kind of runner" columns={COLUMNS} rows={kinds} keyOf={nameOf} />
            <div class="tools card-foot">
              <SaveAs
                name="minutes-by-runner"
                title="the minutes by runner"
                csv={() => cellsOf(kinds)}
                json={() => runners}
                image={null}
                whole={{
                  words: "The runs behind it as CSV, by when they were made, each with its minutes by runner",
                  href: whole,
                }}
              />
            </div>
          </>
        )}
      </div>
      <p class="small muted">
        Runs that finished in {period(window.from, window.to, zone)}, on any branch and however they ended. Jobs side by
        side add up, and earlier attempts count; on runners that GitHub offers each job counts in whole minutes, as it
        is charged. Time that has passed, also outside of working hours. A run with jobs on several kinds of runner is
        in each. What they cost is on <Go to={link("savings", filters)}>Savings</Go>.
      </p>
    </section>
  );
}

function nameOf({ runner }: Kind): string {
  return runner ?? "not told";
}

const COLUMNS: readonly Column<Kind>[] = [
  { title: "Runner", align: "start", cell: (kind) => <span class="why-cell">{nameOf(kind)}</span>, sortBy: nameOf },
  {
    title: "Minutes",
    align: "end",
    cell: ({ minutes }) => (minutes < 0.5 ? "< 1" : count(minutes)),
    sortBy: ({ minutes }) => minutes,
  },
  { title: "Of all", align: "end", cell: (kind) => share(kind.share), sortBy: (kind) => kind.share },
  { title: "Runs", align: "end", cell: ({ runs }) => count(runs), sortBy: ({ runs }) => runs },
];
