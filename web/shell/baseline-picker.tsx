import { inForce, useBaselines } from "../baselines.ts";
import type { Filters } from "../filters.ts";

interface Props {
  readonly filters: Filters;
  /** What is compared with where none is chosen. */
  readonly usual: string;
  readonly onChoose: (change: Partial<Filters>) => void;
}

/** Which baseline everything is compared with; nothing to choose while none is frozen. */
export function BaselinePicker({ filters: { against }, usual, onChoose }: Props) {
  const names = inForce(useBaselines()).map(({ name }) => name);
  if (names.length === 0) return null;
  return (
    <label class="field">
      Baseline
      <select
        value={against ?? ""}
        onChange={({ currentTarget: { value } }) => onChoose({ against: value === "" ? null : value })}
      >
        <option value="">{usual}</option>
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
