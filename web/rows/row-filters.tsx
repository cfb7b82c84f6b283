import { Go } from "../design/go.tsx";
import { go } from "../router.ts";
import type { Row } from "../types.ts";
import { AUTHORS, type RowFilter } from "./paging.ts";

interface Props {
  readonly filter: RowFilter;
  /** What the rows are; `null` where there are none. */
  readonly kind: Row["kind"] | null;
  readonly to: (change: Partial<RowFilter>) => string;
}

/** Which of the rows: by label, by kind of author, by size. Each choice is in the address, and has a way back. */
export function RowFilters({ filter, kind, to }: Props) {
  const isChosen = chips(filter).length > 0;
  if (kind !== "change" && kind !== "commit" && !isChosen) return null;
  const choose = (change: Partial<RowFilter>): void => go(to(change));
  return (
    <div class="pager" role="group" aria-label="Which rows">
      <label class="field">
        author
        <select
          value={filter.authorKind ?? ""}
          onChange={({ currentTarget: { value } }) =>
            choose({ authorKind: AUTHORS.find((one) => one === value) ?? null })
          }
        >
          <option value="">any</option>
          {AUTHORS.map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </select>
      </label>
      {(kind === "change" || isChosen) && (
        <>
          <label class="field">
            label
            <input
              type="text"
              size={12}
              maxLength={100}
              value={filter.label ?? ""}
              onChange={({ currentTarget: { value } }) => choose({ label: value.trim() || null })}
            />
          </label>
          <Lines label="lines from" lines={filter.minLines} onLines={(minLines) => choose({ minLines })} />
          <Lines label="to" lines={filter.maxLines} onLines={(maxLines) => choose({ maxLines })} />
        </>
      )}
      {chips(filter).map(({ words, without }) => (
        <Go key={words} to={to(without)} class="chip" label={`Remove filter ${words}`}>
          {words} <span aria-hidden="true">×</span>
        </Go>
      ))}
    </div>
  );
}

interface LinesProps {
  readonly label: string;
  readonly lines: number | null;
  readonly onLines: (lines: number | null) => void;
}

function Lines({ label, lines, onLines }: LinesProps) {
  return (
    <label class="field">
      {label}
      <input
        type="number"
        min={0}
        max={999_999_999}
        value={lines ?? ""}
        onChange={({ currentTarget: { value, validity } }) => {
          if (validity.valid) onLines(value === "" ? null : Number(value));
        }}
      />
    </label>
  );
}

function chips({ label, authorKind, minLines, maxLines }: RowFilter): { words: string; without: Partial<RowFilter> }[] {
  return [
    ...(label === null ? [] : [{ words: `Label: ${label}`, without: { label: null } }]),
    ...(authorKind === null ? [] : [{ words: `Author: ${authorKind}`, without: { authorKind: null } }]),
    ...(minLines === null ? [] : [{ words: `At least ${minLines} lines`, without: { minLines: null } }]),
    ...(maxLines === null ? [] : [{ words: `At most ${maxLines} lines`, without: { maxLines: null } }]),
  ];
}
