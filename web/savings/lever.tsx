import { Go } from "../design/go.tsx";
import { SaveRows } from "../design/save-as.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import type { Filters } from "../filters.ts";
import { decimal, money, moment, NONE, plural } from "../format.ts";
import { itemLink } from "../items/listing.ts";
import type { SavingsLever } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Looked } from "./page.tsx";
import { savingsLink } from "./words.ts";

interface Props {
  readonly looked: Looked;
  readonly filters: Filters;
  readonly revision: number;
}

type Week = SavingsLever["weeks"][number];
type Item = SavingsLever["items"][number];

/** One lever: its weeks team by team, and what happened in one of them. */
export function Lever({ looked, filters, revision }: Props) {
  const { lever, quarter, team, week } = looked;
  const chosen = ID.find((id) => id === lever);
  const query = chosen && {
    lever: chosen,
    ...(quarter !== null && { quarter }),
    ...(team !== null && week !== null && { team, week }),
  };
  const { reply, problem, isStale } = useReply("/api/savings/lever", query ?? null, revision);
  if (chosen === undefined) return <p role="alert">There is no lever “{lever}”.</p>;
  if (problem !== null) return <p role="alert">{problem.message}</p>;
  if (reply === null) return <Skeleton label="Loading the lever" kind="row" count={6} />;
  const { weeks, costs, items, title, definition, currency } = reply;
  return (
    <section class="section" id="lever" aria-busy={isStale}>
      <h2>
        {chosen} {title}
      </h2>
      <p>{definition}</p>
      {weeks.length > 0 && (
        <div class="panel">
          <p class="small muted">{plural(weeks.length, "week of a team")}; each opens what happened in it.</p>
          <Table
            caption={`${title}, weeks of teams`}
            columns={weekColumns(looked)}
            rows={weeks}
            keyOf={(one) => `${one.team} ${one.week}`}
          />
          <SaveRows name={`savings-${chosen}-weeks`} title={`${title}, weeks of teams`} rows={weeks} />
        </div>
      )}
      {team !== null && week !== null && (
        <div class="panel">
          <h3>
            {team}, week of {week}
          </h3>
          {items.length === 0 ? (
            <p class="muted">Nothing happened in it that this lever counts.</p>
          ) : (
            <>
              <Table
                caption={`What happened in ${team} in the week of ${week}`}
                columns={itemColumns(filters)}
                rows={items}
                keyOf={({ kind, id, service }) => `${kind} ${service} ${id}`}
              />
              <SaveRows name={`savings-${chosen}-items`} title={`What happened in ${team}`} rows={items} />
            </>
          )}
        </div>
      )}
      {costs.length > 0 && (
        <div class="panel">
          <Table
            caption={`${title}, months`}
            columns={[
              { title: "Month", align: "start", cell: ({ month }) => month, sortBy: ({ month }) => month },
              { title: "What", align: "start", cell: (cost) => cost.title, sortBy: (cost) => cost.title },
              { title: "Kind", align: "start", cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
              { title: "Cost", align: "end", cell: ({ cost }) => money(cost, currency), sortBy: ({ cost }) => cost },
            ]}
            rows={costs}
            keyOf={({ month, title: what }) => `${month} ${what}`}
          />
          <SaveRows name={`savings-${chosen}-months`} title={`${title}, months`} rows={costs} />
        </div>
      )}
      <p>
        <Go to={savingsLink({ ...looked, lever: null, team: null, week: null })}>Close this lever</Go>
      </p>
    </section>
  );
}

const ID = ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"] as const;

function weekColumns(looked: Looked): Column<Week>[] {
  return [
    {
      title: "Team",
      align: "start",
      cell: ({ team, week }) => (
        <Go to={savingsLink({ ...looked, team, week })} label={`${team}, week of ${week}, open what happened in it`}>
          {team}
        </Go>
      ),
      sortBy: ({ team }) => team,
    },
    {
      title: "Week of",
      align: "start",
      cell: ({ week }) => <span class="nowrap">{week}</span>,
      sortBy: ({ week }) => week,
    },
    { title: "Side", align: "start", cell: ({ side }) => side, sortBy: ({ side }) => side },
    {
      title: "Hours lost",
      align: "end",
      cell: ({ hours }) => (hours === null ? NONE : decimal(hours)),
      sortBy: ({ hours }) => hours,
    },
    {
      title: "Of hours",
      align: "end",
      cell: ({ capacity }) => (capacity === null ? NONE : decimal(capacity)),
      sortBy: ({ capacity }) => capacity,
    },
    {
      title: "Measured",
      align: "start",
      cell: ({ measured }) => <span class="why-cell">{measured}</span>,
      sortBy: null,
    },
  ];
}

function itemColumns(filters: Filters): Column<Item>[] {
  return [
    {
      title: "What",
      align: "start",
      cell: ({ kind, id, service, title, url }) => {
        if (kind !== "run") return <Go to={itemLink(filters, kind, { id, service })}>{title}</Go>;
        return url === null ? title : <a href={url}>{title}</a>;
      },
      sortBy: ({ title }) => title,
    },
    { title: "Kind", align: "start", cell: ({ kind }) => kind, sortBy: ({ kind }) => kind },
    { title: "Service", align: "start", cell: ({ service }) => service, sortBy: ({ service }) => service },
    {
      title: "When",
      align: "start",
      cell: ({ at }) => <span class="nowrap">{moment(at, "UTC")}</span>,
      sortBy: ({ at }) => at,
    },
    { title: "Words", align: "start", cell: ({ words }) => <span class="why-cell">{words}</span>, sortBy: null },
  ];
}
