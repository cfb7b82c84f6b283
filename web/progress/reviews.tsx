import "../judgements/judgements.css";

import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import { Notice } from "../design/notice.tsx";
import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import { moment, plural } from "../format.ts";
import type { HeldReview, Review, ReviewInBrief } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { type Asked, subjectOf } from "./address.ts";

interface Props {
  readonly asked: Asked;
  readonly zone: string;
  readonly revision: number;
}

/** What was known and said each month, which never changes, and what is different today. */
export function Reviews({ asked, zone, revision }: Props) {
  const [again, ask] = useState(0);
  const { reply, problem } = useReply("/api/reviews", {}, revision + again);
  const [isHolding, hold] = useState(false);
  const [shown, show] = useState<number | null>(null);
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
            columns={columns(zone, show)}
            rows={reply}
            keyOf={({ id }) => `${id}`}
          />
        </div>
      )}
      {shown !== null && <ShownReview key={shown} id={shown} zone={zone} revision={revision} />}
      {isHolding ? (
        <HoldReview
          asked={asked}
          zone={zone}
          onDone={(id) => {
            remember(id);
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

function columns(zone: string, show: (id: number) => void): readonly Column<ReviewInBrief>[] {
  return [
    {
      title: "Review",
      align: "start",
      cell: ({ id, kind }) => (
        <button type="button" class="quiet title-cell" onClick={() => show(id)}>
          {id}, {kind}
        </button>
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
  ];
}

function ShownReview({
  id,
  zone,
  revision,
}: {
  readonly id: number;
  readonly zone: string;
  readonly revision: number;
}) {
  const { reply, problem } = useReply("/api/review", { id }, revision);
  if (problem !== null) return <Notice level="warning" title={problem.message} />;
  if (reply === null) return <p class="muted">Reading review {id}, and what is different today …</p>;
  const { kind, about, heldAt, actor, words, minutes, decisions, hash, basis, consents } = reply;
  return (
    <section class="review-shown" aria-label={`Review ${id}`}>
      <h3>
        Review {id} ({kind}) for {about.kind === "programme" ? "the programme" : about.title}
      </h3>
      <p>
        Held by {actor}, {moment(heldAt, zone)}; data until {moment(basis.dataUntil, zone)}.
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
      <h4>Who agreed after they saw it</h4>
      {consents.length === 0 ? (
        <p class="muted">
          Nobody yet. <a href="backbone">Write it down on Backbone</a>, with this hash.
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

interface HoldProps {
  readonly asked: Asked;
  readonly zone: string;
  readonly onDone: (id: number | null) => void;
  readonly onCancel: () => void;
}

/** First what was said, then what would be frozen with it, and only then it is. */
function HoldReview({ asked, zone, onDone, onCancel }: HoldProps) {
  const signer = useSigner();
  const [kind, setKind] = useState<ReviewInBrief["kind"]>("monthly");
  const [minutes, write] = useState("");
  const [decisions, decide] = useState("");
  const [shown, show] = useState<HeldReview | null>(null);
  const { isBusy, problem, run } = useCommand("/api/reviews/freeze");
  const said = {
    kind,
    minutes,
    decisions: decisions.split("\n").filter((line) => line.trim() !== ""),
    actor: signer.actor,
    ...subjectOf(asked),
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    signer.remember();
    if (shown === null) run({ ...said, save: false }, show);
    else run({ ...said, save: true }, ({ id }) => onDone(id));
  };
  const change =
    (take: (value: string) => void) =>
    ({ currentTarget }: { readonly currentTarget: { readonly value: string } }): void => {
      show(null);
      take(currentTarget.value);
    };
  return (
    <section class="decide review-form" aria-label="Hold a review">
      <h3>Hold a review</h3>
      <form onSubmit={submit}>
        <label>
          Kind
          <select value={kind} onChange={change((value) => setKind(value === "steering" ? "steering" : "monthly"))}>
            <option value="monthly">monthly</option>
            <option value="steering">steering, quarterly</option>
          </select>
        </label>
        <label>
          Minutes
          <textarea rows={5} maxLength={20_000} value={minutes} onInput={change(write)} />
        </label>
        <label>
          Decisions, one a line
          <textarea rows={3} value={decisions} onInput={change(decide)} />
        </label>
        <SignerName signer={signer} onCall={() => show(null)} />
        {shown !== null && <WhatIsFrozen shown={shown} zone={zone} />}
        <FormEnd
          action={shown === null ? "Show what would be frozen" : "Freeze it"}
          busy={shown === null ? "Reading …" : "Freezing …"}
          isBusy={isBusy}
          problem={problem}
          onCancel={onCancel}
        />
      </form>
    </section>
  );
}

const GROUPS = {
  gate: "of the gate",
  service: "of services",
  metric: "of the five metrics",
  milestone: "of milestones",
  quality: "of data quality",
  basis: "on what it rests",
} as const satisfies Record<HeldReview["things"][number]["group"], string>;

function WhatIsFrozen({
  shown: { about, words, basis, things, decisions },
  zone,
}: {
  readonly shown: HeldReview;
  readonly zone: string;
}) {
  const groups = Object.entries(GROUPS).flatMap(([group, title]) => {
    const count = things.filter((one) => one.group === group).length;
    return count === 0 ? [] : [`${count} ${title}`];
  });
  return (
    <Notice level="info" title="This would be frozen, and can never be changed or taken back:">
      <p>
        {about.title}, data until {moment(basis.dataUntil, zone)}. {plural(things.length, "thing")}: {groups.join(", ")}
        .
      </p>
      <p>{words}</p>
      {decisions.length > 0 && (
        <>
          <p>{plural(decisions.length, "decision")}:</p>
          <ul>
            {decisions.map((one) => (
              <li key={one}>{one}</li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
