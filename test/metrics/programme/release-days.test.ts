import { describe, expect, it } from "vitest";
import { boundTo, releaseDays } from "#metrics/programme/release-days.ts";

const days = (words: string, month = "2026-11") =>
  Array.from({ length: 30 }, (_, index) => `${month}-${String(index + 1).padStart(2, "0")}`).filter(
    (date) => releaseDays(words)?.(date) === true,
  );
const noon = (date: string) => Date.parse(`${date}T12:00:00Z`);

describe("the days on which a system can change", () => {
  it.each([
    ["second Saturday of the month, 07:00 in Berlin", ["2026-11-14"]],
    ["Last Sunday of each month", ["2026-11-29"]],
    ["every Tuesday night", ["2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24"]],
    ["on day 15 of the month", ["2026-11-15"]],
  ])("are read from %s", (words, expected) => {
    expect(days(words)).toEqual(expected);
  });

  it("are not known where words do not say from which day on", () => {
    expect(releaseDays("every second Sunday")).toBeNull();
    expect(releaseDays("when the vendor says so")).toBeNull();
  });

  it("bind the services that keep to them, and no others", () => {
    const ledger = { system: "Ledger", isReleaseDay: (date: string) => date.endsWith("-14") };
    const bound = (dates: readonly string[]) => boundTo(dates.map(noon), [ledger], "Europe/Berlin");

    expect(bound(["2026-09-14", "2026-10-14", "2026-11-14"])).toBe("Ledger");
    expect(bound(["2026-09-14", "2026-10-14", "2026-10-20", "2026-11-14"])).toBeNull();
    expect(bound(["2026-07-14", "2026-08-14", "2026-09-14", "2026-10-14", "2026-11-20"])).toBe("Ledger");
    expect(bound(["2026-10-14", "2026-11-14"])).toBeNull();
  });

  it("are days of the organisation's zone", () => {
    const ledger = { system: "Ledger", isReleaseDay: (date: string) => date.endsWith("-14") };
    const late = ["2026-09-13", "2026-10-13", "2026-11-13"].map((date) => Date.parse(`${date}T23:30:00Z`));

    expect(boundTo(late, [ledger], "Europe/Berlin")).toBe("Ledger");
    expect(boundTo(late, [ledger], "UTC")).toBeNull();
  });
});
