import { useEffect, useState } from "preact/hooks";

import { Skeleton } from "../design/skeleton.tsx";
import { type Column, Table } from "../design/table.tsx";
import { count, decimal, duration, money, plural, share } from "../format.ts";
import type { Waited as Measured } from "../types.ts";
import { useReply } from "../use-reply.ts";
import { ELEMENT_WORDS } from "./field.ts";
import { Waits } from "./waits.tsx";

type Row = Measured["systems"][number];
type Rank = Measured["rank"];

const RANKS: readonly { readonly rank: Rank; readonly title: string }[] = [
  { rank: "value", title: "Value lost to waiting" },
  { rank: "capacity", title: "Working time" },
  { rank: "loss", title: "Losses by failures" },
];

interface Props {
  readonly useCase: string | null;
  readonly zone: string;
  readonly revision: number;
}

/** What changes waited for, by what was measured; beside it what would be if some of that were gone. */
export function MeasuredBackbone({ useCase, zone, revision }: Props) {
  const [rank, setRank] = useState<Rank>("value");
  const [supposed, suppose] = useState<number | null>(null);
  const asked = useSettled(supposed);
  const [opened, open] = useState<string | null>(null);
  const query = {
    rank,
    ...(useCase !== null && { useCase }),
    ...(asked !== null && { removable: asked }),
  };
  const { reply, problem } = useReply("/api/backbone", query, revision);
  if (reply === null)
    return problem === null ? <Skeleton label="Reading what changes waited for" kind="panel" count={1} /> : null;
  return (
    <section class="section" aria-labelledby="measured-title">
      <h2 id="measured-title">What changes waited for</h2>
      <p>{reply.sentence}</p>
      {reply.systems.length > 0 && (
        <>
          <div class="backbone-controls">
            <label class="field">
              Ranked by
              <select value={rank} onChange={({ currentTarget }) => setRank(rankOf(currentTarget.value))}>
                {RANKS.map((one) => (
                  <option key={one.rank} value={one.rank}>
                    {one.title}
                  </option>
                ))}
              </select>
            </label>
            <WhatIf supposed={supposed} onSuppose={suppose} />
          </div>
          <div class="panel">
            <Table
              caption="Systems, what is waited for most first"
              columns={columns(reply, open)}
              rows={reply.systems}
              keyOf={({ system }) => system}
            />
          </div>
          <Legend page={reply} />
        </>
      )}
      {opened !== null && (
        <Waits
          key={opened}
          system={opened}
          useCase={useCase}
          zone={zone}
          revision={revision}
          onClose={() => open(null)}
        />
      )}
      <Unknown page={reply} />
      <Signals page={reply} />
      <Priorities page={reply} />
    </section>
  );
}

function rankOf(value: string): Rank {
  return RANKS.find(({ rank }) => rank === value)?.rank ?? "value";
}

/** While somebody drags, nothing is asked. */
function useSettled(value: number | null): number | null {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), 250);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

function WhatIf({
  supposed,
  onSuppose,
}: {
  readonly supposed: number | null;
  readonly onSuppose: (share: number | null) => void;
}) {
  return (
    <div class="field">
      <label>
        What if this much of every wait were gone
        <input
          type="range"
          min="0"
          max="100"
          step="5"
          value={String(Math.round((supposed ?? 0.5) * 100))}
          aria-valuetext={supposed === null ? "not supposed" : share(supposed)}
          onInput={({ currentTarget }) => onSuppose(Number(currentTarget.value) / 100)}
        />
      </label>
      <output>{supposed === null ? "as comparable systems say" : share(supposed)}</output>{" "}
      {supposed !== null && (
        <button type="button" class="button" onClick={() => onSuppose(null)}>
          As comparable systems say
        </button>
      )}
    </div>
  );
}

function columns(page: Measured, onOpen: (system: string) => void): readonly Column<Row>[] {
  const most = Math.max(1, ...page.systems.map(({ hours }) => hours));
  const chosen = ({ parts }: Row) => parts[page.rank][page.unit];
  const isWorthUnknown = (row: Row) => page.unit === "money" && chosen(row) === null;
  const ranks = RANKS.map(({ rank, title }): Column<Row> => ({
    title: rank === page.rank ? title : `${title} (rank)`,
    align: "end",
    cell: (row) => (rank === page.rank ? <Exposed page={page} row={row} /> : (rankIn(page, row, rank) ?? "—")),
    sortBy: (row) => (rank === page.rank ? (chosen(row)?.amount ?? null) : rankIn(page, row, rank)),
  }));
  return [
    {
      title: "System",
      align: "start",
      cell: ({ system }) => (
        <button type="button" class="quiet title-cell" onClick={() => onOpen(system)}>
          {system}
        </button>
      ),
      sortBy: ({ system }) => system,
    },
    {
      title: "Changes waited",
      align: "start",
      cell: (row) => <Waited row={row} most={most} />,
      sortBy: ({ hours }) => hours,
    },
    ...ranks,
    {
      title: "Could be removed",
      align: "end",
      cell: (row) => {
        const { removable } = row;
        return removable === null ? (
          <span title={isWorthUnknown(row) ? NO_WORTH : "Fewer than three comparable systems"}>—</span>
        ) : (
          <span class="nowrap">
            {amountOf(removable.amount, page)} <span class="muted">({share(removable.share)})</span>
          </span>
        );
      },
      sortBy: ({ removable }) => removable?.amount ?? null,
    },
  ];
}

const NO_WORTH = "no use case says what waiting here is worth";

/** In money where any system has a price: what nobody said the worth of is not ranked by its hours among them. */
function rankIn({ systems }: Measured, { parts }: Row, rank: Rank): number | null {
  const isMoney = systems.some((one) => one.parts[rank].money !== null);
  return (isMoney ? parts[rank].money : parts[rank].hours)?.rank ?? null;
}

/** The amount by which systems are ranked, with its interval and how sure the place is. */
function Exposed({ page, row }: { readonly page: Measured; readonly row: Row }) {
  const found = row.parts[page.rank][page.unit];
  if (found === null)
    return (
      <>
        — <div class="small muted folded">{NO_WORTH}</div>
      </>
    );
  return (
    <>
      <div class="nowrap">
        {found.rank !== null && `${found.rank}. `}
        {amountOf(found.amount, page)}
      </div>
      <div class="small muted nowrap">
        {amountOf(found.low, page)} to {amountOf(found.high, page)}
      </div>
      {row.topThree !== null && (
        <div class="small muted folded">in the first three: {share(row.topThree)} of draws</div>
      )}
    </>
  );
}

function amountOf(value: number, { unit, currency }: Pick<Measured, "unit" | "currency">): string {
  return unit === "money" ? money(value, currency) : `${count(Math.round(value))} h`;
}

/** How long, as a bar of what is measured and what is declared, and of which elements. */
function Waited({ row, most }: { readonly row: Row; readonly most: number }) {
  const [measured, declared] = [(100 * row.measured) / most, (100 * row.declared) / most];
  return (
    <div class="waited">
      <svg class="waited-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
        <rect class="waited-measured" x="0" y="0" width={measured} height="8" />
        <rect class="waited-declared" x={measured} y="2" width={declared} height="4" />
      </svg>
      <span>
        {duration(row.hours)} of {plural(row.changes, "change")}
        {row.declared > 0 && `, ${share(row.declared / row.hours)} declared`}
      </span>{" "}
      <span class="small muted">
        {row.elements
          .map(({ element, hours }) => `${element === null ? "unnamed" : ELEMENT_WORDS[element]} ${duration(hours)}`)
          .join(" · ")}
      </span>
    </div>
  );
}

function Legend({ page }: { readonly page: Measured }) {
  return (
    <>
      <p class="small muted">
        Bars: thick is measured, thin is declared by somebody.
        {page.shares !== null &&
          ` Of all ${duration(page.hours)}: ${share(page.shares.measured)} measured, ${share(page.shares.declared)} declared, ${share(page.shares.unknown)} unknown; above ${share(page.mostUnknown)} unknown nothing is ranked.`}{" "}
        Hours of waiting work, not of people. The three parts are never added. Amounts with their 90 % interval.
        {page.assumptions.length > 0 &&
          ` Reckoned with ${page.assumptions.map(({ what, of, value, source }) => `${what}${of === null ? "" : ` of ${of}`} ${decimal(value)} (${source})`).join("; ")}.`}
      </p>
      {page.missing.length > 0 && (
        <ul class="small muted">
          {page.missing.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
    </>
  );
}

function Unknown({ page }: { readonly page: Measured }) {
  const first = page.unknown.slice(0, 5);
  if (first.length === 0) return null;
  return (
    <p>
      Nobody knows what changes waited for in{" "}
      {first.map(({ service, hours }) => `${service} (${duration(hours)})`).join(", ")}
      {page.unknown.length > first.length && ` and ${page.unknown.length - first.length} more`}. Say when their systems
      can be released, label changes with <code>blocked:SYSTEM</code>, or say which system each service is part of.
    </p>
  );
}

type Signal = Measured["signals"][number];

function Signals({ page }: { readonly page: Measured }) {
  if (page.signals.length === 0) return null;
  const shared = (title: string, of: (one: Signal) => number | null): Column<Signal> => ({
    title,
    align: "end",
    cell: (one) => {
      const value = of(one);
      return value === null ? "—" : share(value);
    },
    sortBy: of,
  });
  const days = (title: string, of: (one: Signal) => number | null): Column<Signal> => ({
    title,
    align: "end",
    cell: (one) => {
      const value = of(one);
      return value === null ? "—" : duration(value * 24);
    },
    sortBy: of,
  });
  return (
    <div class="panel">
      <h3>What else tells of them</h3>
      <Table
        caption="Signals of systems"
        columns={[
          { title: "System", align: "start", cell: ({ system }) => system, sortBy: ({ system }) => system },
          shared("Changes that need others", ({ coordination }) => coordination),
          shared("Deployments that failed", ({ failed }) => failed),
          shared("Rework", ({ rework }) => rework),
          days("Deployed every", ({ everyDays }) => everyDays),
          days("Those that need it", ({ consumersEveryDays }) => consumersEveryDays),
        ]}
        rows={page.signals}
        keyOf={({ system }) => system}
      />
    </div>
  );
}

type Initiative = Measured["initiatives"][number];

/** Digits after three noughts tell nobody anything. */
function ratio(value: number): string {
  return value > 0 && value < 0.001 ? "< 0.001" : decimal(value);
}

/** What would be worth doing first. */
function Priorities({ page }: { readonly page: Measured }) {
  if (page.initiatives.length === 0) return null;
  const columnsOf: readonly Column<Initiative>[] = [
    { title: "Initiative", align: "start", cell: ({ title }) => title, sortBy: ({ title }) => title },
    {
      title: `Priority (removable × chance / cost, ${page.unit === "money" ? page.currency : "hours"} for each ${page.currency})`,
      align: "end",
      cell: ({ priority }) =>
        priority === null
          ? "—"
          : `${priority.rank === null ? "" : `${priority.rank}. `}${ratio(priority.amount)} (${ratio(priority.low)} to ${ratio(priority.high)})`,
      sortBy: ({ priority }) => priority?.amount ?? null,
    },
    {
      title: "Why",
      align: "start",
      cell: ({ words }) => <span class="why-cell">{words}</span>,
      sortBy: null,
    },
  ];
  return (
    <div class="panel">
      <h3>What promises most for its cost</h3>
      <Table caption="Initiatives by priority" columns={columnsOf} rows={page.initiatives} keyOf={({ id }) => id} />
    </div>
  );
}
