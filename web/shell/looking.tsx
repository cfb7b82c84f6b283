import { BOTS, DEFAULTS, type Filters } from "../filters.ts";

interface Props {
  readonly filters: Filters;
  readonly onChoose: (change: Partial<Filters>) => void;
}

export const BOTS_WORDS: Record<Filters["bots"], string> = {
  default: "as each number says",
  in: "counted",
  out: "left out",
};

/** With or without what bots did, with or without what is not over: seldom changed, so out of the way. */
export function Looking({ filters, onChoose }: Props) {
  return (
    <>
      <button type="button" class="quiet" popovertarget="looking">
        Bots and open work
      </button>
      <div id="looking" popover="auto" class="how" role="dialog" aria-label="Bots and open work">
        <h3>Bots and open work</h3>
        <label class="field">
          What bots did
          <select
            value={filters.bots}
            onChange={({ currentTarget }) =>
              onChoose({ bots: BOTS.find((bots) => bots === currentTarget.value) ?? DEFAULTS.bots })
            }
          >
            {BOTS.map((bots) => (
              <option key={bots} value={bots}>
                {BOTS_WORDS[bots]}
              </option>
            ))}
          </select>
        </label>
        <label class="field">
          <input
            type="checkbox"
            checked={filters.open === "kept"}
            onChange={({ currentTarget }) => onChoose({ open: currentTarget.checked ? "kept" : "dropped" })}
          />
          What is not over counts as lasting at least so long
        </label>
        <button type="button" class="button" popovertarget="looking" popovertargetaction="hide">
          Close
        </button>
      </div>
    </>
  );
}
