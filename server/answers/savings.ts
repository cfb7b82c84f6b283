/** What was saved, how sure that is and what it is made of. */
import { gradeOf } from "#metrics/programme/savings/caps.ts";
import { OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import type { Evaluated, Evaluation, Question } from "#metrics/programme/savings/evaluate.ts";
import { deviationsIn } from "#metrics/programme/savings/evaluate.ts";
import { mostUnexplained, reconciledIn } from "#metrics/programme/savings/ledger/reconcile.ts";
import { savingsOutlook } from "#metrics/programme/savings/outlook.ts";
import { methodOf, outcomeOf } from "#metrics/programme/savings/registered.ts";
import { ADVICE, savingsSentence } from "#metrics/programme/savings/words.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { evaluated } from "../estimating.ts";
import { hashOf } from "../hash.ts";
import type { Store } from "../store/store.ts";
import { structureOf } from "../structure.ts";
import { inForce } from "./actuals.ts";
import { unheldLines } from "./ledger-room.ts";
import type { SavingsGround } from "./savings-ground.ts";
import { dayBefore, groundOf, inputOf } from "./savings-ground.ts";
import { scenarios } from "./savings-scenarios.ts";
import { isoOf, toldEffect, toldFigures } from "./savings-told.ts";
import { workingTeams } from "./team-weeks.ts";

/** Where neither the plan nor whoever asks says another. */
const USUAL_SEED = 1;

export async function answerSavings(
  installation: Installation,
  { quarter, seed: asked }: Query<"/api/savings">,
): Promise<Reply<"/api/savings">> {
  const ground = await groundOf(installation, quarter);
  const { programme, baseline, known, quarters, today, adoptions, registered } = ground;
  const seed = asked ?? seedOf(ground);
  const evaluation = evaluationOf(installation, ground);
  const found =
    baseline === null
      ? null
      : await kept(installation, { input: inputOf(ground, baseline, seed), ...asking(evaluation) });
  const { figures = null, lost = null, leadTime = null } = found ?? {};
  const isFrozen = baseline?.isFrozen ?? false;
  const actuals = inForce(await installation.store.actuals());
  const { assumptions, costs } = programme;
  const terms = { assumptions, costs, teams: workingTeams(installation.config) };
  // The weeks of a quarter end within its last month, of which the books are held against it all the same; a month that runs is not in the books as a whole.
  const months = { from: ground.quarter.from, to: ground.quarter.to < today ? ground.quarter.to : today };
  const { grade, caps } = gradeOf({
    figures,
    effect: lost,
    isFrozen,
    unexplained: mostUnexplained(actuals, terms, months),
    unheld: await unheldLines(installation, today < ground.quarter.to ? today : dayBefore(ground.quarter.to)),
  });
  const outlook = savingsOutlook({
    now: installation.now(),
    today,
    firstAt: known.window?.from ?? null,
    isFrozen,
    adoptions,
    programme,
  });
  return contract["/api/savings"].reply.parse({
    sentence: savingsSentence(figures, lost !== null && lost.size !== null),
    currency: programme.currency,
    quarter: ground.quarter.id,
    quarters: quarters.map((one) => ({ ...one, isOver: one.to <= today })),
    programme: ground.version,
    figures: figures && toldFigures(figures),
    effect: lost && toldEffect(lost),
    leadTime: leadTime && toldEffect(leadTime),
    baseline: baseline && { name: baseline.name, isFrozen, words: baseline.words },
    adoptions,
    reconciliation: reconciledIn(actuals, terms, months),
    registered: registered && { ...registered, evaluates: outcomeOf(registered) },
    deviations: found === null ? [] : deviationsIn(evaluation, seed, found),
    grade,
    caps,
    earliest: isoOf(outlook.earliest ?? (lost?.effect === "not yet" ? lost.earliest : null)),
    missing: outlook.missing,
    advice: ADVICE,
    scenarios: scenarios(),
  });
}

/** What the spreads of a quarter are taken from, draw by draw. */
export async function answerSavingsDraws(
  installation: Installation,
  { quarter, seed: asked }: Query<"/api/savings/draws">,
): Promise<Reply<"/api/savings/draws">> {
  const ground = await groundOf(installation, quarter);
  const { programme, baseline } = ground;
  const seed = asked ?? seedOf(ground);
  const question = asking(evaluationOf(installation, ground));
  const found =
    baseline === null ? null : await kept(installation, { input: inputOf(ground, baseline, seed), ...question });
  return {
    quarter: ground.quarter.id,
    currency: programme.currency,
    seed,
    draws: found === null ? [] : found.draws.map((one, index) => ({ draw: index + 1, ...one })),
  };
}

/** One result for each question, kept while it is asked: a few quarters and seeds. */
const results = new WeakMap<Store, Map<string, Promise<Evaluated>>>();
const MOST_KEPT = 12;

async function kept({ store }: Installation, question: Question): Promise<Evaluated> {
  const known = results.get(store) ?? new Map<string, Promise<Evaluated>>();
  results.set(store, known);
  const key = hashOf(JSON.stringify(question));
  const before = known.get(key);
  if (before !== undefined) return before;
  const made = evaluated(question);
  known.set(key, made);
  made.catch(() => known.delete(key));
  for (const old of known.keys()) if (known.size > MOST_KEPT) known.delete(old);
  return made;
}

/** What was said before, for whoever asks for nothing else. */
export function seedOf({ registered }: Pick<SavingsGround, "registered">): number {
  return registered?.seed ?? USUAL_SEED;
}

/** How a quarter is evaluated: as it was said before, wherever something was. */
export function evaluationOf({ config }: Installation, ground: SavingsGround): Evaluation {
  const { quarter, baseline, adoptions, programme, registered } = ground;
  const { seed: _, scale: _scale, line: _line, window: _window, ...options } = OPTIONS;
  return {
    quarter: quarter.id,
    baseline: baseline?.name ?? null,
    adoptions,
    interventions: programme.interventions.map(({ kind, title, teams, from, to }) => ({
      kind,
      title,
      teams,
      from,
      to,
    })),
    teams: registered === null ? null : teamsIn(registered.scope, structureOf(config).teams),
    options: { ...options, method: registered === null ? null : methodOf(registered, quarter.id) },
    registered,
  };
}

/** The teams that a scope is made of: a team and all that are a part of it. `null`: all teams, or a scope that is not made of teams. */
function teamsIn(
  scope: string,
  teams: readonly { readonly name: string; readonly parent: string | null }[],
): readonly string[] | null {
  const [, name = null] = /^team:(.*)$/.exec(scope) ?? [];
  if (name === null) return null;
  const found = [name];
  // Those that are found are looked at in their turn.
  for (const one of found)
    for (const { name: part, parent } of teams) if (parent === one && !found.includes(part)) found.push(part);
  return found;
}

function asking({ adoptions, interventions, teams, options }: Evaluation): Omit<Question, "input"> {
  return { adoptions, interventions, teams, options };
}
