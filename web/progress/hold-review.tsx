import { useState } from "preact/hooks";

import { FormEnd, SignerName, useSigner } from "../access/signing.tsx";
import { useCommand } from "../connect/use-command.ts";
import { Notice } from "../design/notice.tsx";
import { moment, plural } from "../format.ts";
import { useQuestionBeforeLeaving } from "../router.ts";
import type { HeldReview, ReviewInBrief } from "../types.ts";
import { type Asked, subjectOf } from "./address.ts";

interface HoldProps {
  readonly asked: Asked;
  readonly zone: string;
  readonly onDone: (id: number | null) => void;
  readonly onCancel: () => void;
}

/** First what was said, then what would be frozen with it, and only then it is. */
export function HoldReview({ asked, zone, onDone, onCancel }: HoldProps) {
  const signer = useSigner();
  const [kind, setKind] = useState<ReviewInBrief["kind"]>("monthly");
  const [minutes, write] = useState("");
  const [decisions, decide] = useState("");
  const [shown, show] = useState<HeldReview | null>(null);
  const { isBusy, problem, run } = useCommand("/api/reviews/freeze");
  useQuestionBeforeLeaving(() => `${minutes}${decisions}`.trim() !== "");
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
