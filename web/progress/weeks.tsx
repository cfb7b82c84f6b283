import { dayIn } from "../days.ts";
import { Go } from "../design/go.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { itemLink } from "../items/listing.ts";
import { share, shortId } from "../format.ts";
import type { ProgressRows as Rows } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { progressLink } from "./address.ts";
import type { PartProps } from "./service.tsx";
import { STATUS_SIGNS, STATUS_WORDS } from "./words.ts";

type Week = PartProps["part"]["history"][number];

/** One condition: what the weeks say of it, as a strip and as a table, and the facts behind one of them. */
export function Weeks(props: PartProps) {
  const { practice, part, asked, zone } = props;
  const key = `${practice.practice}.${part.part}`;
  const isLookedInto = asked.part === key && asked.week !== null;
  return (
    <div class="practice-part">
      <p>
        <span class="nowrap">
          <span aria-hidden="true">{STATUS_SIGNS[part.status]}</span> {STATUS_WORDS[part.status]}:
        </span>{" "}
        {part.words}
        {!part.isRequired && <span class="muted"> Shown beside; it decides nothing.</span>}
      </p>
      {part.next !== null && (
        <p class="small">
          Next step, which decides nothing here:{" "}
          <span class="nowrap">
            <span aria-hidden="true">{STATUS_SIGNS[part.next.status]}</span> {STATUS_WORDS[part.next.status]}:
          </span>{" "}
          {part.next.words}
        </p>
      )}
      <WeekStrip weeks={part.history} zone={zone} />
      {part.detected.at !== null && (
        <p class="small">
          Adopted about {dayIn(zone, part.detected.at)}. {part.detected.words}
        </p>
      )}
      {isLookedInto && <Facts {...props} />}
      <Unfold summary={`${part.history.length} weeks as a table, with the facts behind each`}>
        {() => (
          <Table
            caption={`Weeks of: ${part.condition}`}
            columns={columns(props, key)}
            rows={part.history.toReversed()}
            keyOf={({ from }) => from}
          />
        )}
      </Unfold>
    </div>
  );
}

function stateOf({ isMet, isCalm, kind }: Week): string {
  if (kind === "not-measurable") return "not measurable";
  if (kind === "not-applicable") return "not asked for";
  if (isCalm) return "calm: nothing had to be answered";
  return isMet === null ? "nothing to judge" : isMet ? "met" : "missed";
}

const [WIDE, HIGH] = [7, 24];

/** High bars are weeks that meet it, low ones those that miss it; a line on the ground are weeks without anything to judge. */
function WeekStrip({ weeks, zone }: { readonly weeks: readonly Week[]; readonly zone: string }) {
  const [first] = weeks;
  if (first === undefined || weeks.every(({ kind }) => kind !== "measured")) return null;
  const count = (isMet: boolean | null) => weeks.filter((week) => week.isMet === isMet).length;
  const words = `${weeks.length} weeks since ${dayIn(zone, first.from)}: met in ${count(true)}, missed in ${count(false)}, nothing to judge in ${count(null)}`;
  return (
    <figure class="week-strip">
      <svg viewBox={`0 0 ${weeks.length * WIDE} ${HIGH}`} preserveAspectRatio="xMinYMid" role="img" aria-label={words}>
        {weeks.map((week, index) => {
          const high = week.isMet === null ? 1 : week.isMet ? HIGH : 8;
          const name = week.isMet === null ? "unknown" : week.isMet ? "met" : "missed";
          return (
            <rect
              key={week.from}
              class={`week-${name}`}
              x={index * WIDE}
              y={HIGH - high}
              width={WIDE - 2}
              height={high}
            >
              <title>
                {dayIn(zone, week.from)}: {stateOf(week)}
              </title>
            </rect>
          );
        })}
      </svg>
      <figcaption class="small muted">{words}.</figcaption>
    </figure>
  );
}

function columns({ asked, service, zone, part }: PartProps, key: string): readonly Column<Week>[] {
  const ofItems = part.counts === "items";
  return [
    {
      title: "Week of",
      align: "start",
      cell: ({ from }) => <span class="nowrap">{dayIn(zone, from)}</span>,
      sortBy: ({ from }) => from,
    },
    { title: "State", align: "start", cell: stateOf, sortBy: stateOf },
    {
      title: ofItems ? "Met" : "Facts",
      align: "end",
      cell: ({ met, of, rows }) => (ofItems ? (of === null || of === 0 ? "—" : `${met} of ${of}`) : rows),
      sortBy: ({ met, of }) => (met === null || of === null || of === 0 ? null : met / of),
    },
    {
      title: "Unknown",
      align: "end",
      cell: ({ unknown }) => (unknown === null || unknown === 0 ? "" : unknown),
      sortBy: ({ unknown }) => unknown,
    },
    {
      title: "Behind it",
      align: "start",
      cell: ({ from, rows, note }) => (
        <>
          {rows > 0 && <Go to={progressLink(asked, { service, part: key, week: from })}>show</Go>} {note}
        </>
      ),
      sortBy: null,
    },
  ];
}

/** The facts behind one week, each with its place in the dashboard or at its host. */
function Facts({ asked, service, practice, part, filters, zone, revision }: PartProps) {
  const { week } = asked;
  const { reply } = useReply(
    "/api/progress/rows",
    week === null ? null : { service, practice: practice.practice, part: part.part, week },
    revision,
  );
  if (reply === null) return <p class="muted">Reading the facts of this week …</p>;
  const met = reply.rows.filter(({ isMet }) => isMet === true).length;
  return (
    <div class="practice-facts">
      <p>
        In the week of {dayIn(zone, reply.window.from)} {met} of {reply.rows.length} meet it
        {reply.rows.length > 0 && ` (${share(met / reply.rows.length)})`}. {reply.condition}{" "}
        <Go to={progressLink(asked, { part: null, week: null })}>close</Go>
      </p>
      <ul>
        {reply.rows.map((row) => (
          <li key={`${row.kind} ${row.id}`}>
            {row.isMet === null ? "unknown" : row.isMet ? "met" : "missed"}:{" "}
            <Fact row={row} to={linkOf(row, service, filters)} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function linkOf({ kind, id }: Rows[number], service: string, filters: PartProps["filters"]): string | null {
  return kind === "change" || kind === "deployment" ? itemLink(filters, kind, { id, service }) : null;
}

function Fact({ row: { kind, id, title, url }, to }: { readonly row: Rows[number]; readonly to: string | null }) {
  const words = `${kind} ${title ?? shortId(id)}`;
  if (to !== null) return <Go to={to}>{words}</Go>;
  if (url === null) return <>{words}</>;
  return (
    <a href={url} target="_blank" rel="noreferrer">
      {words}
    </a>
  );
}
