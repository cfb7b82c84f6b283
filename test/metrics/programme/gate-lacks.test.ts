import { describe, expect, it } from "vitest";
import { gateLacks } from "#metrics/programme/gate-lacks.ts";
import { practiceStatus } from "#metrics/programme/practice-status.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import type { Part, Practice, Reading } from "#metrics/programme/practices/practice.ts";
import { USUAL } from "#metrics/programme/practices/practice.ts";
import { NO_ITEMS, unmeasurable } from "#metrics/programme/practices/readings.ts";
import { WEEK } from "#metrics/time.ts";

const limits = LIMITS.cloud;
const part: Part = { ...USUAL, id: "part", condition: () => "Six of ten.", threshold: () => 0.6, read: () => NO_ITEMS };
const practice: Practice = { id: "small", title: "Small", why: "", source: "", parts: [part] };
const share = (met: number, of: number): Reading => ({ ...NO_ITEMS, met, of });
const times = (count: number, reading: Reading): readonly Reading[] => Array.from({ length: count }, () => reading);

function lacksOf(readings: readonly Reading[]) {
  const weeks = readings.map((_, index) => ({ from: index * WEEK, to: (index + 1) * WEEK }));
  return gateLacks([practiceStatus(practice, [{ part, readings }], weeks, limits)], limits, ["small", "unread"]);
}

describe("what the gate lacks of a service", () => {
  it("is nothing where the practice is adopted", () => {
    expect(lacksOf(times(26, share(9, 10)))).toEqual([]);
  });

  it("is nothing where the practice is not asked of the service", () => {
    expect(lacksOf(times(26, { kind: "not-applicable", reason: "It has no database.", owner: "Architects" }))).toEqual(
      [],
    );
  });

  it.each([
    [
      "practising",
      [...times(20, share(3, 10)), ...times(6, share(10, 10))],
      "practised, not adopted yet (6 of 18 weeks; 12 of 18 are asked)",
    ],
    [
      "practising",
      [...times(2, share(10, 10)), ...times(4, share(10, 10))],
      "practised, not adopted yet (6 of 6 weeks; 12 of 18 are asked)",
    ],
    ["not-yet", times(26, share(3, 10)), "not yet (0 of the last 6 weeks)"],
    ["insufficient-data", times(26, NO_ITEMS), "too little happened to say"],
    ["not-measurable", times(26, unmeasurable("Nobody tells.")), "cannot be measured"],
  ] as const)("says of what is %s how far it is", (status, readings, words) => {
    expect(lacksOf(readings)).toEqual([{ practice: "small", title: "Small", status, part: "part", words }]);
  });

  it("says that weeks are enough where a few large ones still weigh against them", () => {
    const readings = [...times(6, share(9, 10)), ...times(4, share(0, 60)), ...times(8, share(9, 10))];

    expect(lacksOf(readings)[0]?.words).toBe(
      "practised, not adopted yet (14 of 18 weeks are enough, their items together are not)",
    );
  });
});
