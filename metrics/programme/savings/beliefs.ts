/** Everything that is assumed in one list, so that all of it can be drawn at once, each of them once however many teams it is about. */
import type { Assumed, Assumption, InForce } from "../assumptions.ts";
import { inForce, ratesInForce } from "../assumptions.ts";
import type { LossTerms, TeamWeek } from "./team-week.ts";

/** A value for each belief, by its place in the list. */
export type World = ArrayLike<number>;

/** Where in a world each term of a team's week stands. */
export type TermPlaces = Readonly<Record<keyof LossTerms, number>>;

export class Beliefs {
  readonly used: InForce[] = [];
  readonly #assumptions: readonly Assumption[];
  readonly #day: string;
  readonly #places = new Map<string, number>();

  /** @param day on which what is assumed holds: the last of the period. The capacity of a team is that of each week. */
  constructor(assumptions: readonly Assumption[], day: string) {
    this.#assumptions = assumptions;
    this.#day = day;
  }

  /** `null` where nobody said it and nothing is usual. */
  placeOf(what: Assumed, of: string | null, day = this.#day): number | null {
    const found = inForce(this.#assumptions, what, of, day);
    return found === null ? null : this.#keep(found);
  }

  /** Of what an hour costs; empty where nobody said. */
  rates(): readonly number[] {
    return ratesInForce(this.#assumptions, this.#day).map((one) => this.#keep(one));
  }

  /** `null` where nobody said how many hours the team had. */
  termsOf({ team, week }: Pick<TeamWeek, "team" | "week">): TermPlaces | null {
    const capacity = this.placeOf("capacity", team, week);
    const responders = this.placeOf("responders", team);
    const handlingCap = this.placeOf("handling-cap", team);
    const manualDeployment = this.placeOf("manual-deployment", team);
    const approval = this.placeOf("approval", team);
    const back = this.placeOf("return", team);
    const invisibleShare = this.placeOf("invisible-share", team);
    if (capacity === null || responders === null || handlingCap === null || manualDeployment === null) return null;
    if (approval === null || back === null || invisibleShare === null) return null;
    return { capacity, responders, handlingCap, manualDeployment, approval, return: back, invisibleShare };
  }

  /** As everything is stated. */
  likely(): World {
    return this.used.map(({ value }) => value);
  }

  #keep(belief: InForce): number {
    const { what, of, said } = belief;
    const key = JSON.stringify([what, of, said?.validFrom ?? null]);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    this.used.push(belief);
    this.#places.set(key, this.used.length - 1);
    return this.used.length - 1;
  }
}

/** @param world a place that is not in it is a fault of whoever asks. */
export function at(world: World, place: number): number {
  return world[place] ?? Number.NaN;
}

export function termsIn(world: World, places: TermPlaces): LossTerms {
  return {
    capacity: at(world, places.capacity),
    responders: at(world, places.responders),
    handlingCap: at(world, places.handlingCap),
    manualDeployment: at(world, places.manualDeployment),
    approval: at(world, places.approval),
    return: at(world, places.return),
    invisibleShare: at(world, places.invisibleShare),
  };
}
