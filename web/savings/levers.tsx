import { Go } from "../design/go.tsx";
import { SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { money, NONE, share } from "../format.ts";
import type { Savings } from "../types.ts";
import type { Looked } from "./page.tsx";
import { cellWords, hours, LEDGER_WORDS, savingsLink } from "./words.ts";

interface Props {
  readonly figures: NonNullable<Savings["figures"]>;
  readonly currency: string;
  readonly looked: Looked;
}

type Row = Props["figures"]["levers"][number];

/** What the ledgers are made of; each opens the weeks it is reckoned from. */
export function Levers({ figures: { levers }, currency, looked }: Props) {
  return (
    <section class="section">
      <h2>Levers</h2>
      <div class="panel">
        <Table caption="Levers" columns={columns(currency, looked)} rows={levers} keyOf={({ id }) => id} />
        <SaveRows name="savings-levers" title="Levers" rows={levers} />
      </div>
    </section>
  );
}

function columns(currency: string, looked: Looked): Column<Row>[] {
  return [
    {
      title: "Lever",
      align: "start",
      cell: ({ id, title }) => (
        <Go
          to={savingsLink({ ...looked, lever: id, team: null, week: null })}
          current={looked.lever === id ? "true" : undefined}
        >
          {id} {title}
        </Go>
      ),
      sortBy: ({ id }) => id,
    },
    {
      title: "Ledger",
      align: "start",
      cell: ({ ledger }) => LEDGER_WORDS[ledger].title,
      sortBy: ({ ledger }) => ledger,
    },
    {
      title: "Lost before, now",
      align: "end",
      cell: ({ shares }) => (
        <span class="nowrap">{shares === null ? NONE : `${share(shares.before)}, ${share(shares.now)}`}</span>
      ),
      sortBy: ({ shares }) => (shares === null ? null : shares.before - shares.now),
    },
    {
      title: "Hours, P10 to P90",
      align: "end",
      cell: (lever) => <span class="nowrap">{cellWords(lever.hours, hours)}</span>,
      sortBy: (lever) => lever.hours?.spread.p50 ?? null,
    },
    {
      title: "Money, P10 to P90",
      align: "end",
      cell: (lever) => <span class="nowrap">{cellWords(lever.money, (value) => money(value, currency))}</span>,
      sortBy: (lever) => lever.money?.spread.p50 ?? null,
    },
    { title: "Rows", align: "end", cell: ({ rows }) => rows, sortBy: ({ rows }) => rows },
    {
      title: "Takes from",
      align: "start",
      cell: ({ bucket }) => (bucket === null ? "money" : bucket.replaceAll("-", " ")),
      sortBy: ({ bucket }) => bucket ?? "",
    },
    {
      title: "What is not known",
      align: "start",
      cell: ({ lacking }) => <span class="why-cell">{lacking ?? ""}</span>,
      sortBy: null,
    },
  ];
}
