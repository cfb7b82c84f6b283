import { describe, expect, it } from "vitest";
import type { CommitFact, DeploymentFact, ServiceFacts } from "#metrics/facts.ts";
import type { Window } from "#metrics/time.ts";
import { hoursBetween } from "#metrics/time.ts";
import type { Place } from "#server/store/fact-rows.ts";
import type { Store } from "#server/store/store.ts";
import { aChangeFact, anAlertFact, anIncidentFact } from "#test/support/builders.ts";
import { aBatch, aRepositoryEvent } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import { aDatabase, aStore, noteWrites, query } from "#test/support/installation.ts";

const place = { source: "fake:shop", repository: "shop", service: "shop" };
const derivedFrom = { definition: "{}", revision: 1 };
const always = { from: -Infinity, to: Infinity };

async function aService(database = aDatabase()) {
  const store = await aStore(database);
  const { id } = await store.openSource({ key: "fake:shop", name: "shop", host: "git" });
  await store.save(id, aBatch({ events: [aRepositoryEvent()] }), at("2026-03-02"));
  await store.settleServices(["fake:shop"], [{ sourceId: id, repository: "shop", name: "shop" }]);
  const [service] = await store.services(["fake:shop"]);
  return { database, store, serviceId: service?.serviceId ?? 0 };
}

function facts(draft: Partial<ServiceFacts>): ServiceFacts {
  return {
    commits: [],
    changes: [],
    deployments: [],
    incidents: [],
    alerts: [],
    pipelines: [],
    unplacedCommits: null,
    ...draft,
  };
}

function aCommitFact(draft: Partial<CommitFact> = {}): CommitFact {
  const fact: CommitFact = {
    ...place,
    sha: "c1",
    title: "Add a thing",
    authorKind: "human",
    authoredAt: at("2026-03-01"),
    committedAt: at("2026-03-01"),
    isMerge: false,
    onDefaultBranch: true,
    integrated: 1,
    isRevert: false,
    isDirect: null,
    changeNumber: null,
    deployedAt: at("2026-03-03"),
    deploymentId: "v1.0.0",
    isBeforeRecord: false,
    leadTimeHours: null,
    ...draft,
  };
  return { ...fact, leadTimeHours: hoursBetween(fact.authoredAt, fact.deployedAt) };
}

function aDeploymentFact(draft: Partial<DeploymentFact> = {}): DeploymentFact {
  return {
    ...place,
    id: "v1.0.0",
    url: null,
    environment: "production",
    tier: "production",
    route: "deployment",
    sha: "c1",
    isCommitKnown: true,
    status: "success",
    createdAt: at("2026-03-03"),
    deployedAt: at("2026-03-03"),
    previousDeployedAt: null,
    isRollback: false,
    isRework: false,
    failedBy: [],
    overruled: [],
    incidents: [],
    recoveredAt: null,
    commits: 1,
    changes: 0,
    patchedAt: null,
    isFeatureRelease: true,
    isTrain: null,
    beganAt: null,
    ...draft,
  };
}

function shaOf(fact: object): string[] {
  return "sha" in fact ? [String(fact.sha)] : [];
}

async function commitsOf(store: Store, window = always) {
  const [shop = expect.fail("There is no shop.")] = await store.services(["fake:shop"]);
  return store.facts("deployed", shop, window);
}

/** @returns whether any fact of the service changed. */
async function saveFacts(
  store: Store,
  serviceId: number,
  facts: ServiceFacts,
  derivedFrom: { definition: string; revision: number },
): Promise<boolean> {
  return (await store.saveFacts([{ serviceId, facts, derivedFrom }])).has(serviceId);
}

async function exportedShas(store: Store, services: readonly Place[], window: Window | null): Promise<string[]> {
  const read: string[] = [];
  for await (const page of store.exportPages("commits", services, window)) read.push(...page.flatMap(shaOf));
  return read;
}

describe("facts", () => {
  it("are read again as they were saved", async () => {
    const { store, serviceId } = await aService();
    const commits = [
      aCommitFact({ sha: "a" }),
      aCommitFact({ sha: "b", isMerge: true, isRevert: true, changeNumber: 7, authorKind: "bot" }),
    ];
    const deployments = [
      aDeploymentFact(),
      aDeploymentFact({
        id: "v1.0.1",
        failedBy: ["revert"],
        incidents: ["4", "5"],
        recoveredAt: at("2026-03-05"),
        isRework: true,
        isTrain: false,
        beganAt: at("2026-01-05"),
      }),
      aDeploymentFact({ id: "v1.0.2", sha: null, isCommitKnown: false, commits: null, changes: null }),
      aDeploymentFact({ id: "v1.0.3", isTrain: true }),
    ];
    const changes = [
      aChangeFact({ ...place, id: "1", requestedAt: at("2026-02-01") }),
      aChangeFact({
        ...place,
        id: "2",
        authorKind: "agent",
        firstApprovalAt: 0,
        additions: 3,
        deletions: 4,
        truncated: true,
        workType: "fix",
        reviewRounds: 2,
        isByTrain: false,
      }),
    ];
    const incidents = [anIncidentFact({ ...place, id: "1", linkedBy: "sha", deploymentId: "v1.0.1" })];
    const alerts = [
      anAlertFact({ ...place, id: "1", scan: "dependency", severity: "critical", fixedAt: 0, hoursToFix: 0 }),
      anAlertFact({ ...place, id: "2", scan: "secret", severity: null, url: "https://acme.example/2", dismissedAt: 5 }),
    ];

    await saveFacts(store, serviceId, facts({ commits, deployments, changes, incidents, alerts }), derivedFrom);

    const [shop = expect.fail("There is no shop.")] = await store.services(["fake:shop"]);
    expect(await commitsOf(store)).toEqual(commits);
    expect(await store.facts("deployments", shop, always)).toEqual(deployments);
    expect(await store.facts("merged", shop, always)).toEqual(changes);
    expect(await store.facts("incidents", shop, always)).toEqual(incidents);
    expect(await store.facts("alerts", shop, always)).toEqual(alerts);
    expect(await store.facts("fixedAlerts", shop, always)).toEqual(alerts.slice(0, 1));
  });

  it("grow a version when one is new, different or gone, or made of other events or rules, and only then", async () => {
    const { store, serviceId } = await aService();
    const before = await store.factsVersion();
    const save = async (commits: readonly CommitFact[], from = derivedFrom) => [
      await saveFacts(store, serviceId, facts({ commits }), from),
      (await store.factsVersion()) - before,
    ];

    expect(await save([])).toEqual([false, 1]);
    expect(await save([])).toEqual([false, 1]);
    expect(await save([aCommitFact()])).toEqual([true, 2]);
    expect(await save([aCommitFact()])).toEqual([false, 2]);
    expect(await save([aCommitFact({ title: "Other" })])).toEqual([true, 3]);
    expect(await save([aCommitFact({ title: "Other", deployedAt: null, deploymentId: null })])).toEqual([true, 4]);
    expect(await save([])).toEqual([true, 5]);
    expect(await save([], { ...derivedFrom, revision: 8 })).toEqual([false, 6]);
    expect(await save([], { revision: 8, definition: "other" })).toEqual([false, 7]);
    expect(await save([], { revision: 8, definition: "other" })).toEqual([false, 7]);
  });

  it.each([
    ["a zero character", "before\u0000after"],
    ["emoji", "🚀"],
    ["a number", "9007199254740993"],
    ["nothing", ""],
    ["quotes", `'"\\`],
  ])("are not written again when nothing changed, also with %s in a text", async (_name, title) => {
    const { store, serviceId } = await aService();
    const commits = [aCommitFact({ title, deploymentId: title })];

    await saveFacts(store, serviceId, facts({ commits }), derivedFrom);

    expect(await saveFacts(store, serviceId, facts({ commits }), derivedFrom)).toBe(false);
  });

  it("that did not change keep their rows while others are written", async () => {
    const { database, store, serviceId } = await aService();
    const commits = Array.from({ length: 30 }, (_, index) =>
      aCommitFact({ sha: `c${String(index).padStart(2, "0")}` }),
    );
    await saveFacts(store, serviceId, facts({ commits }), derivedFrom);
    await noteWrites(database, "commit_fact", "sha");
    const changed = [...commits.slice(1, 29), aCommitFact({ sha: "c29", title: "Other" }), aCommitFact({ sha: "new" })];

    await saveFacts(store, serviceId, facts({ commits: changed }), derivedFrom);

    expect(await query(database, "select sha from written order by sha")).toEqual([
      { sha: "c00" },
      { sha: "c29" },
      { sha: "new" },
    ]);
  });

  it("are all or none of a derivation", async () => {
    const { store, serviceId } = await aService();
    await saveFacts(store, serviceId, facts({ commits: [aCommitFact({ sha: "old" })] }), derivedFrom);
    const broken = aDeploymentFact({ createdAt: null as unknown as number });

    const before = await store.factsVersion();
    const saving = saveFacts(
      store,
      serviceId,
      facts({ commits: [aCommitFact({ sha: "new" })], deployments: [broken] }),
      {
        definition: "other",
        revision: 2,
      },
    );

    await expect(saving).rejects.toThrow(/not.null/i);
    expect((await commitsOf(store)).map(({ sha }) => sha)).toEqual(["old"]);
    expect(await store.services(["fake:shop"])).toMatchObject([derivedFrom]);
    expect(await store.factsVersion()).toBe(before);
  });

  it("of several services are saved together, and who has other facts than before is told", async () => {
    const { store, serviceId } = await aService();
    const other = await store.openSource({ key: "fake:other", name: "other", host: "git" });
    const repository = aRepositoryEvent({ source: "fake:other", repository: "other", id: "other" });
    await store.save(other.id, aBatch({ events: [repository] }), at("2026-03-02"));
    await store.settleServices(["fake:other"], [{ sourceId: other.id, repository: "other", name: "other" }]);
    const [second = expect.fail("There is no other.")] = await store.services(["fake:other"]);
    const unplaced = (unplacedCommits: number | null) => facts({ commits: [aCommitFact()], unplacedCommits });
    const both = (of: number | null, ofOther: number | null) =>
      store.saveFacts([
        { serviceId, facts: unplaced(of), derivedFrom },
        { serviceId: second.serviceId, facts: unplaced(ofOther), derivedFrom },
      ]);

    expect([...(await both(null, null))]).toEqual([serviceId, second.serviceId]);
    expect([...(await both(null, null))]).toEqual([]);
    expect([...(await both(null, 3))]).toEqual([second.serviceId]);
    expect([...(await both(0, 3))]).toEqual([serviceId]);
  });

  it("belong to a service by a number that no other ever had, nor itself before it was forgotten", async () => {
    const { store, serviceId } = await aService();
    const [{ sourceId } = expect.fail("There is no service.")] = await store.services(["fake:shop"]);
    const numbers = [serviceId];
    for (const name of ["web", "shop", "web", "shop"]) {
      await store.settleServices(["fake:shop"], [{ sourceId, repository: "shop", name }]);
      numbers.push(...(await store.services(["fake:shop"])).map((service) => service.serviceId));
    }

    expect(new Set(numbers).size).toBe(5);
  });

  it("of a window begin with its first instant and end before its last", async () => {
    const { store, serviceId } = await aService();
    const instants = [at("2026-03-01"), at("2026-03-02"), at("2026-03-03")];
    const commits = instants.map((deployedAt, index) => aCommitFact({ sha: `c${index}`, deployedAt }));
    await saveFacts(store, serviceId, facts({ commits }), derivedFrom);

    const read = await commitsOf(store, { from: at("2026-03-01"), to: at("2026-03-03") });

    expect(read.map(({ sha }) => sha)).toEqual(["c0", "c1"]);
  });

  it("of many pages leave and come page by page, newest first and each once", async () => {
    const { store, serviceId } = await aService();
    const commits = Array.from({ length: 12_001 }, (_, index) =>
      aCommitFact({ sha: `c${String(index).padStart(5, "0")}`, deployedAt: at("2026-03-01") + Math.floor(index / 7) }),
    );
    await saveFacts(store, serviceId, facts({ commits }), derivedFrom);

    const read = await exportedShas(store, await store.services(["fake:shop"]), null);

    expect(read).toHaveLength(12_001);
    expect(new Set(read).size).toBe(12_001);
    expect(read[0]).toBe("c11998");
  });

  it("without any instant leave last, and in no window", async () => {
    const { store, serviceId } = await aService();
    const undated = { authoredAt: null, committedAt: null, deployedAt: null };
    const commits = [
      ...Array.from({ length: 5001 }, (_, index) => aCommitFact({ sha: `u${10_000 + index}`, ...undated })),
      aCommitFact({ sha: "old", deployedAt: at("1969-01-01") }),
      aCommitFact({ sha: "new" }),
    ];
    await saveFacts(store, serviceId, facts({ commits }), derivedFrom);
    const services = await store.services(["fake:shop"]);

    const all = await exportedShas(store, services, null);
    const dated = await exportedShas(store, services, { from: at("0001-01-01"), to: at("9999-01-01") });

    expect(all.slice(0, 3)).toEqual(["new", "old", "u10000"]);
    expect([all.length, new Set(all).size, all.at(-1)]).toEqual([5003, 5003, "u15000"]);
    expect(dated).toEqual(["new", "old"]);
  });

  it("that stay as they are leave exactly once while others come and go", async () => {
    const { store, serviceId } = await aService();
    const start = at("2026-03-01");
    const numbered = (from: number, to: number) =>
      Array.from({ length: to - from }, (_, index) =>
        aCommitFact({ sha: `c${10_000 + from + index}`, deployedAt: start + (from + index) * 1000 }),
      );
    await saveFacts(store, serviceId, facts({ commits: numbered(1000, 13_000) }), derivedFrom);
    const meanwhile = [numbered(1500, 15_000), numbered(2000, 12_000)];
    const read: string[] = [];

    for await (const page of store.exportPages("commits", await store.services(["fake:shop"]), null)) {
      read.push(...page.flatMap(shaOf));
      for (const commits of meanwhile.splice(0, 1)) await saveFacts(store, serviceId, facts({ commits }), derivedFrom);
    }

    const stayed = numbered(2000, 12_000).map(({ sha }) => sha);
    expect(new Set(read).size).toBe(read.length);
    expect(read.filter((sha) => stayed.includes(sha))).toEqual(stayed.toReversed());
  });

  it("of one service are not another's", async () => {
    const { store, serviceId } = await aService();
    const other = await store.openSource({ key: "fake:other", name: "other", host: "git" });
    const repository = aRepositoryEvent({ source: "fake:other", repository: "other", id: "other" });
    await store.save(other.id, aBatch({ events: [repository] }), at("2026-03-02"));
    await store.settleServices(["fake:other"], [{ sourceId: other.id, repository: "other", name: "other" }]);
    const services = await store.services(["fake:other"]);
    await saveFacts(store, serviceId, facts({ commits: [aCommitFact()] }), derivedFrom);
    const commits = [aCommitFact({ sha: "other" })];
    for (const second of services) await saveFacts(store, second.serviceId, facts({ commits }), derivedFrom);

    for (const second of services) await saveFacts(store, second.serviceId, facts({}), derivedFrom);

    expect((await commitsOf(store)).map(({ sha }) => sha)).toEqual(["c1"]);
  });
});
