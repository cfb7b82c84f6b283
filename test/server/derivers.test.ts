/** Threads derive what this one would have derived. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import { Derivers } from "#server/derivers.ts";
import type { Stale } from "#server/deriving.ts";
import { derivedWhole } from "#server/deriving.ts";
import { NOTHING_PUSHED } from "#server/push/settle.ts";
import { refresh } from "#server/refresh.ts";
import type { Rewrite } from "#server/store/facts.ts";
import { Reading } from "#server/store/reading.ts";
import { WHOLE } from "#metrics/rules.ts";
import { usualRules } from "#test/support/builders.ts";
import { aBatch } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import { anInstallation, change, query } from "#test/support/installation.ts";
import { lives } from "#test/support/lives.ts";

const SOURCE = "git:shop";
const monday = at("2026-03-02");
const TABLES = ["commit_fact", "change_fact", "deployment_fact", "incident_fact", "alert_fact", "pipeline_fact"];

/** What a life says, told of a repository. */
function told({ repository: state, ...lists }: History, repository: string): readonly DeliveryEvent[] {
  return [...Object.values(lists).flat(), { ...state, id: repository }].map((event) => ({ ...event, repository }));
}

const names = Array.from({ length: 32 }, (_, index) => `acme/shop-${String(index).padStart(2, "0")}`);

async function aHost() {
  async function* collect() {}
  const installation = await anInstallation({ collectors: [{ source: SOURCE, name: "acme", collect }] });
  const { store, config } = installation;
  const { id } = await store.openSource({ key: SOURCE, name: "acme", host: "github" });
  return {
    store,
    path: config.database,
    learn: async (events: readonly DeliveryEvent[], before: readonly DeliveryEvent[] = []) => {
      const remaining = new Set(events.map((event) => `${event.repository} ${event.kind} ${event.id}`));
      const removed = before.filter((event) => !remaining.has(`${event.repository} ${event.kind} ${event.id}`));
      await store.save(id, aBatch({ events, removed }), monday);
    },
    refresh: async () => refresh(installation),
    facts: async () => {
      const tables = TABLES.map(async (table) => query(config.database, `select * from ${table} order by 1, 2`));
      const settled = query(config.database, "select * from settled order by 1");
      const touched = query(config.database, "select list, service_id, month from touched order by 1, 2, 3");
      const services = query(config.database, "select id, name, unplaced_commits from service order by 1");
      return Promise.all([...tables, settled, touched, services]);
    },
    forgetRules: async () => change(config.database, "update service set definition = '', derived = derived + 1"),
  };
}

/** A repository with some history as it is to be derived, in a database that is open. */
async function aService(history: History) {
  const host = await aHost();
  await host.learn(told(history, "acme/shop"));
  await host.refresh();
  const [record] = await host.store.services([SOURCE]);
  const service = { name: "acme/shop", rules: usualRules, part: WHOLE };
  const stale = { record, service, pushed: NOTHING_PUSHED, overrides: [], revision: 1, definition: "{}" } as Stale;
  return { ...host, stale };
}

/** As a thread tells it. */
async function rewriteOf(path: string, stale: Stale): Promise<Rewrite | undefined> {
  const derivers = Derivers.open(path, 32, 2) as Derivers;
  const [rewrite] = await derivers.derive([stale]);
  await derivers.close();
  return rewrite;
}

/** In whole milliseconds, as hosts tell it: SQLite writes fractions with fewer digits than they have. */
function inWholes(history: History): History {
  return JSON.parse(JSON.stringify(history).replaceAll(/(\d)\.\d+/g, "$1")) as History;
}

const [[young, old]] = fc.sample(
  lives.map((steps) => [steps[0], steps.at(-1)] as [History, History]),
  { numRuns: 1, seed: 7 },
) as [[History, History]];

describe("threads that derive", () => {
  it("are started where there is enough to do and more than one processor", async () => {
    const { path } = await aHost();

    const derivers = Derivers.open(path, 32, 2);

    expect(derivers?.lanes).toBe(6);
    expect(Derivers.open(path, 31, 2)).toBeNull();
    expect(Derivers.open(path, 1000, 1)).toBeNull();
    await derivers?.close();
  });

  it("make the facts that are made without them, of new repositories and where facts are others than before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(lives, { minLength: 8, maxLength: 8 }), async (all) => {
        const stepOf = (step: number) =>
          names.map((name, index) => told(all[index % all.length]?.at(step) as History, name));
        const [first, last] = [stepOf(2), stepOf(-1)];
        const apart = await aHost();
        await apart.learn(first.flat());
        await apart.refresh();
        const here = await aHost();
        await here.learn(first.slice(0, 16).flat());
        await here.refresh();
        await here.learn(first.slice(16).flat());
        await here.refresh();
        expect(await apart.facts()).toEqual(await here.facts());

        await apart.learn(last.flat(), first.flat());
        await apart.forgetRules();
        await apart.refresh();
        const rebuilt = await aHost();
        await rebuilt.learn(last.slice(0, 16).flat());
        await rebuilt.refresh();
        await rebuilt.learn(last.slice(16).flat());
        await rebuilt.refresh();
        expect((await apart.facts()).slice(0, 7)).toEqual((await rebuilt.facts()).slice(0, 7));

        for (const { store } of [apart, here, rebuilt]) await store.close();
      }),
      { numRuns: 1 },
    );
  }, 240_000);

  it("find nothing to write where the facts are what they were", async () => {
    const { path, stale, store } = await aService(inWholes(old));

    const rewrite = await rewriteOf(path, stale);

    expect(rewrite?.pages).toEqual([]);
    expect(rewrite?.gone).toEqual([]);
    expect(rewrite?.changed).toEqual(new Set());
    await store.close();
  });

  it("are not believed where others wrote since they looked", async () => {
    const { path, stale, store, learn, facts } = await aService(young);
    await learn(told(old, "acme/shop"));
    const rewrite = await rewriteOf(path, stale);
    const before = await facts();

    await change(path, "update service set derived = derived + 1");

    expect(rewrite?.pages.length).toBeGreaterThan(0);
    expect(await store.saveRewrite(rewrite as NonNullable<typeof rewrite>)).toBeNull();
    expect(await facts()).toEqual(before);
    await store.close();
  });

  it("say what is wrong with the database as the driver says it, and end", async () => {
    const { path, stale, store } = await aService(young);
    const derivers = Derivers.open(`${path}.none`, 32, 2);

    await expect(derivers?.derive([stale])).rejects.toMatchObject({ code: "SQLITE_CANTOPEN" });

    await derivers?.close();
    await store.close();
  });

  it("leave what waits undone when they are to end", async () => {
    const { path, stale, store } = await aService(old);
    const derivers = Derivers.open(path, 32, 2);
    const asked = Array.from({ length: 8 }, async () => derivers?.derive([stale]));
    const outcomes = Promise.allSettled(asked);

    await derivers?.close();

    expect((await outcomes).filter(({ status }) => status === "rejected").length).toBeGreaterThan(0);
    await store.close();
  });
});

describe("a service derived where it is only read", () => {
  it("has no facts before its repository was collected", async () => {
    const { path, stale, store } = await aService(young);
    const reading = new Reading(path);
    const unknown = { ...stale, record: { ...stale.record, repository: "acme/none" } };

    const found = [];
    for await (const derived of derivedWhole(reading, [unknown])) found.push(derived);

    expect(found).toEqual([]);
    await reading.close();
    await store.close();
  });
});
