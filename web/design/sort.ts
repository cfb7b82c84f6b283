export type Sortable = string | number | null;
export type Direction = "ascending" | "descending";

/** Rows in order of a key. What is unknown comes last either way. */
export function sorted<T>(rows: readonly T[], key: (row: T) => Sortable, direction: Direction): T[] {
  const sign = direction === "ascending" ? 1 : -1;
  return [...rows].sort((a, b) => {
    const [left, right] = [key(a), key(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    return sign * compare(left, right);
  });
}

function compare(left: string | number, right: string | number): number {
  if (typeof left === "number" && typeof right === "number") return left - right;
  return String(left).localeCompare(String(right), "en", { numeric: true });
}
