/**
 * What the people of a demo organisation did with what they saved: done through the same commands as anybody's, in the order of its days, each on its own day. What is done already is not done again, so
 * that it can be stopped at any time, and goes on as time passes.
 */
import type { DemoOptions } from "#collectors/demo/options.ts";
import type { Truth } from "#collectors/demo/truth.ts";
import { truthOf } from "#collectors/demo/truth.ts";
import { demoBooks } from "#config/demo-costs.ts";
import type { DemoLine, DemoStep } from "#config/demo-ledger.ts";
import { demoLedger, FINANCE } from "#config/demo-ledger.ts";
import type { DemoClosing } from "#config/demo-plan.ts";
import { demoClosings, demoMonths, demoPlan, demoSchedule } from "#config/demo-plan.ts";
import { demoRecord, OFFICE } from "#config/demo-programme.ts";
import { dateOf } from "#metrics/calendar.ts";
import type { Step } from "#metrics/programme/savings/ledger/lines.ts";
import type { Instant } from "#metrics/time.ts";
import { HOUR } from "#metrics/time.ts";
import { importActuals } from "../actuals.ts";
import { BadRequest, Refused } from "../answers/problem.ts";
import { knownWeeks } from "../answers/team-weeks.ts";
import { smallestFor } from "../answers/savings-plan.ts";
import type { Body } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { bookkeeping } from "../ledger.ts";
import { freezeSavings } from "../saving-records.ts";
import { issueStatement } from "../statements/issue.ts";
import { hoursSaved } from "./measured.ts";

/** Something that somebody did on a day. */
interface Act {
  readonly day: string;
  /** By which it has its place among others: its day, but for what nobody has to wait for. */
  readonly turn: string;
  /** Whether it takes seconds, so that whoever looks at the demo organisation goes first. */
  readonly isLong: boolean;
  /** Through an installation in which it is that day. */
  readonly perform: (then: Installation) => Promise<void>;
}

/** Office hours, whatever the zone. */
const MORNING = 9 * HOUR;

/**
 * Tells it as far as it has come, as often as it is called. Whatever goes wrong is told on stderr, and the rest of the demo organisation is there all the same.
 *
 * @returns to be called once numbers are there: what it is given resolves when nobody waits for anything, and is asked before each act that takes long.
 */
export function tellingStory(installation: Installation, signal: AbortSignal) {
  return async (rested: () => Promise<void>): Promise<void> => {
    try {
      await tellStory(installation, { signal, rested });
    } catch (error) {
      if (!signal.aborted) console.error(`headway: the demo organisation: ${String(error)}`);
    }
  };
}

interface Telling {
  readonly signal: AbortSignal;
  readonly rested: () => Promise<void>;
}

export async function tellStory(installation: Installation, { signal, rested }: Telling): Promise<void> {
  const options = installation.config.sources.find((source): source is DemoOptions => source.host === "demo");
  if (options === undefined || (await installation.store.programme()).length === 0) return;
  const today = dateOf(installation.now(), installation.config.timezone);
  const acts = actsUntil(truthOf(options), today, installation);
  for (const { day, isLong, perform } of acts) {
    if (isLong) await rested();
    if (signal.aborted) return;
    try {
      const at: Instant = Date.parse(day) + MORNING;
      await perform({ ...installation, now: () => at });
    } catch (error) {
      // Whoever tries something out in the demo organisation may have done otherwise: then this did not come to be.
      if (!(error instanceof BadRequest || error instanceof Refused)) throw error;
    }
  }
  // Of other days weeks are not kept: whoever looks at savings next would wait for those of today.
  if (!signal.aborted) await knownWeeks(installation);
}

/** All that is over, in its order: what is said of one thing on one day stays in the order in which it is written. */
function actsUntil(truth: Truth, today: string, present: Installation): readonly Act[] {
  const lines = demoLedger(truth).flatMap((line) => actsOf(line, present));
  const closings = demoClosings(truth, today);
  const books = closings.flatMap((closing) => closingActs(truth, closing));
  // What a plan promises takes seconds to find, and nobody asks for it before there is a statement.
  const stated = closings.find(({ states }) => states !== null)?.day ?? today;
  return [...planActs(truth, present, stated), ...lines, ...books]
    .filter(({ day }) => day < today)
    .toSorted((a, b) => (a.turn < b.turn ? -1 : Number(a.turn > b.turn)));
}

function planActs(truth: Truth, present: Installation, turn: string): readonly Act[] {
  const [schedule, record] = [demoSchedule(truth), demoRecord(truth)];
  if (schedule === null || record === null) return [];
  const { first, teams } = schedule;
  const perform = async (then: Installation): Promise<void> => {
    const known = await then.store.savingRecords();
    if (known.some(({ kind }) => kind === "plan")) return;
    const smallest = await smallestFor(present, { at: first, seed: truth.seed, dates: teams });
    await freezeSavings(then, demoPlan(truth, record.name, smallest), OFFICE);
  };
  return [{ day: first, turn, isLong: true, perform }];
}

function closingActs(truth: Truth, { day, months, states }: DemoClosing): readonly Act[] {
  const said = demoMonths(truth);
  const last = months.at(-1);
  const books: Act = {
    day,
    turn: day,
    isLong: false,
    perform: async (then) => {
      const known = new Set((await then.store.actuals()).map(({ month }) => month));
      if (last === undefined || known.has(last)) return;
      await importActuals(then, demoBooks(truth, months, said, false), true, FINANCE);
      // What was wrong is seen when the next months are closed.
      if (known.has(said.slipped))
        await importActuals(then, demoBooks(truth, [said.slipped], said, true), true, FINANCE);
    },
  };
  const statement = (month: string): Act => ({
    day,
    turn: day,
    isLong: true,
    perform: async (then) => {
      const issued = await then.store.statements();
      if (issued.every((one) => one.month < month)) await issueStatement(then, month, FINANCE);
    },
  });
  return states === null ? [books] : [books, statement(states)];
}

/** Adding a line, each of its steps and each time that it was said where it goes. */
function actsOf(line: DemoLine, present: Installation): readonly Act[] {
  return [
    { day: line.day, turn: line.day, isLong: false, perform: async (then) => add(then, line) },
    ...line.steps.map((step, index) => ({
      day: step.day,
      turn: step.day,
      isLong: false,
      perform: async (then: Installation) => move(then, line, { step, index, present }),
    })),
    ...line.fundings.map(({ day, actor, placements, reason }, index) => ({
      day,
      turn: day,
      isLong: false,
      perform: async (then: Installation) => {
        const known = await lineOf(then, line);
        if (known === null || known.placings !== index) return;
        // What is said first is said of all of it, what is said later of what comes.
        const fromMonth = index === 0 ? line.fromMonth : day.slice(0, 7);
        const body = { line: known.id, follows: index, fromMonth, placements: [...placements], reason, actor };
        await tell(then)["/api/ledger/fund"](body, NEVER);
      },
    })),
  ];
}

const NEVER = new AbortController().signal;

function tell(then: Installation) {
  return bookkeeping(then);
}

async function add(then: Installation, line: DemoLine): Promise<void> {
  if ((await lineOf(then, line)) !== null) return;
  const { title, lever, owner, scope, fromMonth, amount, hours } = line;
  const body = { title, lever, owner, scope, fromMonth, amount, hours, actor: owner };
  await tell(then)["/api/ledger/add"](body, NEVER);
}

/** The line as it is kept; `null`: nobody added it. */
async function lineOf({ store }: Installation, { title }: DemoLine) {
  const { lines, transitions, fundings } = await store.ledger();
  const found = lines.find((one) => one.title === title);
  if (found === undefined) return null;
  const own = transitions.filter((one) => one.line === found.id);
  return { id: found.id, steps: own, placings: fundings.filter((one) => one.line === found.id).length };
}

interface Turn {
  readonly step: DemoStep;
  /** How many steps came before it. */
  readonly index: number;
  /** In which everything is known, also what came later: weeks that are over never change. */
  readonly present: Installation;
}

/** Less than an hour a month is nothing that anybody would sign. */
const LEAST_HOURS = 1;

async function move(then: Installation, line: DemoLine, { step: said, index, present }: Turn): Promise<void> {
  const known = await lineOf(then, line);
  if (known === null || known.steps.length !== index) return;
  const { step, actor, amount, keeps } = said;
  const body = { line: known.id, follows: index, amount, hours: null, evidence: said.evidence, actor };
  const commands = tell(then);
  if (step === "measured" && line.hours !== null) {
    const { hours, words } = await hoursSaved(present, { lever: line.lever, teams: line.teams, day: said.day });
    if (hours < LEAST_HOURS) await commands["/api/ledger/withdraw"]({ ...body, reason: words }, NEVER);
    else await commands["/api/ledger/move"]({ ...body, step, hours, evidence: words }, NEVER);
    return;
  }
  if (step === "validated" || step === "rejected") {
    const measured = known.steps.findLast((one) => one.step === "measured")?.hours ?? null;
    const hours = keeps === null || measured === null ? null : Math.round(measured * keeps);
    await commands["/api/ledger/validate"]({ ...body, step, hours }, NEVER);
    return;
  }
  if (isOffice(step)) await commands["/api/ledger/move"]({ ...body, step }, NEVER);
}

function isOffice(step: Step): step is Body<"/api/ledger/move">["step"] {
  return step !== "identified" && step !== "validated" && step !== "rejected" && step !== "withdrawn";
}
