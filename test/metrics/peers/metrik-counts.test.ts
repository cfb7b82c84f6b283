/**
 * The deployment counts and change failure rates that metrik's tests expect (thoughtworks/metrik at def6a52; figures only). It calls
 * red deployments / (red + green) the change failure rate. Ours is the better rule, since it is DORA's: a change that never reached
 * production did not fail there. Red ones are attempts without success, aborted ones too.
 */
import { describe, expect, it } from "vitest";
import type { ServiceFacts } from "#metrics/facts.ts";
import type { Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import { utc } from "#test/support/builders.ts";
import { answer, closed, failed, feltPipeline, named, ok, other, pipeline } from "./builds.ts";

const prod = [
  ok(utc("2020-12-01T00:00:02")),
  failed(utc("2021-01-01T00:00:02")),
  ok(utc("2021-01-15T00:00:02")),
  ok(utc("2021-01-30T00:00:02")),
];
const onlyProd = pipeline(prod, [ok(utc("2021-01-30T02:46:42"))]);
const ofUat = pipeline(
  [ok(utc("2020-12-01T00:00:02")), ok(utc("2021-01-01T00:00:02")), ok(utc("2021-01-15T00:00:02"))],
  [ok(utc("2021-01-30T02:46:42"))],
);

const january = (text: string) => utc(`2021-01-${text}`);

const dev = [
  ok(january("01T01:00:35")),
  ok(january("02T01:00:08")),
  ok(january("05T01:00:40")),
  ok(january("06T01:00:35")),
  ok(january("07T01:05:08")),
  failed(january("11T01:05:08")),
  ok(january("15T01:00:22")),
  ok(january("16T01:05:08")),
  ok(january("20T01:05:08")),
  ok(january("21T01:05:08")),
  ok(january("22T01:00:35")),
  ok(january("29T00:00:35")),
];
const uat = [
  ok(january("01T01:00:42")),
  ok(january("02T01:00:15")),
  other(january("05T01:00:50")),
  ok(january("06T01:00:40")),
  failed(january("07T01:15:09")),
  ok(january("11T01:15:09")),
  ok(january("15T01:10:22")),
  ok(january("16T01:15:09")),
  failed(january("20T01:14:46")),
  failed(january("21T01:15:09")),
  ok(january("22T01:00:42")),
  ok(january("29T00:00:42")),
];
const [byDev, byUat] = [pipeline(dev, uat), pipeline(uat, dev)];

/** Shares as [k, n]: red of red and green, failed of deployed, without success of attempted. */
const rates = [
  {
    id: "cfr-1",
    what: "another stage does not count",
    services: [onlyProd],
    window: closed(january("01"), january("30T08:20")),
    theirs: [1, 3],
    failedOf: [0, 2],
    attempts: [1, 3],
  },
  {
    id: "cfr-2",
    what: "pooled over pipelines with a stage each, no mean of shares",
    services: [onlyProd, ofUat],
    window: closed(january("01"), january("30T08:20")),
    theirs: [1, 5],
    failedOf: [0, 4],
    attempts: [1, 5],
  },
  {
    id: "cfr-3",
    what: "a window without deployments has no rate, not 0 %",
    services: [onlyProd],
    window: closed(january("30T02:46:40"), january("30T02:46:40")),
    theirs: [0, 0],
    failedOf: [null, 0],
    attempts: [null, 0],
  },
  {
    id: "api-cfr-1",
    what: "one of six to the first stage",
    services: [byDev],
    window: closed(utc("2020-12-31T16:00"), january("14T15:59:59")),
    theirs: [1, 6],
    failedOf: [0, 5],
    attempts: [1, 6],
  },
  {
    id: "api-cfr-2",
    what: "what was aborted is no red one, and no success either",
    services: [byUat],
    window: closed(utc("2020-12-31T16:00"), january("07T15:59:59")),
    theirs: [1, 4],
    failedOf: [0, 3],
    attempts: [2, 5],
  },
  {
    id: "api-cfr-3",
    what: "a week more, with one more success",
    services: [byUat],
    window: closed(utc("2020-12-31T16:00"), january("14T15:59:59")),
    theirs: [1, 5],
    failedOf: [0, 4],
    attempts: [2, 6],
  },
  {
    id: "api-cfr-4",
    what: "two red in a row are two",
    services: [byUat],
    window: closed(january("14T16:00"), january("22T15:59:59")),
    theirs: [2, 5],
    failedOf: [0, 3],
    attempts: [2, 5],
  },
  {
    id: "api-cfr-5",
    what: "a week more without deployments changes nothing",
    services: [byUat],
    window: closed(january("14T16:00"), january("28T15:59:59")),
    theirs: [2, 5],
    failedOf: [0, 3],
    attempts: [2, 5],
  },
  {
    id: "api-cfr-6",
    what: "four weeks are the sum of their parts",
    services: [byUat],
    window: closed(utc("2020-12-31T16:00"), january("28T15:59:59")),
    theirs: [3, 10],
    failedOf: [0, 7],
    attempts: [4, 11],
  },
  {
    id: "api-cfr-7",
    what: "a month more before the first deployment changes nothing",
    services: [byUat],
    window: closed(utc("2020-11-29T16:00"), january("28T15:59:59")),
    theirs: [3, 10],
    failedOf: [0, 7],
    attempts: [4, 11],
  },
] as const;

const thrice = pipeline([ok(january("01T00:00:02")), ok(january("15T00:00:02")), ok(january("31T01:46:40"))]);
const day = pipeline([ok(january("01T01:00:35")), failed(january("01T02:05:05")), other(january("01T05:05:05"))]);

const counts = [
  {
    id: "df-1",
    what: "summed over pipelines, by when they were deployed and not by when they were built",
    services: [thrice, thrice],
    window: closed(january("10"), january("20")),
    count: 2,
  },
  {
    id: "df-3",
    what: "a deployment that succeeded counts although its build as a whole is red",
    services: [
      pipeline([ok(january("01T00:03:22")), failed(january("15T00:03:22"))]),
      pipeline([ok(january("30T00:03:22"))]),
    ],
    window: closed(utc("2020-12-30"), utc("2021-02-01")),
    count: 2,
  },
  {
    id: "api-df-1",
    what: "one green, one red and one aborted are one",
    services: [day],
    window: closed(utc("2020-12-31T16:00"), january("01T15:59:59")),
    count: 1,
  },
  {
    id: "api-df-3",
    what: "an hour with a red one, after the first green one, has 0",
    services: [day],
    window: closed(january("01T02:00"), january("01T03:00")),
    count: 0,
  },
];

/** They expect 0; ours is better, since a board that shows 0 before it knew anything accuses a team of having stood still. */
const unknown = [
  { id: "api-df-2", what: "the evening before", window: closed(utc("2020-12-31T16:00"), january("01")) },
  { id: "api-df-4", what: "until 3 s before it was over", window: closed(january("01T00:55"), january("01T01:00:32")) },
];

describe("metrik's change failure rate is our share of attempts without success, and no fail rate", () => {
  it.each(named(rates))("%s", (_, { services, window, theirs, failedOf, attempts }) => {
    const ours = ["change-fail-rate", "unsuccessful-attempts"].map((id) => answer(id, services, window));

    expect(ours.map(({ k, n }) => [k, n])).toEqual([failedOf, attempts]);
    expect(redAndGreen(services, window)).toEqual(theirs);
  });
});

describe("metrik's deployment count", () => {
  it.each(named(counts))("is ours; %s", (_, { services, window, count }) => {
    expect(answer("deployment-frequency", services, window).value).toBe(count);
  });

  it.each(named(unknown))(
    "is 0 and ours unknown, since nothing is known before the first deployment; %s",
    (_, { window }) => {
      expect(answer("deployment-frequency", [day], window)).toMatchObject({
        value: null,
        reason: expect.stringMatching(/^The data does not reach into this window/),
      });
    },
  );
});

describe("metrik's numbers of a product of two pipelines", () => {
  const early = (text: string) => utc(`2020-01-${text}`);
  const one = [
    failed(early("06T03:50:09"), early("06T03:30")),
    failed(early("06T23:40:22"), early("06T23:00")),
    ok(early("08T12:10:22"), early("08T09:00"), early("08T09:30")),
    failed(early("09T01:25:09.278"), early("09T01:05")),
    other(early("10T01:15:09"), early("10T01:00")),
    other(early("11T01:00:42"), early("11T00:00")),
    ok(early("11T23:00:42.300"), early("11T23:00")),
    failed(early("13T00:00:42"), early("12T23:00")),
    ok(early("14T01:00:42"), early("14T00:00")),
  ];
  const other2 = [
    failed(early("06T03:50:09"), early("06T03:30")),
    failed(early("06T23:40:22"), early("06T23:00")),
    ok(early("08T12:10:22"), early("08T09:00"), early("08T09:30")),
    failed(early("09T06:45:09.098"), early("09T05:30")),
    other(early("10T01:15:09"), early("10T01:00")),
    ok(early("11T01:00:42.300"), early("11T00:00")),
  ];
  const services = [pipeline(one), pipeline(other2)];

  it("api-multi-1: count, lead times and recoveries agree, the failure rate is one of attempts", () => {
    const window = closed(early("08T16:00"), early("12T15:59:59"));
    const asked = (id: string) => answer(id, services, window);

    expect(asked("deployment-frequency").value).toBe(2);
    expect(asked("lead-time-commit")).toMatchObject({ mean: expect.closeTo(1.23511 * 24, 2), n: 7 });
    expect(asked("lead-time-commit").value).toBeCloseTo(24 + 42.3 / 3600, 6);
    expect(redAndGreen(services, window)).toEqual([2, 4]);
    expect(asked("change-fail-rate")).toMatchObject({ k: 0, n: 2 });
    expect(asked("unsuccessful-attempts")).toMatchObject({ k: 5, n: 7 });
    expect(asked("recovery-time")).toMatchObject({ value: null, n: 0 });
    expect(answer("recovery-time", [one, other2].map(feltPipeline), window)).toMatchObject({
      value: expect.closeTo(55.92586, 4),
      n: 2,
    });
  });

  it("api-multi-none: before the first deployment nothing is known, theirs says 0 deployments", () => {
    const window = closed(utc("2019-12-31T16:00"), early("04T15:59:59"));
    const ids = ["deployment-frequency", "lead-time-commit", "recovery-time", "change-fail-rate"];

    expect(ids.map((id) => answer(id, services, window).value)).toEqual([null, null, null, null]);
  });
});

/** How many red ones of the red and the green ones, as they count them. */
function redAndGreen(services: readonly ServiceFacts[], window: Window): [number, number] {
  const statuses = services
    .flatMap(({ deployments }) => deployments)
    .filter(({ tier, createdAt }) => tier === "production" && within(createdAt, window))
    .map(({ status }) => status);
  const red = statuses.filter((status) => status === "failure").length;
  return [red, red + statuses.filter((status) => status === "success").length];
}
