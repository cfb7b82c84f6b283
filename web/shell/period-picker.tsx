import { happenedWords } from "../chart/happened.ts";
import { dayIn, quarterOf, quartersBefore } from "../days.ts";
import { DEFAULTS, type Filters, isCustom, readFilters } from "../filters.ts";
import type { Annotation, Status } from "../types.ts";

const NAMED_QUARTERS = 8;
const MOST_NOTES = 30;

interface Props {
  readonly filters: Filters;
  readonly status: Status | null;
  readonly annotations: readonly Annotation[];
  readonly onChoose: (change: Partial<Filters>) => void;
}

/** Quarters, and the time since something happened. */
export function PeriodPicker({ filters, status, annotations, onChoose }: Props) {
  const chosen = chosenIn(filters);
  const quarters = status === null ? [] : namedQuarters(dayIn(status.zone, status.now));
  const choose = (value: string): void => {
    const { range, since } = readFilters(value);
    const note = annotations.find(({ id }) => String(id) === since);
    onChoose({ range, since, from: note?.from ?? null, to: null });
  };
  return (
    <label class="field">
      period
      <select class="period" value={chosen} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">Quarter or note …</option>
        <optgroup label="Quarters">
          <option value="range=quarter">This quarter</option>
          <option value="range=last-quarter">Last quarter</option>
          {[...new Set([...quarters, ...quarterOfOwn(filters)])].map((quarter) => (
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
  return !isCustom(filters) && isQuarter(filters) ? `range=${filters.range}` : "";
}

function isQuarter({ range }: Filters): boolean {
  return range.includes("-Q") || range.endsWith("quarter");
}

/** One that came with a link may be older than those that are listed. */
function quarterOfOwn({ range }: Filters): readonly string[] {
  return range.includes("-Q") && range !== DEFAULTS.range ? [range] : [];
}

function namedQuarters(today: string): readonly string[] {
  const running = quarterOf(today);
  return Array.from({ length: NAMED_QUARTERS }, (_, before) => quartersBefore(running, before));
}
