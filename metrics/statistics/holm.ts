/**
 * The p of each test of a family, in the order given, raised for the number of tests: whatever really differs, at most
 * 5 % of families have a p below 5 % where nothing does (Holm 1979; R's `p.adjust`). None for none.
 */
export function holm(ps: readonly number[]): readonly number[] {
  const adjusted = [...ps];
  let least = 0;
  for (const [rank, index] of [...ps.keys()].toSorted((a, b) => (ps[a] ?? 0) - (ps[b] ?? 0)).entries()) {
    least = Math.min(1, Math.max(least, (ps[index] ?? 0) * (ps.length - rank)));
    adjusted[index] = least;
  }
  return adjusted;
}
