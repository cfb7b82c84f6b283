/** Cron text, as far as a configuration may use it: five fields of numbers, ranges, steps and lists. */

/** Minute, hour, day of the month, month, day of the week (0 and 7 are Sunday). */
const FIELDS = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const;

/** Whether this says when to run: `0 6-18 * * 1-5` is hourly on working days. */
export function isCron(text: string): boolean {
  const fields = text.trim().split(/\s+/);
  return (
    fields.length === FIELDS.length && FIELDS.every(([low, high], index) => isField(fields[index] ?? "", low, high))
  );
}

function isField(field: string, low: number, high: number): boolean {
  return field.split(",").every((part) => isPart(part, low, high));
}

function isPart(part: string, low: number, high: number): boolean {
  const [, span = "", step = "1"] = /^(\*|\d+(?:-\d+)?)(?:\/(\d+))?$/.exec(part) ?? [];
  if (span === "") return false;
  const [from = low, to = from] = span === "*" ? [low, high] : span.split("-").map(Number);
  return from >= low && to <= high && from <= to && Number(step) >= 1 && Number(step) <= high;
}
