/** Orders in which teams could begin, as far as they make a difference to what can be seen. */
import { DAY } from "../../time.ts";
import type { PlannedSchedule } from "./effect/plan.ts";

export interface TeamDate {
  readonly team: string;
  /** A Monday. */
  readonly day: string | null;
}

export interface WaveSchedule {
  readonly id: string;
  readonly title: string;
  /** @param order of chance. @param begin a Monday. */
  readonly datesOf: (order: readonly string[], begin: string) => readonly TeamDate[];
}

/** All teams in so many waves, as even as can be, so many weeks apart. */
function inWaves(waves: number, apart: number): WaveSchedule["datesOf"] {
  return (order, begin) =>
    order.map((team, index) => {
      const wave = Math.floor((index * waves) / order.length);
      return { team, day: weeksAfter(begin, wave * apart) };
    });
}

/** As many as it takes to compare others with: three where teams are compared, two where they are few; whoever is alone begins. */
function lastOf(teams: number): number {
  return teams >= 8 ? 3 : Math.min(2, teams - 1);
}

export const SCHEDULES: readonly WaveSchedule[] = [
  { id: "together", title: "All teams at once", datesOf: inWaves(1, 0) },
  { id: "two-waves", title: "Two waves, half a year apart", datesOf: inWaves(2, 26) },
  { id: "three-waves", title: "Three waves, a quarter apart", datesOf: inWaves(3, 13) },
  {
    id: "one-by-one",
    title: "A team every four weeks",
    datesOf: (order, begin) => order.map((team, index) => ({ team, day: weeksAfter(begin, index * 4) })),
  },
  {
    id: "some-last",
    title: "Two waves, a quarter apart, and the last teams a year and a half later",
    datesOf: (order, begin) => {
      const first = order.length - lastOf(order.length);
      const early = inWaves(2, 13)(order.slice(0, first), begin);
      return [...early, ...order.slice(first).map((team) => ({ team, day: weeksAfter(begin, 78) }))];
    },
  },
];

/** What sees the smallest saving soonest: by when the line is seen, then by the smallest saving that is ever seen. `null` where none sees anything. */
export function recommended(schedules: readonly PlannedSchedule[]): PlannedSchedule | null {
  const seeing = schedules.filter(({ quarters }) => quarters.some(({ detectable }) => detectable !== null));
  const least = ({ quarters }: PlannedSchedule): number =>
    Math.min(...quarters.map(({ detectable }) => detectable ?? Infinity));
  const soon = ({ earliest }: PlannedSchedule): number => earliest ?? Infinity;
  const sorted = seeing.toSorted(
    (a, b) => order(soon(a), soon(b)) || order(comparing(b), comparing(a)) || order(least(a), least(b)),
  );
  return sorted[0] ?? null;
}

/** In how many quarters teams are compared with others, which believes less than a team's own past. */
function comparing({ quarters }: PlannedSchedule): number {
  return quarters.filter(({ method }) => method === "difference-in-differences").length;
}

function order(a: number, b: number): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function weeksAfter(day: string, weeks: number): string {
  return new Date(Date.parse(day) + weeks * 7 * DAY).toISOString().slice(0, 10);
}
