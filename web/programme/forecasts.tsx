import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";

import { png } from "../chart/colours.ts";
import { Frame } from "../chart/frame.tsx";
import { Go } from "../design/go.tsx";
import { SaveAs, SaveRows } from "../design/save-as.tsx";
import { type Column, Table } from "../design/table.tsx";
import { Unfold } from "../design/unfold.tsx";
import { cellsOf } from "../export.ts";
import { money, NONE, plural } from "../format.ts";
import type { Initiatives } from "../types.ts";
import { type Forecast, type ForecastView, type MonthsPicture, monthsPicture, VIEWS } from "./pictures.ts";

interface Props {
  readonly page: Initiatives;
  /** Whose months are shown. */
  readonly shown: string | null;
  /** The address that shows those of another one. */
  readonly linkTo: (id: string) => string;
  /** What was said of one before money was spent. */
  readonly restsOn: (id: string) => ComponentChildren;
}

const TITLE = "Forecast against actual";

/** Of each initiative what came and what is left; of one of them all months. */
export function Forecasts({ page, shown, linkTo, restsOn }: Props) {
  const { forecasts, currency } = page;
  // Who chose none sees the one of which most is known.
  const usual = forecasts.find(({ until }) => until !== null) ?? forecasts[0];
  const one = forecasts.find(({ id }) => id === shown) ?? usual;
  if (one === undefined) return null;
  return (
    <>
      <div class="panel">
        <h3>{TITLE}</h3>
        <Table
          caption={`${TITLE}, initiative by initiative`}
          columns={columns(currency, one.id, linkTo)}
          rows={forecasts}
          keyOf={({ id }) => id}
        />
        <p class="small muted">
          Months until the money is back are those of success with the likely benefit, the slower teams counted: in what
          came, too, since nobody measures that.
        </p>
        <SaveRows name="forecast-against-actual" title={TITLE} rows={forecasts.map(inBrief)} />
      </div>
      <Months key={one.id} one={one} currency={currency} isChosen={one.id === shown} restsOn={restsOn(one.id)} />
    </>
  );
}

/** Its months are in a file of their own. */
function inBrief({ id, title, state, until, silent, overdue, cost, benefit, deepest, payback, words }: Forecast) {
  return { id, title, state, until, silent, overdue, cost, benefit, deepest, payback, words };
}

function columns(currency: string, chosen: string, linkTo: (id: string) => string): readonly Column<Forecast>[] {
  const cash = (value: number): string => money(value, currency);
  const months = (value: number | null): string => (value === null ? "never" : plural(Math.round(value), "month"));
  return [
    {
      title: "Initiative",
      align: "start",
      cell: ({ id, title, state }) => (
        <>
          <Go to={linkTo(id)} class="title-cell" current={id === chosen ? "true" : undefined}>
            {title}
          </Go>{" "}
          <span class="small muted">{state}</span>
        </>
      ),
      sortBy: ({ title }) => title,
    },
    {
      title: "Known until",
      align: "start",
      cell: ({ until }) => <span class="nowrap">{until ?? NONE}</span>,
      sortBy: ({ until }) => until,
    },
    {
      title: "Spent, of what was planned until then",
      align: "end",
      cell: ({ until, cost }) => (until === null ? NONE : `${cash(cost.spent)} of ${cash(cost.plannedUntil)}`),
      sortBy: ({ cost }) => cost.spent,
    },
    {
      title: "Brought, of what was expected",
      align: "end",
      cell: ({ until, benefit }) =>
        benefit === null
          ? "an enabler"
          : until === null
            ? NONE
            : `${cash(benefit.brought)} of ${cash(benefit.expectedUntil)}`,
      sortBy: ({ benefit }) => benefit?.brought ?? null,
    },
    { title: "Left of the plan", align: "end", cell: ({ cost }) => cash(cost.left), sortBy: ({ cost }) => cost.left },
    {
      title: "Costs in the end, of the plan",
      align: "end",
      cell: ({ cost }) => `${cash(cost.outlook)} of ${cash(cost.planned)}`,
      sortBy: ({ cost }) => cost.outlook,
    },
    {
      title: "Back after, as planned and now",
      align: "end",
      cell: ({ benefit, payback, state }) =>
        benefit === null
          ? NONE
          : `${months(payback.expected)}, ${state === "stopped" ? "stopped" : months(payback.outlook)}`,
      sortBy: ({ payback }) => payback.outlook,
    },
  ];
}

const VIEW_WORDS: Readonly<Record<ForecastView, string>> = {
  sum: "All since its beginning",
  cost: "Cost by month",
  benefit: "Benefit by month",
};

function Months({
  one,
  currency,
  isChosen,
  restsOn,
}: {
  readonly one: Forecast;
  readonly currency: string;
  readonly isChosen: boolean;
  readonly restsOn: ComponentChildren;
}) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [view, look] = useState<ForecastView>("sum");
  const picture = useMemo(() => monthsPicture(one, view, currency), [one, view, currency]);
  const { title, words, months, benefit } = one;
  // Whoever chose it wants to read it; on a page just opened nothing moves.
  useEffect(() => {
    if (isChosen) heading.current?.focus();
  }, [isChosen]);
  return (
    <div class="panel">
      <h3 ref={heading} tabIndex={-1}>
        {title}, month by month
      </h3>
      <p>{words}</p>
      {restsOn}
      <p>
        <label class="field">
          Shown{" "}
          <select value={view} onChange={({ currentTarget }) => look(viewOf(currentTarget.value))}>
            {VIEWS.filter((name) => name !== "benefit" || benefit !== null).map((name) => (
              <option key={name} value={name}>
                {VIEW_WORDS[name]}
              </option>
            ))}
          </select>
        </label>
      </p>
      <Frame
        picture={picture}
        summary={`${picture.title}. The table below has the same numbers.`}
        canvas={canvas}
        onOpen={() => undefined}
        load={async () => (await import("./draw-months.ts")).drawMonths}
      />
      <Key picture={picture} />
      <Unfold summary="The same as a table">
        {() => (
          <Table
            caption={`${title}, month by month`}
            columns={monthColumns(currency)}
            rows={months}
            keyOf={({ month }) => month}
          />
        )}
      </Unfold>
      <div class="tools card-foot">
        <SaveAs
          name={`forecast-${one.id}`}
          title={picture.title}
          csv={() => cellsOf(months)}
          json={() => one}
          image={async () => (canvas.current === null ? null : png(canvas.current, picture.title))}
          whole={null}
        />
      </div>
    </div>
  );
}

function viewOf(value: string): ForecastView {
  return VIEWS.find((one) => one === value) ?? "sum";
}

function Key({ picture: { shape, series } }: { readonly picture: MonthsPicture }) {
  const marks = {
    lines: {
      planned: <path class="key-before" d="M0 7h20" />,
      actual: <path class="key-line" d="M0 7h20" />,
      outlook: <path class="key-outlook" d="M0 7h20" />,
    },
    bars: {
      planned: <rect class="key-planned" x="4" y="2" width="12" height="10" rx="1.5" />,
      actual: <rect class="key-bar" x="4" y="2" width="12" height="10" rx="1.5" />,
      outlook: null,
    },
  }[shape];
  return (
    <ul class="legend">
      {series.map(({ label, look }) => (
        <li key={label}>
          <svg viewBox="0 0 20 14" width="20" height="14" aria-hidden="true">
            {marks[look]}
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

type Month = Forecast["months"][number];

function monthColumns(currency: string): readonly Column<Month>[] {
  const cash = (title: string, of: (row: Month) => number | null): Column<Month> => ({
    title,
    align: "end",
    cell: (row) => {
      const value = of(row);
      return value === null ? NONE : money(value, currency);
    },
    sortBy: of,
  });
  return [
    {
      title: "Month",
      align: "start",
      cell: ({ month }) => <span class="nowrap">{month}</span>,
      sortBy: ({ month }) => month,
    },
    cash("Planned cost", ({ planned }) => planned),
    cash("Spent", ({ spent }) => spent),
    cash("Expected benefit", ({ expected }) => expected),
    cash("Brought", ({ brought }) => brought),
    cash("Slower teams, as thought", ({ dip }) => dip),
    cash("All, as planned", ({ expectedSum }) => expectedSum),
    cash("All that came", ({ actualSum }) => actualSum),
    cash("What came, then as planned", ({ outlookSum }) => outlookSum),
  ];
}
