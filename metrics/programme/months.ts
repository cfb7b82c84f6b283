/** Months as `2026-11`, whatever the zone: a plan has no hours. */

/** Months since the year 0, so that they can be counted with. */
export function monthNumber(month: string): number {
  const [year = 0, ofYear = 1] = month.split("-").map(Number);
  return year * 12 + ofYear - 1;
}

export function monthOf(number: number): string {
  const year = Math.floor(number / 12);
  return `${String(year).padStart(4, "0")}-${String(number - year * 12 + 1).padStart(2, "0")}`;
}
