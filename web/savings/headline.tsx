import { Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { money, plural, share } from "../format.ts";
import type { Savings } from "../types.ts";
import { Draws } from "./draws.tsx";
import type { SpansPicture } from "./draw-spans.ts";
import { SpansPanel } from "./spans-panel.tsx";
import { cellWords, changeWords, type Estimate, intervalWords, LINE, sizeWords } from "./words.ts";

interface Props {
  readonly figures: NonNullable<Savings["figures"]>;
  readonly currency: string;
  readonly quarter: string;
  readonly revision: number;
}

/** Gross and net against the line, as intervals. */
export function Headline({ figures, currency, quarter, revision }: Props) {
  const { headline, baseline, period, draws, seed, programmeCost, notes } = figures;
  const cost = (value: number): string => money(value, currency);
  return (
    <section class="section">
      <h2>Against the 10 % line</h2>
      {headline === null ? (
        <p class="panel">
          A share of what delivery costs can be told as soon as somebody says what an hour costs and how many there are.
        </p>
      ) : (
        <SpansPanel
          name="savings-headline"
          title="Savings as a share of the baseline cost, P10 to P90"
          picture={pictureOf(headline, figures.cashShare)}
          columns={{ low: "P10", middle: "As stated", high: "P90" }}
        >
          <dl class="told">
            <div>
              <dt>Gross: {intervalWords(headline.gross, share)}</dt>
              <dd>{sizeWords(headline.gross, headline.grossReaches)}</dd>
            </div>
            <div>
              <dt>
                Net of {cost(programmeCost)} that the programme cost: {intervalWords(headline.net, share)}
              </dt>
              <dd>{sizeWords(headline.net, headline.netReaches)}</dd>
            </div>
          </dl>
        </SpansPanel>
      )}
      <h3>What would change the verdict</h3>
      <p>{changeWords(figures)}</p>
      <p class="small muted">
        {period.from} to the day before {period.to}, against {baseline.from} to the day before {baseline.to}.{" "}
        {plural(draws, "draw")}, seed {seed}: the same seed gives the same digits.
      </p>
      {notes.length > 0 && (
        <ul class="small">
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      )}
      <Unfold summary="The draws behind it">
        {() => (
          <>
            <Tenths figures={figures} cost={cost} />
            <Draws quarter={quarter} seed={seed} revision={revision} />
          </>
        )}
      </Unfold>
    </section>
  );
}

function pictureOf(headline: NonNullable<Props["figures"]["headline"]>, cash: Estimate | null): SpansPicture {
  const span = (label: string, { spread: { p10, p90 }, likely }: Estimate) => ({
    label,
    low: p10,
    high: p90,
    middle: likely,
    words: [`${share(p10)} to ${share(p90)}`, `as stated ${share(likely)}`],
  });
  return {
    spans: [
      span("Gross", headline.gross),
      span("Net", headline.net),
      ...(cash === null ? [] : [span("Cash alone", cash)]),
    ],
    lines: [
      { at: 0, label: "0" },
      { at: LINE, label: "10 %" },
    ],
  };
}

/** Each figure of the headline with the tenths of its draws. */
function Tenths({ figures, cost }: { readonly figures: Props["figures"]; readonly cost: (value: number) => string }) {
  const { headline, baselineCost, gross, net, cashShare } = figures;
  const rows = [
    { name: "Gross, share", estimate: headline?.gross ?? null, words: share },
    { name: "Net, share", estimate: headline?.net ?? null, words: share },
    { name: "Cash alone, share", estimate: cashShare, words: share },
    { name: "Gross", estimate: gross, words: cost },
    { name: "Net", estimate: net, words: cost },
    { name: "Baseline cost of as many days", estimate: baselineCost, words: cost },
  ];
  return (
    <Table
      caption="The draws"
      columns={[
        { title: "Figure", align: "start", cell: ({ name }) => name, sortBy: null },
        { title: "P10 to P90", align: "end", cell: ({ estimate, words }) => cellWords(estimate, words), sortBy: null },
        {
          title: "P50",
          align: "end",
          cell: ({ estimate, words }) => (estimate === null ? "" : words(estimate.spread.p50)),
          sortBy: null,
        },
        {
          title: "As stated",
          align: "end",
          cell: ({ estimate, words }) => (estimate === null ? "" : words(estimate.likely)),
          sortBy: null,
        },
      ]}
      rows={rows}
      keyOf={({ name }) => name}
    />
  );
}
