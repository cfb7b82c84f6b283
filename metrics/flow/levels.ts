/** Whether how much is in progress leaves its normal variation. */
import { BASELINE } from "../grid.ts";
import { LEAST } from "../series.ts";
import type { Signal } from "../statistics/xmr.ts";
import { xmr } from "../statistics/xmr.ts";
import type { Instant, Window } from "../time.ts";
import { counted } from "../words.ts";

/** How many changes were in progress at the end of a period; `null` before anything was opened. */
export interface Level extends Window {
  readonly open: number | null;
  readonly partial: boolean;
}

export interface LevelLimits {
  /** `null` where there are none; the words say why. */
  readonly limits: (Window & { readonly centre: number; readonly lower: number; readonly upper: number }) | null;
  /** For each level what it says, in words; `null` where it says nothing. */
  readonly signals: readonly (string | null)[];
  readonly words: string;
}

/**
 * Process behaviour limits (XmR, Wheeler 2000), locked from the window's own first 20 complete periods: what ended before it is not read.
 * By day there are none: what is open today was mostly open yesterday, so neighbours differ too little, and limits that rest on
 * their differences would call almost everything a signal.
 *
 * @param interval `day`, `week` or `month`.
 * @param rebasedAt when somebody said that the process changed: what was before says nothing of what came after.
 */
export function levelLimits(levels: readonly Level[], interval: string, rebasedAt: readonly Instant[]): LevelLimits {
  const none = levels.map(() => null);
  if (interval === "day")
    return {
      limits: null,
      signals: none,
      words: "No limits of normal variation by day: what is open today was mostly open yesterday. Weeks have them.",
    };
  const [first, last] = [levels.at(0), levels.at(-1)];
  const since = Math.max(first?.from ?? 0, ...rebasedAt.filter((at) => at < (last?.to ?? 0)));
  const shown = levels.filter((one) => isUsable(one, since));
  const baseline = Math.min(BASELINE, shown.length);
  const chart = xmr(
    shown.map(({ open }) => open ?? 0),
    baseline,
    LEAST,
  );
  if (chart === null || last === undefined)
    return {
      limits: null,
      signals: none,
      words: `No limits of normal variation: they need ${LEAST} complete ${interval}s, and here ${shown.length === 1 ? "is 1" : `are ${shown.length}`}.`,
    };
  const { centre, lower, upper } = chart;
  const found = new Map(shown.map((one, index) => [one, chart.signals[index]?.[0] ?? null]));
  const signals = levels.map((one) => signalWords(found.get(one) ?? null, (one.open ?? 0) > centre));
  const out = signals.filter((signal) => signal !== null).length;
  const rest = `Limits rest on the first ${baseline} complete ${interval}s of this window${since > (first?.from ?? 0) ? " since the process changed" : ""}.`;
  return {
    limits: { from: since, to: last.to, centre, lower: Math.max(0, lower), upper },
    signals,
    words: `${out === 0 ? "Within its normal variation" : `${counted(out, "signal")} in ${counted(shown.length, interval)}`}. ${rest}`,
  };
}

function isUsable({ from, partial, open }: Level, since: Instant): boolean {
  return from >= since && !partial && open !== null;
}

function signalWords(signal: Signal | null, isAbove: boolean): string | null {
  switch (signal) {
    case "outside":
      return `${isAbove ? "above" : "below"} the limits of normal variation`;
    case "run-of-8":
      return `eighth in a row ${isAbove ? "above" : "below"} the centre`;
    case "3-of-4":
      return `third of four nearer the ${isAbove ? "upper" : "lower"} limit than the centre`;
    case null:
      return null;
  }
}
