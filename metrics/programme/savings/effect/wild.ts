/** Draws of how far an estimate may lie from the truth, each by its own standard error. */
import { random } from "../../../statistics/random.ts";

/** Six values of mean 0 and variance 1 (Webb 2023, "Reworking wild bootstrap-based inference for clustered errors"). */
const WEBB = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)] as const;

/** An estimate of a world with other noise: how far it lies from its truth, and the square of its standard error. */
interface Redrawn {
  readonly error: number;
  readonly variance: number;
}

export interface Redrawing {
  readonly teams: number;
  /** From how many teams each may have its noise; 1: it keeps its own. */
  readonly lent: number;
  /** Of each team. */
  readonly blocks: number;
  /**
   * What the estimator would say.
   *
   * @param sources by team: whose noise it has.
   * @param amounts by team, then block: how much of it.
   */
  readonly evaluate: (sources: Int32Array, amounts: Float64Array) => Redrawn;
}

/**
 * Studentised errors of worlds in which teams are drawn with replacement, each as somebody's noise, and in which the noise of each of its blocks of weeks is multiplied by a draw of its own (wild
 * bootstrap-t: Cameron, Gelbach & Miller 2008, "Bootstrap-based improvements for inference with clustered errors"). In order of the draws. Whatever is wrong with the scale of the noise is wrong with both, the error
 * and its standard error; and that few teams know it badly is in how much standard errors vary.
 */
export function studentised({ teams, lent, blocks, evaluate }: Redrawing, draws: number, seed: number): Float64Array {
  const draw = random(seed);
  const sources = new Int32Array(teams);
  const amounts = new Float64Array(teams * blocks);
  return Float64Array.from({ length: draws }, () => {
    if (lent > 1) for (let team = 0; team < teams; team++) sources[team] = draw(lent);
    for (let at = 0; at < amounts.length; at++) amounts[at] = WEBB[draw(WEBB.length)] ?? 0;
    const { error, variance } = evaluate(sources, amounts);
    return variance > 0 ? error / Math.sqrt(variance) : 0;
  });
}
