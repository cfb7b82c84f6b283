/** The page for leadership over measures that are seeded; no baseline is frozen. */
import type { Reply } from "#server/contract.ts";

import { metrics } from "./definitions.ts";
import type { Measures } from "./measure.ts";

export function leadershipOf(answer: Measures): Reply<"/api/leadership"> {
  const known = new Map(metrics.map((metric) => [metric.id, metric]));
  const five = answer.measures.flatMap(({ metric: id, whole, previous, series, limits, formerLimits, rebased }) => {
    const metric = known.get(id);
    if (metric === undefined || metric.factor === "context") return [];
    const isUnknown = whole.value === null;
    return [
      {
        metric: id,
        title: metric.title,
        factor: metric.factor,
        reading: isUnknown ? ("unknown" as const) : ("noise" as const),
        verdict: isUnknown ? null : ("within-variation" as const),
        label: isUnknown ? "Unknown" : "Noise: within normal variation",
        now: whole,
        earlier: previous?.measure ?? null,
        value: whole.reason ?? `n ${whole.n}`,
        words: previous?.words ?? "There is nothing before this window to compare with.",
        series,
        limits,
        formerLimits,
        rebased,
      },
    ];
  });
  const { window, zone, scope, service, time, sentence, quality } = answer;
  return {
    window,
    zone,
    scope,
    service,
    time,
    sentence,
    five,
    quality,
    against: null,
    parts: [
      {
        id: "use-cases",
        title: "Vision and use cases",
        sentence: "",
        rows: [],
        missing: [{ what: "No use case is named.", todo: "Name three to ten on the page Backbone." }],
        page: "backbone",
      },
      {
        id: "movers",
        title: "What moved most, and why",
        sentence: "Against the window before: Delivery got faster, and no riskier.",
        rows: [{ name: "shop", words: "better, lead time for changes: 38 h before, 22 h now.", tone: "good" }],
        missing: [],
        page: "delivery",
      },
    ],
    before: answer.measures[0]?.previous?.window ?? null,
    advice: "No baseline is frozen yet: one that is stays as it is, whatever changes later.",
    savings: {
      words: "Savings: not measurable yet, earliest 2027-03-01.",
      earliest: "2027-03-01T00:00:00.000Z",
      rows: [],
      missing: [
        {
          what: "No baseline is frozen.",
          todo: "Freeze one.",
        },
      ],
    },
  };
}
