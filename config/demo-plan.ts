/** What controlling of the demo organisation does month by month, and what it said before anybody began. */
import type { Truth } from "#collectors/demo/truth.ts";
import { quarterAt } from "#metrics/programme/fiscal.ts";
import type { Method } from "#metrics/programme/savings/effect/types.ts";
import { OUTCOME_WORDS } from "#metrics/programme/savings/registered.ts";
import type { DemoBooks } from "./demo-costs.ts";
import { monthAfter, weeksAfter } from "./demo-costs.ts";
import { firstDay } from "./demo-ledger.ts";

export interface DemoClosing {
  readonly day: string;
  /** Months of which the books are imported on that day. */
  readonly months: readonly string[];
  /** The month of which there is a statement, once the books are in; `null`: there is none yet. */
  readonly states: string | null;
}

/** On which day of a month the books of the last one are closed. */
const CLOSED = "05";
/** Statements of longer ago are made for nobody who looks at the demo organisation again after a year. */
const MOST_STATEMENTS = 8;

/** The end of the quarter before the last one that was over when the demo organisation was made: from there on there are statements. */
export function demoMonths({ since, years }: Truth): DemoBooks {
  const quarter = quarterAt(quarterBefore(weeksAfter(since, years * 52)), 1);
  const prepaid = monthAfter(quarter.from, -1);
  return { prepaid, slipped: monthAfter(`${prepaid}-01`, -3) };
}

function quarterBefore(day: string): string {
  return `${monthAfter(quarterAt(day, 1).from, -1)}-01`;
}

/** Books are closed quarter by quarter while nobody states anything, and then month by month. */
export function demoClosings(truth: Truth, today: string): readonly DemoClosing[] {
  const { prepaid } = demoMonths(truth);
  const found: DemoClosing[] = [];
  let months: string[] = [];
  // The month in which all begins is not whole.
  for (let month = monthAfter(truth.since, 1); month < today.slice(0, 7); month = monthAfter(`${month}-01`, 1)) {
    months.push(month);
    const next = monthAfter(`${month}-01`, 1);
    if (month < prepaid && quarterAt(`${next}-01`, 1).from !== `${next}-01`) continue;
    const isStated = month >= prepaid && monthAfter(`${month}-01`, MOST_STATEMENTS) >= today.slice(0, 7);
    found.push({ day: `${next}-${CLOSED}`, months, states: isStated ? month : null });
    months = [];
  }
  return found;
}

/** Which teams are to begin when: as it was meant before the first one began; `null` where nobody is to. */
export function demoSchedule({ teams }: Truth) {
  const first = firstDay(teams, 1);
  if (first === null) return null;
  return { first, teams: teams.map(({ name, adoptedOn }) => ({ team: name, day: adoptedOn })) };
}

/** What is frozen with the baseline, on the day on which the first team begins. */
export function demoPlan(
  { seed, teams }: Truth,
  baseline: string,
  smallest: readonly { readonly quarter: string; readonly share: number | null; readonly method: Method }[],
) {
  const days = [...new Set(teams.flatMap(({ adoptedOn }) => adoptedOn ?? []))].toSorted();
  return {
    kind: "plan" as const,
    name: "How savings will be measured",
    scope: "organisation",
    baseline,
    outcome: OUTCOME_WORDS["lost-share"],
    method: "difference-in-differences",
    schedule: days.map((from) => ({
      wave: `wave ${teams.find(({ adoptedOn }) => adoptedOn === from)?.wave ?? 0}`,
      teams: teams.filter(({ adoptedOn }) => adoptedOn === from).map(({ name }) => name),
      from,
    })),
    seed,
    smallest: [...smallest],
  };
}
