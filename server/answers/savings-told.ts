/** What was reckoned of savings, as the API tells it. */
import type { InForce } from "#metrics/programme/assumptions.ts";
import { ASSUMED } from "#metrics/programme/assumptions.ts";
import type { Estimate } from "#metrics/programme/savings/effect/index.ts";
import type { SavingsFigures } from "#metrics/programme/savings/result.ts";
import { LEVER_WORDS } from "#metrics/programme/savings/result.ts";
import { quantile } from "#metrics/statistics/quantile.ts";
import type { Instant } from "#metrics/time.ts";

/** Percentiles stand for the draws: thousands of them tell a reader no more. */
export function toldEffect({ method, why, effect, size, draws, earliest, ...rest }: Estimate) {
  const { counts, checks, byTime, byTeam, detectable, words } = rest;
  const percentiles = Array.from({ length: 99 }, (_, index) => quantile(draws, (index + 1) / 100));
  return {
    method,
    why,
    verdict: effect,
    saving: size && { ...size, mean: size.saving },
    counts,
    checks,
    byTime,
    byTeam,
    detectable,
    earliest: isoOf(earliest),
    words,
    draws: percentiles.filter((saving) => saving !== null),
  };
}

/** `null` of what nobody knows. */
export function isoOf(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** With the titles and units of what is told. */
export function toldFigures(figures: SavingsFigures) {
  return {
    ...figures,
    minutes: {
      ...figures.minutes,
      runners: figures.minutes.runners.map((one) => ({ ...one, price: one.price && toldAssumption(one.price) })),
    },
    levers: figures.levers.map((lever) => ({ ...lever, title: LEVER_WORDS[lever.id].title })),
    tornado: figures.tornado.map((bar) => ({ ...bar, assumption: toldAssumption(bar.assumption) })),
    assumptions: figures.assumptions.map(toldAssumption),
  };
}

function toldAssumption({ what, of, value, low, high, said }: InForce) {
  const { title, unit } = ASSUMED[what];
  const { source = null, owner = null, validFrom = null } = said ?? {};
  return { what, title, unit, of, value, low, high, source, owner, validFrom };
}
