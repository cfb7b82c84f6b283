/** How far a result can be believed, and why no further. */
import { counted } from "../../words.ts";
import type { Grade } from "../programme.ts";
import type { SavingsFigures } from "./result.ts";

export interface Cap {
  readonly grade: Grade;
  readonly words: string;
}

/** Above it what the books say and what is estimated do not tell the same story. */
export const MOST_UNEXPLAINED = 0.05;

export interface Believed {
  readonly figures: SavingsFigures | null;
  /** What the estimate of the effect says of itself; `null`: there is none. */
  readonly effect: { readonly grade: Grade; readonly caps: readonly Cap[] } | null;
  readonly isFrozen: boolean;
  /** What the books say beyond what is estimated, as a share of what they say; `null`: nobody imported them. */
  readonly unexplained: number | null;
  /** Lines of the ledger that finance agreed to and that are held against no hours, since nobody said how many there are. */
  readonly unheld: number;
}

/** The worst of all caps; A where there is none. */
export function gradeOf({ figures, effect, isFrozen, unexplained, unheld }: Believed): {
  readonly grade: Grade;
  readonly caps: readonly Cap[];
} {
  const guessed = figures?.assumptions.filter(({ said }) => said === null) ?? [];
  const caps: readonly Cap[] = [
    ...(effect?.caps ?? [{ grade: "D", words: "No effect was estimated: it is the difference between then and now." }]),
    ...cap(!isFrozen, "C", "No baseline was frozen before the results could be seen."),
    ...cap(
      unexplained !== null && Math.abs(unexplained) > MOST_UNEXPLAINED,
      "C",
      `What the books say and what is estimated differ by more than ${MOST_UNEXPLAINED * 100} %.`,
    ),
    ...cap(
      unheld > 0,
      "C",
      `Finance agreed to ${counted(unheld, "line")} of hours of which nobody said how many there are.`,
    ),
    ...cap(
      guessed.length > 0,
      "C",
      `Nobody stated ${guessed.length === 1 ? "one of the assumptions" : `${guessed.length} of the assumptions`}: usual values stand in for them.`,
    ),
    ...cap(
      figures !== null && figures.buckets.studies === 0,
      "B",
      "Where hours go was never held against a time study or a survey.",
    ),
  ];
  let grade: Grade = effect?.grade ?? "D";
  for (const one of caps) if (one.grade > grade) grade = one.grade;
  return { grade, caps };
}

function cap(isSo: boolean, grade: Grade, words: string): readonly Cap[] {
  return isSo ? [{ grade, words }] : [];
}
