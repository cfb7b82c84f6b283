import { hostname } from "node:os";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HostError } from "#collectors/collector.ts";
import type { Notice } from "#collectors/collector.ts";
import { MINUTE } from "#metrics/time.ts";
import { refresh } from "#server/refresh.ts";
import { syncAll } from "#server/sync.ts";
import type { FakeOptions } from "#test/support/fake-host.ts";
import { at, beforeBatch, FakeHost } from "#test/support/fake-host.ts";
import { aDatabase, anInstallation, contentOf, query, synced } from "#test/support/installation.ts";

const shallow: Notice = { level: "warning", code: "shallow", message: "Only a part of the history is here." };

/** Seven commits and two releases. */
function aShop(): FakeHost {
  const host = new FakeHost();
  for (let count = 0; count < 4; count++) host.commit();
  host.tag("v1.0.0");
  for (let count = 0; count < 3; count++) host.commit();
  host.tag("v1.1.0");
  return host;
}

async function theContentOf(host: FakeHost, options: FakeOptions = {}) {
  const installation = await anInstallation({ collectors: [host.collector(options)] });
  await synced(installation);
  return contentOf(installation.config.database);
}

describe("a sync", () => {
  it("brings events and facts of a source, and says how many events came", async () => {
    const installation = await anInstallation({ collectors: [aShop().collector()] });

    const outcomes = await synced(installation);

    expect(outcomes).toMatchObject([{ source: "fake:shop", name: "shop", changed: 10, notices: [], error: null }]);
    const [service] = await installation.store.services(["fake:shop"]);
    expect(service).toMatchObject({ service: "shop", revision: 4 });
    expect(await query(installation.config.database, "select id, commits from deployment_fact")).toEqual([
      { id: "v1.0.0", commits: 4 },
      { id: "v1.1.0", commits: 3 },
    ]);
  });

  it("with nothing new changes nothing but the time it was done", async () => {
    let now = at("2026-06-30T12:00");
    const installation = await anInstallation({ collectors: [aShop().collector()], now: () => now });
    await synced(installation);
    const before = await contentOf(installation.config.database);
    const version = await installation.store.factsVersion();

    now += 10 * MINUTE;
    const outcomes = await synced(installation);

    expect(outcomes).toMatchObject([{ changed: 0, error: null }]);
    expect(await contentOf(installation.config.database)).toEqual(before);
    expect(await installation.store.factsVersion()).toBe(version);
    expect(await installation.store.sources(["fake:shop"])).toMatchObject([{ syncedAt: now }]);
  });

  it("with nothing new still knows what a person should know", async () => {
    const installation = await anInstallation({ collectors: [aShop().collector({ notices: [shallow] })] });
    await synced(installation);

    const outcomes = await synced(installation);

    expect(outcomes).toMatchObject([{ changed: 0, notices: [shallow] }]);
    expect(await installation.store.sources(["fake:shop"])).toMatchObject([{ notices: [shallow] }]);
  });

  it("forgets a notice once the source is read again without it", async () => {
    const host = aShop();
    const database = aDatabase();
    await synced(await anInstallation({ collectors: [host.collector({ notices: [shallow] })], database }));
    host.commit();

    const installation = await anInstallation({ collectors: [host.collector()], database });
    await synced(installation);

    expect(await installation.store.sources(["fake:shop"])).toMatchObject([{ notices: [] }]);
  });

  it("is passed over when any process has brought it up to date since an instant, and then nobody tells of it", async () => {
    const host = aShop();
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const [shop] = await installation.store.sources(["fake:shop"]);
    const syncedAt = Number(shop?.syncedAt);
    host.commit();
    const since = async (unlessSince: number) =>
      syncAll(installation, { signal: new AbortController().signal, unlessSince });

    expect(await since(syncedAt - 1)).toEqual([]);
    expect(await since(syncedAt)).toMatchObject([{ changed: expect.any(Number), error: null, isTaken: false }]);
    expect(await query(installation.store.path, "select * from lease where name like 'sync%'")).toEqual([]);
  });

  it("tells how far it is", async () => {
    const installation = await anInstallation({ collectors: [aShop().collector()] });
    const steps: string[] = [];

    await syncAll(installation, {
      signal: new AbortController().signal,
      report: ({ name, phase, events, progress }) => steps.push(`${name} ${phase} ${events} ${progress}`),
    });

    expect(steps).toEqual([
      "shop collecting 0 null",
      "shop collecting 3 0",
      "shop collecting 6 0.25",
      "shop collecting 7 0.5",
      "shop collecting 10 1",
      "shop deriving 10 null",
    ]);
  });
});

describe("a source that fails", () => {
  const refuses = (source: string): FakeOptions => ({
    source,
    name: source,
    before: (batch) => {
      if (batch === 1) throw new HostError(source, "unavailable", "It would not answer. Try later.");
    },
  });

  it("does not stop the others, keeps what came before, and says why", async () => {
    const [broken, well] = [aShop(), aShop()];
    const collectors = [
      broken.collector(refuses("fake:broken")),
      well.collector({ source: "fake:well", name: "well" }),
    ];
    const installation = await anInstallation({ collectors });

    const outcomes = await synced(installation);

    expect(outcomes).toMatchObject([
      { name: "fake:broken", error: "It would not answer. Try later." },
      { name: "well", changed: 10, error: null },
    ]);
    expect(await installation.store.sources(["fake:broken", "fake:well"])).toMatchObject([
      { syncedAt: null, error: "It would not answer. Try later." },
      { error: null },
    ]);
    expect(await query(installation.config.database, "select source_id, count(*) as n from event group by 1")).toEqual([
      { source_id: 1, n: 3 },
      { source_id: 2, n: 10 },
    ]);
  });

  it("is as if it had never failed once it answers again", async () => {
    const host = aShop();
    const database = aDatabase();
    await synced(
      await anInstallation({ collectors: [host.collector({ ...refuses("fake:shop"), name: "shop" })], database }),
    );

    await synced(await anInstallation({ collectors: [host.collector()], database }));

    expect(await contentOf(database)).toEqual(await theContentOf(host));
  });

  it("by a mistake of ours is not hidden, and the source is free for the next sync", async () => {
    const host = aShop();
    const mistaken = () => {
      throw new TypeError("undefined is not a function");
    };
    const installation = await anInstallation({ collectors: [host.collector({ before: mistaken })] });

    await expect(synced(installation)).rejects.toThrow("undefined is not a function");

    expect(await query(installation.config.database, "select * from lease")).toEqual([]);
  });
});

describe("a sync that is stopped", () => {
  it.each([0, 1, 2, 3])(
    "before batch %i keeps what it stored, and the next one ends as if it had not been",
    async (stop) => {
      const host = aShop();
      const database = aDatabase();
      const controller = new AbortController();
      const before = beforeBatch(stop, () => controller.abort(new Error("stop")));

      const stopped = await synced(
        await anInstallation({ collectors: [host.collector({ before })], database }),
        controller.signal,
      );
      const stored = await query(database, "select count(*) as n from event");
      await synced(await anInstallation({ collectors: [host.collector()], database }));

      expect(stopped).toMatchObject([
        { error: "Stopped before the end. What was stored stays; the next sync goes on." },
      ]);
      expect(stored).toEqual([{ n: Math.min(7, stop * 3) }]);
      expect(await contentOf(database)).toEqual(await theContentOf(host));
    },
  );

  it("does not begin with the sources that follow", async () => {
    const [first, second] = [aShop(), aShop()];
    const controller = new AbortController();
    const before = () => controller.abort(new Error("stop"));
    const collectors = [first.collector({ before }), second.collector({ source: "fake:b", name: "b" })];

    const outcomes = await synced(await anInstallation({ collectors }), controller.signal);

    expect(outcomes).toHaveLength(1);
    expect(second.collected).toBe(0);
  });
});

describe("two processes on one database", () => {
  it("do not work on one source at a time: the second says who does, and both are fine afterwards", async () => {
    const host = aShop();
    const database = aDatabase();
    const second = await anInstallation({ collectors: [host.collector()], database });
    // Process 1 of this machine is alive as long as the machine is.
    await second.store.takeLease("sync fake:shop", { host: hostname(), pid: 1 }, second.now(), () => true);

    const refused = await synced(second);
    await second.store.releaseLease("sync fake:shop", { host: hostname(), pid: 1 });
    const accepted = await synced(second);

    expect(refused).toMatchObject([
      { changed: 0, error: expect.stringMatching(/^Another Headway \(process 1 on .*\) is collecting this source/) },
    ]);
    expect(await second.store.sources(["fake:shop"])).toMatchObject([{ error: null }]);
    expect(accepted).toMatchObject([{ changed: 10, error: null }]);
  });

  it("may both derive facts at the same time", async () => {
    const host = aShop();
    const database = aDatabase();
    const one = await anInstallation({ collectors: [host.collector()], database });
    const other = await anInstallation({
      collectors: [host.collector()],
      database,
      rule: { tags: "prerelease", branch: "any" },
    });
    await synced(one);

    await Promise.all([refresh(one), refresh(other), refresh(one), refresh(other)]);
    await refresh(one);

    expect(await contentOf(database)).toEqual(await theContentOf(host));
  });
});

describe("a rule that is changed", () => {
  it("gives other facts without asking the host again", async () => {
    const host = aShop();
    host.tag("v2.0.0-rc.1");
    const database = aDatabase();
    await synced(await anInstallation({ collectors: [host.collector()], database }));
    const { collected } = host;

    const all = await anInstallation({
      collectors: [host.collector()],
      database,
      rule: { tags: "prerelease", branch: "any" },
    });
    const changed = [await refresh(all), await refresh(all)];

    expect(changed).toEqual([1, 0]);
    expect(host.collected).toBe(collected);
    expect(await query(database, "select id from deployment_fact order by id")).toEqual([
      { id: "v1.0.0" },
      { id: "v1.1.0" },
      { id: "v2.0.0-rc.1" },
    ]);
  });
});

type Step = (host: FakeHost) => void;

/** What may happen in a repository, small enough that things meet. */
const aStep: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 1, max: 4 }).map((count): Step => (host) => {
    for (let made = 0; made < count; made++) host.commit();
  }),
  fc.nat(20).map((parent): Step => (host) => {
    const from = host.commits[parent % Math.max(1, host.commits.length)]?.id;
    const side = host.branchCommit(from === undefined ? {} : { parents: [from] });
    host.commit({
      parents: [host.head ?? side, side],
      title: `Merge pull request #${parent} from x/y`,
      changeNumber: parent,
    });
  }),
  fc.nat(20).map((parent): Step => (host) => {
    const taken = host.commits[parent % Math.max(1, host.commits.length)]?.id ?? "none";
    host.commit({ title: "Revert it", reverts: [{ sha: taken }] });
  }),
  fc.tuple(fc.nat(3), fc.nat(3), fc.nat(20)).map(([minor, patch, of]): Step => (host) => {
    const commit = host.commits[of % Math.max(1, host.commits.length)];
    if (commit === undefined) return; // before the first commit there is nothing to tag
    host.tag(`v1.${minor}.${patch}`, { sha: commit.id, publishedAt: at("2026-01-01") + of * 3_600_000 });
  }),
  fc.tuple(fc.nat(3), fc.nat(3)).map(
    ([minor, patch]): Step =>
      (host) =>
        void host.tags.delete(`v1.${minor}.${patch}`),
  ),
  // A force-push: the head goes back, and what was there may be reachable from tags only.
  fc.nat(20).map((to): Step => (host) => {
    host.head = host.commits[to % Math.max(1, host.commits.length)]?.id ?? null;
  }),
);

describe("facts", () => {
  it("are the same whether they grew sync by sync or were made at once", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(aStep, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
        async (syncs) => {
          const host = new FakeHost();
          const grown = await anInstallation({ collectors: [host.collector()] });
          for (const steps of syncs) {
            for (const step of steps) step(host);
            await synced(grown);
          }

          const made = await theContentOf(host);

          const { source: _source, ...content } = await contentOf(grown.config.database);
          const { source: _other, ...rebuilt } = made;
          expect(content).toEqual(rebuilt);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("are the same whether syncs were stopped on the way or not", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.array(aStep, { maxLength: 3 }), fc.nat(4)), { minLength: 1, maxLength: 5 }),
        async (syncs) => {
          const host = aShop();
          const database = aDatabase();
          for (const [steps, stop] of syncs) {
            for (const step of steps) step(host);
            const controller = new AbortController();
            const before = beforeBatch(stop, () => controller.abort(new Error("stop")));
            await synced(
              await anInstallation({ collectors: [host.collector({ before })], database }),
              controller.signal,
            );
          }
          await synced(await anInstallation({ collectors: [host.collector()], database }));

          const { source: _source, ...content } = await contentOf(database);
          const { source: _other, ...rebuilt } = await theContentOf(host);
          expect(content).toEqual(rebuilt);
        },
      ),
      { numRuns: 25 },
    );
  });
});
