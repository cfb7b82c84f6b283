/** What a statement of a month rests on, taken from what is kept. Nobody who owns, said or signed anything is a part of it. */
import { quarterAt } from "#metrics/programme/fiscal.ts";
import { mondayOf } from "#metrics/programme/savings/adoptions.ts";
import type { Evaluation } from "#metrics/programme/savings/evaluate.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { DAY } from "#metrics/time.ts";
import { inForce } from "../answers/actuals.ts";
import { hashOf } from "../hash.ts";
import { asOf, lastDayOf } from "../answers/ledger.ts";
import { standing } from "../answers/programme.ts";
import { evaluationOf, seedOf } from "../answers/savings.ts";
import { groundOf, inputOf } from "../answers/savings-ground.ts";
import { workingTeams } from "../answers/team-weeks.ts";
import type { Installation } from "../installation.ts";

export async function statementRows(installation: Installation, month: string): Promise<StatementRows> {
  const { store, config } = installation;
  const [ledger, versions] = await Promise.all([store.ledger(), store.actuals()]);
  const { programme } = await standing(installation);
  const { lines, transitions, fundings } = asOf(ledger, lastDayOf(month));
  return {
    format: 3,
    month,
    lines: lines.map(({ id, title, lever, scope, fromMonth, amount, hours }) => ({
      id,
      title,
      lever,
      scope,
      fromMonth,
      amount,
      hours,
    })),
    steps: transitions.map(({ line, step, amount, hours, day, evidence }) => ({
      line,
      step,
      amount,
      hours,
      day,
      evidenceHash: hashOf(evidence),
    })),
    fundings: fundings.map(({ line, fromMonth, placements }) => ({ line, fromMonth, placements })),
    actuals: inForce(versions)
      .filter((one) => one.month <= month)
      .map(({ costCentre, month: of, amount }) => ({ costCentre, month: of, amount })),
    teams: workingTeams(config),
    assumptions: programme.assumptions.map(({ id, what, of, value, low, high, source, validFrom }) => ({
      id,
      what,
      of,
      value,
      low,
      high,
      source,
      validFrom,
    })),
    costs: programme.costs.map(({ id, kind, title, team, source, months }) => ({
      id,
      kind,
      title,
      team,
      source,
      months,
    })),
    studies: programme.timeStudies,
    interventions: programme.interventions.map(({ id, kind, from, to, hours, cost }) => ({
      id,
      kind,
      from,
      to,
      hours,
      cost,
    })),
    initiatives: programme.initiatives.map(({ id, state, plan, actuals }) => ({ id, state, plan, actuals })),
    ...(await reckoned(installation, month)),
  };
}

/** The quarter in which the month lies, until the end of the month, against what was before. Nothing where there is nothing to compare. */
async function reckoned(
  installation: Installation,
  month: string,
): Promise<Pick<StatementRows, "reckoning" | "evaluation" | "weeks">> {
  const { programme } = await standing(installation);
  const last = lastDayOf(month);
  const ground = await groundOf(installation, quarterAt(last, programme.fiscalYearBegins).id);
  // Weeks that ended with the month: what came later is of the next statement.
  const period = { from: ground.period.from, to: earlier(ground.period.to, mondayOf(dayAfter(last))) };
  if (ground.baseline === null || period.from >= period.to) return { reckoning: null, evaluation: null, weeks: [] };
  const { weeks, programme: _terms, ...reckoning } = inputOf({ ...ground, period }, ground.baseline, seedOf(ground));
  return {
    reckoning,
    evaluation: withoutTitles(evaluationOf(installation, ground)),
    weeks: weeks.filter(({ week }) => week < period.to),
  };
}

/** Titles are what people wrote; their kind says what may have disturbed. */
function withoutTitles({ interventions, ...evaluation }: Evaluation): Evaluation {
  return { ...evaluation, interventions: interventions.map((one) => ({ ...one, title: one.kind })) };
}

function earlier(a: string, b: string): string {
  return a < b ? a : b;
}

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}
