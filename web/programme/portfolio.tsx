import { type Column, Table } from "../design/table.tsx";
import { decimal, money, plural, share } from "../format.ts";
import type { Programme } from "../types.ts";
import { Add, type Desk, isMarked, isOpenAt, Opener } from "./desk.tsx";

type Row = Programme["portfolio"][number];

/** What is to be done, what it is worth as a range, and what waits for what. */
export function Portfolio({ desk }: { readonly desk: Desk }) {
  const { mayEdit, page } = desk;
  const { portfolio, programme, funnel, criticalPath, terms } = page;
  const title = (id: string): string => programme.initiatives.find((one) => one.id === id)?.title ?? id;
  return (
    <section class="section" aria-labelledby="initiatives">
      <h2 id="initiatives">Initiatives</h2>
      {portfolio.length === 0 ? (
        <p class="muted">None yet.</p>
      ) : (
        <>
          <p>
            {funnel
              .filter(({ count }) => count > 0)
              .map(({ state, count }) => `${count} ${state}`)
              .join(" · ")}
            .
            {criticalPath !== null &&
              ` The longest chain of what is ahead takes ${plural(criticalPath.months, "month")}: ${criticalPath.ids.map(title).join(", then ")}.`}
          </p>
          <div class="panel">
            <Table
              caption="Initiatives, what is worth most first"
              columns={columns(desk, title)}
              rows={portfolio}
              keyOf={({ id }) => id}
              isMarked={({ id }) => isMarked(desk, `initiatives ${id}`)}
              below={({ id }) => (isOpenAt(desk, `initiatives ${id}`) ? desk.form : null)}
            />
          </div>
          <p class="small muted">
            Of {terms.draws} draws the middle, with the tenth and the nine tenths; a return is what comes back beyond
            what is spent, as a share of that. {share(terms.rate)} a year, {terms.years} years; teams that are changed
            deliver {share(terms.dip)} less for {terms.dipMonths} months, where it is said what they cost.
          </p>
        </>
      )}
      {mayEdit && programme.useCases.length === 0 && (
        <p class="muted">Add a use case first: each initiative is for one.</p>
      )}
      {programme.useCases.length > 0 && (
        <Add desk={desk} list="initiatives" title="A new initiative" words="Add an initiative …" />
      )}
    </section>
  );
}

function columns(desk: Desk, title: (id: string) => string): readonly Column<Row>[] {
  const { mayEdit, page } = desk;
  const { programme } = page;
  const { currency } = programme;
  const of = (id: string) => programme.initiatives.find((one) => one.id === id);
  return [
    {
      title: "Initiative",
      align: "start",
      cell: ({ id }) => {
        const thing = of(id);
        if (thing === undefined || !mayEdit) return <span class="title-cell">{title(id)}</span>;
        return (
          <Opener
            desk={desk}
            list="initiatives"
            thing={thing}
            title={title(id)}
            place={`initiatives ${id}`}
            class="quiet title-cell"
          >
            {title(id)}
          </Opener>
        );
      },
      sortBy: ({ id }) => title(id),
    },
    { title: "State", align: "start", cell: ({ id }) => of(id)?.state ?? "", sortBy: ({ id }) => of(id)?.state ?? "" },
    {
      title: "Cost",
      align: "end",
      cell: (row) => <span class="nowrap">{money(costOf(row, of(row.id)?.plan ?? []), currency)}</span>,
      sortBy: (row) => costOf(row, of(row.id)?.plan ?? []),
    },
    {
      title: "Net present value",
      align: "end",
      cell: ({ case: found, enables }) =>
        found === null ? (
          <div class="muted folded">{enables.length > 0 ? `with ${enables.map(title).join(", ")}` : "not said"}</div>
        ) : (
          <>
            <div class="nowrap">{money(found.netPresentValue.p50, currency)}</div>
            <div class="muted nowrap">
              {money(found.netPresentValue.p10, currency)} to {money(found.netPresentValue.p90, currency)}
            </div>
          </>
        ),
      sortBy: ({ case: found }) => found?.netPresentValue.p50 ?? null,
    },
    {
      title: "Return",
      align: "end",
      cell: ({ case: found }) => {
        const spread = found?.returnOnInvestment ?? null;
        if (spread === null) return "";
        return (
          <>
            <div class="nowrap">{share(spread.p50)}</div>
            <div class="muted nowrap">
              {share(spread.p10)} to {share(spread.p90)}
            </div>
          </>
        );
      },
      sortBy: ({ case: found }) => found?.returnOnInvestment?.p50 ?? null,
    },
    {
      title: "Back after",
      align: "end",
      cell: ({ case: found }) =>
        found === null ? (
          ""
        ) : (
          <>
            <div class="nowrap">
              {found.payback === null ? "hardly ever" : `${decimal(Math.round(found.payback.p50))} months`}
            </div>
            {found.payback !== null && (
              <div class="muted nowrap">
                {decimal(Math.round(found.payback.p10))} to {decimal(Math.round(found.payback.p90))}
              </div>
            )}
            <div class="muted nowrap">in {share(found.backAtAll)}</div>
          </>
        ),
      sortBy: ({ case: found }) => found?.payback?.p50 ?? null,
    },
    {
      title: "Came so far",
      align: "start",
      cell: ({ progress }) =>
        progress.until === null
          ? ""
          : `${money(progress.spent, currency)} of ${money(progress.planned, currency)} planned, until ${progress.until}`,
      sortBy: null,
    },
    {
      title: "Note",
      align: "start",
      cell: ({ waitsFor }) =>
        waitsFor.length === 0 ? "" : <strong>begins before {waitsFor.map(title).join(", ")}, which it needs</strong>,
      sortBy: null,
    },
  ];
}

function costOf({ case: found }: Row, plan: readonly { readonly cost: number }[]): number {
  return found?.cost ?? plan.reduce((sum, { cost }) => sum + cost, 0);
}
