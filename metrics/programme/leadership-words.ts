/** The programme in a few rows, as leadership reads it. */
import { money } from "../money.ts";
import type { Opening } from "./assessment.ts";
import type { Judged } from "./portfolio.ts";
import type { Programme, Range } from "./programme.ts";
import { ELEMENT_WORDS } from "./words.ts";

interface Row {
  readonly name: string;
  readonly words: string;
  readonly tone: "good" | "bad" | null;
}

/** Each use case, what is worth most first: its owner, what it is worth, and how many gaps and initiatives it has. */
export function useCaseRows({ useCases, initiatives, currency }: Programme): Row[] {
  return useCases
    .toSorted((a, b) => b.value.likely - a.value.likely)
    .map(({ id, title, owner, value, by }) => {
      const own = initiatives.filter(({ useCase, state }) => useCase === id && state !== "stopped").length;
      const taken = own === 0 ? "no initiative yet" : own === 1 ? "1 initiative" : `${own} initiatives`;
      return {
        name: title,
        words: `${rangeWords(value, currency)} a year from ${by}; ${owner}; ${taken}.`,
        tone: null,
      };
    });
}

/** Each gap, of what it is in the way, and what is to be done about it with its business case as a range. */
export function gapRows(
  { useCases, initiatives, currency }: Programme,
  gaps: readonly Opening[],
  judged: readonly Judged[],
): Row[] {
  return gaps.map(({ finding, useCase, initiatives: taken }) => {
    const title = useCases.find(({ id }) => id === useCase)?.title ?? useCase;
    const first = judged.find(({ initiative }) => taken.includes(initiative.id));
    const name = initiatives.find(({ id }) => id === first?.initiative.id)?.title;
    const plan =
      first === undefined || name === undefined
        ? "No initiative takes it up."
        : `${name}: ${caseWords(first, currency)}`;
    const verb = finding.gap === "blocks" ? "blocks" : "hinders";
    return {
      name: `${finding.system}, ${ELEMENT_WORDS[finding.element]} (declared)`,
      words: `${verb} “${title}”. ${plan}`,
      tone: finding.gap === "blocks" ? "bad" : null,
    };
  });
}

/** Each system that changes waited for, in the order in which it was measured, and what is to be done about it. */
export function measuredRows(
  systems: readonly { readonly system: string; readonly words: string }[],
  judged: readonly Judged[],
  currency: string,
): Row[] {
  return systems.map(({ system, words }, index) => {
    const first = judged.find(
      ({ initiative: { systems: own, state } }) => own.includes(system) && state !== "stopped" && state !== "done",
    );
    const plan =
      first === undefined ? "No initiative is about it." : `${first.initiative.title}: ${caseWords(first, currency)}`;
    const told = words.replace(`${system}: `, "").replace(/^./, (letter) => letter.toUpperCase());
    return { name: `${system} (measured)`, words: `${told} ${plan}`, tone: index === 0 ? "bad" : null };
  });
}

/** The business case of one initiative, as a range with how likely the money comes back. */
export function caseWords({ case: found, enables }: Judged, currency: string): string {
  if (found === null)
    return enables.length > 0
      ? "its benefit is counted where it enables others."
      : "nobody has planned what it costs yet.";
  const { p10, p50, p90 } = found.netPresentValue;
  const worth = `net present value ${money(p50, currency)} (${money(p10, currency)} to ${money(p90, currency)})`;
  const back =
    found.payback === null
      ? "the money is hardly ever back"
      : `back after ${Math.round(found.payback.p50)} months in ${Math.round(found.backAtAll * 100)} % of the draws`;
  return `${worth}, ${back}.`;
}

function rangeWords({ low, likely, high }: Range, currency: string): string {
  return `${money(likely, currency)} (${money(low, currency)} to ${money(high, currency)})`;
}
