/** What a statement of a month rests on, taken from what is kept. Nobody who said or signed anything is a part of it: of them there is a hash. */
import { dateOf } from "#metrics/calendar.ts";
import { quarterAt } from "#metrics/programme/fiscal.ts";
import type { Evaluation } from "#metrics/programme/savings/evaluate.ts";
import type { LedgerLine } from "#metrics/programme/savings/ledger/lines.ts";
import type { StatedRecord, StatedScope, StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import { weeksEndingIn } from "#metrics/programme/savings/weeks.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { inForce } from "../answers/actuals.ts";
import { asOf, lastDayOf } from "../answers/ledger-as-of.ts";
import { opened } from "../answers/frozen.ts";
import { bucketCaps, staffedScopes } from "../answers/ledger-room.ts";
import { standing } from "../answers/programme.ts";
import { recordsInForce } from "../answers/saving-records.ts";
import { scopeSets } from "../answers/scope-sets.ts";
import { evaluationOf, seedOf } from "../answers/savings.ts";
import { groundOf, inputOf } from "../answers/savings-ground.ts";
import { workingTeams } from "../answers/team-weeks.ts";
import type { Installation } from "../installation.ts";
import { evidenceSubject, sealing, signerSubject } from "../sealing.ts";
import type { StoredTransition } from "../store/savings.ts";

export async function statementRows(installation: Installation, month: string): Promise<StatementRows> {
  const { store, config } = installation;
  const [ledger, versions] = await Promise.all([store.ledger(), store.actuals()]);
  const { programme } = await standing(installation);
  const { lines, transitions, fundings } = asOf(ledger, lastDayOf(month));
  const own = lines.map(({ actor: _actor, madeAt: _madeAt, ...line }) => line);
  const found = await reckoned(installation, month);
  return {
    format: 5,
    month,
    lines: own,
    steps: await stepsOf(installation, transitions),
    fundings: fundings.map(({ line, fromMonth, placements }) => ({ line, fromMonth, placements })),
    actuals: inForce(versions)
      .filter((one) => one.month <= month)
      .map(({ costCentre, month: of, amount }) => ({ costCentre, month: of, amount })),
    caps: bucketCaps(await recordsInForce(installation)),
    scopes: await scopesOf(installation, own),
    records: await recordsOf(installation, found.evaluation?.baseline ?? null),
    teams: workingTeams(config),
    assumptions: programme.assumptions,
    costs: programme.costs,
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
    ...found,
  };
}

/** Steps in the order in which they were written, each with the hash of its evidence. */
async function stepsOf(
  { store }: Installation,
  transitions: readonly StoredTransition[],
): Promise<StatementRows["steps"]> {
  const subjects = transitions.map(({ line }, index) => {
    const before = transitions.slice(0, index).filter((one) => one.line === line).length;
    return evidenceSubject(line, before + 1);
  });
  const seal = await sealing(store, subjects);
  return transitions.map(({ line, step, amount, hours, day, evidence }, index) => ({
    line,
    step,
    amount,
    hours,
    day,
    evidenceHash: seal(subjects[index] ?? "", evidence),
  }));
}

/** The scopes that lines, or what was frozen, speak of, and those around them: of each who works on it, and of which others it is a part. */
async function scopesOf(installation: Installation, lines: readonly LedgerLine[]): Promise<readonly StatedScope[]> {
  const [scopes, records] = await Promise.all([scopeSets(installation), recordsInForce(installation)]);
  const named = [...new Set(lines.map(({ scope }) => scope))];
  const frozen = records.map(({ record }) => record.scope);
  const all = staffedScopes(scopes, [...named, ...frozen]).filter(
    ({ scope }) => frozen.includes(scope) || named.some((inner) => scopes.isWithin(inner, scope)),
  );
  return all.map((one) => ({
    ...one,
    within: all.filter(({ scope: outer }) => scopes.isWithin(one.scope, outer)).map(({ scope }) => scope),
  }));
}

/** What was frozen and holds; and the measures that a result is held against, where it is against those. */
async function recordsOf(installation: Installation, baseline: string | null): Promise<readonly StatedRecord[]> {
  const { store, config } = installation;
  const records = await recordsInForce(installation);
  const isRecord = records.some(({ name, kind }) => kind === "baseline" && name === baseline);
  const measures = baseline === null || isRecord ? [] : (await store.baselines(baseline)).map(opened);
  const subjects = [...records, ...measures.map(({ content }) => content)].map(({ name }) => signerSubject(name));
  const seal = await sealing(store, subjects);
  const of = (row: { readonly name: string; readonly hash: string; readonly madeAt: Instant }, signer: string) => ({
    name: row.name,
    hash: row.hash,
    frozenOn: dateOf(row.madeAt, config.timezone),
    signerHash: seal(signerSubject(row.name), signer),
  });
  return [
    ...records.map(({ record, content, actor, ...row }) => ({
      ...of(row, actor),
      kind: record.kind,
      scope: record.scope,
      content: namesNobody(content) ? content : null,
    })),
    ...measures.map(({ hash, content: { name, scope, signer, frozenAt: madeAt } }) => ({
      ...of({ name, hash, madeAt }, signer),
      kind: "measures" as const,
      scope,
      content: null,
    })),
  ];
}

/** Records of the first format hold the name of who signed them. */
function namesNobody(content: string): boolean {
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing but a record is ever written there
  return (JSON.parse(content) as { readonly format: number }).format >= 2;
}

/** The quarter in which the month lies, until the end of the month, against what was before. Nothing where there is nothing to compare. */
async function reckoned(
  installation: Installation,
  month: string,
): Promise<Pick<StatementRows, "reckoning" | "evaluation" | "weeks">> {
  const { programme } = await standing(installation);
  const last = lastDayOf(month);
  const ground = await groundOf(installation, quarterAt(last, programme.fiscalYearBegins).id);
  // Of the weeks of the quarter those that ended with the month; what came later is of the next statement.
  const period = weeksEndingIn({ from: ground.quarter.from, to: dayAfter(last) });
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

function dayAfter(day: string): string {
  return new Date(Date.parse(day) + DAY).toISOString().slice(0, 10);
}
