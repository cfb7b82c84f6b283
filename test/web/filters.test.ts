import { describe, expect, it } from "vitest";

import { chosen, DEFAULTS, link, pointLink, readFilters, rowsLink, sinceNote, spanOf } from "#web/filters.ts";

import { aService, anAnnotation, aStatus } from "./support.ts";

const window = { from: "2026-05-24T09:00:00Z", to: "2026-11-22T09:00:00Z" };

describe("the query string", () => {
  it("leaves out what is default", () => {
    expect(link("delivery", DEFAULTS)).toBe("delivery");
    expect(link("", DEFAULTS)).toBe("./");
  });

  it("gives back what was put in", () => {
    const filters = {
      range: "1y",
      from: "2026-01-01",
      to: null,
      since: "7",
      scope: "team:a&b=<c>",
      service: "a&b=<c>",
      interval: "month",
      bots: "out",
      open: "dropped",
      time: "working",
      compare: "none",
      against: "Start of 2026",
    } as const;
    expect(readFilters(new URL(link("delivery", filters), "http://x/").search)).toEqual(filters);
  });

  it("takes a service that is said as a scope, and the organisation for everything", () => {
    expect(readFilters("?scope=service%3Aacme%2Fshop")).toEqual({ ...DEFAULTS, service: "acme/shop" });
    expect(readFilters("?scope=organisation")).toEqual(DEFAULTS);
    expect(readFilters("?scope=team:&service=shop")).toEqual({ ...DEFAULTS, service: "shop" });
  });

  it("takes what it cannot understand as if it were not there", () => {
    expect(readFilters("?range=99y&from=soon&to=%3Cscript%3E&interval=hour&compare=all&service=")).toEqual(DEFAULTS);
  });
});

describe("links to rows", () => {
  it("carry the exact window of the number, so that the rows add up later too", () => {
    const { from, to } = readFilters(new URL(rowsLink(DEFAULTS, "recovery-time", window), "http://x/").search);
    expect({ from, to }).toEqual(window);
  });

  it("keep the days the reader chose", () => {
    expect(rowsLink({ ...DEFAULTS, from: "2026-01-01" }, "recovery-time", window)).toBe(
      "rows?from=2026-01-01&metric=recovery-time",
    );
  });

  it("narrow to one period, of which the way back knows nothing", () => {
    const there = readFilters(
      new URL(pointLink({ ...DEFAULTS, range: "1y" }, "recovery-time", window), "http://x/").search,
    );
    expect(there).toMatchObject({ range: "1y", ...window });
    expect(chosen(there)).toMatchObject({ range: "1y", from: null, to: null });
  });

  it("leave days that were chosen in the menu's links", () => {
    const filters = { ...DEFAULTS, from: "2026-01-01", to: "2026-02-01" };
    expect(chosen(filters)).toEqual(filters);
  });
});

describe("what the API is asked for", () => {
  it("is the server's own default at first, without waiting for anything", () => {
    expect(spanOf(DEFAULTS, null)).toEqual({});
  });

  it("waits until today is known in the organisation's zone", () => {
    expect(spanOf({ ...DEFAULTS, range: "12w" }, null)).toBeNull();
    expect(spanOf({ ...DEFAULTS, range: "12w" }, aStatus())).toEqual({ from: "2026-08-31" });
  });

  it.each([
    ["1y", "2025-11-17"],
    ["2y", "2024-11-18"],
  ] as const)("begins %s before today with a whole week", (range, from) => {
    expect(spanOf({ ...DEFAULTS, range }, aStatus())).toEqual({ from });
  });

  it("begins with the first commit of what is looked at", () => {
    const services = [aService(), aService({ name: "old", firstCommitAt: "2019-01-01T12:00:00Z" })];
    expect(spanOf({ ...DEFAULTS, range: "all" }, aStatus({ services }))).toEqual({ from: "2019-01-01" });
    expect(spanOf({ ...DEFAULTS, range: "all", service: "headway" }, aStatus({ services }))).toEqual({
      from: "2024-03-01",
    });
  });

  it("is the days the reader chose, whatever the range", () => {
    expect(spanOf({ ...DEFAULTS, range: "1y", to: "2026-02-01" }, null)).toEqual({ to: "2026-02-01" });
  });
});

describe("months and quarters", () => {
  const status = aStatus({ zone: "Europe/Berlin", now: "2026-11-22T09:00:00Z" });

  it.each([
    ["quarter", { from: "2026-10-01" }],
    ["last-quarter", { from: "2026-07-01", to: "2026-10-01" }],
    ["2026-03", { from: "2026-03-01", to: "2026-04-01" }],
    ["2025-12", { from: "2025-12-01", to: "2026-01-01" }],
    ["last-month", { from: "2026-10-01", to: "2026-11-01" }],
    ["month", { from: "2026-11-01" }],
    ["2026-Q1", { from: "2026-01-01", to: "2026-04-01" }],
    ["2026-Q4", { from: "2026-10-01" }],
    ["2025-Q4", { from: "2025-10-01", to: "2026-01-01" }],
  ])("are in the address: range=%s is %j", (range, span) => {
    expect(spanOf(readFilters(`?range=${range}`), status)).toEqual(span);
  });

  it("begin in the zone of the organisation", () => {
    const now = aStatus({ zone: "Pacific/Auckland", now: "2026-12-31T12:00:00Z" });

    expect(spanOf(readFilters("?range=quarter"), now)).toEqual({ from: "2027-01-01" });
  });

  it.each(["2026-Q5", "2026-Q0", "26-Q1", "2026-Q1x", "2026-13", "2026-00", "2026-3", "26-03"])(
    "are none by another name: %s",
    (range) => {
      expect(readFilters(`?range=${range}`)).toEqual(DEFAULTS);
    },
  );
});

it("takes a use case for what is looked at", () => {
  expect(readFilters("?scope=use-case%3Ainstant")).toEqual({ ...DEFAULTS, scope: "use-case:instant" });
});

describe("since a note", () => {
  const notes = [anAnnotation({ id: 7, from: "2026-03-01" })];

  it("waits until the notes are known", () => {
    const filters = readFilters("?since=7");

    expect(spanOf(sinceNote(filters, null), aStatus({}))).toBeNull();
    expect(spanOf(sinceNote(filters, notes), aStatus({}))).toEqual({ from: "2026-03-01" });
  });

  it("is in every link with its day, which stays where the note is put back", () => {
    const href = link("delivery", sinceNote(readFilters("?since=7"), notes));

    expect(href).toBe("delivery?from=2026-03-01&since=7");
    expect(sinceNote(readFilters(new URL(href, "http://x/").search), [])).toEqual({ ...DEFAULTS, from: "2026-03-01" });
  });

  it("is of what the programme declares, too, which is no entry of the journal", () => {
    const wave = [anAnnotation({ id: -2, from: "2026-03-02" })];

    expect(sinceNote(readFilters("?since=-2"), wave)).toEqual({ ...DEFAULTS, since: "-2", from: "2026-03-02" });
  });

  it("is over once other days are chosen", () => {
    expect(sinceNote(readFilters("?since=7&from=2026-04-01"), notes)).toEqual({ ...DEFAULTS, from: "2026-04-01" });
    expect(pointLink(sinceNote(readFilters("?since=7"), notes), "x", { from: "2026-04-01", to: "2026-04-08" })).toBe(
      "rows?from=2026-04-01&to=2026-04-08&metric=x",
    );
  });

  it("of a note that is not there is as if it were not said", () => {
    expect(sinceNote(readFilters("?since=8"), notes)).toEqual(DEFAULTS);
    expect(readFilters("?since=eight")).toEqual(DEFAULTS);
  });
});
