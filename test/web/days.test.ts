import { expect, it } from "vitest";

import { addDays, dayIn, firstDay, isMoment, lastDay, mondayOf, yearsBefore } from "#web/days.ts";

it("finds the day in the zone, not in the browser's", () => {
  expect(dayIn("Europe/Berlin", "2026-11-22T23:30:00Z")).toBe("2026-11-23");
});

it("adds days over the end of summer time", () => {
  expect(addDays("2026-10-24", 2)).toBe("2026-10-26");
});

it.each(["2026-11-16", "2026-11-19", "2026-11-22"])("finds the Monday of the week of %s", (day) => {
  expect(mondayOf(day)).toBe("2026-11-16");
});

it("takes the last day of February for a leap day in a common year", () => {
  expect(yearsBefore("2028-02-29", 1)).toBe("2027-02-28");
  expect(yearsBefore("2028-02-29", 4)).toBe("2024-02-29");
});

it("shows the last day inside a window whose end is excluded", () => {
  expect(lastDay("Europe/Berlin", "2026-12-01")).toBe("2026-11-30");
  expect(lastDay("Europe/Berlin", "2026-11-30T23:00:00Z")).toBe("2026-11-30");
});

it("shows the first day of a window that begins at an instant", () => {
  expect(firstDay("Europe/Berlin", "2026-11-29T23:00:00Z")).toBe("2026-11-30");
});

it.each(["2026-11-22", "2026-11-22T10:00:00Z", "2026-11-22T10:00:00+01:00"])("takes %s for a moment", (text) => {
  expect(isMoment(text)).toBe(true);
});

it.each(["", "yesterday", "2026-13-01", "2026-11-22 10:00", "<script>"])("does not take “%s” for a moment", (text) => {
  expect(isMoment(text)).toBe(false);
});
