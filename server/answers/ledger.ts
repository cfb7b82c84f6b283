/** What the savings ledger says as of a month. */
import { dateOf } from "#metrics/calendar.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { LEDGERS, LEVER_WORDS, LEVERS } from "#metrics/programme/savings/result.ts";
import type { Standing } from "#metrics/programme/savings/ledger/lines.ts";
import { standingOf, stepsFrom } from "#metrics/programme/savings/ledger/lines.ts";
import { counts, isExpired, monthsBefore } from "#metrics/programme/savings/ledger/months.ts";
import { overlaps } from "#metrics/programme/savings/ledger/overlaps.ts";
import { filled } from "#metrics/programme/savings/ledger/room.ts";
import { isOverdue, placedIn, placedUntil, unplacedShare } from "#metrics/programme/savings/ledger/placing.ts";
import { leaks, totals } from "#metrics/programme/savings/ledger/totals.ts";
import { ledgerSentence, OVERLAP_WORDS } from "#metrics/programme/savings/ledger/words.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { evidenceSubject, sealIn } from "../sealing.ts";
import type { Ledger, StoredFunding, StoredTransition } from "../store/savings.ts";
import { asOf, lastDayOf, monthsToLookAt } from "./ledger-as-of.ts";
import { standing } from "./programme.ts";
import { roomNotes, roomOf } from "./ledger-room.ts";
import { scopeSets } from "./scope-sets.ts";

type Told = Reply<"/api/ledger">;

export async function answerLedger(installation: Installation, { month: asked }: Query<"/api/ledger">): Promise<Told> {
  const { store, config, now } = installation;
  const today = dateOf(now(), config.timezone);
  const running = today.slice(0, 7);
  const month = asked ?? running;
  const whole = await store.ledger();
  const ledger = asOf(whole, lastDayOf(month));
  const salts = await store.seals();
  const standings = ledger.lines.map((line) => standingOf(line, ledger.transitions));
  const day = month < running ? lastDayOf(month) : today;
  const [{ programme }, scopes, room] = await Promise.all([
    standing(installation),
    scopeSets(installation),
    roomOf(installation, standings, day),
  ]);
  const lines = standings.map((one) => toTold(one, ledger, { month, day, salts }));
  const sums = totals(standings, month);
  const buckets = filled(standings, room.caps, room.asked).filter(
    ({ bucket, claimed, unknown }) => bucket !== null || claimed > 0 || unknown > 0,
  );
  const unplaced = lines.filter(({ isCounted, unplaced: share }) => isCounted && share > 0).length;
  const overdue = lines.filter((one) => one.isOverdue).length;
  return {
    month,
    months: [...monthsToLookAt(whole, running)],
    currency: programme.currency,
    sentence: ledgerSentence(sums, { currency: programme.currency, unplaced, overdue }),
    notes: [...roomNotes(standings, room)],
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

function toTold(
  standingLine: Standing,
  { transitions, fundings, lines }: Ledger,
  { month, day, salts }: { readonly month: string; readonly day: string; readonly salts: ReadonlyMap<string, string> },
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
    countsFrom: standingLine.countsFrom,
    monthsBefore: monthsBefore(standingLine, month).length,
    placements: placements.map((one) => ({ ...one })),
    unplaced: unplacedShare(placements),
    isOverdue: isOverdue(standingLine, fundings, day),
    possible: [...stepsFrom(standingLine)],
    steps: own.length,
    placings: fundings.filter((one) => one.line === line.id).length,
    history: own.map((one, index) => ({
      ...toldStep(one),
      seal: sealIn(salts, evidenceSubject(line.id, index + 1), one.evidence),
    })),
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
