import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import { refresh } from "#server/refresh.ts";
import { aCommit, aRepositoryEvent } from "#test/support/events.ts";
import { anIncident } from "#test/support/builders.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, aStore, query } from "#test/support/installation.ts";
import { aDatabaseOf } from "#test/support/old-databases.ts";
import { aSender } from "#test/support/pushing.ts";

/** As a Headway left it that knew only the first migration. */
async function anOldDatabase(...statements: readonly string[]): Promise<string> {
  return aDatabaseOf("0001-events-and-facts", ...statements);
}

const DEPLOYED = at("2026-01-05");

/** What an event was then, in the table. */
function stored(source: number, { kind, repository, id, ...event }: DeliveryEvent, beside: object = {}): string {
  const body = JSON.stringify({ ...event, ...beside, source: undefined, paths: undefined, labels: undefined });
  return `insert into event values (${source}, '${kind}', '${repository}', '${id}', '${body}', 1)`;
}

/** A repository with a release of a commit that it lost, of which it is said that it carried nothing. */
const SHOP = [
  `insert into source (id, key, name, host, cursor, notices, revision) values (1, 'fake:shop', 'shop', 'git', 'one', '[]', 4)`,
  stored(1, aRepositoryEvent({ head: "c1" })),
  stored(1, aCommit({ id: "c1", title: "As it is" })),
  `insert into service values (1, 1, 'shop', 'shop', '{"derivation":1}', 4)`,
  `insert into commit_fact values (1, 'c1', 'As it was', 'human', 1, 1, 0, 1, 1, 0, null, null, null, null, 0)`,
  deployment("lost", 0, 0),
  deployment("known", 1, 12),
  `insert into change_fact values (1, '#1', 1, null, 'As it was', 'human', null, null, 1, null, null, null, 1, 1, 'c1', 1, null, null, 0, null, null, null)`,
  "insert into facts values (1, 7)",
];

function deployment(id: string, isCommitKnown: 0 | 1, carried: number): string {
  return `insert into deployment_fact values (1, '${id}', null, 'production', 'production', 'tag', 'c0', ${isCommitKnown}, 'success',
    ${DEPLOYED}, ${DEPLOYED}, null, 0, 0, '[]', '[]', null, ${carried}, ${carried}, null, 0)`;
}

describe("a database with facts from before there were alerts", () => {
  it("has the new tables and columns, and what was never known is unknown", async () => {
    const store = await aStore(await anOldDatabase(...SHOP));

    const [shop = expect.fail("There is no shop.")] = await store.services(["fake:shop"]);
    const always = { from: 0, to: at("2027-01-01") };
    const deployments = await store.facts("deployments", shop, always);

    expect(deployments.map(({ id, commits, changes }) => [id, commits, changes])).toEqual([
      ["known", 12, 12],
      ["lost", null, null],
    ]);
    expect(await store.facts("merged", shop, always)).toMatchObject([
      { id: "#1", requestedAt: null, truncated: false },
    ]);
    expect(await store.facts("alerts", shop, always)).toEqual([]);
    expect(await store.factsVersion()).toBe(8);
  });

  it("derives them again", async () => {
    const database = await anOldDatabase(...SHOP);
    const installation = await anInstallation({ collectors: [new FakeHost().collector()], database });

    const changed = await refresh(installation);
    const again = await refresh(installation);

    expect([changed, again]).toEqual([1, 0]);
    expect(await query(database, "select title from commit_fact")).toEqual([{ title: "As it is" }]);
    expect(await query(database, "select id from deployment_fact")).toEqual([]);
  });

  it("goes on taking what is pushed of an incident that it knew", async () => {
    const said = { part: "triggered", at: DEPLOYED, type: "triggered", endedAt: null, title: "Down" };
    const incident = { ...anIncident("INC-1", DEPLOYED, { title: "Down" }), repository: "sap" };
    const database = await anOldDatabase(
      `insert into source (id, key, name, host, notices) values (1, 'push', 'push', 'push', '[]')`,
      stored(1, incident, { said: [{ ...said, url: null, deployment: null, causedBy: null, falseAlarm: null }] }),
      `insert into pushed_service values ('sap', null, 1, 1, 1)`,
    );
    const installation = await anInstallation({ collectors: [], database });
    const sender = await aSender(installation);

    const same = { id: "INC-1", service: "sap", date: "2026-01-05T00:00:00Z", title: "Down" };
    const again = await sender.post("/api/incidents", same);
    const resolved = await sender.post("/api/incidents", { ...same, type: "resolved", date: "2026-01-06T00:00:00Z" });

    expect([again.json(), resolved.json()]).toMatchObject([
      { result: "known" },
      { result: "changed", changed: ["resolvedAt"] },
    ]);
    expect(await query(database, "select body -> 'labels' as labels from event")).toEqual([{ labels: "[]" }]);
  });

  it("holds of every event what it tells now, as unknown", async () => {
    const old = (kind: string, body: object) =>
      `insert into event values (1, '${kind}', 'shop', '1', '${JSON.stringify(body)}', 1)`;
    const store = await aStore(
      await anOldDatabase(
        `insert into source (id, key, name, host, notices) values (1, 'fake:shop', 'shop', 'github', '[]')`,
        stored(1, aRepositoryEvent()),
        old("commit", { title: "As it was" }),
        old("change", { number: 1 }),
        old("pipeline", { name: "CD" }),
        old("incident", { title: "Down" }),
      ),
    );

    const repositories = await store.repositories(["fake:shop"]);
    const histories = await Promise.all(repositories.map(async (repository) => store.history(repository)));

    expect(histories).toMatchObject([
      {
        commits: [{ title: "As it was", paths: null }],
        changes: [{ number: 1, sourceBranch: null, requestedAt: null, paths: null }],
        pipelines: [{ name: "CD", earlier: [] }],
        incidents: [{ title: "Down", labels: [] }],
      },
    ]);
  });

  it("reads its hosts again from the beginning, to learn what they tell now", async () => {
    const source = (id: number, host: string) =>
      `insert into source (id, key, name, host, cursor, notices) values (${id}, '${host}', '${host}', '${host}', 'far', '[]')`;
    const store = await aStore(await anOldDatabase(source(1, "github"), source(2, "gitlab"), source(3, "git")));

    const cursors = (await store.sources(["github", "gitlab", "git"])).map(({ host, cursor }) => [host, cursor]);

    expect(Object.fromEntries(cursors)).toEqual({ github: null, gitlab: null, git: "far" });
  });
});

describe("a database with reverts from before it was told whose they are", () => {
  it("takes them for its own and reads its source again, and no other source", async () => {
    const source = (id: number, key: string) =>
      `insert into source (id, key, name, host, cursor, notices) values (${id}, '${key}', '${key}', 'git', 'far', '[]')`;
    const old = (place: number, id: string, reverts: readonly object[]) =>
      `insert into event values (${place}, 'commit', 'shop', '${id}', '${JSON.stringify({ title: "Undo", reverts })}', 1)`;
    const database = await anOldDatabase(
      source(1, "numbered"),
      source(2, "other"),
      old(1, "undo", [{ sha: "abc1234" }, { changeNumber: 3 }]),
      old(2, "undo", [{ sha: "abc1234" }]),
    );
    const store = await aStore(database);

    const cursors = (await store.sources(["numbered", "other"])).map(({ key, cursor }) => [key, cursor]);

    expect(Object.fromEntries(cursors)).toEqual({ numbered: null, other: "far" });
    expect(await query(database, "select body -> 'reverts' as reverts from event order by source_id")).toEqual([
      { reverts: JSON.stringify([{ sha: "abc1234" }, { changeNumber: 3, path: null }]) },
      { reverts: JSON.stringify([{ sha: "abc1234" }]) },
    ]);
  });
});
