import { expect, it } from "vitest";

import { gapLines, gapsPicture } from "#web/chart/gaps.ts";

const between = {
  gaps: [
    { at: "2026-03-06T12:00:00Z", days: 14, signal: null },
    { at: "2026-06-04T12:00:00Z", days: 90, signal: "longer than is normal" },
  ],
  centre: 20,
  lower: null,
  upper: 61,
  since: 3.5,
  words: "",
};

it("draws each gap at the event that ended it, and the one that is not over last", () => {
  const picture = gapsPicture(between, "Time from one to the next", "Europe/Berlin");

  expect(picture).toMatchObject({
    ticks: ["6 Mar", "4 Jun", "now"],
    labels: ["Fri 6 Mar 2026, 13:00", "Thu 4 Jun 2026, 14:00", "since the last"],
    values: [14, 90, 3.5],
    signals: [null, "longer than is normal", null],
    unfinished: [null, null, "running"],
  });
  expect(picture.axis.format(90)).toBe("90\u00a0d");
});

it("has its limits behind all of them, from the ground where no gap is too short", () => {
  expect(gapsPicture(between, "", "UTC").bands).toEqual([{ first: 0, last: 2, centre: 20, lower: 0, upper: 61 }]);
  expect(gapsPicture({ ...between, lower: 2 }, "", "UTC").bands).toEqual([
    { first: 0, last: 2, centre: 20, lower: 2, upper: 61 },
  ]);
});

it("has the same numbers in its table", () => {
  expect(gapLines(between, "UTC").map(({ at, days }) => [at, days])).toEqual([
    ["2026-03-06T12:00:00Z", 14],
    ["2026-06-04T12:00:00Z", 90],
    [null, 3.5],
  ]);
});
