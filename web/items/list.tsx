import type { ComponentChildren } from "preact";

import { address } from "../api.ts";
import { Go } from "../design/go.tsx";
import { Kept } from "../design/kept.tsx";
import { SaveAs } from "../design/save-as.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Ordered, Table } from "../design/table.tsx";
import { cellsOf } from "../export.ts";
import type { Filters } from "../filters.ts";
import { count, plural } from "../format.ts";
import { go } from "../router.ts";
import { Pager } from "../rows/pager.tsx";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import type { ItemKind, Status } from "../types.ts";
import type { Answer } from "../use-reply.ts";
import { type ListColumn, STATE_WORDS } from "./kinds.tsx";
import { isPartial } from "../words.ts";
import { type Listing, listingLink } from "./listing.ts";
import { whose } from "./use-listing.ts";

/** What every list of the API answers. */
interface Reply<Row> {
  readonly window: { readonly from: string; readonly to: string };
  readonly sentence: string;
  readonly reason: string | null;
  readonly states: readonly { readonly state: string; readonly n: number }[];
  readonly total: number;
  readonly rows: readonly Row[];
}

interface Props<Row> {
  readonly kind: ItemKind;
  readonly title: string;
  readonly answer: Answer<Reply<Row>>;
  readonly columns: readonly ListColumn<Row>[];
  readonly filters: Filters;
  readonly listing: Listing;
  /** States that are several at once, or a trait: how many is not counted. */
  readonly groups: readonly string[];
  readonly status: Status | null;
  /** What the list leaves out, if anything. */
  readonly note?: ComponentChildren;
}

interface Row {
  readonly id: string;
  readonly service: string;
}

/** A list of the API: its sentence, its states to choose from, its rows by page, in an order that the server makes. */
export function List<R extends Row>(props: Props<R>) {
  const { kind, title, answer, columns, filters, listing, groups, status, note = null } = props;
  const { reply, problem, isStale } = answer;
  const path = `${kind}s`;
  const to = (change: Partial<Listing>): string => listingLink(path, filters, { ...listing, offset: 0, ...change });
  const reason = status && nothingYet(status);
  if (reason) return <Nothing reason={reason} title={title} status={status} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title={title} problem={problem} />;
  if (reply === null) return <Loading title={title} />;
  return (
    <>
      <Opening
        title={title}
        sentence={reply.sentence}
        isPartial={status !== null && isPartial(status)}
        isStale={isStale}
      />
      {reply.reason === null && (
        <div class={isStale ? "section stale" : "section"} aria-busy={isStale}>
          <div class="filters">
            <States states={reply.states} groups={groups} chosen={listing.state} to={(state) => to({ state })} />
            <Words q={listing.q} onChoose={(q) => go(to({ q }))} kind={kind} />
          </div>
          {note !== null && <p class="small muted">{note}</p>}
          {reply.rows.length === 0 ? (
            <p>
              {listing.offset > 0 ? "There is no such page." : `No ${kind} is like that.`}{" "}
              <Go to={to({ state: "all", q: null })}>Show all</Go>
            </p>
          ) : (
            <div class="panel">
              <Kept from={[reply, columns]} isStale={isStale}>
                {() => (
                  <Table
                    caption={`${title}, ${plural(reply.total, "row")}`}
                    columns={columns}
                    rows={reply.rows}
                    keyOf={({ service, id }) => `${service} ${id}`}
                    ordered={ordered(columns, listing, to)}
                  />
                )}
              </Kept>
            </div>
          )}
          <div class="pager">
            <Pager offset={listing.offset} total={reply.total} to={(offset) => to({ offset })} />
            <SaveAs
              name={path}
              title={title}
              csv={() => cellsOf(reply.rows)}
              json={() => reply}
              image={null}
              whole={{
                words: `All ${path} of this window as CSV`,
                href: address(`/api/export/${path}`, { format: "csv", ...reply.window, ...whose(filters) }),
              }}
            />
          </div>
        </div>
      )}
    </>
  );
}

function ordered<R>(
  columns: readonly ListColumn<R>[],
  { sort, direction }: Listing,
  to: (change: Partial<Listing>) => string,
): Ordered {
  const turned = direction === "descending" ? "ascending" : "descending";
  return {
    by: columns.find((column) => column.sort === sort)?.title ?? null,
    direction,
    links: new Map(
      columns.flatMap((column) =>
        column.sort === null
          ? []
          : [
              [
                column.title,
                to({ sort: column.sort, direction: column.sort === sort ? turned : "descending" }),
              ] as const,
            ],
      ),
    ),
  };
}

interface StatesProps {
  readonly states: Reply<unknown>["states"];
  readonly groups: readonly string[];
  readonly chosen: string;
  readonly to: (state: string) => string;
}

function States({ states, groups, chosen, to }: StatesProps) {
  let all = 0;
  for (const { n } of states) all += n;
  const choices = [
    { state: "all", words: `All ${count(all)}` },
    ...groups.map((state) => ({ state, words: STATE_WORDS[state] ?? state })),
    ...states.map(({ state, n }) => ({ state, words: `${STATE_WORDS[state] ?? state} ${count(n)}` })),
  ];
  // A state that has no rows any more is still what is looked at.
  const isThere = choices.some(({ state }) => state === chosen);
  const shown = isThere ? choices : [...choices, { state: chosen, words: `${STATE_WORDS[chosen] ?? chosen} 0` }];
  return (
    <div class="segments" role="group" aria-label="State">
      {shown.map(({ state, words }) => (
        <Go key={state} to={to(state)} current={state === chosen ? "true" : undefined}>
          {words}
        </Go>
      ))}
    </div>
  );
}

interface WordsProps {
  readonly kind: ItemKind;
  readonly q: string | null;
  readonly onChoose: (q: string | null) => void;
}

function Words({ kind, q, onChoose }: WordsProps) {
  return (
    <label class="field">
      Find
      <input
        type="search"
        placeholder={kind === "deployment" ? "name or commit" : "title, number or id"}
        value={q ?? ""}
        onChange={({ currentTarget }) => onChoose(currentTarget.value.trim() || null)}
      />
    </label>
  );
}

function Loading({ title }: { readonly title: string }) {
  return (
    <>
      <Opening title={title} sentence={null} />
      <Skeleton label={`Loading ${title.toLowerCase()}`} kind="row" count={12} />
    </>
  );
}
