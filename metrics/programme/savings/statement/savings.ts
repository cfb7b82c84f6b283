/** What a statement prints of savings and of their cause, from what they are reckoned from. */
import { gradeOf } from "../caps.ts";
import type { Estimate as Effect } from "../effect/index.ts";
import type { Evaluated, Evaluation } from "../evaluate.ts";
import { deviationsIn, evaluate } from "../evaluate.ts";
import type { Actual } from "../ledger/reconcile.ts";
import { mostUnexplained, reconciledIn } from "../ledger/reconcile.ts";
import { monthNumber, monthOf } from "../../months.ts";
import type { SavingsInput } from "../prepared.ts";
import { WEEK } from "../../../time.ts";
import type { Days, Estimate, SavingsFigures, VolumeAdjusted } from "../result.ts";
import { savingsOf } from "../savings.ts";
import { weeksEndingIn } from "../weeks.ts";
import type { StatementFormat } from "./formats.ts";
import type { StatedRecord } from "./statement.ts";
import type { Printed } from "./printed.ts";
import { hours, money, number, share, text } from "./printed.ts";

interface Ground {
  readonly format: StatementFormat;
  /** The last of which the books are held against the savings. */
  readonly month: string;
  readonly input: Omit<SavingsInput, "effect">;
  readonly evaluation: Evaluation | null;
  readonly actuals: readonly Actual[];
  readonly teams: readonly string[];
  readonly records: readonly StatedRecord[];
  /** Counted lines that are held against no hours. */
  readonly unheld: number;
}

/** Without an evaluation it is the difference between two times, and nothing is said of what caused it. */
export function fromSavings(ground: Ground): readonly Printed[] {
  const { input, evaluation } = ground;
  if (evaluation === null) return ofFigures(savingsOf({ ...input, effect: null }));
  const found = evaluate({ ...evaluation, input });
  const beside = ground.format < 4 ? [] : [...ofWeeks(ground), ...ofFrozen(ground, evaluation), ...ofOwners(ground)];
  return [...ofFigures(found.figures), ...ofEvaluation(ground, evaluation, found), ...beside];
}

/** Each week is of the month in which it ends, so that of two statements of a quarter the later holds the weeks of the earlier and its own. */
function ofWeeks({ format, month, input: { period } }: Ground): readonly Printed[] {
  const own = weeksEndingIn({ from: `${month}-01`, to: `${monthOf(monthNumber(month) + 1)}-01` });
  return [
    number("savings.weeks", "Whole weeks of the quarter so far", weeksIn(period)),
    number(
      "savings.weeks.new",
      format < 5
        ? "Of them in no earlier statement: those that end in the month"
        : "Of them those that end in the month, which no earlier statement has",
      weeksIn(own),
    ),
  ];
}

function weeksIn({ from, to }: Days): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / WEEK);
}

/** With which hash, on which day, and by whom, as far as a hash says that. */
function ofFrozen({ records }: Ground, { baseline, registered }: Evaluation): readonly Printed[] {
  const of = (id: string, words: string, found: StatedRecord | undefined): readonly Printed[] =>
    found === undefined
      ? []
      : [
          text(`${id}.hash`, `${words}: SHA-256 of what was frozen`, found.hash),
          text(`${id}.frozen`, `${words}: frozen on`, found.frozenOn),
          text(`${id}.signer`, `${words}: who signed, as a salted hash`, found.signerHash),
        ];
  const plan = records.find(({ kind, name }) => kind === "plan" && name === registered?.name);
  return [
    ...of(
      "savings.baseline",
      "Baseline",
      records.find(({ kind, name }) => kind !== "plan" && name === baseline),
    ),
    ...of("savings.registered", "Plan", plan),
  ];
}

/** Roles and teams, by how much they answer for. */
function ofOwners({ input }: Ground): readonly Printed[] {
  const { assumptions } = input.programme;
  const owners = [...new Set(assumptions.map(({ owner }) => owner))].toSorted();
  const words = owners.map((name) => `${name} (${assumptions.filter(({ owner }) => owner === name).length})`);
  return words.length === 0 ? [] : [text("assumptions.owners", "Who answers for what is assumed", words.join(", "))];
}

/** Until the second format the books were held against whole months between the first and the last week: of the last month never. */
function unexplainedIn({ format, month, input, actuals, teams }: Ground): number | null {
  const { assumptions, costs } = input.programme;
  const terms = { assumptions, costs, teams };
  if (format < 3) return reconciledIn(actuals, terms, input.period)?.share ?? null;
  return mostUnexplained(actuals, terms, { from: input.period.from, to: monthOf(monthNumber(month) + 1) });
}

function ofEvaluation(ground: Ground, evaluation: Evaluation, found: Evaluated): readonly Printed[] {
  const { input } = ground;
  const { figures, lost, leadTime } = found;
  const isFrozen = evaluation.baseline !== null;
  const { grade, caps } = gradeOf({
    figures,
    effect: lost,
    isFrozen,
    unexplained: unexplainedIn(ground),
    unheld: ground.unheld,
  });
  const { registered, options } = evaluation;
  const otherwise = deviationsIn(evaluation, input.seed, found);
  return [
    text("savings.grade", "How far it can be believed, A to D", grade),
    ...caps.map((cap, index) => text(`savings.cap.${index + 1}`, `No better than ${cap.grade}`, cap.words)),
    number("savings.seed", "Seed of all that is drawn", input.seed),
    number("savings.draws", "Draws of the savings", figures.draws),
    number("effect.draws", "Draws of the effect", options.draws),
    text("savings.baseline", "Held against the frozen baseline", evaluation.baseline ?? "none was frozen"),
    text("savings.registered", "Evaluated as the frozen plan says", registered?.name ?? "none was frozen"),
    ...otherwise.map((words, index) => text(`savings.deviation.${index + 1}`, "Not as it was planned", words)),
    ...ofEffect("effect.lost", "Lost capacity", lost),
    ...ofEffect("effect.lead-time", "Lead time", leadTime),
  ];
}

/** Both verdicts with method, n and the smallest that could be seen: the saving never without its interval. */
function ofEffect(id: string, words: string, effect: Effect): readonly Printed[] {
  const { method, counts, size, detectable, grade } = effect;
  return [
    text(`${id}.verdict`, `${words}: whether there is an effect`, effect.effect),
    text(`${id}.method`, `${words}: method`, method),
    text(`${id}.grade`, `${words}: grade of the estimate`, grade),
    number(`${id}.teams`, `${words}: teams`, counts.teams),
    number(`${id}.adopted`, `${words}: teams that adopted and are in the estimate`, counts.adopted),
    number(`${id}.not-yet`, `${words}: teams that had not adopted`, counts.notYet),
    number(`${id}.team-weeks`, `${words}: weeks of teams since adoption`, counts.teamWeeks),
    number(`${id}.missing`, `${words}: weeks of teams that are missing`, counts.missing),
    share(`${id}.saving.mean`, `${words}: saved since adoption, mean`, size?.saving ?? null),
    share(`${id}.saving.low`, `${words}: saved, 90 % interval from`, size?.low ?? null),
    share(`${id}.saving.high`, `${words}: saved, 90 % interval to`, size?.high ?? null),
    share(`${id}.saving.p10`, `${words}: saved, P10`, size?.p10 ?? null),
    share(`${id}.saving.p50`, `${words}: saved, P50`, size?.p50 ?? null),
    share(`${id}.saving.p90`, `${words}: saved, P90`, size?.p90 ?? null),
    share(`${id}.saving.reaches`, `${words}: how likely it is 10 % or more`, size?.atLeastLine ?? null),
    share(`${id}.detectable`, `${words}: the smallest saving that would be seen by now`, detectable),
  ];
}

/** The parts of an estimate, each a figure of its own: never a point without its interval. */
function estimate(
  of: (id: string, words: string, value: number | null) => Printed,
  id: string,
  words: string,
  value: Estimate | null,
): readonly Printed[] {
  return [
    of(`${id}.likely`, `${words}, as stated`, value?.likely ?? null),
    of(`${id}.p10`, `${words}, P10`, value?.spread.p10 ?? null),
    of(`${id}.p50`, `${words}, P50`, value?.spread.p50 ?? null),
    of(`${id}.p90`, `${words}, P90`, value?.spread.p90 ?? null),
  ];
}

/** Beside the headline: what was lost for each unit that was delivered. */
function ofVolume({ before, now, linked, lacking, ...held }: VolumeAdjusted): readonly Printed[] {
  const id = "savings.volume-adjusted";
  return [
    number(`${id}.before`, "Linked issues delivered in as many days before", Math.round(before)),
    number(`${id}.now`, "Linked issues delivered", now),
    share(`${id}.linked.before`, "Changes that closed an issue, before", linked.before),
    share(`${id}.linked.now`, "Changes that close an issue, now", linked.now),
    ...(lacking === null
      ? [
          ...estimate(share, `${id}.share`, "Saved, held against linked issues, whatever the cause", held.share),
          ...estimate(hours, `${id}.hours`, "Hours of L1 to L4, held against linked issues", held.hours),
        ]
      : [text(`${id}.lacking`, "Nothing is held against linked issues", lacking)]),
  ];
}

function ofFigures(figures: SavingsFigures): readonly Printed[] {
  const { headline, levers, baselineCost, programmeCost, volumeAdjusted } = figures;
  return [
    ...estimate(share, "savings.gross.share", "Saved, gross, of the baseline cost", headline?.gross ?? null),
    ...estimate(share, "savings.net.share", "Saved, net of the programme", headline?.net ?? null),
    share("savings.gross.reaches", "Gross: how likely it reaches 10 %", headline?.grossReaches ?? null),
    share("savings.net.reaches", "Net: how likely it reaches 10 %", headline?.netReaches ?? null),
    ...estimate(share, "savings.cash.share", "Cash alone, of the baseline cost", figures.cashShare),
    ...estimate(money, "savings.baseline.cost", "Cost of the same time in the baseline", baselineCost),
    ...estimate(money, "savings.gross.amount", "Saved, gross", figures.gross),
    money("savings.programme.cost", "Cost of the programme", programmeCost),
    ...(volumeAdjusted === null ? [] : ofVolume(volumeAdjusted)),
    ...levers.flatMap(({ id, hours: time, money: worth }) => [
      ...(time === null ? [] : estimate(hours, `lever.${id}.hours`, `${id}: hours`, time)),
      ...estimate(money, `lever.${id}.amount`, `${id}: money`, worth),
    ]),
  ];
}
