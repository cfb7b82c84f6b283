import { Go } from "../design/go.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import { type Filters, pointLink } from "../filters.ts";
import { moment, NONE, plural } from "../format.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Item, ItemKind } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { STATE_WORDS } from "./kinds.tsx";
import { itemLink } from "./listing.ts";
import { Timeline } from "./timeline.tsx";

interface Props {
  readonly kind: ItemKind;
  readonly page: Page;
}

const TITLES = { change: "Change", deployment: "Deployment", incident: "Incident" } as const satisfies Record<
  ItemKind,
  string
>;

/** One change, deployment or incident: what it is, when what happened, what belongs to it, and where it counts. */
export function ItemPage({ kind, page: { filters, search, watch } }: Props) {
  const query = new URLSearchParams(search);
  const [id, service] = [query.get("id"), query.get("of")];
  const asked = id === null ? null : { kind, id, ...(service !== null && { service }) };
  const { reply, problem, isStale } = useReply("/api/item", asked, watch.revision);
  const title = TITLES[kind];

  if (id === null) return <NoneNamed kind={kind} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title={title} problem={problem} />;
  if (reply === null || isStale || watch.status === null) return <Loading title={title} />;
  const { zone } = watch.status;
  return (
    <>
      <Opening
        title={`${title} ${reply.name} · ${reply.service} · ${STATE_WORDS[reply.state] ?? reply.state}`}
        sentence={kind === "deployment" ? reply.sentence : reply.title}
      />
      <div class="stack">
        <section class="section">
          {kind !== "deployment" && <p>{reply.sentence}</p>}
          <Facts item={reply} />
        </section>
        <Timeline item={reply} zone={zone} />
        <Carried item={reply} filters={filters} zone={zone} />
        <Links item={reply} filters={filters} zone={zone} />
        <Counts item={reply} filters={filters} />
        <SaveAs
          name={`${kind}-${reply.name.replaceAll(/[^\w.-]+/g, "-")}`}
          title={`this ${kind}`}
          csv={() => [["at", "what", "note"], ...reply.moments.map(({ at, what, note }) => [at, what, note])]}
          json={() => reply}
          image={null}
          whole={null}
        />
      </div>
    </>
  );
}

/** Only a web address becomes a link. */
function Facts({ item: { facts, url } }: { readonly item: Item }) {
  return (
    <>
      {facts.length > 0 && (
        <dl class="facts">
          {facts.map(({ term, value }) => (
            <div key={term + value}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
      {url !== null && /^https?:\/\//.test(url) && (
        <p class="small">
          <a href={url} target="_blank" rel="noreferrer">
            Open it at its host
          </a>
        </p>
      )}
    </>
  );
}

interface PartProps {
  readonly item: Item;
  readonly filters: Filters;
  readonly zone: string;
}

type Link = Item["links"][number];

function linkColumns(filters: Filters, zone: string, title: string, links: readonly Link[]): readonly Column<Link>[] {
  const hasWords = links.some(({ words }) => words !== "");
  return [
    {
      title,
      align: "start",
      cell: (one) => (
        <Go class="title-cell" to={itemLink(filters, one.kind, one)}>
          {one.title}
        </Go>
      ),
      sortBy: (one) => one.title,
    },
    {
      title: "When",
      align: "start",
      cell: ({ at }) => <span class="nowrap">{at === null ? NONE : moment(at, zone)}</span>,
      sortBy: ({ at }) => at,
    },
    ...(hasWords
      ? [
          {
            title: "What it has to do with it",
            align: "start" as const,
            cell: ({ words }: Link) => words,
            sortBy: null,
          },
        ]
      : []),
  ];
}

function Links({ item: { links }, filters, zone }: PartProps) {
  if (links.length === 0) return null;
  return (
    <section class="section">
      <h2>What belongs to it</h2>
      <div class="panel">
        <Table
          caption="What belongs to it"
          columns={linkColumns(filters, zone, "What", links)}
          rows={links}
          keyOf={({ kind, id, words }) => `${kind} ${id} ${words}`}
        />
      </div>
    </section>
  );
}

/** What a deployment was the first to carry. */
function Carried({ item: { carried, kind }, filters, zone }: PartProps) {
  if (carried === null) return null;
  return (
    <section class="section">
      <h2>What it first carried</h2>
      {carried.total === 0 ? (
        <p>No {kind === "deployment" ? "change" : kind} reached production by it first.</p>
      ) : (
        <div class="panel">
          <Table
            caption="Changes that it was the first to carry"
            columns={linkColumns(filters, zone, "Change", carried.rows)}
            rows={carried.rows}
            keyOf={({ id }) => id}
          />
        </div>
      )}
      {carried.rows.length < carried.total && (
        <p class="small muted">
          The first {carried.rows.length} of {plural(carried.total, "change")}.
        </p>
      )}
    </section>
  );
}

type Count = Item["counts"][number];

/** Why it counts in a number, or why not. */
function Counts({ item: { counts, service }, filters }: Omit<PartProps, "zone">) {
  if (counts.length === 0) return null;
  const columns: readonly Column<Count>[] = [
    {
      title: "Number",
      align: "start",
      cell: ({ metric, title, at, counted }) =>
        at === null || !counted ? (
          title
        ) : (
          <Go to={pointLink({ ...filters, service }, metric, secondOf(at))}>{title}</Go>
        ),
      sortBy: ({ title }) => title,
    },
    {
      title: "Counted",
      align: "start",
      cell: ({ counted }) => <span class={counted ? "nowrap" : "nowrap uncounted"}>{counted ? "✓ yes" : "○ no"}</span>,
      sortBy: ({ counted }) => Number(counted),
    },
    { title: "Adds", align: "end", cell: ({ value }) => value ?? NONE, sortBy: null },
    {
      title: "Why",
      align: "start",
      cell: ({ why, counted }) => <span class={counted ? "why-cell" : "why-cell uncounted"}>{why}</span>,
      sortBy: null,
    },
  ];
  return (
    <section class="section">
      <h2>Where it counts, and why or why not</h2>
      <div class="panel">
        <Table
          caption="Numbers in which it counts or not"
          columns={columns}
          rows={counts}
          keyOf={({ metric }) => metric}
        />
      </div>
    </section>
  );
}

/** A window in which there is hardly anything else. */
function secondOf(at: string): { readonly from: string; readonly to: string } {
  return { from: at, to: new Date(Date.parse(at) + 1000).toISOString() };
}

function NoneNamed({ kind }: { readonly kind: ItemKind }) {
  return (
    <>
      <Opening title={TITLES[kind]} sentence={`Which ${kind}?`} />
      <p>
        <Go to={`${kind}s`}>All {kind}s</Go>
      </p>
    </>
  );
}

function Loading({ title }: { readonly title: string }) {
  return (
    <>
      <Opening title={title} sentence={null} />
      <Skeleton label={`Loading the ${title.toLowerCase()}`} kind="row" count={8} />
    </>
  );
}
