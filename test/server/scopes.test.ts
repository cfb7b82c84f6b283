/** Whose numbers: a team has those of the time in which it owned a service, and the parts add up to the whole. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Config } from "#config/schema.ts";
import { DAY } from "#metrics/time.ts";
import { answerMeasures } from "#server/answers/measures.ts";
import { answerServices } from "#server/answers/services.ts";
import { Memory } from "#server/answers/memory.ts";
import { answerRows } from "#server/answers/rows.ts";
import { contract } from "#server/contract.ts";
import type { Reply } from "#server/contract.ts";
import type { Installation } from "#server/installation.ts";
import { aUseCase } from "#test/metrics/programme/declared.ts";
import { anAcme, REPOSITORIES, sources } from "#test/support/acme.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { declare } from "#test/support/one-team.ts";

const teams = [
  { name: "payments", services: [{ service: "acme/shop", until: "2026-04-01" }] },
  { name: "sales", services: ["acme/site"] },
  { name: "checkout", parent: "sales", services: [{ service: "Acme/Shop", since: "2026-04-01" }] },
  { name: "idle", parent: "sales" },
];

const deploymentsOf = async (headway: Headway, scope: string, question = "") => {
  const { whole } = await headway.measure("deployment-frequency", `scope=${scope}&${question}`);
  return whole.value;
};

describe("a team", () => {
  it("that owned a service from January to March has its numbers of these months and no others", async () => {
    const headway = await anAcme({ teams });
    const all = (await headway.exported("deployments")).filter(({ service }) => service === "acme/shop");
    const before = all.filter(({ deployedAt }) => String(deployedAt) < "2026-04-01");

    const { whole, series } = await headway.measure("deployment-frequency", "scope=team:payments&interval=month");

    expect(before.length).toBe(30);
    expect(whole.value).toBe(30);
    expect(series.map(({ label, value }) => `${label} ${String(value)}`)).toEqual([
      "2026-01 11",
      "2026-02 9",
      "2026-03 10",
    ]);
    expect(await deploymentsOf(headway, "team:checkout")).toBe(all.length - 30);
    expect(await deploymentsOf(headway, "team:payments", "from=2026-04-01&to=2026-07-01")).toBeNull();
  });

  it("has the rows of its numbers, and they add up to them", async () => {
    const headway = await anAcme({ teams });

    const { total: all, whole, rows } = await headway.rows("lead-time-change", "scope=team:payments&limit=1000");

    expect([all, whole.n]).toEqual([30, 30]);
    expect(new Set(rows.map((row) => row.service))).toEqual(new Set(["acme/shop"]));
    expect(rows.at(-1)?.at).toBe("2026-03-29T18:00:00.000Z");
  });

  it("has what its parts have", async () => {
    const headway = await anAcme({ teams });
    const [site, shop] = [
      await deploymentsOf(headway, "service:acme/site"),
      await deploymentsOf(headway, "team:checkout"),
    ];

    expect(await deploymentsOf(headway, "team:sales")).toBe(Number(site) + Number(shop));
  });

  it("that owns nothing has no numbers, and is told why", async () => {
    const headway = await anAcme({ teams });
    const { sentence, measures } = await headway.measures("scope=team:idle&metric=deployment-frequency");

    expect(sentence).toContain('The team "idle" owns no service that is known');
    expect(measures[0]?.whole).toMatchObject({ value: null, n: 0, reason: sentence });
  });

  it("is told where it owned nothing in the window", async () => {
    const headway = await anAcme({ teams });
    const { sentence } = await headway.measures("scope=team:payments&from=2026-05-01&to=2026-06-01");

    expect(sentence).toBe('The team "payments" owned no service in this window.');
  });

  it("shows only the services that it owned in the window", async () => {
    const headway = await anAcme({ teams });
    const names = async (question: string) => {
      const answer = await headway.get(`/api/services?scope=team:sales&metric=deployment-frequency&${question}`);
      return answer.json<{ services: { service: string }[] }>().services.map(({ service }) => service);
    };

    expect(await names("from=2026-01-01&to=2026-03-01")).toEqual(["acme/site"]);
    expect(await names("from=2026-01-01&to=2026-05-01")).toEqual(["acme/shop", "acme/site"]);
  });

  it("begins and ends with days of the organisation's zone", async () => {
    const headway = await anAcme({
      timezone: "America/New_York",
      teams: [{ name: "night", services: [{ service: "acme/shop", since: "2026-01-04", until: "2026-01-05" }] }],
    });

    const { rows } = await headway.rows("deployment-frequency", "scope=team:night");

    expect(rows.map((row) => row.at)).toEqual(["2026-01-04T18:00:00.000Z"]);
  });
});

describe("an export of a team", () => {
  it("holds the rows of the time in which it owned a service, newest first", async () => {
    const headway = await anAcme({ teams });
    const exported = async (kind: string, question: string) => {
      const answer = await headway.get(`/api/export/${kind}?format=json&${question}`);
      return answer.json<Record<string, string>[]>();
    };

    const all = await exported("deployments", "service=acme/shop");
    const [first, second] = [
      await exported("deployments", "scope=team:payments"),
      await exported("deployments", "scope=team:checkout"),
    ];

    expect([...second, ...first]).toEqual(all);
    expect(await exported("deployments", "scope=team:payments&from=2026-03-01&to=2026-05-01")).toHaveLength(10);
    expect(await exported("changes", "scope=team:idle")).toEqual([]);
  });

  it("of measures says the scope; without one it holds each scope there is", async () => {
    const headway = await anAcme({ teams, systems: [{ name: "ledger" }] });
    const scopes = async (question: string) => {
      const answer = await headway.get(`/api/export/measures?format=json&${question}`);
      return [...new Set(answer.json<{ scope: string }[]>().map(({ scope }) => scope))];
    };

    expect(await scopes("scope=team:payments")).toEqual(["team:payments"]);
    expect(await scopes("scope=organisation")).toEqual(["all"]);
    expect(await scopes("")).toEqual([
      "all",
      "team:payments",
      "team:sales",
      "team:checkout",
      "team:idle",
      "system:ledger",
      ...REPOSITORIES.toSorted(),
    ]);
  });
});

describe("a system", () => {
  it("has the numbers of its services", async () => {
    const headway = await anAcme({
      systems: [{ name: "ledger", element: "core" }, { name: "press" }],
      services: [
        { name: "acme/books", system: "ledger" },
        { name: "acme/site", system: "ledger", element: "api" },
      ],
    });
    const [books, site] = [
      await deploymentsOf(headway, "service:acme/books"),
      await deploymentsOf(headway, "service:acme/site"),
    ];

    expect(await deploymentsOf(headway, "system:ledger")).toBe(Number(books) + Number(site));
    expect(await deploymentsOf(headway, "system:press")).toBeNull();
  });
});

describe("a scope that is asked for", () => {
  it.each([
    ["team:payment", 'There is no team "payment". Did you mean "payments"?'],
    ["system:ledger", "None is configured"],
    ["service:acme/shp", 'Did you mean "acme/shop"?'],
    ["tribe:payments", '"tribe:payments" is no scope.'],
    ["team:", '"team:" is no scope.'],
    ["payments", '"payments" is no scope.'],
    ["team:payments&service=acme/site", 'There is no service "acme/site" in team:payments. Did you mean "acme/shop"?'],
    ["team:idle&service=acme/site", "It has none that is known."],
  ])("is refused with what to ask instead: %s", async (scope, words) => {
    const headway = await anAcme({ teams });
    const answer = await headway.get(`/api/measures?scope=${scope}`);

    expect(answer.status).toBe(400);
    expect(answer.json<{ detail: string }>().detail).toContain(words);
  });

  it("may be narrowed to one of its services, in the time in which it was theirs", async () => {
    const headway = await anAcme({ teams });
    const question = "scope=team:sales&service=acme/shop";

    expect(await headway.measures(question)).toMatchObject({ scope: "team:sales", service: "acme/shop" });
    expect((await headway.rows("deployment-frequency", question)).whole.value).toBe(30);
    expect((await headway.get(`/api/export/deployments?format=json&${question}`)).json()).toHaveLength(30);
  });

  it("is said again by the answer, and a service is the same by either name", async () => {
    const headway = await anAcme({ teams });
    const [byScope, byService] = [
      await headway.measures("scope=service:acme/shop"),
      await headway.measures("service=acme/shop"),
    ];

    expect((await headway.measures("scope=team:sales")).scope).toBe("team:sales");
    expect((await headway.measures("")).scope).toBe("organisation");
    expect(byScope).toEqual(byService);
    expect(byScope).toMatchObject({ scope: "service:acme/shop", service: "acme/shop" });
  });
});

describe("the list of scopes", () => {
  it("is a tree of teams with systems and services", async () => {
    const headway = await anAcme({
      teams,
      calendar: "office",
      calendars: [{ name: "office", hours: "09:00-17:00" }],
      systems: [{ name: "ledger", element: "core", technology: "ot" }],
      services: [{ name: "acme/books", system: "ledger", releaseClass: "embedded" }],
    });
    const answer = await headway.get("/api/scopes");
    const scopes = contract["/api/scopes"].reply.parse(answer.json());

    expect(scopes.organisation).toEqual({ scope: "organisation", services: 3, hasHours: true });
    expect(scopes.teams.map(({ scope, depth, services }) => [scope, depth, services])).toEqual([
      ["team:payments", 0, 0],
      ["team:sales", 0, 2],
      ["team:checkout", 1, 1],
      ["team:idle", 1, 0],
    ]);
    expect(scopes.teams[0]?.owned).toEqual([{ service: "acme/shop", from: null, to: "2026-04-01T00:00:00.000Z" }]);
    expect(scopes.systems).toEqual([
      { scope: "system:ledger", name: "ledger", element: "core", technology: "ot", services: 1 },
    ]);
    expect(scopes.services).toEqual([
      {
        scope: "service:acme/books",
        name: "acme/books",
        team: null,
        system: "ledger",
        element: "core",
        releaseClass: "embedded",
      },
      {
        scope: "service:acme/shop",
        name: "acme/shop",
        team: "checkout",
        system: null,
        element: null,
        releaseClass: null,
      },
      { scope: "service:acme/site", name: "acme/site", team: "sales", system: null, element: null, releaseClass: null },
    ]);
  });

  it("knows the teams and systems that only services name", async () => {
    const headway = await anAcme({ services: [{ name: "acme/books", team: "books", system: "ledger" }] });
    const scopes = contract["/api/scopes"].reply.parse((await headway.get("/api/scopes")).json());

    expect(scopes.teams.map(({ scope, services }) => [scope, services])).toEqual([["team:books", 1]]);
    expect(scopes.systems.map(({ scope, services }) => [scope, services])).toEqual([["system:ledger", 1]]);
  });
});

describe("the share outside working hours", () => {
  /** Everything is deployed at 18:00 UTC: 19:00 or 20:00 in Berlin, 13:00 or 14:00 in New York, and every day of the week. */
  const config = {
    calendars: [{ name: "week", hours: "09:00-17:00" }],
    teams: [
      {
        name: "berlin",
        calendar: "week",
        timezone: "Europe/Berlin",
        services: [{ service: "acme/shop", until: "2026-04-01" }],
      },
      {
        name: "york",
        calendar: "week",
        timezone: "America/New_York",
        services: [{ service: "acme/shop", since: "2026-04-01" }],
      },
      { name: "quiet", services: ["acme/site"] },
    ],
  };
  const outside = async (headway: Headway, question: string) =>
    (await headway.measure("outside-hours-share", question)).whole;

  it("takes the hours of the team that owned the service at the time", async () => {
    const headway = await anAcme(config);
    const { n, k } = await outside(headway, "scope=team:york");
    const answer = await headway.get("/api/export/deployments?format=json&scope=team:york");
    const weekend = answer.json<{ deployedAt: string }[]>().filter(({ deployedAt }) => isWeekend(deployedAt));

    expect(await outside(headway, "scope=team:berlin")).toMatchObject({ n: 30, k: 30, value: 1 });
    expect([n, k]).toEqual([30, weekend.length]);
    expect(await outside(headway, "scope=service:acme/shop")).toMatchObject({ n: 60, k: 30 + weekend.length });
  });

  it("is not known where nobody said the hours, covers less beside those who did, and is in no card where nobody did", async () => {
    const headway = await anAcme(config);
    const silent = await anAcme({ teams });
    const ids = (await silent.measures("")).measures.map(({ metric }) => metric);

    expect(await outside(headway, "scope=team:quiet")).toMatchObject({
      value: null,
      n: 0,
      reason: "Nobody said when work is done: give the team or the organisation a calendar with hours in headway.yaml.",
    });
    expect((await outside(headway, "")).coverage).toBeLessThan(0.6);
    expect(ids).not.toContain("outside-hours-share");
  });

  it("says of each row whether it was outside", async () => {
    const headway = await anAcme(config);
    const { rows } = await headway.rows("outside-hours-share", "scope=service:acme/shop&limit=1000");
    const { rows: unknown } = await headway.rows("outside-hours-share", "scope=team:quiet");

    expect(new Set(rows.map(({ value, why }) => `${String(value)} ${why.split(".")[0]}`))).toEqual(
      new Set(["1 Outside working hours", "0 Within working hours"]),
    );
    expect(unknown[0]?.why).toContain("Nobody said when those work who owned the service then.");
  });
});

describe("working time", () => {
  /** Opened at 11:00 UTC, merged at 12:00, deployed at 18:00: a working day in Berlin ends at 16:00 or 15:00 UTC. */
  const config = {
    timezone: "Europe/Berlin",
    calendar: "germany",
    calendars: [{ name: "germany", hours: "09:00-17:00", holidays: ["2026-01-01"] }],
    teams: [
      { name: "berlin", services: [{ service: "acme/shop", until: "2026-04-01" }] },
      { name: "york", timezone: "America/New_York", services: [{ service: "acme/shop", since: "2026-04-01" }] },
    ],
  };
  const values = async (headway: Headway, metric: string, question: string) => {
    const { rows } = await headway.rows(metric, `${question}&limit=1000`);
    return new Map(rows.map(({ at, value }) => [at.slice(0, 10), value]));
  };

  it("is that of the team that owned the service at the time", async () => {
    const headway = await anAcme(config);
    const hours = await values(headway, "lead-time-merge", "time=working&scope=service:acme/shop");

    expect(hours.get("2026-01-07")).toBe(4); // a Wednesday in Berlin, 13:00 to 17:00 of 13:00 to 19:00
    expect(hours.get("2026-01-01")).toBe(0); // a holiday
    expect(hours.get("2026-01-04")).toBe(0); // a Sunday
    expect(hours.get("2026-04-01")).toBe(5); // a Wednesday in New York, 9:00 to 14:00 of 8:00 to 14:00
  });

  it("is told as such, and elapsed time is not moved by it", async () => {
    const headway = await anAcme(config);
    const elapsed = await headway.measures("metric=lead-time-merge");
    const working = await headway.measures("metric=lead-time-merge,deployment-frequency&time=working");

    expect(elapsed).toMatchObject({ time: "elapsed", measures: [{ whole: { value: 6 } }] });
    expect(working.time).toBe("working");
    expect(working.measures[0]?.whole.value).toBe(4);
    expect(String(working.measures[0]?.previous?.words)).not.toMatch(/\d (h|d)\b/);
    expect(working.sentence).not.toMatch(/\d (h|d)\b/);
    expect(working.measures[1]?.details.map(({ label }) => label)).not.toContain("median gap");
    expect(await values(headway, "lead-time-merge", "")).not.toContain(4);
  });

  it("says the unit in the definitions", async () => {
    const headway = await anAcme(config);
    const units = async (question: string) => {
      const metrics = contract["/api/metrics"].reply.parse((await headway.get(`/api/metrics${question}`)).json());
      return new Set(metrics.map(({ unit }) => unit));
    };

    expect(await units("?time=working")).not.toContain("hours");
    expect(await units("?time=working")).toContain("working-hours");
    expect(await units("")).not.toContain("working-hours");
  });

  it("is unknown with its reason where nobody said the hours", async () => {
    const headway = await anAcme({ teams });
    const { measures } = await headway.measures("time=working");
    const leadTime = measures.find(({ metric }) => metric === "lead-time-change");

    expect(leadTime?.whole).toMatchObject({ value: null, n: 0 });
    expect(leadTime?.whole.reason).toContain("Nobody said when work is done");
  });
});

function isWeekend(at: string): boolean {
  return [0, 6].includes(new Date(at).getUTCDay());
}

/** Days of the half year, and the teams that own a service from one to the next; "nobody" is a team as well. */
const handovers = fc.record({
  days: fc
    .uniqueArray(fc.integer({ min: 0, max: 180 }), { maxLength: 4 })
    .map((days) => days.toSorted((a, b) => a - b)),
  owners: fc.array(fc.constantFrom("one", "two", "nobody"), { minLength: 5, maxLength: 5 }),
});

function dayAfter(days: number | undefined): string | undefined {
  return days === undefined ? undefined : new Date(at("2026-01-01") + days * DAY).toISOString().slice(0, 10);
}

interface Handover {
  readonly days: readonly number[];
  readonly owners: readonly string[];
}

function ownedBy(team: string, all: readonly Handover[]): object[] {
  return all.flatMap(({ days, owners }, index) =>
    [undefined, ...days].flatMap((since, place) =>
      owners[place] === team
        ? [{ service: REPOSITORIES[index], since: dayAfter(since), until: dayAfter(days[place]) }]
        : [],
    ),
  );
}

describe("an answer of numbers alone", () => {
  it("has the same numbers and series, and says nothing of what is normal", async () => {
    const { installation } = await anAcme({});
    const asked = { bots: "default", open: "kept", time: "elapsed", from: "2026-01-01", to: "2026-07-01" } as const;
    const numbersOf = ({ measures }: Awaited<ReturnType<typeof answerMeasures>>) =>
      measures.map(({ metric, whole, series }) => ({
        metric,
        whole,
        series: series.map((point) => ({ ...point, signal: null })),
      }));

    const all = await answerMeasures(installation, { ...asked, interval: "week" });
    const numbers = await answerMeasures(installation, { ...asked, interval: "week", told: "numbers" });

    expect(numbersOf(numbers)).toEqual(numbersOf(all));
    expect(all.measures.filter(({ trend }) => trend !== null).length).toBeGreaterThan(0);
    for (const measure of numbers.measures)
      expect(measure).toMatchObject({ previous: null, limits: null, trend: null, between: null });
  });
});

describe("a list of services", () => {
  it("tells of each what is told of it alone", async () => {
    const { installation } = await anAcme({});
    const looking = { bots: "default", open: "kept", time: "elapsed", from: "2026-01-01", to: "2026-07-01" } as const;
    const alone = async (service: string) =>
      (await answerMeasures(installation, { ...looking, service, interval: "week" })).measures;

    const { services } = await answerServices(installation, looking);

    expect(services.length).toBeGreaterThan(1);
    for (const { service, measures } of services) {
      const wholes = new Map((await alone(service)).map(({ metric, whole }) => [metric, whole]));
      const both = measures.filter(({ metric }) => wholes.has(metric));
      expect(both.length).toBeGreaterThan(10);
      expect(both.map(({ whole }) => whole)).toEqual(both.map(({ metric }) => wholes.get(metric)));
    }
  });
});

describe("a use case", () => {
  const config = {
    services: REPOSITORIES.map((name) => ({ name, ...(name === "acme/books" && { system: "library" }) })),
  };

  async function anAcmeWithUseCases(): Promise<Headway> {
    const headway = await anAcme(config);
    await declare(headway, "useCases", aUseCase("instant", { services: ["acme/site"], systems: ["library"] }));
    await declare(headway, "useCases", aUseCase("anything"));
    return headway;
  }

  it("has the numbers and rows of the services that it names and of those of its systems", async () => {
    const headway = await anAcmeWithUseCases();
    const [site, books] = [
      await deploymentsOf(headway, "service:acme/site"),
      await deploymentsOf(headway, "system:library"),
    ];
    const { rows } = await headway.rows("lead-time-change", "scope=use-case:instant&limit=1000");

    expect(await deploymentsOf(headway, "use-case:instant")).toBe(Number(site) + Number(books));
    expect(Number(books)).toBeGreaterThan(0);
    expect(new Set(rows.map(({ service }) => service))).toEqual(new Set(["acme/site", "acme/books"]));
  });

  it("that names neither needs every service", async () => {
    const headway = await anAcmeWithUseCases();

    expect(await deploymentsOf(headway, "use-case:anything")).toBe(await deploymentsOf(headway, "organisation"));
  });

  it("is among what can be asked for, and another name is refused with the nearest", async () => {
    const headway = await anAcmeWithUseCases();
    const scopes = (await headway.get("/api/scopes")).json<Reply<"/api/scopes">>();
    const refused = await headway.get("/api/measures?scope=use-case:instand");

    expect(scopes.useCases).toEqual([
      {
        scope: "use-case:instant",
        id: "instant",
        title: "Use case instant",
        services: ["acme/books", "acme/site"],
      },
      { scope: "use-case:anything", id: "anything", title: "Use case anything", services: REPOSITORIES.toSorted() },
    ]);
    expect(refused).toMatchObject({ status: 400 });
    expect(refused.text).toContain('There is no use case \\"instand\\". Did you mean \\"instant\\"?');
  });

  it("decides nothing of what counts", async () => {
    const headway = await anAcmeWithUseCases();
    const label = { kind: "days", from: "2026-02-02", scope: "use-case:instant", reason: "Moved.", actor: "Ada" };
    const answer = await headway.post("/api/judgements/add", label);

    expect(answer).toMatchObject({ status: 400 });
    expect(answer.text).toContain("What counts is decided of a team");
  });
});

describe("teams that own everything between them", () => {
  const METRICS = [
    "deployment-frequency",
    "lead-time-change",
    "integration-frequency",
    "incident-recovery-time",
    "stage-review",
  ];

  it("add up to the organisation, in numbers, rows and services, however services change hands", async () => {
    const { installation } = await anAcme({});
    const memory = new Memory(installation.store);
    const looking = { bots: "default", open: "kept", time: "elapsed", from: "2026-01-01", to: "2026-07-01" } as const;
    const counts = async (has: Installation, scope: string): Promise<readonly number[]> => {
      const metric = METRICS.join(",");
      const { measures } = await answerMeasures(has, { ...looking, scope, metric, interval: "month" }, memory);
      const { services } = await answerServices(has, { ...looking, scope, metric }, memory);
      const rows = await answerRows(
        has,
        { ...looking, scope, metric: "lead-time-commit", limit: 1, offset: 0, order: "newest" },
        memory,
      );
      return [
        rows.total,
        ...measures.map(({ whole }) => whole.n),
        ...METRICS.map((_, index) => total(services.map((one) => Number(one.measures[index]?.whole.n)))),
      ];
    };
    const whole = await counts(installation, "organisation");
    expect(Math.min(...whole)).toBeGreaterThan(0);

    await fc.assert(
      fc.asyncProperty(fc.tuple(handovers, handovers, handovers), async (all) => {
        const teams = ["one", "two", "nobody"].map((name) => ({ name, services: ownedBy(name, all) }));
        const config = Config.parse({ sources, teams });
        const each = await Promise.all(
          teams.map(async ({ name }) => counts({ ...installation, config }, `team:${name}`)),
        );
        expect(whole.map((_, index) => total(each.map((one) => Number(one[index]))))).toEqual(whole);
      }),
      { numRuns: 25 },
    );
  });
});

function total(numbers: readonly number[]): number {
  let sum = 0;
  for (const number of numbers) sum += number;
  return sum;
}
