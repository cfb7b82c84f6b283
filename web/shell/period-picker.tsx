import { happenedWords } from "../chart/happened.ts";
import { dayIn, daysOfMonth, monthsBefore, quarterOf, quartersBefore } from "../days.ts";
import { type Filters, isCustom, RANGES, readFilters } from "../filters.ts";
import { monthName } from "../format.ts";
import type { Annotation, Status } from "../types.ts";

const NAMED_QUARTERS = 8;
/** The same month of last year can be chosen, too. */
const NAMED_MONTHS = 13;
const MOST_NOTES = 30;

interface Props {
  readonly filters: Filters;
  readonly status: Status | null;
  readonly annotations: readonly Annotation[];
  readonly onChoose: (change: Partial<Filters>) => void;
}

/** Months, quarters, and the time since something happened. */
export function PeriodPicker({ filters, status, annotations, onChoose }: Props) {
  const chosen = chosenIn(filters);
  const today = status === null ? null : dayIn(status.zone, status.now);
  const quarters = today === null ? [] : namedQuarters(today);
  const months = today === null ? [] : namedMonths(today);
  const choose = (value: string): void => {
    const { range, since } = readFilters(value);
    const note = annotations.find(({ id }) => String(id) === since);
    onChoose({ range, since, from: note?.from ?? null, to: null });
  };
  return (
    <label class="field">
      period
      <select class="period" value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">Month, quarter …</option>
        <optgroup label="Months">
          <option value="range=month">This month</option>
          <option value="range=last-month">Last month</option>
          {[...new Set([...months, ...ownOf(filters, isMonth)])].map((month) => (
            <option key={month} value={`range=${month}`}>
              {monthName(month)}
            </option>
          ))}
        </optgroup>
        <optgroup label="Quarters">
          <option value="range=quarter">This quarter</option>
          <option value="range=last-quarter">Last quarter</option>
          {[...new Set([...quarters, ...ownOf(filters, isQuarter)])].map((quarter) => (
            <option key={quarter} value={`range=${quarter}`}>
              {quarter.replace("-", " ")}
            </option>
          ))}
        </optgroup>
        {annotations.length > 0 && (
          <optgroup label="Since something happened">
            {annotations
              .slice(-MOST_NOTES)
              .toReversed()
              .map((annotation) => (
                <option key={annotation.id} value={`since=${annotation.id}`}>
                  Since {happenedWords(annotation)}
                </option>
              ))}
          </optgroup>
        )}
      </select>
    </label>
  );
}

/** As in the address; empty where a preset or days are chosen. */
function chosenIn(filters: Filters): string {
  if (filters.since !== null) return `since=${filters.since}`;
  return !isCustom(filters) && !RANGES.some((preset) => preset === filters.range) ? `range=${filters.range}` : "";
}

function isQuarter(range: string): boolean {
  return range.includes("-Q");
}

function isMonth(range: string): boolean {
  return daysOfMonth(range) !== null;
}

/** One that came with a link may be older than those that are listed. */
function ownOf({ range }: Filters, is: (range: string) => boolean): readonly string[] {
  return is(range) ? [range] : [];
}

function namedMonths(today: string): readonly string[] {
  return Array.from({ length: NAMED_MONTHS }, (_, before) => monthsBefore(today.slice(0, 7), before));
}

function namedQuarters(today: string): readonly string[] {
  const running = quarterOf(today);
  return Array.from({ length: NAMED_QUARTERS }, (_, before) => quartersBefore(running, before));
}
