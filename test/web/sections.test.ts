import { describe, expect, it } from "vitest";

import { metrics } from "#metrics/index.ts";
import { isSilent, openIn, sectionsOf, signalsIn, topicOf, turned } from "#web/delivery/sections.ts";
import { parted } from "#web/overview/groups.tsx";
import type { Definition, Measured, Verdict } from "#web/types.ts";

import { aDefinition, aMeasure, aPoint } from "./support.ts";

function measured(metric: string, verdict: Verdict | null, value: number | null = 1): Measured {
  const window = { from: "2026-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z" };
  const compared = { window, measure: aMeasure(), words: "", low: null, high: null, change: null };
  return {
    metric,
    whole: aMeasure({ value }),
    previous: verdict && { ...compared, verdict },
    baseline: null,
    limits: null,
    formerLimits: [],
    rebased: null,
    trend: null,
    between: null,
    details: [],
    series: [aPoint({ value })],
  };
}

/** Twenty numbers, as a host with everything has them and more. */
const definitions = new Map(
  [
    aDefinition({ id: "fast", factor: "throughput" }),
    aDefinition({ id: "safe", factor: "instability" }),
    ...Array.from({ length: 9 }, (_, index) =>
      aDefinition({ id: `change-${index}`, factor: "context", counts: "change" }),
    ),
    ...Array.from({ length: 9 }, (_, index) => aDefinition({ id: `run-${index}`, factor: "context", counts: "run" })),
  ].map((definition): [string, Definition] => [definition.id, definition]),
);
const many = sectionsOf(
  [...definitions.keys()].map((id) => measured(id, id === "run-3" ? "worse" : "within-variation")),
  definitions,
);

describe("the sections of Delivery", () => {
  it("have a place for every metric there is", () => {
    const homeless = metrics.filter(({ factor, counts }) => topicOf({ factor, counts }) === "others");

    expect(homeless.map(({ id }) => id)).toEqual([]);
  });

  it("begin with delivery, and hold each number once", () => {
    expect(many.map(({ topic, of }) => [topic, of.length])).toEqual([
      ["throughput", 1],
      ["instability", 1],
      ["changes", 9],
      ["pipelines", 9],
    ]);
  });

  it("put what has nothing to show last", () => {
    const all = [measured("change-0", null, null), measured("change-1", null)];
    const [section] = sectionsOf(all, definitions);

    expect(section?.of.map(isSilent)).toEqual([false, true]);
  });

  it("are folded but for delivery's, unless the address or their number says otherwise", () => {
    const few = sectionsOf([measured("fast", null), measured("run-0", null)], definitions);

    expect([...openIn(many, "")]).toEqual(["throughput", "instability"]);
    expect([...openIn(many, "?sections=pipelines,nonsense")]).toEqual(["throughput", "instability", "pipelines"]);
    expect([...openIn(many, "?sections=all")]).toHaveLength(4);
    expect([...openIn(few, "")]).toEqual(["throughput", "pipelines"]);
  });

  it("turn in the address, there and back", () => {
    const opened = turned(openIn(many, ""), "pipelines");
    const both = turned(openIn(many, `?sections=${opened}`), "changes");

    expect([opened, both]).toEqual(["pipelines", "pipelines,changes"]);
    expect(turned(openIn(many, "?sections=pipelines"), "pipelines")).toBeNull();
  });

  it("say which of what they fold left its normal variation", () => {
    expect(many.map((section) => signalsIn(section).map(({ definition: { id } }) => id))).toEqual([
      [],
      [],
      [],
      ["run-3"],
    ]);
  });
});

it("shows on the Overview of many numbers that explain those that left their normal variation", () => {
  const pipelines = many.filter(({ topic }) => topic === "pipelines").flatMap(({ of }) => of);
  const { shown, folded } = parted("context", pipelines, 20);

  expect([shown.map(({ measured: { metric } }) => metric), folded.length]).toEqual([["run-3"], 8]);
  expect(parted("context", pipelines, 9).folded).toEqual([]);
  expect(parted("throughput", pipelines, 20).folded).toEqual([]);
});
