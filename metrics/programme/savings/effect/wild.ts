/** Draws of how far an estimate may lie from the truth, each by its own standard error. */
import { random } from "../../../statistics/random.ts";

/** Six values of mean 0 and variance 1 (Webb 2023, "Reworking wild bootstrap-based inference for clustered errors"). */
const WEBB = [-Math.sqrt(1.5), -1, -Math.sqrt(0.5), Math.sqrt(0.5), 1, Math.sqrt(1.5)] as const;

/** An estimate of a world with other noise: how far it lies from its truth, and the square of its standard error. */
export interface Redrawn {
  readonly error: number;
  readonly variance: number;
}

/**
 * Studentised errors of worlds in which the noise of each block is multiplied by a draw of its own (wild bootstrap-t: Cameron, Gelbach & Miller 2008, "Bootstrap-based
 * improvements for inference with clustered errors"), in order of the draws. Whatever is wrong with the scale of the noise is wrong with both, the error and its standard error.
 *
 * @param evaluate what the estimator would say where each block has so much of its noise.
 */
export function studentised(
  blocks: number,
  evaluate: (amounts: Float64Array) => Redrawn,
  draws: number,
  seed: number,
): Float64Array {
  const draw = random(seed);
  const amounts = new Float64Array(blocks);
  return Float64Array.from({ length: draws }, () => {
    for (let block = 0; block < blocks; block++) amounts[block] = WEBB[draw(WEBB.length)] ?? 0;
    const { error, variance } = evaluate(amounts);
    return variance > 0 ? error / Math.sqrt(variance) : 0;
  });
}
