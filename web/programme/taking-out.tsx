import { useLayoutEffect, useRef, useState } from "preact/hooks";

interface Props {
  readonly isBusy: boolean;
  readonly onTake: (reason: string) => void;
}

/** Takes a thing out once somebody said why: one click too many would be kept without a question. */
export function TakingOut({ isBusy, onTake }: Props) {
  const [reason, say] = useState<string | null>(null);
  const place = useRef<HTMLInputElement>(null);
  const isAsked = reason !== null;
  useLayoutEffect(() => {
    if (isAsked) place.current?.focus();
  }, [isAsked]);
  if (reason === null)
    return (
      <button type="button" class="button" disabled={isBusy} onClick={() => say("")}>
        Take it out …
      </button>
    );
  return (
    <>
      <label>
        Why should it be taken out? The history keeps it and your reason.
        <input
          ref={place}
          type="text"
          maxLength={500}
          value={reason}
          onInput={({ currentTarget: { value } }) => say(value)}
          onKeyDown={(event) => {
            // Enter in this field would keep the form.
            if (event.key === "Enter") event.preventDefault();
          }}
        />
      </label>
      <button
        type="button"
        class="button"
        disabled={isBusy || reason.trim() === ""}
        onClick={() => onTake(reason.trim())}
      >
        Yes, take it out
      </button>
      <button type="button" class="button" onClick={() => say(null)}>
        No, leave it
      </button>
    </>
  );
}
