import { Kept } from "../design/kept.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { happenedBetween } from "../chart/happened.ts";
import { Noted } from "../chart/noted.tsx";
import { comparedOf, lookOf, spanOf } from "../filters.ts";
import { ComparedWith } from "../leadership/compared-with.tsx";
import { Advice } from "../overview/advice.tsx";
import { Groups } from "../overview/groups.tsx";
import { Nothing, nothingYet } from "../overview/nothing.tsx";
import { DataQuality } from "../overview/quality.tsx";
import { Sources } from "../overview/sources.tsx";
import { Stages } from "../overview/stages.tsx";
import { useWaitFor, Why } from "../overview/why.tsx";
import { Opening, Refused } from "../shell/opening.tsx";
import { type Answer, useReply } from "../use-reply.ts";
import { isPartial } from "../words.ts";
import type { Page, View } from "./view.ts";

export const overview: View = {
  path: "",
  title: "Overview",
  isInMenu: true,
  hasFilters: true,
  hasSeries: true,
  render: Overview,
};

function Overview({ filters, search, watch, definitions, scopes, annotations }: Page) {
  const { status, revision } = watch;
  const span = spanOf(filters, status);
  const query = span && { ...span, interval: filters.interval, ...lookOf(filters), ...comparedOf(filters) };
  const { reply, problem, isStale } = useReply("/api/measures", query, revision);
  const isExplained = filters.against === null && filters.compare === "previous";
  const why = useReply("/api/why", span && isExplained ? { ...span, ...lookOf(filters) } : null, revision);
  const isPooled = filters.service === null && status !== null && status.services.length > 1;
  const metric = [...(definitions?.values() ?? [])].flatMap(({ id, factor }) => (factor === "context" ? [] : id));
  const spread = isPooled && span !== null && reply !== null && metric.length > 0;
  const services = useReply(
    "/api/services",
    spread ? { ...span, ...lookOf(filters), metric: metric.join(",") } : null,
    revision,
  );
  // What was true of another window would contradict what stands above it.
  const portfolio = services.isStale ? null : services.reply;
  const reason = status && nothingYet(status);
  const isAnswered = reply !== null && definitions !== null && status !== null;
  const areTold = !(isExplained && isOpen(why)) && !(isPooled && isOpen(services));
  const isShown = useWaitFor(isAnswered, isAnswered && areTold);

  if (reason) return <Nothing reason={reason} title="Overview" status={status} />;
  if (problem?.reason === "refused" && !isStale) return <Refused title="Overview" problem={problem} />;
  if (!isShown || !isAnswered) return <Loading />;
  return (
    <>
      <Opening title="Overview" sentence={reply.sentence} isPartial={isPartial(status)} isStale={isStale} />
      <ComparedWith reply={reply} />
      <Noted happened={happenedBetween(annotations, Date.parse(reply.window.from), Date.parse(reply.window.to))} />
      {isExplained && why.problem === null && why.reply?.words !== null && (
        <Why words={why.reply?.words ?? null} isStale={why.isStale} />
      )}
      {/* Which of them got worse is asked first of all. */}
      {isPooled && services.problem === null && (
        <Why words={services.reply?.sentence ?? null} isStale={services.isStale} />
      )}
      <Advice status={status} scopes={scopes} reply={reply} definitions={definitions} filters={filters} />
      <div class={isStale ? "stale" : ""} aria-busy={isStale}>
        <Kept from={[reply, definitions, filters, annotations, search, portfolio, isPooled]} isStale={isStale}>
          {() => (
            <Groups
              reply={reply}
              definitions={definitions}
              filters={filters}
              annotations={annotations}
              search={search}
              portfolio={isPooled ? { reply: portfolio } : null}
            >
              <Stages reply={reply} filters={filters} />
            </Groups>
          )}
        </Kept>
      </div>
      <DataQuality quality={reply.quality} />
      <Sources status={status} />
    </>
  );
}

function isOpen({ reply, problem }: Answer<unknown>): boolean {
  return reply === null && problem === null;
}

function Loading() {
  return (
    <>
      <Opening title="Overview" sentence={null} />
      <Skeleton label="Loading the numbers" kind="card" count={6} />
    </>
  );
}
