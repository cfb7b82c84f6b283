/** What the savings ledger says as of a month. */
import { dateOf } from "#metrics/calendar.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { LEDGERS, LEVER_WORDS, LEVERS } from "#metrics/programme/savings/result.ts";
import type { Standing } from "#metrics/programme/savings/ledger/lines.ts";
import { counts, isExpired, standingOf, stepsFrom } from "#metrics/programme/savings/ledger/lines.ts";
import type { Cap } from "#metrics/programme/savings/ledger/overlaps.ts";
import { filled, overlaps } from "#metrics/programme/savings/ledger/overlaps.ts";
import { isOverdue, placedIn, placedUntil, unplacedShare } from "#metrics/programme/savings/ledger/placing.ts";
import { leaks, totals } from "#metrics/programme/savings/ledger/totals.ts";
import { ledgerSentence, OVERLAP_WORDS, overfull } from "#metrics/programme/savings/ledger/words.ts";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import { sum } from "#metrics/statistics/sum.ts";
import { DAY } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { Ledger, StoredFunding, StoredLine, StoredTransition } from "../store/savings.ts";
import { standing } from "./programme.ts";
import { recordsInForce } from "./saving-records.ts";
import { scopeSets } from "./scope-sets.ts";

type Told = Reply<"/api/ledger">;

export async function answerLedger(installation: Installation, { month: asked }: Query<"/api/ledger">): Promise<Told> {
  const { store, config, now } = installation;
  const today = dateOf(now(), config.timezone);
  const month = asked ?? today.slice(0, 7);
  const ledger = asOf(await store.ledger(), lastDayOf(month));
  const [{ programme }, scopes, caps] = await Promise.all([
    standing(installation),
    scopeSets(installation),
    capsOf(installation),
  ]);
  const standings = ledger.lines.map((line) => standingOf(line, ledger.transitions));
  const day = month < today.slice(0, 7) ? lastDayOf(month) : today;
  const lines = standings.map((one) => toTold(one, ledger, { month, day }));
  const sums = totals(standings, month);
  const buckets = filled(standings, caps, scopes);
  const unplaced = lines.filter(({ isCounted, unplaced: share }) => isCounted && share > 0).length;
  const overdue = lines.filter((one) => one.isOverdue).length;
  return {
    month,
    currency: programme.currency,
    sentence: ledgerSentence(sums, { currency: programme.currency, unplaced, overdue }),
    notes: buckets.flatMap((one) => overfull(one) ?? []),
    lines,
    totals: [...sums],
    leaks: [...leaks(ledger.lines, ledger.transitions)],
    buckets: [...buckets],
    overlaps: overlaps(standings, scopes).map((one) => ({ ...one, words: OVERLAP_WORDS[one.kind] })),
    placed: LEDGERS.flatMap((name) =>
      placedUntil(
        standings.filter((one) => one.ledger === name),
        ledger.fundings,
        month,
      ).map((one) => ({ ledger: name, ...one })),
    ),
    initiatives: paidFor(programme, standings, ledger.fundings, month),
    known: {
      scopes: [...scopes.names],
      initiatives: programme.initiatives.map(({ id, title }) => ({ id, title })),
      levers: LEVERS.map((id) => ({ id, title: LEVER_WORDS[id].title, ledger: LEVER_WORDS[id].ledger })),
    },
  };
}

/** What was known at the end of a day: later steps are left out by the day on which they were so. */
export function asOf({ lines, transitions, fundings }: Ledger, day: string): Ledger {
  const month = day.slice(0, 7);
  return {
    lines: lines.filter((line) => line.fromMonth <= month || isKnown(line, day)),
    transitions: transitions.filter((one) => one.day <= day),
    fundings: fundings.filter(({ fromMonth }) => fromMonth <= month),
  };
}

function isKnown({ madeAt }: StoredLine, day: string): boolean {
  return madeAt < Date.parse(day) + DAY;
}

export function lastDayOf(month: string): string {
  return new Date(Date.parse(`${monthOf(monthNumber(month) + 1)}-01`) - DAY).toISOString().slice(0, 10);
}

/** What buckets held a month by the frozen baselines; of several of the same scope by the last. */
export async function capsOf(installation: Installation): Promise<readonly Cap[]> {
  const caps = new Map<string, Cap>();
  for (const { record } of await recordsInForce(installation))
    if (record.kind === "baseline")
      for (const { bucket, hours } of record.hours)
        caps.set(`${record.scope} ${bucket}`, { scope: record.scope, bucket, hours });
  return [...caps.values()];
}

function toTold(
  standingLine: Standing,
  { transitions, fundings, lines }: Ledger,
  { month, day }: { readonly month: string; readonly day: string },
): Told["lines"][number] {
  const { line, ledger, bucket, stage, isWithdrawn, amount, hours, agreedOn } = standingLine;
  const own = transitions.filter((one) => one.line === line.id);
  const placements = placedIn(line.id, fundings, month);
  const signed = lines.find(({ id }) => id === line.id);
  return {
    id: line.id,
    title: line.title,
    lever: line.lever,
    ledger,
    bucket,
    owner: line.owner,
    scope: line.scope,
    fromMonth: line.fromMonth,
    first: { amount: line.amount, hours: line.hours },
    amount,
    hours,
    stage,
    isWithdrawn,
    isExpired: isExpired(standingLine, month),
    isCounted: counts(standingLine, month),
    agreedOn,
    placements: placements.map((one) => ({ ...one })),
    unplaced: unplacedShare(placements),
    isOverdue: isOverdue(standingLine, fundings, day),
    possible: [...stepsFrom(standingLine)],
    steps: own.length,
    placings: fundings.filter((one) => one.line === line.id).length,
    history: own.map(toldStep),
    actor: signed?.actor ?? "",
    madeAt: new Date(signed?.madeAt ?? 0).toISOString(),
  };
}

function toldStep({ step, day, amount, hours, evidence, actor, madeAt }: StoredTransition) {
  return { step, day, amount, hours, evidence, actor, madeAt: new Date(madeAt).toISOString() };
}

/** Cash pays for an initiative; hours that are free again work on it, and are told beside it. */
function paidFor(
  { initiatives }: Programme,
  standings: readonly Standing[],
  fundings: readonly StoredFunding[],
  month: string,
): Told["initiatives"] {
  const of = (ledger: Standing["ledger"]) =>
    placedUntil(
      standings.filter((one) => one.ledger === ledger),
      fundings,
      month,
    );
  const [cash, capacity] = [of("cashable"), of("capacity")];
  return initiatives.map(({ id, title, actuals }) => ({
    id,
    title,
    spent: sum(actuals.filter((one) => one.month <= month).map(({ cost }) => cost)),
    paid: cash.find(({ initiative }) => initiative === id)?.amount ?? 0,
    hours: capacity.find(({ initiative }) => initiative === id)?.hours ?? 0,
  }));
}
