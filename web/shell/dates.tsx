import { addDays, dayIn, firstDay, lastDay } from "../days.ts";
import { type Filters, spanOf, weeksBefore } from "../filters.ts";
import type { Status } from "../types.ts";

const EARLIEST = "1990-01-01";
const DEFAULT_WEEKS = 26;

interface Props {
  readonly filters: Filters;
  readonly status: Status | null;
  /** Since when where nobody chose, as an instant; `null`: some weeks back. */
  readonly since: string | null;
  readonly onChoose: (change: Partial<Filters>) => void;
}

/** First and last day, both included, although the API excludes the end. They keep their place until today is known. */
export function Dates({ filters, status, since, onChoose }: Props) {
  if (status === null)
    return (
      <>
        <Day label="from" value="" min="" max="" onDay={null} />
        <Day label="to" value="" min="" max="" onDay={null} />
      </>
    );
  const { zone, now } = status;
  const today = dayIn(zone, now);
  const span = spanOf(filters, status) ?? {};
  const from = span.from ?? since;
  const first = from === null ? weeksBefore(today, DEFAULT_WEEKS) : firstDay(zone, from);
  const last = span.to === undefined ? today : lastDay(zone, span.to);
  const end = span.to ?? null;
  return (
    <>
      <Day
        label="from"
        value={first}
        min={EARLIEST}
        max={last}
        onDay={(from) => onChoose({ from, to: end, since: null })}
      />
      <Day
        label="to"
        value={last}
        min={first}
        max={today}
        onDay={(day) => onChoose({ from: span.from ?? first, to: addDays(day, 1) })}
      />
    </>
  );
}

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly min: string;
  readonly max: string;
  readonly onDay: ((day: string) => void) | null;
}

function Day({ label, value, min, max, onDay }: DayProps) {
  return (
    <label class="field">
      {label}
      <input
        type="date"
        value={value}
        min={min}
        max={max}
        disabled={onDay === null}
        onChange={({ currentTarget }) => {
          if (currentTarget.validity.valid && currentTarget.value !== "") onDay?.(currentTarget.value);
        }}
      />
    </label>
  );
}
