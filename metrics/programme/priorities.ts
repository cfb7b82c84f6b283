/** Which initiative promises most for what it costs, by what was measured of the systems it is about. */
import { sum } from "../statistics/sum.ts";
import type { Element, Initiative } from "./programme.ts";
import type { Amount, ExposedSystem, ExposureTerms, RankedAmount, World, Worlds } from "./worlds.ts";
import { amountOf, mayRank, ranked, stability, worldsOf } from "./worlds.ts";

export type Weighed = Pick<Initiative, "id" | "element" | "systems" | "strategy" | "chance"> & {
  /** What it still costs, in money; not above 0: nobody said. */
  readonly cost: number;
};

export interface Priority {
  readonly id: string;
  /** What of the exposure of its systems it could remove. `null`: nothing of them is measured, or too few are comparable. */
  readonly removable: Amount | null;
  /** Removable × chance / cost; `null` where one of them is not known. */
  readonly priority: (RankedAmount & { readonly topThree: number | null }) | null;
}

/**
 * An initiative removes what is removable of its element in its systems; one that replaces a system, or is about its core, of all of its elements. Each is looked at
 * by itself: what two of them remove is not there twice. In the order of priority, the highest first.
 */
export function priorities(
  initiatives: readonly Weighed[],
  systems: readonly ExposedSystem[],
  terms: ExposureTerms,
): readonly Priority[] {
  const worlds = worldsOf(systems, terms);
  const parts = initiatives.map((one) =>
    systems.flatMap((system, index) => (isAbout(one, system.system, system.element) ? [index] : [])),
  );
  const ofEach = (world: World): World => {
    const removable = parts.map((indexes) => total(indexes.map((index) => world.removable[index] ?? null)));
    const priority = removable.map((amount, index) => {
      const { chance, cost } = initiatives[index] ?? { chance: 0, cost: 0 };
      return amount === null || cost <= 0 ? null : (amount * chance) / cost;
    });
    return { ...world, removable, priority };
  };
  const own: Worlds = {
    actual: ofEach(worlds.actual),
    drawn: worlds.drawn.map(ofEach),
    without: worlds.without.map(ofEach),
  };
  const isRanked = mayRank(terms);
  const found = initiatives.map(({ id }, index): Priority => {
    const priority = ranked(index, own, (world) => world.priority, isRanked);
    const topThree = isRanked ? stability(index, own, (world) => world.priority) : null;
    return {
      id,
      removable: amountOf(index, own, (world) => world.removable),
      priority: priority && { ...priority, topThree },
    };
  });
  const amount = ({ priority }: Priority) => priority?.amount ?? -1;
  return found.toSorted((a, b) => amount(b) - amount(a));
}

function isAbout({ systems, element, strategy }: Weighed, system: string, part: Element | null): boolean {
  const isNamed = systems.some((name) => name.toLowerCase() === system.toLowerCase());
  return isNamed && (strategy === "replace" || element === "core" || element === part);
}

/** Of what is known; `null` where nothing is. */
function total(amounts: readonly (number | null)[]): number | null {
  const known = amounts.filter((amount) => amount !== null);
  return known.length === 0 ? null : sum(known);
}
