/** What the charts of the portfolio show, in terms of no library: pure, so that it can be tested without a canvas. */
import { money } from "../format.ts";
import type { Initiatives } from "../types.ts";

type Weighed = Initiatives["value"][number];
type Roadmap = Initiatives["roadmap"];
export type Forecast = Initiatives["forecasts"][number];

export interface EffortPoint {
  /** By which it is found in the list beside the picture. */
  readonly number: number;
  readonly effort: number;
  readonly low: number;
  readonly middle: number;
  readonly high: number;
  readonly words: readonly string[];
}

export interface EffortPicture {
  readonly currency: string;
  readonly points: readonly EffortPoint[];
}

/** What has both a value and an effort, and was not stopped, in its order. */
export function drawnOf(value: readonly Weighed[]): readonly Weighed[] {
  return value.filter((one) => one.value !== null && one.effort !== null && one.state !== "stopped");
}

export function effortPicture({ value, currency }: Pick<Initiatives, "value" | "currency">): EffortPicture {
  const cash = (amount: number): string => money(amount, currency);
  return {
    currency,
    points: drawnOf(value).flatMap(({ title, useCase, effort, value: worth }, index) =>
      worth === null || effort === null
        ? []
        : [
            {
              number: index + 1,
              effort,
              low: worth.p10,
              middle: worth.p50,
              high: worth.p90,
              words: [
                title,
                useCase,
                `${cash(worth.p50)} (${cash(worth.p10)} to ${cash(worth.p90)}) for ${cash(effort)}`,
              ],
            },
          ],
    ),
  };
}

export interface RoadmapRow {
  readonly id: string;
  readonly label: string;
  /** In months since the year 0; a wave has no end. */
  readonly from: number;
  readonly to: number | null;
  readonly look: "wave" | "planned" | "done" | "stopped" | "early";
  readonly isCritical: boolean;
  readonly words: readonly string[];
}

export interface RoadmapPicture {
  readonly rows: readonly RoadmapRow[];
  /** Where each begins, and its name. */
  readonly quarters: readonly { readonly at: number; readonly label: string }[];
  readonly from: number;
  readonly to: number;
  readonly now: number;
  /** From the end of what is needed, by its row, to the beginning of what needs it. */
  readonly needs: readonly { readonly from: number; readonly to: number; readonly isEarly: boolean }[];
}

export function roadmapPicture({ roadmap, today }: Pick<Initiatives, "roadmap" | "today">): RoadmapPicture {
  const { quarters, bars } = roadmap;
  const place = new Map(bars.map(({ id, kind }, index) => [`${kind} ${id}`, index]));
  return {
    rows: bars.map((bar) => ({
      id: bar.id,
      label: bar.title,
      from: monthAt(bar.from),
      to: bar.to === null ? null : monthAt(bar.to),
      look: lookOf(bar),
      isCritical: bar.isCritical,
      words: [
        `${bar.from} ${bar.to === null ? "on" : `to the day before ${bar.to}`}`,
        ...(bar.words === "" ? [] : [bar.words]),
      ],
    })),
    quarters: quarters.map(({ id, from }) => ({ at: monthAt(from), label: id })),
    from: monthAt(quarters[0]?.from ?? today),
    to: monthAt(quarters.at(-1)?.to ?? today),
    now: monthAt(today),
    needs: bars.flatMap(({ needs, early }, to) =>
      needs.flatMap((need) => {
        const from = place.get(`initiative ${need}`);
        return from === undefined ? [] : [{ from, to, isEarly: early.some((one) => one.needs === need) }];
      }),
    ),
  };
}

function lookOf({ kind, state, early }: Roadmap["bars"][number]): RoadmapRow["look"] {
  if (kind === "wave") return "wave";
  if (state === "stopped" || state === "done") return state;
  return early.length > 0 ? "early" : "planned";
}

/** Months since the year 0, with the share of the month that is over. */
function monthAt(day: string): number {
  const [year = 0, month = 1, date = 1] = day.split("-").map(Number);
  return year * 12 + month - 1 + (date - 1) / 31;
}

export const VIEWS = ["sum", "cost", "benefit"] as const;
export type ForecastView = (typeof VIEWS)[number];

export interface MonthsPicture {
  readonly title: string;
  readonly currency: string;
  readonly shape: "lines" | "bars";
  readonly months: readonly string[];
  readonly series: readonly {
    readonly label: string;
    readonly look: "planned" | "actual" | "outlook";
    readonly values: readonly (number | null)[];
  }[];
}

/** One initiative month by month: all since its beginning, or what it costs or brings in each month. */
export function monthsPicture({ title, months }: Forecast, view: ForecastView, currency: string): MonthsPicture {
  const of = (
    label: string,
    look: MonthsPicture["series"][number]["look"],
    shown: Forecast["months"],
    value: (month: Forecast["months"][number]) => number | null,
  ) => ({ label, look, values: shown.map(value) });
  if (view === "sum")
    return {
      title: `${title}: all since its beginning`,
      currency,
      shape: "lines",
      months: months.map(({ month }) => month),
      series: [
        of("as planned", "planned", months, ({ expectedSum }) => expectedSum),
        of("what came", "actual", months, ({ actualSum }) => actualSum),
        of("what came, then as planned", "outlook", months, ({ outlookSum }) => outlookSum),
      ].filter(({ values }) => values.some((value) => value !== null)),
    };
  const isCost = view === "cost";
  const shown = upToLast(months, isCost);
  return {
    title: `${title}: ${isCost ? "cost" : "benefit"} by month`,
    currency,
    shape: "bars",
    months: shown.map(({ month }) => month),
    series: [
      of(isCost ? "planned" : "expected", "planned", shown, ({ planned, expected }) => (isCost ? planned : expected)),
      of(isCost ? "spent" : "brought", "actual", shown, ({ spent, brought }) => (isCost ? spent : brought)),
    ],
  };
}

/** Months in which nothing is planned and nothing came tell nothing; a benefit that has come fully goes on as it is. */
function upToLast(months: Forecast["months"], isCost: boolean): Forecast["months"] {
  const full = Math.max(0, ...months.map(({ expected }) => expected ?? 0));
  const planned = isCost
    ? months.findLastIndex((one) => one.planned > 0)
    : months.findIndex(({ expected }) => expected === full) + 3;
  const known = months.findLastIndex(({ spent }) => spent !== null);
  return months.slice(0, Math.max(planned, known) + 1);
}
