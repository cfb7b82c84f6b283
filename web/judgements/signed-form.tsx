import "./judgements.css";

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { useOwnName } from "../access/me.ts";
import { Notice } from "../design/notice.tsx";

export interface Signed {
  readonly reason: string;
  readonly actor: string;
}

interface Props {
  /** What the button says. */
  readonly action: string;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly onSign: (signed: Signed) => void;
  readonly onCancel: () => void;
  /** What else there is to choose. */
  readonly children?: ComponentChildren;
}

/** While the page is open: whoever decides about ten rows is the same person. Kept nowhere else. */
let lastActor = "";

/** Nothing is decided without a reason and a name. */
export function SignedForm({ action, isBusy, problem, onSign, onCancel, children }: Props) {
  const [reason, setReason] = useState("");
  const ownName = useOwnName();
  const [actor, setActor] = useState(ownName ?? lastActor);
  const sign = (event: Event): void => {
    event.preventDefault();
    lastActor = actor;
    onSign({ reason, actor });
  };
  return (
    <form onSubmit={sign}>
      {children}
      <label>
        Reason
        <input
          type="text"
          required
          minLength={3}
          maxLength={500}
          value={reason}
          onInput={({ currentTarget }) => setReason(currentTarget.value)}
        />
      </label>
      <label>
        Your name
        <input
          type="text"
          required
          maxLength={80}
          readOnly={ownName !== null}
          value={actor}
          onInput={({ currentTarget }) => setActor(currentTarget.value)}
        />
      </label>
      <span class="small muted">
        Everybody who reads the number sees both. {ownName === null ? " The name is not verified." : ""}
      </span>
      {problem !== null && <Notice level="warning" title={problem} />}
      <span class="decide-buttons">
        <button type="submit" class="button" disabled={isBusy}>
          {isBusy ? "Saving …" : action}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
      </span>
    </form>
  );
}
