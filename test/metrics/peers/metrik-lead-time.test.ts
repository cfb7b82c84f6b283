/**
 * The lead times that metrik's tests expect (thoughtworks/metrik at def6a52; figures only). The commits are the same, carried by the
 * same deployments. It shows their mean and we their median, which is the better rule: one commit that lay about for a year moves
 * a mean as far as it likes.
 */
import { describe, expect, it } from "vitest";
import { utc } from "#test/support/builders.ts";
import { answer, closed, failed, named, nearly, ok, other, pipeline, toy, toyWindow } from "./builds.ts";

/** Per case: its window, the mean they expect and the median we give, hours. */
const NOTHING = { mean: null, median: null, n: 0 };

const two = [pipeline(toy(ok(8, 1, 2))), pipeline(toy(ok(8, 6)))];

const four = pipeline(toy(ok(8, 1, 2), ok(13, 4, 5), ok(17, 10, 11), ok(23, 14, 15)));

const carrying = toy(
  ok(8, 1, 2),
  failed(11, 4, 5),
  other(16),
  ok(19, 13, 14),
  other(25),
  other(30, 22, 23),
  ok(36, 28, 29),
);

const long = pipeline(
  toy(
    ok(8, 1, 2),
    failed(13, 6, 7),
    ok(17, 10, 11, 12),
    other(23, 16, 17),
    other(29),
    ok(34),
    other(39, 33, 34),
    ok(44, 37, 38),
    other(49, 41, 42),
  ),
);

const toys = [
  {
    id: "mlt-1",
    what: "a window without a deployment has none",
    services: [pipeline(toy(ok(8, 1, 2))), pipeline(toy(ok(8, 1, 2)))],
    window: [1000, 2000],
    expected: NOTHING,
  },
  {
    id: "mlt-2",
    what: "commits of two pipelines are pooled, each counts once",
    services: two,
    window: [0, 20],
    expected: { mean: 5, median: 6, n: 3 },
  },
  {
    id: "mlt-3",
    what: "a deployment at the first instant of the window counts",
    services: two,
    window: [8, 20],
    expected: { mean: 5, median: 6, n: 3 },
  },
  {
    id: "mlt-4",
    what: "a deployment at the last instant of the window counts",
    services: two,
    window: [1, 8],
    expected: { mean: 5, median: 6, n: 3 },
  },
  {
    id: "mlt-5",
    what: "what was deployed before and after the window does not count in it",
    services: [pipeline(toy(ok(8, 1, 2), ok(13, 6, 7), ok(17, 10, 11)))],
    window: [10, 14],
    expected: { mean: 6.5, median: 6.5, n: 2 },
  },
  {
    id: "mlt-5-1",
    what: "deployments without commits have none, not 0",
    services: [pipeline(toy(ok(8), ok(13), ok(17, 10, 11))), pipeline(toy(ok(8), ok(13), ok(17, 10, 11)))],
    window: [11, 13],
    expected: NOTHING,
  },
  {
    id: "mlt-5-2",
    what: "commits deployed at the instant they were made have 0, not none",
    services: [pipeline(toy(ok(8, 8, 8))), pipeline(toy(ok(8, 8, 8)))],
    window: [8, 8],
    expected: { mean: 0, median: 0, n: 4 },
  },
  {
    id: "mlt-5-3",
    what: "only the third of four deployments lies in the window",
    services: [four],
    window: [16, 18],
    expected: { mean: 6.5, median: 6.5, n: 2 },
  },
  {
    id: "mlt-6",
    what: "what a failed build had waits for the next success, which counts it from its own date",
    services: [
      pipeline(carrying),
      pipeline(
        toy(ok(8, 1, 2), failed(11, 9, 9), other(16), ok(19, 19, 19), other(25), other(30, 22, 23), ok(36, 28, 29)),
      ),
    ],
    window: [13, 26],
    expected: { mean: 7.5, median: 8, n: 8 },
  },
  {
    id: "mlt-7",
    what: "the order in which builds are told, and one told twice, change nothing",
    services: [pipeline([...toy(other(16)), ...carrying].toReversed())],
    window: [13, 26],
    expected: { mean: 10, median: 10, n: 4 },
  },
  {
    id: "mlt-8",
    what: "a first known build that failed is carried by the first that succeeds",
    services: [pipeline(carrying.slice(1))],
    window: [13, 26],
    expected: { mean: 10, median: 10, n: 4 },
  },
  {
    id: "mlt-9",
    what: "each commit has the weight of one, whatever the pipeline and the size of its build",
    services: [
      pipeline(toy(ok(8, 1, 2), ok(13, 6, 7), ok(17, 10, 11, 12), ok(23, 16, 17))),
      pipeline(toy(ok(8, 1, 2), ok(13, 13, 13), ok(17, 17, 17, 17), ok(23, 16, 17))),
    ],
    window: [13, 17],
    expected: { mean: 3.1, median: 2.5, n: 10 },
  },
  {
    id: "mlt-10",
    what: "a deployment without commits of its own carries those of the builds that never got there",
    services: [long, long],
    window: [13, 49],
    expected: { mean: 216 / 22, median: 10, n: 22 },
  },
] as const;

const august = (text: string) => utc(`2020-08-${text}`);

const failedFirst = pipeline([failed(august("24T16:00:00.200"), august("24T16:00")), ok(august("24T18:00:00.200"))]);

const three = pipeline([ok(august("24T18:00:00.200"), august("19T16:00"), august("20T16:00"), august("24T16:00"))]);

const dated = [
  {
    id: "api-mlt-1",
    what: "one commit of five days before",
    service: pipeline([ok(august("24T18:00"), august("19T16:00"))]),
    window: [august("24T17:00"), august("25T20:46:40")],
    expected: { mean: 122, median: 122, n: 1 },
  },
  {
    id: "api-mlt-2",
    what: "a failed deployment delivers nothing",
    service: pipeline([failed(august("24T18:00"), utc("2020-07-24T18:00"))]),
    window: [august("24T17:00"), august("25T20:46:40")],
    expected: NOTHING,
  },
  {
    id: "api-mlt-3",
    what: "an aborted deployment delivers nothing",
    service: pipeline([other(august("24T18:00"), august("19T16:00"))]),
    window: [august("24T17:00"), august("25T20:46:40")],
    expected: NOTHING,
  },
  {
    id: "api-mlt-4",
    what: "a deployment of no commit, before the window, gives nothing",
    service: pipeline([ok(august("24T18:00"))]),
    window: [august("25T20:46:40"), august("27T00:33:20")],
    expected: NOTHING,
  },
  {
    id: "api-mlt-5",
    what: "the commit of a failed build counts when a build without commits succeeds",
    service: failedFirst,
    window: [august("24T17:00:00.300"), august("24T18:00:00.300")],
    expected: { mean: 2, median: 2, n: 1 },
  },
  {
    id: "api-mlt-6",
    what: "three commits of different age",
    service: three,
    window: [august("24T17:00:00.300"), august("24T18:00:00.300")],
    expected: { mean: 74, median: 98, n: 3 },
  },
  {
    id: "api-mlt-7",
    what: "what is deployed after the window does not count, though it was made in it",
    service: three,
    window: [august("19T16:00"), august("24T16:00")],
    expected: NOTHING,
  },
  {
    id: "api-mlt-8",
    what: "the last instant of the window is in it, to the millisecond",
    service: three,
    window: [august("24T17:00"), august("24T18:00:00.200")],
    expected: { mean: 74, median: 98, n: 3 },
  },
  {
    id: "api-mlt-9",
    what: "a longer window with the same deployment gives the same",
    service: three,
    window: [august("19T16:00"), utc("2020-09-09T16:00")],
    expected: { mean: 74, median: 98, n: 3 },
  },
] as const;

describe("metrik's mean lead time, and our median of the same commits", () => {
  it.each(named(toys))("%s", (_, { services, window: [from, to], expected: { mean, median, n } }) => {
    const found = answer("lead-time-commit", services, toyWindow(from, to));

    expect([found.value, found.n]).toEqual([median, n]);
    expect(found.mean).toEqual(nearly(mean));
  });

  it.each(named(dated))("%s", (_, { service, window: [from, to], expected: { mean, median, n } }) => {
    const found = answer("lead-time-commit", [service], closed(from, to));

    expect(found.n).toBe(n);
    expect([found.mean, found.value]).toEqual([mean, median].map(nearly));
  });
});
