import { setTimeout } from "node:timers/promises";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { metrics } from "#metrics/index.ts";
import { listOf } from "#metrics/lists.ts";
import { Memory } from "#server/answers/memory.ts";
import { Pace } from "#server/answers/turns.ts";
import { openAs } from "#server/store/opening.ts";
import { monthOf, touch } from "#server/store/segments.ts";
import { structureOf } from "#server/structure.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { aDatabase, anInstallation, aStore, change, query, synced } from "#test/support/installation.ts";

const always = { from: -Infinity, to: Infinity };
const window = { from: at("2026-01-01"), to: at("2026-04-01") };
const [JANUARY = 0, FEBRUARY = 0, MARCH = 0] = [window.from, at("2026-02-01"), at("2026-03-01")].map(monthOf);
const committed = metrics.filter((metric) => listOf(metric) === "committed");

/** A service with commits in January, February and March, all of them released in their month. */
async function aShop() {
  const host = new FakeHost();
  for (const month of ["2026-01", "2026-02", "2026-03"]) {
    host.commit({ committedAt: at(`${month}-10`) });
    host.commit({ committedAt: at(`${month}-12`) });
    host.tag(`v${month.replace("-0", ".")}.0`, { publishedAt: at(`${month}-15`) });
  }
  const database = aDatabase();
  const installation = await anInstallation({ collectors: [host.collector()], database });
  await synced(installation);
  /** What somebody is told who has nothing in memory. */
  const asked = async (time: "elapsed" | "working" = "elapsed") => {
    const memory = new Memory(installation.store);
    const services = await installation.store.services(["fake:shop"]);
    const judged = await memory.judged(installation);
    const looked = { window, time, structure: structureOf(installation.config), judged };
    const places = services.map((service) => ({ ...service, times: [always] }));
    const rows = (await memory.rows(places, committed, looked, new Pace())).committed;
    return { at: [...rows.at], bits: [...rows.bits], columns: [...rows.columns] };
  };
  const kept = async () => query(database, "select month, body from segment where list = 'committed' order by month");
  /** Asks, and waits until what was made for it is kept. */
  const keeping = async () => {
    const answer = await asked();
    await vi.waitFor(async () => expect((await kept()).map(({ month }) => month)).toEqual([JANUARY, FEBRUARY, MARCH]));
    return answer;
  };
  return { host, installation, database, asked, kept, keeping };
}

describe("what metrics observe in a month", () => {
  it("is kept once somebody asked, and read back as it was made", async () => {
    const { asked, keeping, database } = await aShop();
    const made = await keeping();
    expect(made.at).toHaveLength(6);

    // What is kept is believed, not made again: February without its rows shows that it was read.
    expect(await asked()).toEqual(made);
    await change(database, `update segment set body = substr(body, 1, 0) where month = ${String(FEBRUARY)}`);
    expect((await asked()).at).toEqual(made.at.filter((instant) => monthOf(instant) !== FEBRUARY));
  });

  it("is made again where what is kept was made by another version, whatever its bytes are", async () => {
    const { asked, keeping, kept, database } = await aShop();
    const made = await keeping();
    const before = await kept();

    await change(database, "update segment set definition = '0 of another version', body = substr(body, 1, 1)");

    expect(await asked()).toEqual(made);
    await vi.waitFor(async () => expect(await kept()).toEqual(before));
  });

  it.each([
    ["its own month", "2026-02-20", () => [JANUARY, MARCH]],
    ["a month in which nothing was", "2026-04-20", () => [JANUARY, FEBRUARY, MARCH]],
  ])("is forgotten by a new commit in %s only", async (_, day, left) => {
    const { host, installation, asked, keeping, kept } = await aShop();
    await keeping();
    const before = await kept();

    host.commit({ committedAt: at(day) });
    await synced(installation);

    const after = await kept();
    expect(after).toEqual(before.filter(({ month }) => left().includes(Number(month))));
    const now = await asked();
    await change(installation.store.path, "delete from segment");
    expect(now).toEqual(await asked());
  });

  it("is forgotten in the months of the commits that a release carried, and in no other", async () => {
    const { host, installation, keeping, kept, asked } = await aShop();
    host.commit({ committedAt: at("2026-02-20") });
    await synced(installation);
    await keeping();
    const before = await kept();

    host.tag("v2026.4.0", { publishedAt: at("2026-03-20") });
    await synced(installation);

    expect((await kept()).map(({ month }) => month)).toEqual([JANUARY, MARCH]);
    expect(await kept()).toEqual(before.filter(({ month }) => month !== FEBRUARY));
    expect((await asked()).at).toHaveLength(7);
  });

  it("stays when a sync brings nothing new", async () => {
    const { installation, keeping, kept } = await aShop();
    await keeping();
    const before = await kept();

    await synced(installation);

    expect(await kept()).toEqual(before);
  });

  it("is not kept when the facts changed after it was made", async () => {
    const { installation, kept, keeping, host } = await aShop();
    await keeping();
    const version = await installation.store.factsVersion();
    const ids = (await installation.store.services(["fake:shop"])).map(({ serviceId }) => serviceId);
    const february = await installation.store.segments("committed", ids, Number(FEBRUARY), Number(FEBRUARY));
    expect(february).toHaveLength(1);
    host.commit({ committedAt: at("2026-02-20") });
    await synced(installation);

    installation.store.keepSegments("committed", february, version);
    const untouched = february.map((segment) => ({ ...segment, month: 0 }));
    installation.store.keepSegments("committed", untouched, version);
    await vi.waitFor(async () => expect((await kept()).map(({ month }) => month)).toContain(0));

    expect((await kept()).map(({ month }) => month)).toEqual([0, JANUARY, MARCH]);
  });

  it("is not kept when somebody is changing the facts while it is being kept", async () => {
    const { installation, database, kept, keeping } = await aShop();
    await keeping();
    const { store } = installation;
    const version = await store.factsVersion();
    const ids = (await store.services(["fake:shop"])).map(({ serviceId }) => serviceId);
    const [february = expect.fail("Nothing is kept.")] = await store.segments("committed", ids, FEBRUARY, FEBRUARY);
    const strand = { list: "committed", metric: "integration-size" } as const;
    const other = openAs(database, "writer");
    onTestFinished(async () => other.destroy());

    await other.transaction().execute(async (transaction) => {
      const touched = new Map([[february.serviceId, new Map([["committed", new Set([FEBRUARY])] as const])]]);
      await touch(transaction, touched, version + 1);
      store.keepSegments("committed", [february], version);
      store.keepStretches(strand, [{ ...february, year: 2026 }], version);
      store.keepSegments("committed", [{ ...february, month: 0 }], version);
      await setTimeout(200); // so long that whoever does not wait for their turn has ended
    });
    await vi.waitFor(async () => expect((await kept()).map(({ month }) => month)).toContain(0));

    expect((await kept()).map(({ month }) => month)).toEqual([0, JANUARY, MARCH]);
    expect(await store.stretches(strand, ids, 2026, 2026)).toEqual([]);
  });

  it("comes back byte by byte with those of other months and services, whatever its bytes are", async () => {
    const store = await aStore(aDatabase());
    const bodies = [[], [0], [...Array(256).keys()], [0xff, 0xfe, 0, 0xc3], [], [0, 0, 0]];
    const made = bodies.map((bytes, index) => ({
      serviceId: 1 + (index % 2),
      month: JANUARY + index,
      definition: `"${index}"`,
      body: Uint8Array.from(bytes),
    }));

    store.keepSegments("merged", made, 1);
    const read = async () => store.segments("merged", [2, 1], JANUARY, JANUARY + 9);
    await vi.waitFor(async () => expect(await read()).toHaveLength(made.length));

    const inOrder = [1, 2].flatMap((id) => made.filter(({ serviceId }) => serviceId === id));
    const found = (await read()).map(({ body, ...segment }) => ({ ...segment, body: [...body] }));
    expect(found).toEqual(inOrder.map(({ body, ...segment }) => ({ ...segment, body: [...body] })));
    expect(await store.segments("merged", [3], JANUARY, JANUARY + 9)).toEqual([]);
  });
});
