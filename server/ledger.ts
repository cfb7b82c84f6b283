/** Keeps the savings ledger: each step is allowed by what stands, by who takes it, and by whether anybody was faster. */
import { dateOf } from "#metrics/calendar.ts";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import { LEVER_WORDS } from "#metrics/programme/savings/result.ts";
import type { Standing, Transition } from "#metrics/programme/savings/ledger/lines.ts";
import { refusal, standingOf } from "#metrics/programme/savings/ledger/lines.ts";
import { overlapOf } from "#metrics/programme/savings/ledger/overlaps.ts";
import { filled } from "#metrics/programme/savings/ledger/room.ts";
import { placingFlaw, unplacedShare } from "#metrics/programme/savings/ledger/placing.ts";
import { overfull } from "#metrics/programme/savings/ledger/words.ts";
import { roomOf } from "./answers/ledger-room.ts";
import { BadRequest, Refused } from "./answers/problem.ts";
import { standing as programmeNow } from "./answers/programme.ts";
import { scopeSets } from "./answers/scope-sets.ts";
import type { Control } from "./commands.ts";
import type { Body, CommandReply } from "./contract.ts";
import type { Installation } from "./installation.ts";
import type { Ledger } from "./store/savings.ts";

type Commands =
  | "/api/ledger/add"
  | "/api/ledger/move"
  | "/api/ledger/validate"
  | "/api/ledger/withdraw"
  | "/api/ledger/fund";
type Moved = CommandReply<"/api/ledger/move">;

/** The commands of a Headway that runs. */
export function bookkeeping(installation: Installation): Pick<Control, Commands> {
  return {
    "/api/ledger/add": async (body) => add(installation, body),
    "/api/ledger/move": async (body) => move(installation, body),
    "/api/ledger/validate": async (body) => move(installation, body),
    "/api/ledger/withdraw": async ({ reason: evidence, ...body }) =>
      move(installation, { ...body, step: "withdrawn", amount: null, hours: null, evidence }),
    "/api/ledger/fund": async (body) => fund(installation, body),
  };
}

/** @throws BadRequest when nobody knows the scope, or the same saving stands there already. */
async function add(
  installation: Installation,
  { title, lever, owner, scope, fromMonth, amount, hours, actor }: Body<"/api/ledger/add">,
): Promise<CommandReply<"/api/ledger/add">> {
  const { store, now, live } = installation;
  const scopes = await scopeSets(installation);
  if (!scopes.names.includes(scope))
    throw new BadRequest(`There is no scope "${scope}". Known are ${scopes.names.slice(0, 20).join(", ")}.`);
  const added = standingOf({ id: 0, title, lever, owner, scope, fromMonth, amount, hours }, []);
  if (added.bucket === null && hours !== null)
    throw new BadRequest(`${LEVER_WORDS[lever].title} saves money, and no hours of a bucket: leave the hours out.`);
  const ledger = await store.ledger();
  const others = ledger.lines.map((line) => standingOf(line, ledger.transitions));
  const same = others.find((other) => overlapOf(added, other, scopes) === "same");
  if (same !== undefined)
    throw new BadRequest(
      `${LEVER_WORDS[lever].title} of ${scope} is a part of line ${same.line.id}, “${same.line.title}” of ${same.line.scope}: nothing is saved twice. Withdraw that line, or say another lever, scope or time.`,
    );
  await refuseOverfull(installation, [...others, added], added);
  const line = await store.addLedgerLine({
    title,
    lever,
    owner,
    scope,
    fromMonth,
    amount,
    hours,
    actor,
    madeAt: now(),
  });
  live.tell();
  return { line };
}

/** @throws BadRequest when lines together would take more hours than a bucket held before anything was changed, or than their teams have. */
async function refuseOverfull(
  installation: Installation,
  standings: readonly Standing[],
  changed: Standing,
): Promise<void> {
  if (changed.bucket === null) return;
  const today = dateOf(installation.now(), installation.config.timezone);
  const { caps, asked } = await roomOf(installation, standings, today);
  // What is nearest to the line is said first.
  const own = (scope: string): number => Number(scope !== changed.line.scope);
  for (const one of filled(standings, caps, asked).toSorted((a, b) => own(a.scope) - own(b.scope))) {
    const isOfIt = one.bucket === null || one.bucket === changed.bucket;
    const words = isOfIt && asked.isWithin(changed.line.scope, one.scope) ? overfull(one) : null;
    if (words !== null) throw new BadRequest(words);
  }
}

interface Asked extends Pick<Transition, "step" | "amount" | "hours" | "evidence"> {
  readonly line: number;
  readonly follows: number;
  readonly day?: string | undefined;
  readonly actor: string;
}

/** @throws BadRequest when the step is not allowed; Refused when somebody was faster. */
async function move(installation: Installation, asked: Asked): Promise<Moved> {
  const { store, now, live, config } = installation;
  const { line: id, step, follows, amount, hours, evidence, actor } = asked;
  const today = dateOf(now(), config.timezone);
  const day = asked.day ?? today;
  const ledger = await store.ledger();
  const { line, own } = lineNamed(ledger, id);
  const before = standingOf(line, own);
  if (own.length !== follows) throw faster();
  const last = own.at(-1)?.day ?? "";
  if (day > today) throw new BadRequest(`${day} has not come: say what is so, not what will be.`);
  if (day < last) throw new BadRequest(`The step before was on ${last}, so this one cannot have been on ${day}.`);
  await refuseStated(installation, day);
  const measuredBy = own.findLast((one) => one.step === "measured")?.actor ?? null;
  const why = refusal(before, { step, day, amount, hours }, { actor, measuredBy });
  if (why !== null) throw new BadRequest(why);
  const transition = { line: id, step, amount, hours, evidence, day };
  const after = standingOf(line, [...own, transition]);
  if ((hours !== null || amount !== null) && step !== "withdrawn") await refuseMore(installation, ledger, after);
  const { stage } = before;
  if (!(await store.addTransition(follows, { ...transition, actor, madeAt: now() }, { stage, ...worthOf(before) })))
    throw faster();
  live.tell();
  return { line: id, stage: after.stage, steps: follows + 1 };
}

/** @throws BadRequest when the day lies in a month whose statement says already what stood at its end. */
async function refuseStated({ store, config }: Installation, day: string): Promise<void> {
  const issued = (await store.statements()).toSorted((a, b) => (a.month < b.month ? -1 : 1)).at(-1);
  if (issued === undefined || day.slice(0, 7) > issued.month) return;
  const when = dateOf(issued.madeAt, config.timezone);
  throw new BadRequest(
    `The statement of ${issued.month} was issued on ${when}: choose a later day, from ${monthOf(monthNumber(issued.month) + 1)}-01 on.`,
  );
}

async function refuseMore(installation: Installation, ledger: Ledger, changed: Standing): Promise<void> {
  const others = ledger.lines.filter(({ id }) => id !== changed.line.id);
  const standings = others.map((line) => standingOf(line, ledger.transitions));
  await refuseOverfull(installation, [...standings, changed], changed);
}

function worthOf({ amount, hours }: Standing) {
  return { amount, hours };
}

/** @throws BadRequest when finance has not agreed to the line, or it cannot go there; Refused when somebody was faster. */
async function fund(
  installation: Installation,
  { line: id, follows, fromMonth, placements, reason = "", actor }: Body<"/api/ledger/fund">,
): Promise<CommandReply<"/api/ledger/fund">> {
  const { store, now, live } = installation;
  const ledger = await store.ledger();
  const { line, own } = lineNamed(ledger, id);
  const { programme } = await programmeNow(installation);
  const initiatives = programme.initiatives.map((one) => one.id);
  const why = placingFlaw(standingOf(line, own), { placements }, initiatives);
  if (why !== null) throw new BadRequest(why);
  const earlier = ledger.fundings.filter((one) => one.line === id);
  const last = earlier.at(-1)?.fromMonth ?? line.fromMonth;
  if (fromMonth < last)
    throw new BadRequest(`It was said where the line goes from ${last} on: what is over is not said anew.`);
  const said = { line: id, fromMonth, placements, reason: reason === "" ? null : reason, actor, madeAt: now() };
  if (earlier.length !== follows || !(await store.addFunding(follows, said))) throw faster();
  live.tell();
  return { line: id, unplaced: unplacedShare(placements) };
}

function lineNamed(ledger: Ledger, id: number) {
  const line = ledger.lines.find((one) => one.id === id);
  if (line === undefined) throw new BadRequest(`There is no line ${id} in the ledger.`);
  return { line, own: ledger.transitions.filter((one) => one.line === id) };
}

function faster(): Refused {
  return new Refused(
    409,
    "Somebody was faster",
    "The line was changed since you looked at it, so nothing was kept. Load the page again, look at what is other now, and say it once more.",
  );
}
