/** What every form that somebody signs has in common: whose name it is kept under, and how it ends. */
import "../judgements/judgements.css";

import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";

import { Notice } from "../design/notice.tsx";
import { useOwnName } from "./me.ts";

/** Kept in this browser alone: whoever decides about ten rows, and again next month, is the same person. */
const LAST_SIGNER = "headway-last-signer";

export interface Signer {
  readonly actor: string;
  /** `null`: nobody logged in, so a name is asked for. */
  readonly ownName: string | null;
  readonly call: (actor: string) => void;
  /** Offers the same name to the next form. */
  readonly remember: () => void;
}

/** Whoever logged in, else the name that was written last. */
export function useSigner(): Signer {
  const ownName = useOwnName();
  const [actor, call] = useState(ownName ?? localStorage.getItem(LAST_SIGNER) ?? "");
  const remember = (): void => {
    if (ownName === null) localStorage.setItem(LAST_SIGNER, actor);
  };
  return { actor, ownName, call, remember };
}

interface NameProps {
  /** It stands by itself in a line, and not among the fields of a form. */
  readonly isInline?: boolean;
  readonly signer: Signer;
  /** What else the form does when the name is another one. */
  readonly onCall?: () => void;
}

/** Asks for a name where nobody logged in. */
export function SignerName({ signer: { actor, ownName, call }, isInline = false, onCall }: NameProps) {
  if (ownName !== null) return null;
  return (
    <label class={isInline ? "field" : ""}>
      Your name
      <input
        type="text"
        required
        maxLength={80}
        value={actor}
        onInput={({ currentTarget }) => {
          onCall?.();
          call(currentTarget.value);
        }}
      />
    </label>
  );
}

interface EndProps {
  /** What the button says, and what it says meanwhile. */
  readonly action: string;
  readonly busy?: string;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly onCancel: () => void;
  /** More buttons. */
  readonly children?: ComponentChildren;
}

/** What is wrong, and the buttons. */
export function FormEnd({ action, busy = "Saving …", isBusy, problem, onCancel, children }: EndProps) {
  return (
    <>
      {problem !== null && <Notice level="warning" title={problem} />}
      <span class="decide-buttons">
        <button type="submit" class="button" disabled={isBusy}>
          {isBusy ? busy : action}
        </button>
        <button type="button" class="button" onClick={onCancel}>
          Cancel
        </button>
        {children}
      </span>
    </>
  );
}
