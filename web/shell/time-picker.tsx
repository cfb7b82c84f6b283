import { DEFAULTS, type Filters, TIMES } from "../filters.ts";
import type { Scopes } from "../types.ts";

interface Props {
  readonly filters: Filters;
  readonly scopes: Scopes | null;
  readonly onChoose: (change: Partial<Filters>) => void;
}

/** Durations as time that has passed or as working hours; nothing where nobody said when work is done, and nobody asks for it. */
export function TimePicker({ filters, scopes, onChoose }: Props) {
  const isKnown = scopes !== null && [scopes.organisation, ...scopes.teams].some(({ hasHours }) => hasHours);
  if (!isKnown && filters.time === DEFAULTS.time) return null;
  return (
    <label class="field">
      time
      <select
        value={filters.time}
        onChange={({ currentTarget }) =>
          onChoose({ time: TIMES.find((time) => time === currentTarget.value) ?? DEFAULTS.time })
        }
      >
        {TIMES.map((time) => (
          <option key={time} value={time}>
            {time}
          </option>
        ))}
      </select>
    </label>
  );
}
