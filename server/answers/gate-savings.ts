/** Whether savings are there, as the gate asks: shown by comparing teams, or what was planned by now. */
import { dateOf } from "#metrics/calendar.ts";
import type { GateInput } from "#metrics/programme/gate.ts";
import { monthNumber, monthOf } from "#metrics/programme/months.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { planIn } from "#metrics/programme/savings/ledger/on-plan.ts";
import { planWords } from "#metrics/programme/savings/ledger/words.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { asOf, lastDayOf } from "./ledger-as-of.ts";

/**
 * Of the whole organisation, which finance counts as one. That they are caused by the programme is shown by comparing teams, not by their
 * size; as long as that says nothing, the ledger's last whole month says whether they are on plan.
 *
 * @returns `null` where nothing was measured and nothing planned.
 */
export async function savingsForGate(
  { store, config, now }: Installation,
  { currency }: Programme,
  { figures, effect, sentence }: Reply<"/api/savings">,
): Promise<GateInput["savings"]> {
  const running = dateOf(now(), config.timezone).slice(0, 7);
  const month = monthOf(monthNumber(running) - 1);
  const { lines, transitions } = asOf(await store.ledger(), lastDayOf(month));
  const plans = planIn(lines, transitions, month);
  const planned = planWords(plans, month, currency);
  if (figures === null && planned === null) return null;
  const measured = figures === null ? [] : [sentence, ...(effect === null ? [] : [effect.words.effect])];
  return {
    effect: figures === null || effect === null || effect.verdict === "not yet" ? "not-yet" : effect.verdict,
    onPlan: plans.length === 0 ? null : plans.every(({ isMet }) => isMet),
    words: [...measured, ...(planned === null ? [] : [planned])].join(" "),
  };
}
