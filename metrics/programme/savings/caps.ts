/** How far a result can be believed, and why no further. */
import { counted } from "../../words.ts";
import type { Grade } from "../programme.ts";
import type { SavingsFigures } from "./result.ts";
import type { Minutes } from "./runner-costs.ts";

export interface Cap {
  readonly grade: Grade;
  readonly words: string;
}

/** Above it what the books say and what is estimated do not tell the same story. */
export const MOST_UNEXPLAINED = 0.05;

/** Above it the price of minutes of which nobody knows the runner is a matter of its own. */
const MOST_UNTOLD = 0.1;

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
      figures !== null && isGuessedOf(figures.minutes),
      "B",
      `Of more than ${MOST_UNTOLD * 100} % of the minutes of pipelines no host tells the runner: they count at the price of all others.`,
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

/** Where hosts tell some runners, and so prices differ, what they do not tell is priced by a guess. Where they tell none there is one price for all. */
function isGuessedOf({ count, told: { before, now } }: Minutes): boolean {
  const least = Math.min(before ?? 1, now ?? 1);
  return count && Math.max(before ?? 0, now ?? 0) > 0 && least < 1 - MOST_UNTOLD;
}

function cap(isSo: boolean, grade: Grade, words: string): readonly Cap[] {
  return isSo ? [{ grade, words }] : [];
}
