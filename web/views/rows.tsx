import { useState } from "preact/hooks";

import { Figure } from "../design/figure.tsx";
import { Go } from "../design/go.tsx";
import { How } from "../design/how.tsx";
import { Kept } from "../design/kept.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Filters, link, lookOf, spanOf } from "../filters.ts";
import { interval, period } from "../format.ts";
import { Orders, Pager } from "../rows/pager.tsx";
import { PAGE, type Paging, pagingLink, readPaging, rowQuery } from "../rows/paging.ts";
import { RowFilters } from "../rows/row-filters.tsx";
import { RowFiles } from "../rows/row-files.tsx";
import { RowTable } from "../rows/row-table.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Definition, Rows } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { rowsWords, sampleWords, scopeWords } from "../words.ts";
import type { Page, View } from "./view.ts";

export const rows: View = {
  path: "rows",
  title: "Rows",
  isInMenu: false,
  hasFilters: true,
  hasSeries: false,
  render: RowsPage,
};

function RowsPage({ filters, search, watch, definitions }: Page) {
  const [decided, setDecided] = useState(0);
  const paging = readPaging(search);
  const span = spanOf(filters, watch.status);
  const { metric, pipeline, order, offset } = paging;
  const query =
    span === null || metric === null
      ? null
      : { ...span, ...lookOf(filters), ...rowQuery(paging), metric, order, offset, limit: PAGE };
  const { reply, problem, isStale } = useReply("/api/rows", query, watch.revision + decided);
  const definition = definitions?.get(reply?.metric ?? "");

  if (metric === null) return <NoMetric definitions={definitions} filters={filters} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title="Rows" problem={problem} />;
  if (reply === null || definition === undefined || watch.status === null) return <Loading />;
  const { zone } = watch.status;
  const to = (change: Partial<Paging>): string => pagingLink(filters, { ...paging, ...change });
  return (
    <>
      <Heading definition={definition} reply={reply} filters={filters} zone={zone} here={to({})} pipeline={pipeline} />
      <div class={isStale ? "section stale" : "section"} aria-busy={isStale}>
        <div class="pager">
          <Orders order={order} to={(next) => to({ order: next, offset: 0 })} />
          <RowFiles reply={reply} filters={filters} paging={paging} />
        </div>
        <RowFilters filter={paging} kind={reply.rows[0]?.kind ?? null} to={(change) => to({ ...change, offset: 0 })} />
        <div class="panel">
          {reply.rows.length === 0 ? (
            <p>No rows here.</p>
          ) : (
            <Kept from={[reply, definition, filters, search]} isStale={isStale}>
              {() => (
                <RowTable
                  definition={definition}
                  rows={reply.rows}
                  zone={zone}
                  filters={filters}
                  toLabel={(label) => to({ label, offset: 0 })}
                  onDecided={() => setDecided((before) => before + 1)}
                />
              )}
            </Kept>
          )}
        </div>
        <Pager offset={offset} total={reply.total} to={(next) => to({ offset: next })} />
      </div>
    </>
  );
}

interface HeadingProps {
  readonly definition: Definition;
  readonly reply: Rows;
  readonly filters: Filters;
  readonly zone: string;
  readonly here: string;
  readonly pipeline: string | null;
}

/** The number again, and how these rows give it. */
function Heading({ definition, reply, filters, zone, here, pipeline }: HeadingProps) {
  const { whole, window } = reply;
  const range = interval(definition, whole);
  const whose = scopeWords(filters);
  return (
    <div class="opening">
      <h1>
        {definition.title}
        {pipeline !== null && ` of ${pipeline}`}
        {whose !== null && `, ${whose}`} · {period(window.from, window.to, zone)}
      </h1>
      <p class="lead">
        <Figure definition={definition} measure={whole} verdict={null} to={here} />{" "}
        <span class="unit">from {sampleWords(definition, whole)}</span>
      </p>
      {range !== null && <p class="muted">95 % interval {range}</p>}
      <p>{whole.value === null && whole.reason !== null ? whole.reason : rowsWords(definition, reply)}</p>
      {whole.caution !== null && <p>{whole.caution}</p>}
      <How definition={definition} measure={whole} window={window} zone={zone} filters={filters} />
    </div>
  );
}

function NoMetric({ definitions, filters }: { readonly definitions: Page["definitions"]; readonly filters: Filters }) {
  return (
    <>
      <Opening title="Rows" sentence="Which number’s rows?" />
      <ul class="section">
        {[...(definitions?.values() ?? [])].map(({ id, title }) => (
          <li key={id}>
            <Go to={link("rows", filters, { metric: id })}>{title}</Go>
          </li>
        ))}
      </ul>
    </>
  );
}

function Loading() {
  return (
    <>
      <Opening title="Rows" sentence={null} />
      <Skeleton label="Loading the rows" kind="row" count={12} />
    </>
  );
}
