/** Student's t: how far the mean of few values may lie by chance. */
import { bisect } from "../statistics/bisect.ts";

/**
 * P(T > t) for t ≥ 0 and whole degrees of freedom, exactly, by the finite series (Abramowitz & Stegun 26.7.3 and 26.7.4).
 */
export function studentTail(t: number, degrees: number): number {
  const angle = Math.atan(t / Math.sqrt(degrees));
  const [sine, square] = [Math.sin(angle), Math.cos(angle) ** 2];
  const isOdd = degrees % 2 === 1;
  let [term, total] = [1, degrees < 2 ? 0 : 1];
  for (let k = isOdd ? 3 : 2; k < degrees; k += 2) {
    term *= (square * (k - 1)) / k;
    total += term;
  }
  const within = isOdd ? (2 / Math.PI) * (angle + sine * Math.cos(angle) * total) : sine * total;
  return (1 - within) / 2;
}

/** What a t of so many degrees of freedom exceeds with this probability, below one half. */
export function studentQuantile(tail: number, degrees: number): number {
  return bisect((t) => tail - studentTail(t, degrees), 0, 1e4);
}
