import type { ComponentChildren } from "preact";

import { Notice } from "../design/notice.tsx";

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onEnter: (value: string) => void;
  /** What the browser may fill in. */
  readonly autocomplete: string;
  readonly isSecret?: boolean;
  readonly shortest?: number;
}

export function Field({ label, value, onEnter, autocomplete, isSecret = false, shortest = 1 }: FieldProps) {
  const rest = {
    required: true,
    minLength: shortest,
    maxLength: isSecret ? 1000 : 80,
    autocomplete,
    spellcheck: false,
    value,
    onInput: ({ currentTarget }: { readonly currentTarget: HTMLInputElement }) => onEnter(currentTarget.value),
  };
  return (
    <label>
      {label}
      {isSecret ? <input type="password" {...rest} /> : <input type="text" autocapitalize="none" {...rest} />}
    </label>
  );
}

/** A password that is chosen, and what is asked of it. */
export function NewPassword({ value, onEnter }: Pick<FieldProps, "value" | "onEnter">) {
  return (
    <Field
      label="A password of at least 12 characters, such as a few words in a row"
      value={value}
      onEnter={onEnter}
      autocomplete="new-password"
      isSecret
      shortest={12}
    />
  );
}

interface FormProps {
  readonly action: string;
  readonly isBusy: boolean;
  readonly problem: string | null;
  readonly onSend: () => void;
  /** `null`: there is no way back. */
  readonly onCancel: (() => void) | null;
  readonly children: ComponentChildren;
}

/** A form of the design's own, which says why it was refused. */
export function Form({ action, isBusy, problem, onSend, onCancel, children }: FormProps) {
  const send = (event: Event): void => {
    event.preventDefault();
    onSend();
  };
  return (
    <form onSubmit={send}>
      {children}
      {problem !== null && <Notice level="warning" title={problem} />}
      <span class="decide-buttons">
        <button type="submit" class="button" disabled={isBusy}>
          {isBusy ? "One moment …" : action}
        </button>
        {onCancel !== null && (
          <button type="button" class="button" onClick={onCancel}>
            Cancel
          </button>
        )}
      </span>
    </form>
  );
}
