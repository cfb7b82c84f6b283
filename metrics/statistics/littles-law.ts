export interface LittlesLaw {
  /** Arrival rate × mean time: how much would be in progress if nothing changed. */
  readonly expected: number;
  /** (expected − mean in progress) / mean in progress; below 0 more is in progress than the times account for. */
  readonly residual: number;
  /** Whether the residual is at most a quarter either way. */
  readonly stable: boolean;
}

const MOST = 0.25;

/**
 * Whether arrivals, times and work in progress belong together, as they do where a process is stable: L = λ·W
 * (Little 1961). A check of the three numbers, not a forecast.
 *
 * @param rate arrivals per unit of time, the same unit as `time`.
 * @param time mean time in progress.
 * @param inProgress mean number in progress.
 * @returns `null` when nothing was in progress.
 */
export function littlesLaw(rate: number, time: number, inProgress: number): LittlesLaw | null {
  if (inProgress === 0) return null;
  const expected = rate * time;
  const residual = (expected - inProgress) / inProgress;
  return { expected, residual, stable: Math.abs(residual) <= MOST };
}
