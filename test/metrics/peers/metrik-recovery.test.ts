/**
 * The times to restore that metrik's tests expect (thoughtworks/metrik at def6a52; figures only). Its clock runs from the first red
 * deployment of a run to the next green one. Ours does not: DORA's clock is about deployments that reached production and broke
 * something there, and a red one that never got there broke nothing.
 */
import { describe, expect, it } from "vitest";
import { within } from "#metrics/time.ts";
import { utc } from "#test/support/builders.ts";
import { answer, closed, failed, feltPipeline, named, nearly, ok, other, pipeline } from "./builds.ts";
import type { Build } from "./builds.ts";

const newYear = closed(utc("2021-01-01"), utc("2021-01-03T16:00"));

/** Red for 56 h over the new year, and for 24 h in the window. */
const twice = [
  ok(utc("2020-12-28T16:00:01")),
  failed(utc("2020-12-29T16:00:01")),
  failed(utc("2020-12-30T16:00:01")),
  ok(utc("2021-01-01T00:00:01")),
  failed(utc("2021-01-01T16:00:01")),
  ok(utc("2021-01-02T16:00:01")),
  ok(utc("2021-01-04T16:00:01")),
];

const before = ["2020-12-28T16:00:01", "2020-12-29T16:00:01", "2020-12-30T16:00:01", "2021-01-01T00:00:01"].map(
  (text) => utc(text),
);
const after = ["2021-01-01T16:00:08", "2021-01-02T16:00:11", "2021-01-04T16:00:01"].map((text) => utc(text));

const january = (text: string) => utc(`2020-01-${text}`);

/** Five weeks in which it was red seven times. */
const weeks = [
  ok(january("01T01:00:42")),
  ok(january("02T01:00:42")),
  ok(january("03T01:00:50")),
  failed(january("04T01:00:40.300")),
  ok(january("04T01:45:09.178")),
  failed(january("06T03:50:09")),
  failed(january("06T23:40:22")),
  ok(january("07T01:20:09")),
  failed(january("09T01:25:09.278")),
  other(january("10T01:15:09")),
  other(january("11T01:00:42")),
  ok(january("11T23:00:42.300")),
  failed(january("13T00:00:42")),
  ok(january("14T01:00:42")),
  failed(january("15T01:00:42")),
  failed(january("16T01:00:42")),
  ok(january("17T01:00:42")),
  other(january("18T01:00:42")),
  failed(january("19T01:00:42")),
  ok(january("20T01:00:42")),
  other(january("21T01:00:42")),
  ok(january("22T01:00:42")),
  failed(january("23T01:00:42")),
  other(january("24T01:00:42")),
  failed(january("25T01:00:42")),
  other(utc("2020-02-03T01:00:42")),
  other(utc("2020-02-04T01:00:42")),
  ok(utc("2020-02-05T01:00:42")),
];

interface Case {
  readonly id: string;
  readonly what: string;
  readonly pipelines: readonly (readonly Build[])[];
  readonly window: { readonly from: number; readonly to: number };
  /** The mean they expect, hours. */
  readonly theirs: number | null;
  /** Of the same failures, felt in production: our median, how many are over, and which share of them. */
  readonly ours: { readonly value: number | null; readonly n: number; readonly coverage: number | null };
}

const NONE = { value: null, n: 0, coverage: null };

const cases: readonly Case[] = [
  {
    id: "mttr-1",
    what: "each of two pipelines was red over the new year and once more",
    pipelines: [twice, twice],
    window: newYear,
    theirs: 40,
    ours: { value: 24, n: 2, coverage: 1 },
  },
  {
    id: "mttr-2",
    what: "red from the first known deployment on",
    pipelines: [
      [...before.slice(0, 3).map((at) => failed(at)), ...before.slice(3).map((at) => ok(at))],
      [...after.slice(0, 1).map((at) => failed(at)), ...after.slice(1, 2).map((at) => ok(at))],
    ],
    window: newYear,
    theirs: (80 + 24 + 3 / 3600) / 2,
    ours: { value: 24 + 3 / 3600, n: 1, coverage: 1 },
  },
  {
    id: "mttr-3",
    what: "always green is no time, not 0",
    pipelines: [before.map((at) => ok(at)), after.map((at) => ok(at))],
    window: newYear,
    theirs: null,
    ours: NONE,
  },
  {
    id: "mttr-4",
    what: "red to the end is left out there, and here still open: it lasts at least so long",
    pipelines: [before.map((at) => failed(at)), after.map((at) => failed(at))],
    window: newYear,
    theirs: null,
    ours: { value: null, n: 0, coverage: 1 },
  },
  {
    id: "mttr-5",
    what: "red at the end of two pipelines",
    pipelines: [
      [ok(utc("2021-01-01T16:00:08")), failed(utc("2021-01-02T16:00:11"))],
      [ok(utc("2021-01-01T16:00:08")), failed(utc("2021-01-02T16:00:11"))],
    ],
    window: newYear,
    theirs: null,
    ours: { value: null, n: 0, coverage: 1 },
  },
  {
    id: "mttr-6",
    what: "an aborted deployment neither begins nor ends anything",
    pipelines: [
      [
        ok(utc("2020-12-28T16:00:01")),
        failed(utc("2020-12-29T16:00:01")),
        other(utc("2020-12-30T16:00:01")),
        ok(utc("2021-01-01T00:00:01")),
      ],
      [failed(utc("2021-01-01T16:00:01")), other(utc("2021-01-01T16:00:02")), ok(utc("2021-01-02T16:00:01"))],
    ],
    window: newYear,
    theirs: 40,
    ours: { value: 24, n: 1, coverage: 1 },
  },
  {
    id: "mttr-7",
    what: "green and aborted is no time",
    pipelines: [
      [
        ...before.slice(0, 2).map((at) => ok(at)),
        ...before.slice(2, 3).map((at) => other(at)),
        ...before.slice(3).map((at) => ok(at)),
      ],
      [...after.slice(0, 1).map((at) => other(at)), ...after.slice(1).map((at) => ok(at))],
    ],
    window: newYear,
    theirs: null,
    ours: NONE,
  },
  {
    id: "api-mttr-1",
    what: "green again in the window, red since before it",
    pipelines: [weeks],
    window: closed(january("04T01:40"), january("05T15:59:59")),
    theirs: 0.741355,
    ours: NONE,
  },
  {
    id: "api-mttr-2",
    what: "a second red one in between does not set the clock back",
    pipelines: [weeks],
    window: closed(january("07"), january("08T15:59:59")),
    theirs: 21.5,
    ours: NONE,
  },
  {
    id: "api-mttr-3",
    what: "two aborted ones in between",
    pipelines: [weeks],
    window: closed(january("11T16:00"), january("12T15:23:23")),
    theirs: 69.592506,
    ours: NONE,
  },
  {
    id: "api-mttr-4",
    what: "red before the window and in it",
    pipelines: [weeks],
    window: closed(january("15T16:00"), january("18T15:59:59")),
    theirs: 48,
    ours: NONE,
  },
  {
    id: "api-mttr-5",
    what: "all seven: two weeks of one of them make their mean three times our median",
    pipelines: [weeks],
    window: closed(utc("2019-12-31T16:00"), utc("2020-02-06T15:59:59")),
    theirs: 71.547694,
    ours: { value: 25, n: 7, coverage: 1 },
  },
];

/** Reaches back before all that is known. */
const ever = utc("2019-01-01");

describe("metrik's mean time to restore, and our failed deployment recovery time", () => {
  it.each(named(cases))("of red deployments that never reached production is none; %s", (_, { pipelines, window }) => {
    const found = answer(
      "recovery-time",
      pipelines.map((builds) => pipeline(builds)),
      window,
    );

    expect(found).toMatchObject({ value: null, n: 0, reason: "No failed deployment in this window." });
  });

  it.each(named(cases))(
    "of what was felt in production belongs to the window in which it broke, as its fail rate does; %s",
    (_, { pipelines, window, ours }) => {
      const { value, n, coverage } = answer("recovery-time", pipelines.map(feltPipeline), window);

      expect({ value, n, coverage }).toEqual({ ...ours, value: nearly(ours.value) });
    },
  );

  it.each(named(cases))(
    "by the window of their ends the same rows give their mean; %s",
    (_, { pipelines, window, theirs }) => {
      const facts = pipelines.map(feltPipeline);
      const ended = facts.map(({ deployments, ...rest }) => ({
        ...rest,
        deployments: deployments.filter(({ recoveredAt }) => within(recoveredAt, window)),
      }));

      expect(answer("recovery-time", ended, { ...window, from: ever }).mean).toEqual(nearly(theirs));
    },
  );
});
