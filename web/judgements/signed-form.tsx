import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { FormEnd, useSigner } from "../access/signing.tsx";

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

/** Nothing is decided without a reason and a name. */
export function SignedForm({ action, isBusy, problem, onSign, onCancel, children }: Props) {
  const [reason, setReason] = useState("");
  const { actor, ownName, call, remember } = useSigner();
  const sign = (event: Event): void => {
    event.preventDefault();
    remember();
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
          onInput={({ currentTarget }) => call(currentTarget.value)}
        />
      </label>
      <span class="small muted">
        Everybody who reads the number sees both. {ownName === null ? " The name is not verified." : ""}
      </span>
      <FormEnd action={action} isBusy={isBusy} problem={problem} onCancel={onCancel} />
    </form>
  );
}
