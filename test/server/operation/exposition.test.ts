import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Counter, exposition, Histogram } from "#server/operation/exposition.ts";

const LIMITS = [1, 5, 10];

describe("a histogram", () => {
  it("has for each limit how many did not exceed it, and sum and count of all", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 15 }), { minLength: 1 }), (values) => {
        const histogram = new Histogram(LIMITS);

        for (const value of values) histogram.observe({ route: "/api" }, value);

        const within = (limit: number) => values.filter((value) => value <= limit).length;
        const sum = values.map((value) => value).reduceRight((total, value) => total + value, 0);
        expect(histogram.samples().map(({ suffix, labels, value }) => [suffix, labels["le"], value])).toEqual([
          ["_bucket", "1", within(1)],
          ["_bucket", "5", within(5)],
          ["_bucket", "10", within(10)],
          ["_bucket", "+Inf", values.length],
          ["_sum", undefined, sum],
          ["_count", undefined, values.length],
        ]);
      }),
    );
  });

  it("keeps apart what is about something else", () => {
    const histogram = new Histogram([1]);

    histogram.observe({ route: "a" }, 1);
    histogram.observe({ route: "b" }, 2);

    expect(histogram.samples().filter(({ suffix }) => suffix === "_count")).toHaveLength(2);
  });
});

describe("the text", () => {
  it("has each family once, with what it means, and numbers as Prometheus reads them", () => {
    const text = exposition([
      { name: "a_total", help: "Two\nlines.", type: "counter", samples: [{ labels: {}, value: 2 }] },
      { name: "empty", help: "Nobody knows.", type: "gauge", samples: [] },
      {
        name: "b",
        help: "Other",
        type: "gauge",
        samples: [
          { labels: { x: 'a"b\\c\nd' }, value: 0.5 },
          { labels: { x: "n" }, value: Number.NaN },
          { labels: { x: "i" }, value: -Infinity },
        ],
      },
    ]);

    expect(text.split("\n")).toEqual([
      String.raw`# HELP a_total Two\nlines.`,
      "# TYPE a_total counter",
      "a_total 2",
      "# HELP b Other",
      "# TYPE b gauge",
      String.raw`b{x="a\"b\\c\nd"} 0.5`,
      'b{x="n"} NaN',
      'b{x="i"} -Inf',
      "",
    ]);
  });

  it("counts by labels", () => {
    const counter = new Counter();
    counter.add({ host: "git" }, 2);
    counter.add({ host: "git" });
    counter.add({ host: "github" });

    expect(counter.samples().map(({ value }) => value)).toEqual([3, 1]);
  });
});
