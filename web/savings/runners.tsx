import { SaveRows } from "../design/save-as.tsx";
import type { Column } from "../design/table.tsx";
import { Table } from "../design/table.tsx";
import { count, money, NONE, share } from "../format.ts";
import type { Savings } from "../types.ts";

type Figures = NonNullable<Savings["figures"]>;
type Runner = Figures["minutes"]["runners"][number];

interface Props {
  readonly figures: Figures;
  readonly currency: string;
}

/** L5 in its parts: on which runners minutes were used, and what they cost. */
export function RunnerCosts({ figures: { minutes, levers }, currency }: Props) {
  const { runners, told } = minutes;
  const lacking = levers.find(({ id }) => id === "L5")?.lacking ?? null;
  if (runners.length === 0) return null;
  return (
    <section class="section" id="runners">
      <h2>Minutes by runner</h2>
      <div class="panel">
        <p>
          {toldWords(told)} {minutes.count ? "L5 is what they cost then less what they cost now." : (lacking ?? PAID)}
        </p>
        <Table
          caption="Minutes of pipelines by runner, and what they cost"
          columns={columns(currency)}
          rows={runners}
          keyOf={nameOf}
        />
        <SaveRows name="savings-runners" title="Minutes by runner" rows={runners.map((one) => toRow(one))} />
      </div>
    </section>
  );
}

const PAID = "What was paid for pipelines is told for every month and counts instead.";

function toldWords({ before, now }: Figures["minutes"]["told"]): string {
  if ((before ?? 0) === 0 && (now ?? 0) === 0)
    return "No host tells on which runner jobs ran, so all minutes count at one price: runs are told as a whole unless their jobs are read.";
  const of = (value: number | null): string => (value === null ? NONE : share(value));
  return `Hosts tell the runner of ${of(before)} of the minutes before and of ${of(now)} of those now.`;
}

function nameOf({ runner }: Runner): string {
  return runner ?? "not told";
}

function costOf({ price }: Runner, minutes: number): number | null {
  return price === null ? null : minutes * price.value;
}

function toRow(one: Runner) {
  const { runner, before, now, price } = one;
  return {
    runner,
    before,
    now,
    price: price?.value ?? null,
    costBefore: costOf(one, before),
    costNow: costOf(one, now),
  };
}

function columns(currency: string): Column<Runner>[] {
  const minutes = (title: string, of: (one: Runner) => number): Column<Runner> => ({
    title,
    align: "end",
    cell: (one) => count(Math.round(of(one))),
    sortBy: of,
  });
  const cost = (title: string, of: (one: Runner) => number | null): Column<Runner> => ({
    title,
    align: "end",
    cell: (one) => {
      const amount = of(one);
      return amount === null ? NONE : money(amount, currency);
    },
    sortBy: of,
  });
  return [
    { title: "Runner", align: "start", cell: (one) => <span class="why-cell">{nameOf(one)}</span>, sortBy: nameOf },
    minutes("Minutes before", ({ before }) => before),
    minutes("Minutes now", ({ now }) => now),
    cost("A minute costs", ({ price }) => price?.value ?? null),
    cost("Cost before", (one) => costOf(one, one.before)),
    cost("Cost now", (one) => costOf(one, one.now)),
  ];
}
