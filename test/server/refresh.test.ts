/** Facts follow events: what changed is derived again, and nothing else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import { refresh } from "#server/refresh.ts";
import { aBatch, aCommit, aRelease, aRepositoryEvent } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import { anInstallation, query } from "#test/support/installation.ts";
import { lives } from "#test/support/lives.ts";

const SOURCE = "fake:acme";
const monday = at("2026-03-02");

/** A repository of one commit. */
function repository(name: string): readonly DeliveryEvent[] {
  const identity = { source: SOURCE, repository: name };
  return [aRepositoryEvent({ ...identity, id: name, head: "c1" }), aCommit(identity)];
}

async function acme() {
  async function* collect() {}
  const installation = await anInstallation({ collectors: [{ source: SOURCE, name: "acme", collect }] });
  const { store, config } = installation;
  const { id } = await store.openSource({ key: SOURCE, name: "acme", host: "git" });
  await store.save(id, aBatch({ events: [...repository("acme/shop"), ...repository("acme/pay")] }), monday);
  const save = async (events: readonly DeliveryEvent[]) => store.save(id, aBatch({ events }), monday);
  const revisions = async () => query(config.database, "select name, revision from service order by name");
  const facts = async () => query(config.database, "select sha from commit_fact order by service_id, sha");
  return { installation, id, store, save, revisions, facts };
}

const another = (name: string) => [
  aCommit({ source: SOURCE, repository: name, id: "c2", parents: ["c1"] }),
  aRepositoryEvent({ source: SOURCE, repository: name, id: name, head: "c2" }),
];

const FACTS = ["commit_fact", "change_fact", "deployment_fact", "incident_fact", "alert_fact", "pipeline_fact"];

/** An installation of one host with nothing in it, and what its facts are. */
async function aHost() {
  async function* collect() {}
  const installation = await anInstallation({ collectors: [{ source: "git:shop", name: "acme", collect }] });
  const { store, config } = installation;
  const { id } = await store.openSource({ key: "git:shop", name: "acme", host: "github" });
  const facts = async () =>
    Promise.all(FACTS.map(async (table) => query(config.database, `select * from ${table} order by 2`)));
  return {
    learn: async (before: readonly DeliveryEvent[], after: readonly DeliveryEvent[]) => {
      const remaining = new Set(after.map(({ kind, id: event }) => `${kind} ${event}`));
      const removed = before.filter(({ kind, id: event }) => !remaining.has(`${kind} ${event}`));
      await store.save(id, aBatch({ events: after, removed }), monday);
      await refresh(installation);
    },
    facts,
    close: async () => store.close(),
  };
}

const eventsOf = ({ repository: state, ...lists }: History): readonly DeliveryEvent[] => [
  ...Object.values(lists).flat(),
  { ...state, id: state.repository },
];

describe("a refresh", () => {
  it("makes the facts that a rebuild makes, whatever comes late, changes, is odd or goes away", async () => {
    await fc.assert(
      fc.asyncProperty(lives, fc.constantFrom(0, 401, 402), async (steps, lost) => {
        const told = steps
          .map(eventsOf)
          .map((events, step) => events.filter((_, index) => (index + step) % 400 !== lost));
        const host = await aHost();
        for (const [step, events] of told.entries())
          await host.learn([[], ...told][step] as readonly DeliveryEvent[], events);
        const rebuilt = await aHost();

        await rebuilt.learn([], told.at(-1) as readonly DeliveryEvent[]);

        expect(await host.facts()).toEqual(await rebuilt.facts());
        await host.close();
        await rebuilt.close();
      }),
      { numRuns: 10 },
    );
  }, 240_000);

  it("derives again only the repository of which something is new", async () => {
    const { installation, save, revisions, facts } = await acme();
    await refresh(installation);
    await save(another("acme/pay"));

    const changed = await refresh(installation);

    expect(changed).toBe(1);
    expect(await revisions()).toEqual([
      { name: "acme/pay", revision: 2 },
      { name: "acme/shop", revision: 1 },
    ]);
    expect(await facts()).toHaveLength(3);
  });

  it("derives again what something was removed from", async () => {
    const { installation, id, store, save, facts } = await acme();
    await save(another("acme/pay"));
    await refresh(installation);

    const removed = [{ kind: "commit" as const, repository: "acme/pay", id: "c1" }];
    await store.save(id, aBatch({ removed }), monday);
    await refresh(installation);

    expect(await facts()).toHaveLength(2);
  });

  it("loses nothing that comes while the first facts are derived", async () => {
    const { installation, save, facts } = await acme();

    const first = refresh(installation);
    await save(another("acme/pay"));
    await first;
    await refresh(installation);

    expect(await facts()).toHaveLength(3);
  });

  it("has nothing to do when the same is told again", async () => {
    const { installation, save, revisions } = await acme();
    const release = aRelease({ source: SOURCE, repository: "acme/shop" });
    await save([release]);
    await refresh(installation);
    const before = await revisions();

    await save([...repository("acme/shop"), release]);

    expect(await refresh(installation)).toBe(0);
    expect(await revisions()).toEqual(before);
  });
});
