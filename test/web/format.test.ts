import { describe, expect, it } from "vitest";

import {
  ago,
  between,
  duration,
  headline,
  interval,
  moment,
  period,
  plural,
  quantity,
  share,
  shortId,
  tick,
  unbroken,
} from "#web/format.ts";

import { aDefinition, aMeasure, aPoint } from "./support.ts";

/** The text with plain spaces. */
function plain(text: string | null): string | undefined {
  return text?.replaceAll("\u00a0", " ");
}

describe("durations", () => {
  it.each([
    [0, "0 min"],
    [0.4 / 3600, "0.4 s"],
    [41.2 / 3600, "41 s"],
    [59.6 / 3600, "1 min"],
    [8.33 / 60, "8.3 min"],
    [9.96 / 60, "10 min"],
    [59.6 / 60, "1 h"],
    [0.4, "24 min"],
    [17.94, "17.9 h"],
    [47.9, "47.9 h"],
    [48, "2 d"],
    [132, "5.5 d"],
    [24_000, "1,000 d"],
  ])("shows %d hours as %s", (hours, text) => {
    expect(plain(duration(hours))).toBe(text);
  });
});

describe("quantities", () => {
  it("never shows what is unknown as a number", () => {
    expect(quantity(null, "hours")).toBe("—");
  });

  it("shows a share with three digits", () => {
    expect(plain(share(0.1234))).toBe("12.3 %");
  });

  it("keeps a number and its unit on one line", () => {
    expect(quantity(5.5, "commits")).toBe("5.5\u00a0commits");
  });

  it("says one release and several", () => {
    expect([1, 2, 0].map((value) => plain(plural(value, "release")))).toEqual([
      "1 release",
      "2 releases",
      "0 releases",
    ]);
  });

  it.each(["2 recoveries", "2 failed deployments", "2 releases x.y.0", "2 deploys"])(
    "knows that they are %s",
    (text) => {
      expect(
        plain(
          plural(
            2,
            text
              .slice(2)
              .replace("recoveries", "recovery")
              .replace(/s($| )/, "$1"),
          ),
        ),
      ).toBe(text);
    },
  );
});

describe("the number of a card", () => {
  it("shows a count as its weekly rate", () => {
    expect(plain(headline(aDefinition(), aMeasure()))).toBe("3.23 a week");
  });

  it("shows a count without a rate as the count", () => {
    expect(plain(headline(aDefinition(), aMeasure({ perWeek: null })))).toBe("84 releases");
  });

  it("shows none and not nothing when a count is zero", () => {
    expect(plain(headline(aDefinition(), aMeasure({ value: 0, n: 0, perWeek: 0 })))).toBe("0 a week");
  });

  it("shows a dash when there is no value", () => {
    expect(headline(aDefinition(), aMeasure({ value: null }))).toBe("—");
  });
});

describe("the interval of a card", () => {
  it("is in the terms of the number above it", () => {
    expect(plain(interval(aDefinition(), aMeasure({ value: 10, perWeek: 5, low: 4.8, high: 18.4 })))).toBe(
      "2.4 to 9.2 a week",
    );
  });

  it("is of the count when there is no rate to scale by", () => {
    expect(plain(interval(aDefinition(), aMeasure({ value: 0, perWeek: 0, low: 0, high: 3.689 })))).toBe(
      "0 to 3.69 releases",
    );
  });

  it("says a shared unit once and different units each", () => {
    expect(plain(between(duration(2), duration(4)))).toBe("2 to 4 h");
    expect(plain(between(duration(2), duration(96)))).toBe("2 h to 4 d");
  });

  it("is absent when there is none", () => {
    expect(interval(aDefinition(), aMeasure())).toBeNull();
  });
});

describe("dates", () => {
  it("are of the organisation's zone", () => {
    expect(moment("2026-11-22T23:30:00Z", "Europe/Berlin")).toBe("Mon 23 Nov 2026, 00:30");
  });

  it("name the last day inside a half-open window", () => {
    expect(period("2026-05-24T00:00:00Z", "2026-06-01T00:00:00Z", "UTC")).toBe("24 to 31 May 2026");
  });

  it("stand under a chart short", () => {
    expect(tick(aPoint(), "week", "UTC")).toBe("16 Nov");
    expect(tick(aPoint(), "month", "UTC")).toBe("Nov 2026");
  });
});

it.each([
  ["2026-11-22T09:40:30Z", "just now"],
  ["2026-11-22T09:38:59Z", "2 min ago"],
  ["2026-11-21T09:41:00Z", "24 h ago"],
  ["2026-11-12T09:41:00Z", "10 d ago"],
])("says how long ago %s was: %s", (instant, text) => {
  expect(ago(instant, "2026-11-22T09:41:00Z")).toBe(text);
});

it("shortens a commit's sha and nothing else", () => {
  expect(shortId("3f2a".repeat(10))).toBe("3f2a3f2a");
  expect(shortId("v1.2.3")).toBe("v1.2.3");
});

describe("sentences", () => {
  it.each([
    ["Lead time is 3.2 d, and 12 % fail.", "Lead time is 3.2_d, and 12_% fail."],
    ["From 38 h to 22 h", "From 38_h to 22_h"],
    ["Deployed 4.5 a week; 6 working h.", "Deployed 4.5_a week; 6_working h."],
    ["All 5 hotfixes of 3 days", "All 5 hotfixes of 3 days"],
  ])("keep a number and its unit on one line: %s", (sentence, expected) => {
    expect(unbroken(sentence).replaceAll("\u00a0", "_")).toBe(expected);
  });
});
