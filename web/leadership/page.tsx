import { useBaselineChanges } from "../baselines.ts";
import { Kept } from "../design/kept.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { againstOf, lookOf, spanOf } from "../filters.ts";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { DataQuality } from "../overview/quality.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import { useReply } from "../use-reply.ts";
import type { Page } from "../views/view.ts";
import { isPartial } from "../words.ts";
import { AsDocument } from "./as-document.tsx";
import { Baselines } from "./baselines.tsx";
import { Against, One, Savings } from "./five.tsx";
import "./leadership.css";
import { PartPanel } from "./parts.tsx";
import type { Leadership } from "../types.ts";

/** What it is all for is read first. */
const BEFORE_THE_FIVE: readonly string[] = ["use-cases"];

/** The one page: what it is for, DORA's five against the baseline, savings, what moved and why, what stands in the way. */
export function LeadershipPage({ filters, watch, definitions, annotations }: Page) {
  const { status, revision } = watch;
  const span = spanOf(filters, status);
  const { reply, problem, isStale } = useReply(
    "/api/leadership",
    span && { ...span, ...lookOf(filters), ...againstOf(filters) },
    revision + useBaselineChanges(),
  );
  const reason = status && nothingYet(status);

  if (reason) return <Nothing reason={reason} title="Leadership" status={status} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title="Leadership" problem={problem} />;
  if (reply === null || definitions === null || status === null) return <Loading />;
  return (
    <>
      <Opening title="Leadership" sentence={reply.sentence} isPartial={isPartial(status)} isStale={isStale} />
      <div class={isStale ? "stack one-sheet stale" : "stack one-sheet"} aria-busy={isStale}>
        <Kept from={[reply, definitions, filters, annotations]} isStale={isStale}>
          {() => (
            <>
              <Against page={reply} />
              <Parts parts={reply.parts.filter(({ id }) => BEFORE_THE_FIVE.includes(id))} />
              <div class="panels">
                {reply.five.map((one) => {
                  const definition = definitions.get(one.metric);
                  if (definition === undefined) return null;
                  return (
                    <One
                      key={one.metric}
                      one={one}
                      definition={definition}
                      page={reply}
                      filters={filters}
                      now={status.now}
                      annotations={annotations}
                    />
                  );
                })}
              </div>
              <div class="parts">
                <Savings savings={reply.savings} />
                <Parts parts={reply.parts.filter(({ id }) => !BEFORE_THE_FIVE.includes(id))} />
              </div>
              <DataQuality quality={reply.quality} />
              <AsDocument filters={filters} window={reply.window} />
            </>
          )}
        </Kept>
        <Baselines filters={filters} zone={reply.zone} />
      </div>
    </>
  );
}

function Loading() {
  return (
    <>
      <Opening title="Leadership" sentence={null} />
      <Skeleton label="Loading the page" kind="panel" count={5} />
    </>
  );
}

function Parts({ parts }: { readonly parts: Leadership["parts"] }) {
  return parts.map((part) => <PartPanel key={part.id} part={part} />);
}
