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
    ["first Sunday of the month", ["2026-11-01"]],
    ["the third Monday in November", ["2026-11-16"]],
    ["fourth Friday of every month", ["2026-11-27"]],
    ["Last Monday each month", ["2026-11-30"]],
    ["on Wednesdays", ["2026-11-04", "2026-11-11", "2026-11-18", "2026-11-25"]],
    ["each Thursday", ["2026-11-05", "2026-11-12", "2026-11-19", "2026-11-26"]],
    ["on the 2nd of each month", ["2026-11-02"]],
    ["every 23rd of the month", ["2026-11-23"]],
  ])("are read from %s", (words, expected) => {
    expect(days(words)).toEqual(expected);
  });

  it("are not known where words do not say from which day on", () => {
    expect(releaseDays("every second Sunday")).toBeNull();
    expect(releaseDays("when the vendor says so")).toBeNull();
  });

  it("are the last ones of short months, too", () => {
    expect(days("last Saturday of the month", "2026-02")).toEqual(["2026-02-28"]);
    expect(days("last Friday of the month", "2026-04")).toEqual(["2026-04-24"]);
  });

  it("bind to the first of several systems, and count a day once", () => {
    const on = (system: string, ...of: readonly string[]) => ({
      system,
      isReleaseDay: (date: string) => of.includes(date.slice(8)),
    });
    const dates = ["2026-09-14", "2026-10-14", "2026-11-14"].map(noon);

    expect(boundTo(dates, [on("Till", "13"), on("Ledger", "14"), on("ERP", "14")], "UTC")).toBe("Ledger");
    expect(boundTo(dates, [], "UTC")).toBeNull();
    expect(boundTo([...dates.slice(1), noon("2026-10-14") + 1], [on("Ledger", "14")], "UTC")).toBeNull();
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
