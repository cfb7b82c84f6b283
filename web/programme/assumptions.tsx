import { useState } from "preact/hooks";

import type { CommandReply } from "#server/contract.ts";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import { decimal, money } from "../format.ts";
import { ImportCsv } from "../ledger/import-csv.tsx";
import { ASSUMED_WORDS } from "./assumed-words.ts";
import type { Desk } from "./desk.tsx";
import { Things } from "./things.tsx";

interface Props {
  readonly desk: Desk;
}

/** What no host can tell: what an hour costs, how much capacity there is. A later day is a new entry; the earlier one stays as history. */
export function Assumptions({ desk }: Props) {
  const { assumptions } = desk.page.programme;
  return (
    <Things
      desk={desk}
      list="assumptions"
      title="Assumptions"
      add="Add an assumption …"
      things={assumptions}
      nameOf={({ what, of, validFrom }) =>
        `${ASSUMED_WORDS[what].title}${of === null ? "" : `, ${of}`}, from ${validFrom}`
      }
      columns={[
        {
          title: "Value",
          align: "end",
          cell: ({ what, value, low, high }) => (
            <span class="nowrap">
              {decimal(value)} {ASSUMED_WORDS[what].unit}{" "}
              <span class="muted">
                {decimal(low)} to {decimal(high)}
              </span>
            </span>
          ),
          sortBy: ({ value }) => value,
        },
        { title: "Source", align: "start", cell: ({ source }) => source, sortBy: ({ source }) => source },
        { title: "Owner", align: "start", cell: ({ owner }) => owner, sortBy: ({ owner }) => owner },
      ]}
    />
  );
}

/** What is paid to others, and what is lost while systems stand still, month by month. */
export function Costs({ onImport, desk }: Props & { readonly onImport: () => void }) {
  const { costs, currency } = desk.page.programme;
  const [isImporting, begin] = useState(false);
  const { isBusy, problem, run } = useCommand("/api/programme/costs/import");
  const mayImport = useMay("/api/programme/costs/import");
  const things = (
    <Things
      desk={desk}
      list="costs"
      title="Costs by month"
      add="Add costs …"
      things={costs}
      nameOf={({ title }) => title}
      columns={[
        { title: "Kind", align: "start", cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
        {
          title: "Team",
          align: "start",
          cell: ({ team }) => team ?? "everybody's",
          sortBy: ({ team }) => team ?? "",
        },
        {
          title: "Last month",
          align: "end",
          cell: ({ months }) => {
            const last = months.toSorted((a, b) => a.month.localeCompare(b.month)).at(-1);
            return last === undefined ? "—" : `${last.month}: ${money(last.cost, currency)}`;
          },
          sortBy: null,
        },
        { title: "Months", align: "end", cell: ({ months }) => months.length, sortBy: ({ months }) => months.length },
      ]}
    />
  );
  return (
    <>
      {things}
      {mayImport && !isImporting && (
        <p>
          <button type="button" class="button" onClick={() => begin(true)}>
            Import costs …
          </button>
        </p>
      )}
      {isImporting && (
        <ImportCsv
          title="Import costs by month"
          label="CSV: kind,title,month,amount; kinds are ci, infrastructure, licences, contractors, overtime and downtime"
          isBusy={isBusy}
          problem={problem}
          run={(body, take) => run(body, ({ rows, ...looked }) => take({ ...looked, changes: rows.map(changeWords) }))}
          onDone={() => {
            begin(false);
            onImport();
          }}
          onCancel={() => begin(false)}
        />
      )}
    </>
  );
}

type Changed = CommandReply<"/api/programme/costs/import">["rows"][number];

function changeWords({ kind, title, team, month, before, after }: Changed): string {
  const what = [kind, title, ...(team === null ? [] : [team]), month].join(", ");
  return before === null ? `new: ${what}: ${after}` : `changed: ${what}: ${before} → ${after}`;
}

/** Where people said their hours went: what the estimate from activity is held against. */
export function TimeStudies({ desk }: Props) {
  return (
    <Things
      desk={desk}
      list="timeStudies"
      title="Time studies"
      add="Add a time study …"
      things={desk.page.programme.timeStudies}
      nameOf={({ kind, team, from }) => `${kind === "survey" ? "Survey" : "Time study"} of ${team}, ${from}`}
      columns={[
        { title: "To", align: "start", cell: ({ to }) => to, sortBy: ({ to }) => to },
        {
          title: "Hours",
          align: "start",
          cell: ({ hours }) => hours.map((one) => `${one.bucket} ${decimal(one.hours)}`).join(", "),
          sortBy: null,
        },
      ]}
    />
  );
}
