/** What the demo organisation pays month by month: what its programme declares, and what its books say of it. */
import { chance } from "#collectors/demo/chance.ts";
import { GROUPS } from "#collectors/demo/company.ts";
import type { Truth } from "#collectors/demo/truth.ts";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { DAY, WEEK } from "#metrics/time.ts";

/** Productive hours of a week, of each of a team. */
export const HOURS_EACH = 30;

/** What one of them costs. */
export const RATE = 78;

/** Invoices are known so far beyond the span. */
const AHEAD_MONTHS = 24;

/** A month, before a wave began and afterwards; what stood still is a loss, and nobody's invoice. */
const PAID = [
  ["licences", "Licences of tools for building and releasing", "6100 Licences", 9800, 8600, 1],
  ["contractors", "Testers of a partner", "6200 Partners", 14_000, 10_500, 2],
  ["overtime", "Weekends of releases", "6300 Overtime", 3200, 2600, 1],
  ["infrastructure", "Environments for tests", "6400 Data centre", 18_500, 18_500, 1],
  ["downtime", "Claims paid late or twice while systems stood still", null, 16_000, 11_000, 2],
] as const;

type Paid = (typeof PAID)[number];

/** The programme's costs, each of every month that is known. */
export function demoCosts({ teams, since, years }: Truth) {
  const begin = monthNumber(since);
  const months = Array.from({ length: years * 12 + AHEAD_MONTHS }, (_, index) => monthOf(begin + index));
  return PAID.map((paid) => ({
    id: paid[0],
    kind: paid[0],
    title: paid[1],
    source: paid[2] === null ? "The claims desk counts them" : "Invoices",
    owner: paid[2] === null ? "Operations" : "Finance",
    months: months.map((month) => ({ month, cost: paidIn(paid, teams, month) })),
  }));
}

function paidIn([, , , before, after, wave]: Paid, teams: Truth["teams"], month: string): number {
  const [begun] = teams.flatMap((team) => (team.wave === wave ? (team.adoptedOn ?? []) : [])).toSorted();
  return begun !== undefined && month > begun.slice(0, 7) ? after : before;
}

/** Of the time before anybody began, what was paid in so many weeks by kind. */
export function paidBefore(weeks: number) {
  return PAID.flatMap(([kind, , centre, before]) =>
    centre === null ? [] : [{ kind, amount: Math.round((before * 12 * weeks) / 52) }],
  );
}

/** A comma too far to the right, which the next import puts right. */
const SLIP = 10;

export interface DemoBooks {
  /** In which the licences of a year are paid at once, so that the month does not agree with what explains it. */
  readonly prepaid: string;
  /** Of which the first file said too much overtime. */
  readonly slipped: string;
}

/** A file as controlling would export it: what each cost centre paid in some months. @param isCorrected of the month in which there was a slip. */
export function demoBooks(truth: Truth, months: readonly string[], books: DemoBooks, isCorrected: boolean): string {
  const rows = months.flatMap((month) => [
    ...GROUPS.map((group, place) => [`4${place + 1}00 Staff, ${group}`, month, staffIn(truth, group, month)] as const),
    ...PAID.flatMap((paid) => {
      const [kind, , centre] = paid;
      if (centre === null) return [];
      const times = kind === "licences" && month === books.prepaid ? 12 : 1;
      const slip = kind === "overtime" && month === books.slipped && !isCorrected ? SLIP : 1;
      const amount = paidIn(paid, truth.teams, month) * varied(truth.seed, month, kind) * times * slip;
      return [[centre, month, amount] as const];
    }),
  ]);
  return [
    "costCentre,month,amount",
    ...rows.map(([centre, month, amount]) => `"${centre}",${month},${amount.toFixed(2)}`),
    "",
  ].join("\n");
}

/** What is booked is never quite what was planned. */
function varied(seed: number, month: string, what: string): number {
  return chance(seed, "books", month, what).between(0.985, 1.015);
}

function staffIn({ seed, teams }: Truth, group: string, month: string): number {
  const weeks = (Date.parse(`${monthOf(monthNumber(month) + 1)}-01`) - Date.parse(`${month}-01`)) / WEEK;
  const people = sum(teams.filter((team) => team.group === group).map((team) => team.people));
  return people * HOURS_EACH * RATE * weeks * varied(seed, month, group);
}

/** The month in which a day lies, some months later. */
export function monthAfter(day: string, months: number): string {
  return monthOf(monthNumber(day.slice(0, 7)) + months);
}

/** A day so many weeks later. */
export function weeksAfter(day: string, weeks: number): string {
  return new Date(Date.parse(day) + weeks * 7 * DAY).toISOString().slice(0, 10);
}
