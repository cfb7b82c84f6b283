/** What somebody meant who mistyped a name. */
import { closest, distance } from "fastest-levenshtein";

/** The known name nearest to a mistyped one; `null` when none is near enough to be meant. */
export function nearest(typed: string, known: readonly string[]): string | null {
  if (known.length === 0) return null;
  const found = closest(typed.toLowerCase(), [...known]);
  return distance(typed.toLowerCase(), found) <= Math.max(2, found.length / 2) ? found : null;
}

/** What to try instead, as a sentence: the nearest name, or all of them. */
export function instead(typed: string, known: readonly string[]): string {
  const found = nearest(typed, known);
  if (found !== null) return `Did you mean \`${found}\`?`;
  return `Known are ${known.map((name) => `\`${name}\``).join(", ")}.`;
}
