import { useState } from "preact/hooks";

import { comparedWith, useBaselines } from "../baselines.ts";
import { Go } from "../design/go.tsx";
import { DEFAULTS, type Filters, INTERVALS, isCustom, link, ownOf, type Preset, RANGES } from "../filters.ts";
import { go } from "../router.ts";
import type { Annotation, Scopes, Status } from "../types.ts";
import type { View } from "../views/view.ts";
import { scopeWords } from "../words.ts";
import { BaselinePicker } from "./baseline-picker.tsx";
import { Dates } from "./dates.tsx";
import { BOTS_WORDS, Looking } from "./looking.tsx";
import { PeriodPicker } from "./period-picker.tsx";
import { ScopePicker } from "./scope-picker.tsx";
import { TimePicker } from "./time-picker.tsx";

interface Props {
  readonly view: View;
  readonly search: string;
  readonly filters: Filters;
  readonly status: Status | null;
  readonly scopes: Scopes | null;
  readonly annotations: readonly Annotation[];
}

const RANGE_WORDS: Record<Preset, string> = {
  "12w": "12 weeks",
  "26w": "26 weeks",
  "1y": "1 year",
  "2y": "2 years",
  all: "All",
};

/** What is looked at. Choosing something changes the address, and the address changes the page. */
export function FilterBar({ view, search, filters, status, scopes, annotations }: Props) {
  const to = (change: Partial<Filters>): string => link(view.path, { ...filters, ...change }, ownOf(search));
  const choose = (change: Partial<Filters>): void => go(to(change));
  // Only where there is little room: elsewhere the filters are always there.
  const [isOpen, open] = useState(false);

  return (
    <>
      <button
        type="button"
        class="button filters-button"
        aria-expanded={isOpen}
        aria-controls="filters"
        onClick={() => open(!isOpen)}
      >
        {isOpen ? "Hide the filters" : "Filters"}
      </button>
      <div id="filters" class={isOpen ? "filters" : "filters filters-folded"} role="group" aria-label="Filters">
        {view.path === "leadership" ? (
          <SinceBaseline filters={filters} status={status} to={to} onChoose={choose} />
        ) : (
          <Ranges filters={filters} status={status} usual={null} to={to} onChoose={choose} />
        )}
        <PeriodPicker filters={filters} status={status} annotations={annotations} onChoose={choose} />
        {view.hasSeries && (
          <div class="segments" role="group" aria-label="Interval">
            {INTERVALS.map((interval) => (
              <Go key={interval} to={to({ interval })} current={interval === filters.interval ? "true" : undefined}>
                {interval}
              </Go>
            ))}
          </div>
        )}
        <Looking filters={filters} onChoose={choose} />
        {view.hasSeries && (
          <label class="field">
            <input
              type="checkbox"
              checked={filters.compare === "previous"}
              onChange={({ currentTarget }) => choose({ compare: currentTarget.checked ? "previous" : "none" })}
            />
            Compare with the window before
          </label>
        )}
        {/* What comes later than the rest stands behind it. */}
        <ScopePicker filters={filters} scopes={scopes} onChoose={choose} />
        <TimePicker filters={filters} scopes={scopes} onChoose={choose} />
        {(view.hasSeries || view.path === "leadership") && (
          <BaselinePicker filters={filters} usual={view.hasSeries ? "none" : "the newest"} onChoose={choose} />
        )}
        <Chips filters={filters} annotations={annotations} to={to} />
      </div>
    </>
  );
}

interface RangesProps {
  readonly filters: Filters;
  readonly status: Status | null;
  readonly to: (change: Partial<Filters>) => string;
  readonly onChoose: (change: Partial<Filters>) => void;
}

interface UsualRange {
  readonly words: string;
  /** An instant; `null` while it is not known. */
  readonly since: string | null;
}

/** The one page looks at all since the baseline ended, where there is one. */
function SinceBaseline(props: RangesProps) {
  const baselines = useBaselines();
  const baseline = comparedWith(baselines, props.filters);
  const isUsual = baselines === null || baseline !== null;
  const usual = isUsual ? { words: "Since the baseline", since: baseline?.window.to ?? null } : null;
  return <Ranges {...props} usual={usual} hasRoom />;
}

interface ShownRanges extends RangesProps {
  /** What is looked at where nobody chose; `null`: the weeks that are usual everywhere. */
  readonly usual: UsualRange | null;
  /** Its words may be others once it is known. */
  readonly hasRoom?: boolean;
}

function Ranges({ filters, status, to, onChoose, usual, hasRoom = false }: ShownRanges) {
  return (
    <>
      <div class="segments" role="group" aria-label="Time range">
        {RANGES.map((range) => (
          <Go
            key={range}
            to={to({ range, from: null, to: null, since: null })}
            current={!isCustom(filters) && range === filters.range ? "true" : undefined}
            {...(range === DEFAULTS.range && hasRoom && { class: "since-baseline" })}
          >
            {range === DEFAULTS.range && usual !== null ? usual.words : RANGE_WORDS[range]}
          </Go>
        ))}
      </div>
      <Dates filters={filters} status={status} since={usual?.since ?? null} onChoose={onChoose} />
    </>
  );
}

interface ChipsProps {
  readonly filters: Filters;
  readonly annotations: readonly Annotation[];
  readonly to: (change: Partial<Filters>) => string;
}

/** What differs from the usual, each with a way back. */
function Chips({ filters, annotations, to }: ChipsProps) {
  const note = annotations.find(({ id }) => String(id) === filters.since);
  const group = scopeWords({ ...filters, service: null });
  const chips = [
    { is: group !== null, words: group ?? "", without: { scope: null } },
    { is: filters.service !== null, words: `Service: ${filters.service ?? ""}`, without: { service: null } },
    {
      is: filters.bots !== DEFAULTS.bots,
      words: `Bots: ${BOTS_WORDS[filters.bots]}`,
      without: { bots: DEFAULTS.bots },
    },
    { is: filters.open !== DEFAULTS.open, words: "Without what is not over", without: { open: DEFAULTS.open } },
    { is: filters.time !== DEFAULTS.time, words: "Working hours", without: { time: DEFAULTS.time } },
    { is: filters.against !== null, words: `Against ${filters.against ?? ""}`, without: { against: null } },
    {
      is: isCustom(filters),
      words: note === undefined ? "Chosen dates" : `Since ${note.title}`,
      without: { from: null, to: null, since: null },
    },
  ].filter(({ is }) => is);
  const isUsual = Object.entries(DEFAULTS).every(([key, usual]) =>
    Object.entries(filters).some(([name, value]) => name === key && value === usual),
  );
  return (
    <>
      {chips.map(({ words, without }) => (
        <Go key={words} to={to(without)} class="chip" label={`Remove filter ${words}`}>
          {words} <span aria-hidden="true">×</span>
        </Go>
      ))}
      {!isUsual && <Go to={to(DEFAULTS)}>Reset</Go>}
    </>
  );
}
