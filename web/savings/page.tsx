import { useMay } from "../access/me.ts";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { moment } from "../format.ts";
import { Missing } from "../leadership/parts.tsx";
import { go } from "../router.ts";
import { Opening, Refused } from "../shell/opening.tsx";
import type { Savings } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { Assumptions } from "./assumptions.tsx";
import { Buckets } from "./buckets.tsx";
import { Effect } from "./effect.tsx";
import { Headline } from "./headline.tsx";
import { Ledgers } from "./ledgers.tsx";
import { Lever } from "./lever.tsx";
import { Levers } from "./levers.tsx";
import "./savings.css";
import { RunnerCosts } from "./runners.tsx";
import { Scenarios } from "./scenarios.tsx";
import { Tornado } from "./tornado.tsx";
import { Variances } from "./variances.tsx";
import { Volume } from "./volume.tsx";
import { savingsLink } from "./words.ts";

/** What is looked at, as the address has it. */
export interface Looked {
  readonly quarter: string | null;
  readonly seed: string | null;
  readonly lever: string | null;
  readonly team: string | null;
  readonly week: string | null;
}

/** What was saved, how sure that is, and what it is made of, down to what happened in a week of a team. */
export function SavingsPage({ search, watch, filters }: Page) {
  const looked = lookedAt(search);
  const { quarter, seed, lever } = looked;
  const query = { ...(quarter !== null && { quarter }), ...(seed !== null && { seed }) };
  const { reply, problem, isStale } = useReply("/api/savings", query, watch.revision);
  if (problem?.reason === "refused") return <Refused title="Savings" problem={problem} />;
  if (reply === null || watch.status === null)
    return (
      <>
        <Opening title="Savings" sentence={null} />
        <Skeleton label="Loading the savings" kind="panel" count={3} />
      </>
    );
  const { figures, currency } = reply;
  return (
    <>
      <Opening title="Savings" sentence={reply.sentence} />
      <Quarter page={reply} looked={looked} />
      <div class={isStale ? "stack stale" : "stack"} aria-busy={isStale}>
        <Trust page={reply} zone={watch.status.zone} />
        {figures !== null && (
          <>
            <Effect page={reply} />
            <Headline figures={figures} currency={currency} quarter={reply.quarter} revision={watch.revision} />
            <Volume figures={figures} currency={currency} />
            <Ledgers figures={figures} currency={currency} advice={reply.advice} looked={looked} />
            <Levers figures={figures} currency={currency} looked={looked} />
            {lever !== null && <Lever key={lever} looked={looked} filters={filters} revision={watch.revision} />}
            {lever === "L5" && <RunnerCosts figures={figures} currency={currency} />}
            <Tornado figures={figures} currency={currency} />
            <Variances figures={figures} currency={currency} />
            <Buckets buckets={figures.buckets} />
            <Assumptions figures={figures} currency={currency} revision={watch.revision} />
          </>
        )}
        <p>
          What finance agreed to, line by line, where it went, and statements that anybody can recompute stand in the{" "}
          <a href="ledger">ledger</a>.
        </p>
        <Scenarios scenarios={reply.scenarios} />
      </div>
    </>
  );
}

function lookedAt(search: string): Looked {
  const query = new URLSearchParams(search);
  const of = (name: keyof Looked): string | null => query.get(name);
  return { quarter: of("quarter"), seed: of("seed"), lever: of("lever"), team: of("team"), week: of("week") };
}

/** Which quarter, and with what it is compared. */
function Quarter({
  page: { quarters, quarter, baseline },
  looked,
}: {
  readonly page: Savings;
  readonly looked: Looked;
}) {
  return (
    <section class="section">
      <p>
        <label class="field">
          Quarter{" "}
          <select
            value={quarter}
            onChange={({ currentTarget }) => go(savingsLink({ ...looked, quarter: currentTarget.value, week: null }))}
          >
            {quarters.map(({ id, isOver }) => (
              <option key={id} value={id}>
                {isOver ? id : `${id}, not over yet`}
              </option>
            ))}
          </select>
        </label>
      </p>
      <p class="muted">
        {baseline === null
          ? "There is nothing before this quarter to compare with."
          : `Compared with: ${baseline.words}`}
      </p>
    </section>
  );
}

const GRADES: Readonly<Record<Savings["grade"], string>> = {
  A: "measured with a comparison that nothing weakens",
  B: "measured, with a comparison that leaves something open",
  C: "measured, with something that weakens it",
  D: "the difference between then and now, and assumptions",
};

/** How far it can be believed, what is missing for more, and from when on an answer is possible. */
function Trust({ page: { grade, caps, earliest, missing }, zone }: { readonly page: Savings; readonly zone: string }) {
  const mayFreeze = useMay("/api/baselines/freeze");
  return (
    <>
      {earliest !== null && (
        <Notice level="info" title={`An answer is possible on ${moment(earliest, zone)} at the earliest.`}>
          <p>Until then what stands here is the difference between two times, and says nothing of what caused it.</p>
        </Notice>
      )}
      <section class="section">
        <h2>
          Grade {grade}: {GRADES[grade]}
        </h2>
        {caps.length + missing.length > 0 && (
          <div class="panel">
            {caps.length > 0 && (
              <ul>
                {caps.map(({ grade: at, words }) => (
                  <li key={words}>
                    No better than {at}: {words}
                  </li>
                ))}
              </ul>
            )}
            <Missing missing={missing} />
            {mayFreeze && missing.length > 0 && (
              <p>
                <a href="leadership#baselines">Freeze a baseline</a> · <a href="backbone">Say what is assumed</a>
              </p>
            )}
          </div>
        )}
      </section>
    </>
  );
}
