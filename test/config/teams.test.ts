import { describe, expect, it } from "vitest";
import { ConfigError } from "#config/errors.ts";
import { parseConfig } from "#config/parse.ts";
import { workCalendarOf } from "#config/working-hours.ts";
import { problem } from "./support.ts";

const SOURCES = "sources: [{ host: github, token: t, repositories: [acme/shop, acme/app, acme/pay] }]";

const parse = (text: string) => parseConfig(`${text}\n${SOURCES}`, "/srv/headway.yaml", {});
const refusal = (text: string) => problem(() => parse(text), ConfigError);

const office = [{ from: 540, to: 1020 }];

describe("teams", () => {
  it("need nothing but a name", () => {
    expect(parse("teams: [{ name: payments }]").teams).toEqual([{ name: "payments", services: [] }]);
  });

  it("may say all of this", () => {
    const { teams } = parse(`
calendars: [{ name: germany }]
teams:
  - { name: shops }
  - name: payments
    parent: shops
    calendar: germany
    timezone: Europe/Berlin
    hours: 09:00-17:00
    services:
      - acme/pay
      - { service: acme/shop, since: 2026-01-01, until: 2026-04-01, shared: true }`);

    expect(teams[1]).toEqual({
      name: "payments",
      parent: "shops",
      calendar: "germany",
      timezone: "Europe/Berlin",
      hours: [office, office, office, office, office, [], []],
      services: [
        { service: "acme/pay", shared: false },
        { service: "acme/shop", since: "2026-01-01", until: "2026-04-01", shared: true },
      ],
    });
  });

  it("are those that services name, where none is listed", () => {
    expect(parse("services: [{ name: acme/pay, team: payments, system: ledger }]").services).toMatchObject([
      { team: "payments", system: "ledger" },
    ]);
  });

  it("may hand a service over, and may share one if both say so", () => {
    const handed = parse(`
teams:
  - { name: one, services: [{ service: acme/shop, until: 2026-04-01 }] }
  - { name: two, services: [{ service: acme/shop, since: 2026-04-01 }] }`);
    const shared = parse(`
teams:
  - { name: one, services: [{ service: acme/shop, shared: true }] }
  - { name: two, services: [{ service: acme/shop, since: 2026-04-01, shared: true }] }`);

    expect(handed.teams).toHaveLength(2);
    expect(shared.teams).toHaveLength(2);
  });
});

describe("systems", () => {
  it("are information technology unless they say otherwise, and need no service", () => {
    expect(parse("systems: [{ name: press, technology: ot, element: core }, { name: ledger }]").systems).toEqual([
      { name: "press", technology: "ot", element: "core" },
      { name: "ledger", technology: "it" },
    ]);
  });
});

describe("a mistake in teams, systems and calendars", () => {
  it.each([
    ["teams: [{ name: one }, { name: One }]", 'This is called "One" like teams[0]'],
    ["systems: [{ name: one }, { name: one }]", "like systems[0]"],
    ["calendars: [{ name: one }, { name: one }]", "like calendars[0]"],
    ["teams: [{ name: one, parnt: two }]", "Unknown key `parnt` in teams[0]. Did you mean `parent`?"],
    ["teams: [{ name: payments }, { name: two, parent: paymets }]", "Did you mean `payments`?"],
    ["teams: [{ name: two, calendar: germany }]", 'There is no calendar called "germany". List it under `calendars`.'],
    ["calendars: [{ name: germany }]\ncalendar: gemany", "Did you mean `germany`?"],
    [
      "teams: [{ name: payments }]\nservices: [{ name: acme/pay, team: payment }]",
      'line 2, services[0].team: There is no team called "payment". Did you mean `payments`?',
    ],
    ["systems: [{ name: ledger }]\nservices: [{ name: acme/pay, system: leger }]", "Did you mean `ledger`?"],
    ["teams: [{ name: a, parent: a }]", '("a" in "a")'],
    [
      "teams: [{ name: payments }]\ndigests: [{ to: slack, webhook: 'https://h.example/x', scope: 'team:payment' }]",
      'There is no team called "payment". Did you mean `payments`?',
    ],
    ["digests: [{ to: slack, webhook: 'h.example' }]", "Write one that begins with https://"],
    ["digests: [{ to: slack, webhook: 'https://h.example', at: '8' }]", "Write a time of day such as `08:00`."],
    ["digests: [{ to: slack, webhook: 'https://h.example', scope: payments }]", "Write `organisation`, `team:NAME`"],
    [
      "digests: [{ to: slack, webhook: 'https://a.example' }, { to: slack, webhook: 'https://b.example' }]",
      'This is called "slack organisation" like digests[0]',
    ],
    [
      "digests: [{ to: email, smtp: 'mail.example', from: a@b.example, recipients: [c@d.example] }]",
      "Write one such as",
    ],
    ["digests: [{ to: email, smtp: 'smtp://mail.example', from: a@b.example, recipients: [] }]", "Say who gets it."],
    ["url: headway.example", "Write the address of this dashboard"],
    [
      "teams: [{ name: a, parent: b }, { name: b, parent: c }, { name: c, parent: a }]",
      'teams[0].parent: These teams are parts of each other ("a" in "b" in "c" in "a")',
    ],
    ["systems: [{ name: one, technology: at }]", "Here must stand one of `it`, `ot`."],
    ["systems: [{ name: one, element: date }]", "Here must stand one of `core`, `integration`"],
    ["teams: [{ name: one, services: [{ service: acme/pay, sinse: 2026-01-01 }] }]", "Did you mean `since`?"],
    ["teams: [{ name: one, services: [{ service: acme/pay, since: 2026-02-30 }] }]", '"2026-02-30" is no date.'],
    [
      "teams: [{ name: one, services: [{ service: acme/pay, since: 2026-04-01, until: 2026-01-01 }] }]",
      "(2026-01-01) is the first day on which it is theirs no more, and `since` is 2026-04-01",
    ],
    ["teams: [{ name: one, timezone: CEST }]", '"CEST" is no time zone'],
    ["teams: [{ name: one, hours: 9-17 }]", '"9-17" is no span of working hours.'],
    ["teams: [{ name: one, hours: 22:00-06:00 }]", "`22:00-24:00`, and `00:00-06:00` on the next day"],
    ["teams: [{ name: one, hours: 09:00-25:00 }]", "is no span of working hours"],
    ["teams: [{ name: one, hours: 09:00-09:75 }]", "is no span of working hours"],
    ["teams: [{ name: one, hours: { monday: [09:00-13:00, 12:00-17:00] } }]", "hours.monday: These hours overlap"],
    ["teams: [{ name: one, hours: { mondy: 09:00-13:00 } }]", "Did you mean `monday`?"],
    ["teams: [{ name: one, hours: {} }]", "No hours are said"],
    ["calendars: [{ name: one, holidays: [25.12.2026] }]", '"25.12.2026" is no date.'],
    ["calendars: [{ name: one, holidays: [{ day: 2026-12-25 }] }]", "Unknown key `day`"],
  ])("is explained: %s", (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it("is told once: hours of all days are one text", () => {
    expect(refusal("teams: [{ name: one, hours: 9-17 }]").split("\n")).toHaveLength(2);
  });
});

describe("a service that two teams would own at once", () => {
  const both = (one: string, two: string): string =>
    refusal(`
teams:
  - { name: one, services: [{ service: acme/shop${one} }] }
  - { name: two, services: [{ service: ACME/shop${two} }] }`);

  it.each([
    ["", ", since: 2026-04-01", "from 2026-04-01 on"],
    [", until: 2026-04-02", ", since: 2026-04-01", "from 2026-04-01 until 2026-04-02"],
    [", until: 2026-06-01", ", until: 2026-05-01", "from the beginning until 2026-05-01"],
    [", since: 2026-01-01, shared: true", ", since: 2026-02-01", "from 2026-02-01 on"],
  ])("is refused with the dates: {%s} and {%s}", (one, two, span) => {
    const told = both(one, two);

    expect(told).toContain('would be owned both by "one"');
    expect(told).toContain(span);
    expect(told).toContain("`shared: true` in the lists of both teams");
  });

  it("is refused as well where it says its team itself", () => {
    const told = refusal(`
teams: [{ name: one, services: [{ service: acme/pay, since: 2026-03-01 }] }, { name: two }]
services: [{ name: acme/pay, team: two }]`);

    expect(told).toContain("services[0].team");
    expect(told).toContain('"one" (since 2026-03-01, teams[0].services[0])');
  });

  it("is refused where one team lists it twice", () => {
    expect(refusal("teams: [{ name: one, services: [acme/pay, acme/pay] }]")).toContain('"one" owns "acme/pay" twice');
  });
});

describe("the calendar of a team", () => {
  const config = parse(`
timezone: Europe/Berlin
calendar: germany
calendars:
  - name: germany
    hours: 09:00-17:00
    holidays: [2026-12-25, { date: 2026-12-26, name: Boxing Day }]
  - { name: india, timezone: Asia/Kolkata, holidays: [2026-01-26] }
teams:
  - { name: shops }
  - { name: pune, parent: shops, calendar: india }
  - { name: nights, parent: pune, hours: { friday: "20:00-24:00", saturday: [00:00-02:00, 03:00-06:00] } }
  - { name: york, parent: shops, timezone: America/New_York }`);
  const nine = [office, office, office, office, office, [], []];

  it("is the organisation's, unless it says something itself", () => {
    const german = { zone: "Europe/Berlin", week: nine, holidays: ["2026-12-25", "2026-12-26"] };

    expect(workCalendarOf(config, null)).toEqual(german);
    expect(workCalendarOf(config, "shops")).toEqual(german);
    expect(workCalendarOf(config, "york")).toEqual({ ...german, zone: "America/New_York" });
  });

  it("brings its own holidays, and takes from its parent what it does not say", () => {
    const indian = { zone: "Asia/Kolkata", week: nine, holidays: ["2026-01-26"] };
    const night = [
      [],
      [],
      [],
      [],
      [{ from: 1200, to: 1440 }],
      [
        { from: 0, to: 120 },
        { from: 180, to: 360 },
      ],
      [],
    ];

    expect(workCalendarOf(config, "pune")).toEqual(indian);
    expect(workCalendarOf(config, "nights")).toEqual({ ...indian, week: night });
  });

  it("is unknown where nobody said hours", () => {
    expect(workCalendarOf(parse("teams: [{ name: one, timezone: Asia/Tokyo }]"), "one")).toBeNull();
    expect(workCalendarOf(parse(""), null)).toBeNull();
  });
});
