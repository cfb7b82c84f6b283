import { ASSUMED_WORDS } from "./assumed-words.ts";
import { type ListProps, Things } from "./others.tsx";
import { decimal, money } from "../format.ts";

/** What no host can tell: what an hour costs, how much capacity there is. A later day is a new entry; the earlier one stays as history. */
export function Assumptions(props: ListProps) {
  const { assumptions } = props.page.programme;
  return (
    <Things
      {...props}
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
export function Costs(props: ListProps) {
  const { costs, currency } = props.page.programme;
  return (
    <Things
      {...props}
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
}

/** Where people said their hours went: what the estimate from activity is held against. */
export function TimeStudies(props: ListProps) {
  return (
    <Things
      {...props}
      list="timeStudies"
      title="Time studies"
      add="Add a time study …"
      things={props.page.programme.timeStudies}
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
