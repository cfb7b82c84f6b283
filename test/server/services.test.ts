/** Which services there are is what the configuration makes of the repositories that were collected. */
import { describe, expect, it } from "vitest";
import type { Collector } from "#collectors/collector.ts";
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import { refresh } from "#server/refresh.ts";
import { plan } from "#server/services.ts";
import { wantsOf } from "#server/wants.ts";
import { ServiceOptions } from "#config/services.ts";
import { aCommit, aDeployment, aLine, aRepository, usualRules } from "#test/support/builders.ts";
import { aBatch } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import type { InstallationDraft } from "#test/support/installation.ts";
import { aDatabase, anInstallation, aStore, contentOf, query, serve, synced } from "#test/support/installation.ts";
import { aSender } from "#test/support/pushing.ts";

const SOURCE = "fake:acme";
const START = at("2026-05-04");

/** A repository of two parts, deployed a day apart. */
function events(repository = "acme/shop"): DeliveryEvent[] {
  const commits = aLine(
    aCommit("c", { authoredAt: START, paths: ["checkout/a"] }),
    aCommit("p", { authoredAt: START, paths: ["pay/a"] }),
  );
  const all = [
    aRepository({ head: "p" }),
    ...commits,
    aDeployment("1", "p", START + DAY, { environment: "checkout-prod" }),
    aDeployment("2", "p", START + 2 * DAY, { environment: "pay-prod" }),
  ];
  return all.map((event) => ({
    ...event,
    source: SOURCE,
    repository,
    id: event.kind === "repository" ? repository : event.id,
  }));
}

function telling(...all: readonly DeliveryEvent[]): Collector {
  return {
    source: SOURCE,
    name: "acme",
    async *collect(cursor) {
      if (cursor === null) yield aBatch({ events: all, cursor: "all", progress: 1 });
    },
  };
}

const CHECKOUT = { name: "checkout", repository: "acme/shop", paths: ["checkout/**"], production: "^checkout-prod$" };
const PAY = { name: "pay", repository: "ACME/shop", paths: ["pay/**"], production: "^pay-prod$" };
const BOTH = [CHECKOUT, PAY];

async function opened(
  database: string,
  services: NonNullable<InstallationDraft["services"]> = [],
  collector = telling(...events()),
) {
  return anInstallation({ collectors: [collector], services, database });
}

/** Services with the commits that are theirs. */
async function known(database: string) {
  const rows = await query(
    database,
    `select name, repository, (select group_concat(sha) from commit_fact where service_id = service.id) as commits
     from service order by name`,
  );
  return rows.map(({ name, repository, commits }) => [name, repository, commits]);
}

function withoutPaths(event: DeliveryEvent): DeliveryEvent {
  return event.kind === "commit" ? { ...event, paths: null } : event;
}

describe("the services of a repository", () => {
  it("are one of its name where none is configured", async () => {
    const database = aDatabase();
    await synced(await opened(database));

    expect(await known(database)).toEqual([["acme/shop", "acme/shop", "c,p"]]);
  });

  it("are those that are configured, and only these, each with its own commits and deployments", async () => {
    const database = aDatabase();
    const installation = await opened(database, BOTH);
    await synced(installation);
    const { get } = await serve(installation);

    const commits = (await get("/api/export/commits?format=json")).json<Record<string, unknown>[]>();

    expect(await known(database)).toEqual([
      ["checkout", "acme/shop", "c"],
      ["pay", "acme/shop", "p"],
    ]);
    expect(commits.map(({ service, sha, leadTimeHours }) => [service, sha, leadTimeHours])).toEqual(
      expect.arrayContaining([
        ["checkout", "c", 24],
        ["pay", "p", 48],
      ]),
    );
  });

  it("follow the configuration without another sync, there and back again", async () => {
    const database = aDatabase();
    await synced(await opened(database));
    const before = await contentOf(database);

    const changed = [await refresh(await opened(database, BOTH)), await refresh(await opened(database, BOTH))];
    const divided = await known(database);
    await refresh(await opened(database));

    expect(changed).toEqual([2, 0]);
    expect(divided.map(([name]) => name)).toEqual(["checkout", "pay"]);
    expect(await known(database)).toEqual([["acme/shop", "acme/shop", "c,p"]]);
    expect(await factsOnly(database)).toEqual(stripIds(before));
  });

  it("are derived as if they had always been so", async () => {
    const [once, later] = [aDatabase(), aDatabase()];
    await synced(await opened(once, BOTH));

    await synced(await opened(later));
    await refresh(await opened(later, [PAY]));
    await refresh(await opened(later, BOTH));

    expect(await factsOnly(later)).toEqual(await factsOnly(once));
  });

  it("leave no facts behind when they are closed", async () => {
    const database = aDatabase();
    await synced(await opened(database));

    await refresh(await opened(database, [CHECKOUT]));

    const orphans = await query(
      database,
      "select count(*) as n from commit_fact where service_id not in (select id from service)",
    );
    expect(orphans).toEqual([{ n: 0 }]);
  });

  it("may move to another repository under their name", async () => {
    const database = aDatabase();
    const collector = telling(...events(), ...events("acme/app").slice(0, 3));
    const service = { name: "front", repository: "acme/shop" };
    await synced(await opened(database, [service], collector));

    await refresh(await opened(database, [{ ...service, repository: "acme/app" }], collector));

    expect(await known(database)).toEqual([
      ["acme/shop", "acme/shop", "c,p"],
      ["front", "acme/app", "c,p"],
    ]);
  });

  it("are settled by the next start when the process is killed between the sync and the facts", async () => {
    const database = aDatabase();
    const store = await aStore(database);
    const { id } = await store.openSource({ key: SOURCE, name: "acme", host: "git" });
    await store.save(id, aBatch({ events: events(), cursor: "all" }), START);

    expect(await known(database)).toEqual([]);
    await refresh(await opened(database, BOTH));

    expect((await known(database)).map(([name]) => name)).toEqual(["checkout", "pay"]);
  });

  it("are settled by the next start when the process is killed between settling and deriving", async () => {
    const [database, whole] = [aDatabase(), aDatabase()];
    await synced(await opened(whole, BOTH));
    await synced(await opened(database));
    const { store } = await opened(database);
    const [repository] = await store.repositories([SOURCE]);
    const wanted = BOTH.map(({ name }) => ({ sourceId: Number(repository?.sourceId), repository: "acme/shop", name }));
    await store.settleServices([SOURCE], wanted);

    await refresh(await opened(database, BOTH));

    expect(await factsOnly(database)).toEqual(await factsOnly(whole));
  });
});

/** Facts with the name of their service, whose number says only when it was opened. */
async function factsOnly(database: string) {
  return stripIds(await contentOf(database));
}

function stripIds(content: Record<string, readonly string[]>): readonly string[] {
  return Object.entries(content)
    .filter(([table]) => table.endsWith("_fact"))
    .flatMap(([table, rows]) => rows.map((row) => `${table} ${row.replace(/"service_id":\d+,/, "")}`))
    .toSorted();
}

describe("the status of a service", () => {
  it("says its rule in words, with the files it is made of", async () => {
    const deployments = { from: "jobs", name: "^deploy$", workflow: "^CD$" } as const;
    const installation = await anInstallation({
      collectors: [telling(...events())],
      services: [{ ...CHECKOUT, deployments, paths: ["checkout/**", "!**/*.md"] }],
    });
    await synced(installation);
    const { get } = await serve(installation);

    const { services } = (await get("/api/status")).json<Reply<"/api/status">>();

    expect(services).toMatchObject([
      {
        name: "checkout",
        commits: 1,
        deployments: 0,
        rule: "successful jobs matching ^deploy$ of workflows matching ^CD$, and what is pushed for environments matching ^checkout-prod$; commits and changes of checkout/** but not **/*.md",
        advice: expect.stringContaining("headway check --rules"),
      },
    ]);
  });

  it("counts what nobody can place among the quality of its data", async () => {
    const unread = events().map(withoutPaths);
    const installation = await anInstallation({ collectors: [telling(...unread)], services: BOTH });
    await synced(installation);
    const { get } = await serve(installation);

    const { quality } = (await get("/api/measures")).json<Reply<"/api/measures">>();
    const { services } = (await get("/api/status")).json<Reply<"/api/status">>();

    expect(quality.find(({ id }) => id === "commits-unplaced")).toMatchObject({ value: 2 });
    expect(services[0]?.advice).toContain("No commit is known to have changed one of its files");
  });
});

describe("a push", () => {
  const push = (service: string, repository: string | null = null) => ({
    service,
    ...(repository !== null && { repository }),
    id: `push for ${service}`,
    version: "1.0.0",
    environment: "checkout-prod",
    deployedAt: new Date(START + 5 * DAY).toISOString(),
  });

  async function homeOf(services: NonNullable<InstallationDraft["services"]>, message: object) {
    const installation = await anInstallation({ collectors: [telling(...events())], services });
    await synced(installation);
    const sender = await aSender(installation);
    const { service } = (await sender.post("/api/deployments", message)).json<{ service: string }>();
    await refresh(installation);
    const rows = (await sender.get("/api/export/deployments?format=json")).json<Record<string, unknown>[]>();
    return [service, rows.filter(({ id }) => String(id).startsWith("push")).map((row) => row["service"])];
  }

  it.each([
    ["the name of a configured service joins it", BOTH, push("checkout"), "checkout"],
    ["another case of its name joins it, too", BOTH, push("Checkout"), "checkout"],
    ["the repository joins its only service", [CHECKOUT], push("acme/shop"), "checkout"],
    ["another name with the repository joins its only service", [CHECKOUT], push("till", "acme/shop"), "checkout"],
    ["the repository of several stays its own", BOTH, push("acme/shop"), "acme/shop"],
  ])("for %s", async (_what, services, message, expected) => {
    expect(await homeOf(services, message)).toEqual([expected, [expected]]);
  });
});

describe("the plan for services", () => {
  const source = (key: string, name: string) => ({
    collector: { ...telling(), source: key, name },
    options: { host: "git" as const, path: key, releases: usualRules.releases },
    rules: { ...usualRules, production: "^prod$", hotfix: { labels: ["hotfix"], branches: [] } },
  });
  const repository = (key: string, name: string, sourceId = 1) => ({ sourceId, source: key, repository: name });
  const options = (...all: readonly Parameters<typeof ServiceOptions.parse>[0][]) =>
    all.map((one) => ServiceOptions.parse(one));

  it("takes from the source what a service does not say itself", () => {
    const { services } = plan(
      options({ name: "shop", backfillDays: 0, releases: { branch: "default" }, deployments: { from: "tags" } }),
      [source("a", "a")],
      [repository("a", "shop")],
    );

    expect(services).toMatchObject([
      {
        service: {
          name: "shop",
          rules: {
            origins: [{ from: "tags" }],
            releases: { tags: "stable", branch: "default" },
            production: "^prod$",
            backfillDays: 0,
            hotfix: { labels: ["hotfix"], branches: [] },
          },
          part: { paths: null, incidents: null },
        },
      },
    ]);
  });

  it("tells the incidents of neighbours apart by the labels of each", () => {
    const { services } = plan(
      options(
        { name: "x", repository: "shop", incidentLabels: ["x"] },
        { name: "y", repository: "shop", incidentLabels: ["y"] },
        { name: "z", repository: "app", incidentLabels: ["z"] },
      ),
      [source("a", "a")],
      [repository("a", "shop"), repository("a", "app")],
    );

    expect(services.map(({ service }) => service.part.incidents)).toEqual([
      { own: ["x"], others: ["y"] },
      { own: ["y"], others: ["x"] },
      null,
    ]);
  });

  it("needs the name of a source where several have the repository, and says so", () => {
    const sources = [source("a", "a"), source("b", "b")];
    const repositories = [repository("a", "shop", 1), repository("b", "shop", 2)];

    const unsaid = plan(options({ name: "front", repository: "shop" }), sources, repositories);
    const said = plan(options({ name: "front", repository: "shop", source: "b" }), sources, repositories);

    expect(unsaid.services.map(({ source: key, service }) => [key, service.name])).toEqual([
      ["a", "shop"],
      ["b", "shop"],
    ]);
    expect(unsaid.problems).toEqual([expect.stringContaining("which several sources have")]);
    expect(said.services.map(({ source: key, service }) => [key, service.name])).toEqual([
      ["b", "front"],
      ["a", "shop"],
    ]);
    expect(said.problems).toEqual([]);
  });

  it("says which services have nothing yet, and which repository lost its name to one", () => {
    const { services, problems } = plan(
      options({ name: "later", repository: "app" }, { name: "pay", repository: "shop" }),
      [source("a", "a")],
      [repository("a", "shop"), repository("a", "pay")],
    );

    expect(services.map(({ service, repository: of }) => [service.name, of])).toEqual([["pay", "shop"]]);
    expect(problems).toEqual([
      expect.stringContaining('"later" is configured for the repository "app"'),
      expect.stringContaining('The repository "pay" is no service'),
    ]);
  });
});

describe("what rules need from collectors", () => {
  const services = [
    { name: "checkout", repository: "acme/shop", paths: ["checkout/**"] },
    {
      name: "pay",
      repository: "Acme/Shop",
      deployments: [{ from: "jobs", name: "x", workflow: "^CD$", branch: "^main$" }, { from: "tags" }],
    },
    { name: "app", repository: "acme/app", source: "elsewhere", paths: ["a"] },
  ].map((one) => ServiceOptions.parse(one));

  it.each([
    ["acme/shop", "acme", { paths: true, jobs: [{ name: "^CD$", branch: "^main$" }] }],
    ["acme/app", "acme", { paths: false, jobs: [] }],
    ["acme/app", "elsewhere", { paths: true, jobs: [] }],
    ["acme/other", "acme", { paths: false, jobs: [] }],
  ])("is, of %s at %s, just that", (repository, name, expected) => {
    expect(wantsOf(services, name)(repository)).toEqual(expected);
  });
});

describe("a sync that takes long", () => {
  it("has services as soon as a refresh finds their repository, and what came so far", async () => {
    const installation = await opened(aDatabase(), [CHECKOUT]);
    const { store } = installation;
    const { id } = await store.openSource({ key: SOURCE, name: "acme", host: "git" });
    await store.save(id, aBatch({ events: events().slice(0, 2) }), START + HOUR);
    await refresh(installation);

    const early = await store.services([SOURCE]);
    await store.save(id, aBatch({ events: events(), cursor: "all" }), START + 2 * HOUR);
    const changed = await refresh(installation);

    expect(early.map(({ service }) => service)).toEqual(["checkout"]);
    expect(changed).toBe(1);
  });
});
