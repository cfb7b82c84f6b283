import { useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { Table } from "../design/table.tsx";
import { monthName, plural } from "../format.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Ledger } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { Books } from "./books.tsx";
import { Funding } from "./fund.tsx";
import { Lines, worth } from "./lines.tsx";
import { isRunning, monthIn, MonthChoice } from "./month.tsx";
import { Records } from "./records.tsx";
import { Statements } from "./statements.tsx";

/** What finance signs: what is saved, line by line, where it went, and what was handed out of it. */
export function LedgerPage({ watch, search, filters }: Page) {
  const [kept, count] = useState(0);
  const revision = watch.revision + kept;
  const month = monthIn(search);
  const { reply, problem, isStale } = useReply("/api/ledger", month === null ? {} : { month }, revision);
  if (problem?.reason === "refused" && !isStale) return <Refused title="Ledger" problem={problem} />;
  if (reply === null || watch.status === null)
    return (
      <>
        <Opening title="Ledger" sentence={null} />
        <Skeleton label="Loading the ledger" kind="panel" count={2} />
      </>
    );
  const { zone } = watch.status;
  const onChange = (): void => count((before) => before + 1);
  const past = isRunning(reply) ? null : reply.month;
  return (
    <>
      <Opening
        title={past === null ? "Ledger" : `Ledger, ${monthName(past)}`}
        sentence={reply.sentence}
        isStale={isStale}
      />
      <MonthChoice ledger={reply} filters={filters} />
      <div class={isStale ? "stack stale" : "stack"} aria-busy={isStale}>
        {reply.notes.map((note) => (
          <Notice key={note} level="warning" title={note} />
        ))}
        <Totals ledger={reply} />
        <Lines ledger={reply} zone={zone} onChange={onChange} />
        <Leaks ledger={reply} />
        <Funding ledger={reply} />
        <Overlaps ledger={reply} />
        <Records ledger={reply} zone={zone} revision={revision} onChange={onChange} />
        <Books month={past} revision={revision} onChange={onChange} />
        <Statements month={past} zone={zone} revision={revision} onChange={onChange} />
      </div>
    </>
  );
}

const LEDGER_WORDS: Readonly<Record<Ledger["totals"][number]["ledger"], string>> = {
  cashable: "Cashable",
  capacity: "Capacity released",
  "avoided-loss": "Avoided loss",
  value: "Value",
};

/** Each ledger by itself: there is no sum below them. */
function Totals({ ledger: { totals, currency } }: { readonly ledger: Ledger }) {
  const of = ({ lines, amount, hours }: Ledger["totals"][number]["agreed"]): string =>
    lines === 0
      ? "—"
      : `${worth(amount === 0 && hours !== 0 ? null : amount, hours === 0 ? null : hours, currency)} (${plural(lines, "line")})`;
  return (
    <section class="section">
      <h2>Four ledgers</h2>
      <div class="panel">
        <Table
          caption="Four ledgers, each by itself"
          columns={[
            { title: "Ledger", align: "start", cell: ({ ledger }) => LEDGER_WORDS[ledger], sortBy: null },
            { title: "Agreed to, a month", align: "end", cell: ({ agreed }) => of(agreed), sortBy: null },
            { title: "So far", align: "end", cell: ({ sinceStart }) => of(sinceStart), sortBy: null },
            { title: "Before finance agreed, not counted", align: "end", cell: ({ early }) => of(early), sortBy: null },
            { title: "Under way, a month", align: "end", cell: ({ underWay }) => of(underWay), sortBy: null },
            { title: "Expired, a month", align: "end", cell: ({ expired }) => of(expired), sortBy: null },
          ]}
          rows={totals}
          keyOf={({ ledger }) => ledger}
        />
      </div>
      <p class="small muted">
        A line counts from the month in which finance agreed, each month as it was said by its end. The four are never
        added: cash, hours that are free again, losses that did not come, and what came sooner are not the same.
        Released hours are never heads.
      </p>
    </section>
  );
}

/** What was first thought and did not come, by the step at which it was lost. */
function Leaks({ ledger: { leaks, currency } }: { readonly ledger: Ledger }) {
  if (leaks.length === 0) return null;
  return (
    <section class="section">
      <h2>What did not come</h2>
      <div class="panel">
        <Table
          caption="What was first thought and did not come, each ledger by itself"
          columns={[
            { title: "Ledger", align: "start", cell: ({ ledger }) => LEDGER_WORDS[ledger], sortBy: null },
            { title: "Lost when", align: "start", cell: ({ step }) => LOST_WORDS[step], sortBy: null },
            {
              title: "A month",
              align: "end",
              cell: ({ amount, hours }) => worth(amount === 0 ? null : amount, hours === 0 ? null : hours, currency),
              sortBy: null,
            },
          ]}
          rows={leaks}
          keyOf={({ ledger, step }) => `${ledger} ${step}`}
        />
      </div>
      <p class="small muted">
        What a line was first thought to be worth, less what each step left of it. Below 0: it turned out to be more.
      </p>
    </section>
  );
}

const LOST_WORDS: Readonly<Record<Ledger["leaks"][number]["step"], string>> = {
  identified: "identified",
  planned: "planned",
  implemented: "implemented",
  measured: "measured",
  validated: "finance agreed",
  realised: "realised",
  sustained: "sustained",
  rejected: "finance sent it back",
  withdrawn: "withdrawn",
};

/** Which lines speak of the same work, and how full buckets are. */
function Overlaps({ ledger: { overlaps, lines, buckets } }: { readonly ledger: Ledger }) {
  if (overlaps.length === 0 && buckets.length === 0) return null;
  const title = (id: number): string => lines.find((line) => line.id === id)?.title ?? String(id);
  return (
    <section class="section">
      <h2>Nothing twice</h2>
      <ul>
        {overlaps.map(({ a, b, words }) => (
          <li key={`${a} ${b}`}>
            “{title(a)}” and “{title(b)}”: {words}
          </li>
        ))}
        {buckets.map(({ scope, bucket, hours, claimed }) => (
          <li key={`${scope} ${bucket}`}>
            {bucket ?? "all hours"} of {scope}: {plural(Math.round(claimed), "hour")} a month claimed of{" "}
            {plural(Math.round(hours), "hour")} {bucket === null ? "that its teams have" : "in the baseline"}
          </li>
        ))}
      </ul>
    </section>
  );
}
