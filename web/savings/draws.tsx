import { SaveRows } from "../design/save-as.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Table } from "../design/table.tsx";
import { count, plural, share } from "../format.ts";
import type { SavingsDraws } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { histogramOf } from "./histogram.ts";
import { LINE } from "./words.ts";

interface Props {
  readonly quarter: string;
  readonly seed: number;
  readonly revision: number;
}

/** How the draws of the net share lie, and all of them as a file. Asked for when somebody unfolds it. */
export function Draws({ quarter, seed, revision }: Props) {
  const { reply, problem } = useReply("/api/savings/draws", { quarter, seed: String(seed) }, revision);
  if (problem !== null) return <p role="alert">{problem.message}</p>;
  if (reply === null) return <Skeleton label="Drawing again" kind="row" count={6} />;
  return <Histogram reply={reply} />;
}

function Histogram({ reply: { draws, seed, quarter } }: { readonly reply: SavingsDraws }) {
  const shares = draws.flatMap(({ netShare }) => (netShare === null ? [] : [netShare]));
  const bins = histogramOf(shares, LINE);
  const most = Math.max(...bins.map((bin) => bin.count));
  if (bins.length === 0) return <p class="muted">No draw says a share of the baseline cost.</p>;
  return (
    <>
      <Table
        caption={`Net of the programme: how many of ${plural(shares.length, "draw")} lie where`}
        columns={[
          {
            title: "Share of the baseline cost",
            align: "end",
            cell: ({ from, to }) => (
              <span class="nowrap">
                {share(from)} to {share(to)}
              </span>
            ),
            sortBy: ({ from }) => from,
          },
          { title: "Draws", align: "end", cell: (bin) => count(bin.count), sortBy: (bin) => bin.count },
          {
            title: "As bars",
            align: "start",
            cell: (bin) => <meter class="draws-bar" min={0} max={most} value={bin.count} aria-hidden="true" />,
            sortBy: null,
          },
          {
            title: "Reach 10 %",
            align: "start",
            cell: ({ from }) => (from >= LINE ? "yes" : "no"),
            sortBy: null,
          },
        ]}
        rows={bins}
        keyOf={({ from }) => String(from)}
      />
      <SaveRows name={`savings-${quarter}-draws-${seed}`} title={`Draws of ${quarter}, seed ${seed}`} rows={draws} />
      <p class="small muted">
        Each draw takes every assumption, the weeks and the effect once; the file has all of them, in order, and P10,
        P50 and P90 are their quantiles (<code>PERCENTILE.INC</code> in a spreadsheet).{" "}
        <code>
          /api/savings/draws?quarter={quarter}&amp;seed={seed}
        </code>{" "}
        gives the same again; <a href={`savings?quarter=${quarter}&seed=${seed + 1}`}>with the seed {seed + 1}</a>{" "}
        others.
      </p>
    </>
  );
}
