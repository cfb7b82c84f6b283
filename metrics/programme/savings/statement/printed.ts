/** What a statement prints, figure by figure. */

/** `number` counts something, `text` says something. */
export const PRINTED_UNITS = ["money", "hours", "lines", "share", "number", "text"] as const;
export type PrintedUnit = (typeof PRINTED_UNITS)[number];

/** One figure, as it is printed. */
export interface Printed {
  readonly id: string;
  readonly words: string;
  /** Digits, or "—" where it is unknown; words where the unit is `text`. */
  readonly value: string;
  readonly unit: PrintedUnit;
}

export const UNKNOWN = "—";

export function money(id: string, words: string, value: number | null): Printed {
  return { id, words, value: value === null ? UNKNOWN : fixed(value, 2), unit: "money" };
}

export function count(id: string, words: string, value: number): Printed {
  return { id, words, value: String(value), unit: "lines" };
}

export function hours(id: string, words: string, value: number | null): Printed {
  return { id, words, value: value === null ? UNKNOWN : fixed(value, 1), unit: "hours" };
}

/** In percent: 0.0519 is 5.19. */
export function share(id: string, words: string, value: number | null): Printed {
  return { id, words, value: value === null ? UNKNOWN : fixed(value * 100, 2), unit: "share" };
}

/** −0.00 is 0.00. */
function fixed(value: number, digits: number): string {
  const text = value.toFixed(digits);
  return Number(text) === 0 ? (0).toFixed(digits) : text;
}

/** A count of anything but lines. */
export function number(id: string, words: string, value: number): Printed {
  return { id, words, value: String(value), unit: "number" };
}

export function text(id: string, words: string, value: string): Printed {
  return { id, words, value, unit: "text" };
}
