/**
 * What the bottlenecks of the backbone cost: three parts that are never added, since value, working time and losses are not the same money. Each has an interval and a
 * rank, and beside it stands how much of it could be removed and what would be worth doing first.
 */
import { exposureWords } from "./exposure-words.ts";
import type { Element } from "./programme.ts";
import type { Amount, ExposedSystem, ExposurePart, ExposureTerms, RankedAmount, Worlds } from "./worlds.ts";
import { amountOf, mayRank, ranked, stability, worldsOf } from "./worlds.ts";

export interface Exposure {
  readonly system: string;
  readonly element: Element | null;
  readonly parts: Readonly<Record<ExposurePart, RankedAmount | null>>;
  /** In which share of the draws it is among the first three by the chosen part; `null` where nothing may be ranked. */
  readonly topThree: number | null;
  /** Of the chosen part: what would not be, if its changes waited as those of the better quarter of comparable systems. `null`: too few of these. */
  readonly removable: (Amount & { readonly share: number }) | null;
  /** Removable × chance / cost; `null` where one of them is not known. */
  readonly priority: (RankedAmount & { readonly topThree: number | null }) | null;
  readonly words: string;
}

/**
 * All systems are drawn together: a draw takes whole weeks with replacement, the same for each of them, so that what happens in one week stays together and ranks are
 * those of one world (a bootstrap of blocks: Davison & Hinkley 1997, §8.2).
 *
 * @returns in the order of the chosen part, the largest first; by name where nothing may be ranked. What is not known comes last.
 */
export function exposures(systems: readonly ExposedSystem[], terms: ExposureTerms): readonly Exposure[] {
  const isRanked = mayRank(terms);
  const worlds = worldsOf(systems, terms);
  const found = systems.map((system, index) => exposureOf(system, index, { ...worlds, terms, isRanked }));
  const amount = ({ parts }: Exposure) => (isRanked ? (parts[terms.by]?.amount ?? -1) : 0);
  return found.toSorted((a, b) => amount(b) - amount(a) || (a.system < b.system ? -1 : 1));
}

interface Told extends Worlds {
  readonly terms: ExposureTerms;
  readonly isRanked: boolean;
}

function exposureOf({ system, element, isWorthKnown = true }: ExposedSystem, index: number, told: Told): Exposure {
  const { actual, terms, isRanked } = told;
  const part = (name: ExposurePart) => ranked(index, told, ({ parts }) => parts[name], isRanked);
  const parts = { value: part("value"), capacity: part("capacity"), loss: part("loss") };
  const isTold = parts[terms.by] !== null && isRanked;
  const removable = amountOf(index, told, (world) => world.removable);
  const share = actual.share[index] ?? null;
  const priority = ranked(index, told, (world) => world.priority, isRanked);
  const found = {
    system,
    element,
    parts,
    topThree: isTold ? stability(index, told, (world) => world.parts[terms.by]) : null,
    removable: removable === null || share === null ? null : { ...removable, share },
    priority: priority && {
      ...priority,
      topThree: isRanked ? stability(index, told, (world) => world.priority) : null,
    },
  };
  return { ...found, words: exposureWords(found, terms, { isRanked, isWorthKnown }) };
}
