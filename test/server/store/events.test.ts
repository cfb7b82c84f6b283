import fc from "fast-check";
import { setTimeout } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { openAs } from "#server/store/opening.ts";
import type { Store } from "#server/store/store.ts";
import { aBatch, aChange, aCommit, aRelease, aRepositoryEvent } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import { aDatabase, aStore, query } from "#test/support/installation.ts";

const monday = at("2026-03-02");
const tuesday = at("2026-03-03");

async function aSource(database = aDatabase()) {
  const store = await aStore(database);
  const { id } = await store.openSource({ key: "fake:shop", name: "shop", host: "git" });
  const bookmark = async () => (await store.sources(["fake:shop"]))[0];
  return { database, store, id, bookmark };
}

async function learnt(database: string) {
  return query(database, "select id, learnt_at from event order by id");
}

async function historyOf(store: Store) {
  const [repository] = await store.repositories(["fake:shop"]);
  return repository === undefined ? null : store.history(repository);
}

describe("a batch", () => {
  it("is stored with its bookmark, and read again as it was", async () => {
    const { store, id, bookmark } = await aSource();
    const [repository, commit, release] = [aRepositoryEvent({ head: "c1" }), aCommit(), aRelease()];

    const changed = await store.save(id, aBatch({ events: [commit, release, repository], cursor: "one" }), monday);

    expect(changed).toBe(3);
    expect(await bookmark()).toMatchObject({ cursor: "one", revision: 1 });
    expect(await historyOf(store)).toMatchObject({ repository, commits: [commit], releases: [release] });
  });

  it("keeps the bookmark as it was when it brings none", async () => {
    const { store, id, bookmark } = await aSource();
    await store.save(id, aBatch({ cursor: "one" }), monday);

    await store.save(id, aBatch({ events: [aCommit()] }), monday);

    expect(await bookmark()).toMatchObject({ cursor: "one", revision: 1 });
  });

  it("leaves neither events nor bookmark when it fails in the middle", async () => {
    const { store, id, bookmark } = await aSource();
    const many = Array.from({ length: 12_000 }, (_, index) => aCommit({ id: `c${index}` }));
    const broken = { ...aCommit({ id: "broken" }), id: null as unknown as string };

    const saving = store.save(id, aBatch({ events: [...many, broken], cursor: "one" }), monday);

    await expect(saving).rejects.toThrow(/not.null/i);
    expect(await bookmark()).toMatchObject({ cursor: null, revision: 0 });
    await store.save(id, aBatch({ events: [aRepositoryEvent()] }), monday);
    expect((await historyOf(store))?.commits).toEqual([]);
  });

  it("replaces what it brings again, and says nothing changed when it is the same", async () => {
    const { database, store, id, bookmark } = await aSource();
    await store.save(id, aBatch({ events: [aCommit({ id: "a" }), aCommit({ id: "b" })] }), monday);

    const same = await store.save(id, aBatch({ events: [aCommit({ id: "a" }), aCommit({ id: "b" })] }), tuesday);
    const other = await store.save(id, aBatch({ events: [aCommit({ id: "b", title: "Other" })] }), tuesday);

    expect([same, other]).toEqual([0, 1]);
    expect(await learnt(database)).toEqual([
      { id: "a", learnt_at: monday },
      { id: "b", learnt_at: tuesday },
    ]);
    expect(await bookmark()).toMatchObject({ revision: 2 });
  });

  it("keeps the last version of an event that it holds twice", async () => {
    const { store, id } = await aSource();
    const events = [aRepositoryEvent(), aCommit({ title: "First" }), aCommit({ title: "Last" })];

    await store.save(id, aBatch({ events }), monday);

    expect((await historyOf(store))?.commits).toEqual([aCommit({ title: "Last" })]);
  });

  it("removes only what it names, of that source, kind and repository", async () => {
    const { database, store, id } = await aSource();
    const other = await store.openSource({ key: "fake:other", name: "other", host: "git" });
    await store.save(
      id,
      aBatch({ events: [aRelease({ name: "x" }), aRelease({ name: "y" }), aCommit({ id: "x" })] }),
      monday,
    );
    await store.save(other.id, aBatch({ events: [aRelease({ name: "x" })] }), monday);

    const removed = [
      { kind: "release" as const, repository: "shop", id: "x" },
      { kind: "release" as const, repository: "elsewhere", id: "y" },
    ];
    const changed = await store.save(id, aBatch({ removed }), tuesday);

    expect(changed).toBe(1);
    expect(await query(database, "select source_id, kind, id from event order by source_id, kind")).toEqual([
      { source_id: id, kind: "commit", id: "x" },
      { source_id: id, kind: "release", id: "y" },
      { source_id: other.id, kind: "release", id: "x" },
    ]);
  });

  it("may hold more events than travel in one text, and they are read in one piece", async () => {
    const { store, id } = await aSource();
    const commits = Array.from({ length: 11_001 }, (_, index) => aCommit({ id: `c${String(index).padStart(5, "0")}` }));

    await store.save(id, aBatch({ events: [aRepositoryEvent(), ...commits] }), monday);

    expect((await historyOf(store))?.commits).toEqual(commits);
  });

  it("is there before anybody begins to follow what is new after it", async () => {
    const { database, store, id } = await aSource();
    await store.settleServices(["fake:shop"], [{ sourceId: id, repository: "shop", name: "shop" }]);
    const [shop = expect.fail("There is no service.")] = await store.services(["fake:shop"]);
    const writer = openAs(database, "writer");
    onTestFinished(async () => writer.destroy());
    const order: string[] = [];

    const following = await writer.transaction().execute(async () => {
      const follows = store.follow([shop.serviceId]).then(() => order.push("followed"));
      await setTimeout(200); // so long that whoever does not wait for their turn has ended
      order.push("written");
      return [follows];
    });
    await Promise.all(following);

    expect(order).toEqual(["written", "followed"]);
  });

  it("is seen whole or not at all by those who read while it is written", async () => {
    const { store, id } = await aSource();
    await store.save(id, aBatch({ events: [aRepositoryEvent()] }), monday);
    const commits = Array.from({ length: 12_000 }, (_, index) => aCommit({ id: `c${index}` }));
    const seen = new Set<number | undefined>();

    const writing = store.save(id, aBatch({ events: commits }), monday);
    for (let reads = 0; reads < 20; reads++) seen.add((await historyOf(store))?.commits.length);
    await writing;
    seen.add((await historyOf(store))?.commits.length);

    expect([...seen].filter((count) => count !== 0)).toEqual([12_000]);
  });
});

describe("what an event says", () => {
  it.each([
    ["quotes and line ends", `'";--\\ \n\r\t`],
    ["a zero character", "before\u0000after"],
    ["emoji and rare letters", "🚀 éß漢字 \u{10ffff}"],
    ["half a character", "\ud83d alone"],
    ["a JSON text", `{"a":[1,2]}`],
    ["the name of what every object has", "__proto__"],
    ["a number", "9007199254740993"],
    ["nothing", ""],
    ["two megabytes", "x".repeat(2_000_000)],
  ])("comes back as it was, also %s", async (_name, title) => {
    const { store, id } = await aSource();
    const commit = aCommit({ title, parents: [title], author: title });

    await store.save(id, aBatch({ events: [aRepositoryEvent(), commit] }), monday);

    expect((await historyOf(store))?.commits).toEqual([commit]);
  });

  it("comes back with ids of more digits than a number holds", async () => {
    const { store, id } = await aSource();
    const ids = ["9007199254740992", "9007199254740993", "0123", "1e3", " 1"];

    await store.save(id, aBatch({ events: [aRepositoryEvent(), ...ids.map((name) => aCommit({ id: name }))] }), monday);

    expect(new Set((await historyOf(store))?.commits.map((commit) => commit.id))).toEqual(new Set(ids));
  });

  it("comes back with every number as it was, unknown included", async () => {
    const { store, id } = await aSource();
    const instant = fc.option(fc.integer({ min: -8.64e15, max: 8.64e15 }), { nil: null });

    await fc.assert(
      fc.asyncProperty(instant, instant, fc.option(fc.nat()), async (authoredAt, committedAt, changeNumber) => {
        const commit = aCommit({ authoredAt, committedAt, changeNumber });
        await store.save(id, aBatch({ events: [aRepositoryEvent(), commit] }), monday);
        expect((await historyOf(store))?.commits).toEqual([commit]);
      }),
      { numRuns: 50 },
    );
  });

  it("may be of a kind that no metric reads yet", async () => {
    const { database, store, id } = await aSource();

    await store.save(id, aBatch({ events: [aChange()] }), monday);

    const [row] = await query(database, "select kind, body from event");
    expect(row?.["kind"]).toBe("change");
    expect(JSON.parse(String(row?.["body"]))).toMatchObject({ number: 1, targetBranch: "main" });
  });
});

describe("a source", () => {
  it("keeps its bookmark, its notices and the time of its last success when a sync fails", async () => {
    const { store, id, bookmark } = await aSource();
    const notices = [{ level: "warning" as const, code: "shallow", message: "Only a part." }];
    await store.save(id, aBatch({ cursor: "one" }), monday);
    await store.finishSync(id, { syncedAt: monday, notices });

    await store.finishSync(id, { error: "It would not answer." });

    expect(await bookmark()).toMatchObject({ cursor: "one", syncedAt: monday, notices, error: "It would not answer." });
  });

  it("is well again after the next success", async () => {
    const { store, id, bookmark } = await aSource();
    await store.finishSync(id, { error: "It would not answer." });

    await store.finishSync(id, { syncedAt: tuesday, notices: [] });

    expect(await bookmark()).toMatchObject({ syncedAt: tuesday, error: null });
  });

  it("keeps what it has when it is called otherwise", async () => {
    const { store, id } = await aSource();
    await store.save(id, aBatch({ events: [aRepositoryEvent(), aCommit(), aRelease()], cursor: "one" }), monday);

    const renamed = await store.openSource({ key: "fake:shop", name: "store", host: "git" });

    expect(renamed).toMatchObject({ id, name: "store", cursor: "one" });
    expect(await store.repositories(["fake:shop"])).toHaveLength(1);
  });
});

describe("two stores on one file", () => {
  it("see each other's batches at once", async () => {
    const { database, store, id } = await aSource();
    const other = await aStore(database);

    await store.save(id, aBatch({ events: [aRepositoryEvent(), aCommit({ id: "a" })] }), monday);
    await other.save(id, aBatch({ events: [aCommit({ id: "b" })] }), monday);

    expect((await historyOf(store))?.commits.map((commit) => commit.id)).toEqual(["a", "b"]);
    expect(await historyOf(other)).toEqual(await historyOf(store));
  });

  it("lose nothing when they write at the same time", async () => {
    const { database, store, id } = await aSource();
    const other = await aStore(database);
    const writes = Array.from({ length: 40 }, (_, index) => aBatch({ events: [aCommit({ id: `c${index}` })] }));

    await Promise.all(writes.map(async (batch, index) => [store, other][index % 2]?.save(id, batch, monday)));

    expect(await learnt(database)).toHaveLength(40);
    expect((await store.sources(["fake:shop"]))[0]?.revision).toBe(40);
  });
});
