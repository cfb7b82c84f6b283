import { useState } from "preact/hooks";

interface Props {
  /** What the button says. */
  readonly words: string;
  /** To what, for those who hear the button alone. */
  readonly about: string;
  readonly command: { readonly isBusy: boolean; readonly problem: string | null };
  readonly onDo: () => void;
}

/** What cannot be taken back is asked for twice. */
export function Does({ words, about, command: { isBusy, problem }, onDo }: Props) {
  const [isSure, ask] = useState(false);
  if (!isSure)
    return (
      <button type="button" class="button" aria-label={`${words}: ${about}`} onClick={() => ask(true)}>
        {words} …
      </button>
    );
  return (
    <span class="decide-buttons">
      <button type="button" class="button" aria-label={`Yes, ${words}: ${about}`} disabled={isBusy} onClick={onDo}>
        Yes
      </button>{" "}
      <button type="button" class="button" onClick={() => ask(false)}>
        No
      </button>
      {problem !== null && <span role="status"> {problem}</span>}
    </span>
  );
}
