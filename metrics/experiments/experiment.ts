/** What a team tries: said before it starts, so that nobody chooses afterwards what to call a success. */
import type { Instant } from "../time.ts";

export interface Experiment {
  readonly id: number;
  /** Whose numbers: `organisation`, `team:payments`, … */
  readonly scope: string;
  readonly metric: string;
  /** What is tried, in the team's words. */
  readonly tries: string;
  /** What the metric was when the experiment was set: a week's count, a median in its unit, a share; `null` while unknown. */
  readonly usual: number | null;
  /** What it is meant to become, in the same terms. */
  readonly target: number;
  /** The first day, 2026-11-28, in the organisation's zone. */
  readonly startDay: string;
  /** How long it runs, and how long a time before it is compared with. */
  readonly weeks: number;
  /** How often the target would be seen to be reached, as was said when it was set, 0 to 1; `null` where nobody could say. */
  readonly promise: number | null;
  /** As whoever set it gave it: nobody can log in, so it is not verified. */
  readonly actor: string;
  readonly madeAt: Instant;
}

/** Fewer weeks cannot differ by more than chance; more than half a year is no experiment. */
export const [LEAST_LENGTH, MOST_LENGTH] = [4, 26];
