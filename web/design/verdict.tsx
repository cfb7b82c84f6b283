import type { Verdict as Value } from "../types.ts";
import { verdictWords } from "../words.ts";

interface Props {
  readonly verdict: Value;
  /** Only the sign is visible, because words that say the same follow. */
  readonly isBrief?: boolean;
}

/** How a number compares with the window before: a sign and a word. */
export function Verdict({ verdict, isBrief = false }: Props) {
  const { word, sign } = verdictWords(verdict);
  return (
    <span class={`verdict verdict-${verdict}`}>
      <span aria-hidden="true">{sign}</span> <span class={isBrief ? "hidden-text" : ""}>{word}</span>
    </span>
  );
}
