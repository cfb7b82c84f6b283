import { CLUSTERS, CLUSTERS_EDITION, EDITION, FACTORS, INDUSTRIES, INSTRUMENT } from "#metrics/benchmark.ts";
import type { Reply } from "#server/contract.ts";

import { iso } from "./series.ts";

/** Fixed scores: what the page makes of them is what is looked at. */
export function benchmark(from: number, to: number): Reply<"/api/benchmark"> {
  return {
    window: { from: iso(from), to: iso(to) },
    instrument: INSTRUMENT,
    edition: EDITION,
    services: 2,
    factors: FACTORS.map((factor, index) => ({
      factor,
      title: factor,
      option: ["1 day to 1 week", "once a day to once a week", null, null, null][index] ?? null,
      score: [6, 6, null, 9.5, 9][index] ?? null,
      reason: index === 2 ? "Nothing is known of it in this window." : null,
      industries: INDUSTRIES.map(({ name, means, deviations }) => ({
        name,
        mean: means[index] ?? 0,
        deviation: deviations?.[index] ?? null,
      })),
    })),
    overall: 7.625,
    throughput: 6,
    stability: 9.25,
    clusters: { edition: CLUSTERS_EDITION, rows: [...CLUSTERS] },
  };
}
