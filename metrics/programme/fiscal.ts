/** Quarters of fiscal years, which need not begin in January. A fiscal year is called by the calendar year in which it begins. */
import { monthNumber, monthOf } from "./months.ts";

/** Days, the first included and the last not. */
export interface Quarter {
  /** Such as 2026-Q3. */
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/** The quarter in which a day lies. @param begins the month, 1 to 12, in which the fiscal year begins. */
export function quarterAt(day: string, begins: number): Quarter {
  const month = monthNumber(day) - (begins - 1);
  const year = Math.floor(month / 12);
  return quarter(year, Math.floor((month - year * 12) / 3), begins);
}

/** `null` where the text names no quarter. */
export function quarterNamed(id: string, begins: number): Quarter | null {
  const found = /^(\d{4})-Q([1-4])$/.exec(id);
  return found === null ? null : quarter(Number(found[1]), Number(found[2]) - 1, begins);
}

/** The quarters from the one of a day to that of another. */
export function quartersBetween(from: string, to: string, begins: number): readonly Quarter[] {
  const found: Quarter[] = [];
  for (let next = quarterAt(from, begins); next.from <= to; next = quarterAt(next.to, begins)) found.push(next);
  return found;
}

function quarter(year: number, index: number, begins: number): Quarter {
  const first = year * 12 + begins - 1 + index * 3;
  return {
    id: `${String(year).padStart(4, "0")}-Q${index + 1}`,
    from: `${monthOf(first)}-01`,
    to: `${monthOf(first + 3)}-01`,
  };
}
