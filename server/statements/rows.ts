/** What a statement of a month rests on, taken from what is kept. Nobody who owns, said or signed anything is a part of it. */
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { inForce } from "../answers/actuals.ts";
import { hashOf } from "../answers/frozen.ts";
import { asOf, lastDayOf } from "../answers/ledger.ts";
import { standing } from "../answers/programme.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";

export async function statementRows(installation: Installation, month: string): Promise<StatementRows> {
  const { store, config } = installation;
  const [ledger, versions] = await Promise.all([store.ledger(), store.actuals()]);
  const { programme } = await standing(installation);
  const { lines, transitions, fundings } = asOf(ledger, lastDayOf(month));
  return {
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
    teams: structureOf(config).teams.map(({ name }) => name),
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
    reckoning: null,
    weeks: [],
  };
}
