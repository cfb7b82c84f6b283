/**
 * What a monthly statement rests on and what it prints. The printed digits are a pure function of the rows, so that whoever has the rows can print them again. Nobody
 * is named: owners are roles or teams, and of who said or signed what there is a hash, which opens to whoever is told the name and the salt.
 */
import type { Assumption, Cost, TimeStudy } from "../../assumptions.ts";
import type { Initiative, Intervention, Programme } from "../../programme.ts";
import type { LedgerLine, Transition } from "../ledger/lines.ts";
import type { Funding } from "../ledger/placing.ts";
import { placedUntil } from "../ledger/placing.ts";
import type { Actual } from "../ledger/reconcile.ts";
import { reconciled } from "../ledger/reconcile.ts";
import type { Cap } from "../ledger/room.ts";
import { leaks, totals } from "../ledger/totals.ts";
import type { Evaluation } from "../evaluate.ts";
import type { SavingsInput } from "../prepared.ts";
import { LEDGERS } from "../result.ts";
import type { StatementFormat } from "./formats.ts";
import type { Printed } from "./printed.ts";
import { count, hours, money, share } from "./printed.ts";
import { fromRoom, unheldIn } from "./room.ts";
import { fromSavings } from "./savings.ts";
import { ledgerOf } from "./standings.ts";

/** What was written freely stays in the ledger; its hash tells whether it is the same still. From format 4 on it is that of a salt, a line break and the text. */
export interface StatedStep extends Omit<Transition, "evidence"> {
  readonly evidenceHash: string;
}

/** What was frozen before results were known, and held when the statement was issued. */
export interface StatedRecord {
  readonly kind: "baseline" | "plan" | "measures";
  readonly name: string;
  readonly scope: string;
  /** SHA-256 of the text that was frozen, hexadecimal. */
  readonly hash: string;
  /** In the zone of the statement. */
  readonly frozenOn: string;
  /** SHA-256 of a salt, a line break and the name. */
  readonly signerHash: string;
  /** The text itself; `null` of one that names its signer, or holds the numbers of a whole window. */
  readonly content: string | null;
}

/** A scope that lines are held against. */
export interface StatedScope {
  readonly scope: string;
  readonly teams: readonly string[];
  /** Scopes of the statement of which all of it is a part, itself among them. */
  readonly within: readonly string[];
}

/** How a saving is reckoned, beside rows and terms. Statements of the first format say `effect: null`: theirs is the difference between two times. */
export type Reckoning = Omit<SavingsInput, "weeks" | "programme" | "effect">;

/** Everything that a statement is made of, row by row. */
export interface StatementRows {
  readonly format: StatementFormat;
  readonly month: string;
  readonly lines: readonly LedgerLine[];
  readonly steps: readonly StatedStep[];
  readonly fundings: readonly Funding[];
  readonly actuals: readonly Actual[];
  /** What buckets held a month by the frozen baselines. */
  readonly caps: readonly Cap[];
  readonly scopes: readonly StatedScope[];
  readonly records: readonly StatedRecord[];
  readonly teams: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly costs: readonly Cost[];
  readonly studies: readonly TimeStudy[];
  readonly interventions: readonly Pick<Intervention, "id" | "kind" | "from" | "to" | "hours" | "cost">[];
  readonly initiatives: readonly Pick<Initiative, "id" | "state" | "plan" | "actuals">[];
  /** `null` where no savings could be reckoned. */
  readonly reckoning: Reckoning | null;
  /** How the effect is estimated; `null` where no savings could be reckoned, and in statements of the first format. */
  readonly evaluation: Evaluation | null;
  readonly weeks: SavingsInput["weeks"];
}

/** Everything that a statement prints, from its rows and nothing else. */
export function printed(rows: StatementRows): readonly Printed[] {
  const { reckoning, weeks } = rows;
  const saved =
    reckoning === null
      ? []
      : fromSavings({
          ...rows,
          unheld: rows.format < 4 ? 0 : unheldIn(rows).length,
          input: { ...reckoning, weeks, programme: programmeOf(rows) },
        });
  return [...fromLedger(rows), ...(rows.format < 4 ? [] : fromRoom(rows)), ...fromBooks(rows), ...saved];
}

const LEDGER_WORDS = {
  cashable: "Cashable",
  capacity: "Capacity released",
  "avoided-loss": "Avoided loss",
  value: "Value",
} as const;

function fromLedger(rows: StatementRows): readonly Printed[] {
  const { transitions, standings } = ledgerOf(rows);
  const { format, month, lines, fundings } = rows;
  const since5 = (figure: Printed): readonly Printed[] => (format < 5 ? [] : [figure]);
  const sums = totals(standings, month).flatMap(({ ledger, agreed, underWay, sinceStart, early, expired }) => {
    const [id, name] = [`ledger.${ledger}`, LEDGER_WORDS[ledger]];
    return [
      count(`${id}.agreed.lines`, `${name}: lines finance agreed to`, agreed.lines),
      money(`${id}.agreed.amount`, `${name}: agreed to, in the month`, agreed.amount),
      hours(`${id}.agreed.hours`, `${name}: agreed to, hours in the month`, agreed.hours),
      money(`${id}.sinceStart.amount`, `${name}: agreed to, since the start`, sinceStart.amount),
      hours(`${id}.sinceStart.hours`, `${name}: agreed to, hours since the start`, sinceStart.hours),
      ...(format < 4
        ? []
        : [
            money(`${id}.early.amount`, `${name}: of months before finance agreed, not counted`, early.amount),
            hours(`${id}.early.hours`, `${name}: hours of months before finance agreed, not counted`, early.hours),
          ]),
      money(`${id}.underWay.amount`, `${name}: under way, a month`, underWay.amount),
      ...since5(hours(`${id}.underWay.hours`, `${name}: under way, hours a month`, underWay.hours)),
      money(`${id}.expired.amount`, `${name}: expired after eight quarters, a month`, expired.amount),
      ...since5(hours(`${id}.expired.hours`, `${name}: expired after eight quarters, hours a month`, expired.hours)),
    ];
  });
  const lost = leaks(lines, transitions).flatMap(({ ledger, step, ...leak }) => {
    const [id, name] = [`leak.${ledger}.${step}`, LEDGER_WORDS[ledger]];
    return [
      money(id, `${name}: thought and not come, lost when ${step}`, leak.amount),
      ...since5(hours(`${id}.hours`, `${name}: hours thought and not come, lost when ${step}`, leak.hours)),
    ];
  });
  const placed = LEDGERS.flatMap((ledger) =>
    placedUntil(
      standings.filter((one) => one.ledger === ledger),
      fundings,
      month,
    ).flatMap(({ purpose, initiative, amount, hours: time }) => {
      const id = `placed.${ledger}.${purpose}${initiative === null ? "" : `.${initiative}`}`;
      const [went, thatWent] =
        format >= 3 && purpose === "unplaced"
          ? ["not placed anywhere yet", "hours not placed anywhere yet"]
          : [`went to ${initiative ?? purpose}`, `hours that went to ${initiative ?? purpose}`];
      return [
        money(`${id}.amount`, `${LEDGER_WORDS[ledger]}: ${went}`, amount),
        hours(`${id}.hours`, `${LEDGER_WORDS[ledger]}: ${thatWent}`, time),
      ];
    }),
  );
  return [...sums, ...lost, ...placed];
}

function fromBooks({ actuals, teams, ...rows }: StatementRows): readonly Printed[] {
  const { assumptions, costs } = programmeOf(rows);
  return reconciled(actuals, { assumptions, costs, teams }).flatMap((one) => [
    money(`books.${one.month}.actual`, `Books, ${one.month}: paid`, one.actual),
    money(`books.${one.month}.explained`, `Books, ${one.month}: explained by the terms`, one.explained),
    share(`books.${one.month}.unexplained`, `Books, ${one.month}: not explained`, one.share),
  ]);
}

type Terms = Pick<StatementRows, "assumptions" | "costs" | "studies" | "interventions" | "initiatives">;

/** With nothing where a statement says nothing, which no figure reads. */
function programmeOf({ assumptions, costs, studies, interventions, initiatives }: Terms): SavingsInput["programme"] {
  return {
    assumptions,
    costs,
    timeStudies: studies,
    interventions: interventions.map((one) => ({ ...one, title: "", teams: [] })),
    initiatives: initiatives.map((one) => ({ ...UNSAID, ...one })),
  };
}

const UNSAID: Programme["initiatives"][number] = {
  id: "",
  title: "",
  owner: "",
  state: "idea",
  element: "delivery",
  systems: [],
  useCase: "",
  strategy: "deliver",
  whyNot: "",
  hypothesis: { metric: "", from: "", to: "", by: "", because: "" },
  plan: [],
  capitalised: 0,
  benefit: null,
  ramp: 0,
  affected: null,
  chance: 0,
  needs: [],
  grade: "D",
  kill: "",
  checkpoint: "",
  actuals: [],
};
