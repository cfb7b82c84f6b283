import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { useCommand } from "../connect/use-command.ts";
import type { Row } from "../types.ts";
import { PutBack } from "./put-back.tsx";
import { type Signed, SignedForm } from "./signed-form.tsx";

interface Props {
  readonly row: Row;
  readonly onDone: () => void;
}

type Choice = "exclude" | "failed" | "not-failed";

/** What somebody can decide about a row: leave it out, overrule its failure, or put it back. */
export function Decide({ row, onDone }: Props) {
  const { subject, judgement } = row;
  if (judgement !== null) {
    const what = judgement.kind === "days" ? "the excluded days" : row.title;
    return <PutBack id={judgement.id} what={what} onDone={onDone} />;
  }
  return subject === null ? null : <Choose row={row} subject={subject} onDone={onDone} />;
}

function Choose({ row, subject, onDone }: Props & { readonly subject: NonNullable<Row["subject"]> }) {
  const [choice, choose] = useState<Choice | null>(null);
  const { isBusy, problem, run } = useCommand("/api/judgements/add");
  const isAllowed = useMay("/api/judgements/add");
  if (!isAllowed) return null;
  if (choice === null)
    return (
      <button type="button" class="button" aria-label={`Exclude ${row.title} …`} onClick={() => choose("exclude")}>
        Exclude …
      </button>
    );
  const sign = ({ reason, actor }: Signed): void => {
    const kind = choice === "exclude" ? subject.kind : choice;
    run({ kind, service: row.service, id: subject.id, reason, actor }, () => {
      choose(null);
      onDone();
    });
  };
  return (
    <div class="decide">
      <SignedForm action="Decide" isBusy={isBusy} problem={problem} onCancel={() => choose(null)} onSign={sign}>
        {subject.kind === "deployment" ? (
          <label>
            Decision
            <select
              value={choice}
              onChange={({ currentTarget: { value } }) =>
                choose(value === "failed" || value === "not-failed" ? value : "exclude")
              }
            >
              <option value="exclude">Exclude it from every number</option>
              <option value="failed">It failed</option>
              <option value="not-failed">It did not fail</option>
            </select>
          </label>
        ) : (
          <span class="small">The change {subject.id} with its commits, from every number.</span>
        )}
      </SignedForm>
    </div>
  );
}
