import { useBaselineChanges } from "../baselines.ts";
import { Kept } from "../design/kept.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { againstOf, lookOf, spanOf } from "../filters.ts";
import { Baselines } from "../leadership/baselines.tsx";
import { Against, One, Savings } from "../leadership/five.tsx";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { DataQuality } from "../overview/quality.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import { useReply } from "../use-reply.ts";
import { isPartial } from "../words.ts";
import type { Page, View } from "./view.ts";

export const leadership: View = {
  path: "leadership",
  title: "Leadership",
  isInMenu: true,
  hasFilters: true,
  hasSeries: false,
  render: Leadership,
};

/** The one page: DORA's five against the baseline, how far to trust them, and when savings can be told. */
function Leadership({ filters, watch, definitions, annotations }: Page) {
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
      <Opening title="Leadership" sentence={reply.sentence} isPartial={isPartial(status)} />
      <div class={isStale ? "stack stale" : "stack"} aria-busy={isStale}>
        <Kept from={[reply, definitions, filters, annotations]} isStale={isStale}>
          {() => (
            <>
              <Against page={reply} />
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
              <Savings savings={reply.savings} />
              <DataQuality quality={reply.quality} />
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
