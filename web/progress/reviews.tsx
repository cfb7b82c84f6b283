import "../judgements/judgements.css";

import { useEffect, useRef, useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { Go } from "../design/go.tsx";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { moment, plural } from "../format.ts";
import { go } from "../router.ts";
import type { DifferentReviews, Review, ReviewInBrief } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { type Asked, progressLink } from "./address.ts";
import { HoldReview } from "./hold-review.tsx";

interface Props {
  readonly asked: Asked;
  readonly zone: string;
  readonly revision: number;
}

/** What was known and said each month, which never changes, and what is different today. */
export function Reviews({ asked, zone, revision }: Props) {
  const [again, ask] = useState(0);
  const { reply, problem } = useReply("/api/reviews", {}, revision + again);
  // All of today is read for it, while the list is there already.
  const today = useReply("/api/reviews/different", reply === null || reply.length === 0 ? null : {}, revision + again);
  const [isHolding, hold] = useState(false);
  const mayHold = useMay("/api/reviews/freeze");
  const [held, remember] = useState<number | null>(null);
  if (reply === null) return problem === null ? <Skeleton label="Reading the reviews" kind="row" count={1} /> : null;
  return (
    <section class="section" aria-labelledby="progress-reviews">
      <h2 id="progress-reviews">Reviews</h2>
      <p class="muted">
        A review freezes what is known, with its minutes. Whatever changes later, it stays as it is; what is different
        since is shown beside it.
      </p>
      {held !== null && <Notice level="info" title={`Review ${held} is held and frozen.`} />}
      {reply.length === 0 ? (
        <p class="muted">No review was held yet.</p>
      ) : (
        <div class="panel">
          <Table
            caption="Reviews that were held"
            columns={columns(asked, zone, today.reply)}
            rows={reply}
            keyOf={({ id }) => `${id}`}
            isMarked={({ id }) => `${id}` === asked.review}
          />
        </div>
      )}
      {asked.review !== null && (
        <ShownReview key={asked.review} id={Number(asked.review)} asked={asked} zone={zone} revision={revision} />
      )}
      {isHolding ? (
        <HoldReview
          asked={asked}
          zone={zone}
          onDone={(id) => {
            remember(id);
            if (id !== null) go(progressLink(asked, { review: `${id}` }));
            hold(false);
            ask((before) => before + 1);
          }}
          onCancel={() => hold(false)}
        />
      ) : (
        mayHold && (
          <p>
            <button type="button" class="button" onClick={() => hold(true)}>
              Hold a review …
            </button>
          </p>
        )
      )}
    </section>
  );
}

function columns(asked: Asked, zone: string, today: DifferentReviews | null): readonly Column<ReviewInBrief>[] {
  const differentOf = (id: number) => today?.find((one) => one.id === id);
  return [
    {
      title: "Review",
      align: "start",
      cell: ({ id, kind }) => (
        <Go
          to={progressLink(asked, { review: `${id}` })}
          class="title-cell"
          current={`${id}` === asked.review ? "true" : undefined}
        >
          {id}, {kind}
        </Go>
      ),
      sortBy: ({ id }) => id,
    },
    { title: "Held", align: "start", cell: ({ heldAt }) => moment(heldAt, zone), sortBy: ({ heldAt }) => heldAt },
    { title: "For", align: "start", cell: ({ about }) => about.title, sortBy: ({ about }) => about.title },
    { title: "Gate", align: "start", cell: ({ outcome }) => outcome, sortBy: ({ outcome }) => outcome },
    {
      title: "Record",
      align: "start",
      cell: ({ isIntact }) => (isIntact ? "intact" : "not intact: somebody changed the database"),
      sortBy: ({ isIntact }) => Number(isIntact),
    },
    {
      title: "Different today",
      align: "end",
      cell: ({ id }) => {
        const found = differentOf(id);
        if (found === undefined) return <span class="muted">reading …</span>;
        return found.different === null ? "what it was about is gone" : `${found.different} of ${found.of}`;
      },
      sortBy: ({ id }) => differentOf(id)?.different ?? null,
    },
  ];
}

/** The same whoever opens its address, today or in a year. */
function ShownReview({ id, asked, zone, revision }: Props & { readonly id: number }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { reply, problem } = useReply("/api/review", { id }, revision);
  const isThere = reply !== null;
  useEffect(() => {
    if (!isThere) return;
    heading.current?.scrollIntoView({ block: "start" });
    heading.current?.focus({ preventScroll: true });
  }, [isThere]);
  if (problem !== null) return <Notice level="warning" title={problem.message} />;
  if (reply === null) return <p class="muted">Reading review {id}, and what is different today …</p>;
  const { kind, about, heldAt, actor, words, minutes, decisions, hash, basis, consents, things } = reply;
  return (
    <section class="review-shown" aria-label={`Review ${id}`}>
      <h3 ref={heading} tabIndex={-1}>
        Review {id} ({kind}) for {about.kind === "programme" ? "the programme" : about.title}
      </h3>
      <p>
        Held by {actor}, {moment(heldAt, zone)}; data until {moment(basis.dataUntil, zone)}.{" "}
        <Go to={progressLink(asked, { review: null })}>close</Go>
      </p>
      <p>{words}</p>
      <h4>Minutes</h4>
      {minutes === "" ? <p class="muted">None.</p> : <p class="review-minutes">{minutes}</p>}
      {decisions.length > 0 && (
        <>
          <h4>Decisions</h4>
          <ul>
            {decisions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
      <h4>What is different today</h4>
      <Different review={reply} />
      <Unfold summary={`Everything that was frozen: ${plural(things.length, "thing")}`}>
        {() => (
          <div class="panel">
            <Table
              caption="Everything that was frozen"
              columns={FROZEN}
              rows={things}
              keyOf={({ group, of, what }) => `${group} ${of} ${what}`}
            />
          </div>
        )}
      </Unfold>
      <h4>Who agreed after they saw it</h4>
      {consents.length === 0 ? (
        <p class="muted">
          Nobody yet. <Go to="backbone#consents">Write it down on Backbone</Go>, where you choose this review.
        </p>
      ) : (
        <ul>
          {consents.map((one) => (
            <li key={one.id}>
              {one.party.replace("-", " ")}: {one.answer} on {one.day}
            </li>
          ))}
        </ul>
      )}
      <p class="small muted review-hash">
        SHA-256 {hash} · Headway {basis.version} ·{" "}
        {basis.programme === null ? "no programme" : `programme version ${basis.programme.version}`}
      </p>
    </section>
  );
}

const FROZEN: readonly Column<Review["things"][number]>[] = [
  { title: "Of", align: "start", cell: ({ of }) => of, sortBy: ({ of }) => of },
  { title: "What", align: "start", cell: ({ what }) => what, sortBy: ({ what }) => what },
  { title: "Then", align: "start", cell: ({ value }) => <span class="review-value">{value}</span>, sortBy: null },
];

function Different({ review: { different, things } }: { readonly review: Review }) {
  if (different === null) return <p>What it was about is no longer there, so nothing of today can be read.</p>;
  if (different.length === 0) return <p>Nothing: all {things.length} things are as they were.</p>;
  return (
    <>
      <p>
        {different.length} of {plural(things.length, "thing")} {different.length === 1 ? "is" : "are"} different.
      </p>
      <div class="panel">
        <Table
          caption="What is different today"
          columns={[
            { title: "Of", align: "start", cell: ({ of }) => of, sortBy: ({ of }) => of },
            { title: "What", align: "start", cell: ({ what }) => what, sortBy: ({ what }) => what },
            {
              title: "Then",
              align: "start",
              cell: ({ frozen }) => <span class="review-value">{frozen ?? "—"}</span>,
              sortBy: null,
            },
            {
              title: "Today",
              align: "start",
              cell: ({ today }) => <span class="review-value">{today ?? "—"}</span>,
              sortBy: null,
            },
          ]}
          rows={different}
          keyOf={({ group, of, what }) => `${group} ${of} ${what}`}
        />
      </div>
    </>
  );
}
