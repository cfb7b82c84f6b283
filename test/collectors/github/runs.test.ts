import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import { aCollector, aShop, eventsOf, nth, only } from "./collecting.ts";

describe("a workflow run", () => {
  it("that waits for an approval while it is read is counted once it has finished", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const run = shop.run({ status: "completed", conclusion: "action_required" });
    for (let number = 0; number < 120; number++) shop.run();
    const known = await new Known().take(aCollector(host));
    const key = `pipeline acme/shop ${run.id}`;
    const waiting = known.events.get(key);
    Object.assign(run, { conclusion: "success", updatedAt: shop.tick() });

    await known.take(aCollector(host));

    expect(waiting).toMatchObject({ outcome: "waiting", finishedAt: null });
    expect(known.events.get(key)).toMatchObject({ outcome: "success", finishedAt: run.updatedAt });
  });

  it("is found when it is run again", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const run = shop.run({ conclusion: "failure" });
    const known = await new Known().take(aCollector(host));
    Object.assign(run, { conclusion: "success", attempt: 2, startedAt: shop.tick(), updatedAt: shop.tick() });

    await known.take(aCollector(host));

    expect(known.events.get(`pipeline acme/shop ${run.id}`)).toMatchObject({ outcome: "success", attempt: 2 });
  });

  it.each([
    ["completed", "success", "success"],
    ["completed", "neutral", "success"],
    ["completed", "failure", "failure"],
    ["completed", "timed_out", "failure"],
    ["completed", "cancelled", "cancelled"],
    ["completed", "skipped", "skipped"],
    ["in_progress", null, "running"],
    ["queued", null, "waiting"],
  ])("that is %s (%s) is a %s", async (status, conclusion, outcome) => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.run({ status, conclusion });

    expect((await only(host, "pipeline")).outcome).toBe(outcome);
  });

  it("has all its jobs, where the configuration asks for those of its workflow", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const jobs = Array.from({ length: 130 }, (_, id) => ({ id, name: `job ${id}`, conclusion: "success" }));
    shop.run({ name: "Deploy", jobs });
    shop.run({ name: "CI", jobs });

    const found = eventsOf(await allBatches(aCollector(host, { jobs: "^Deploy$" }), null), "pipeline");

    expect([...found.values()].map(({ name, jobs: read }) => [name, read.length])).toEqual([
      ["CI", 0],
      ["Deploy", 130],
    ]);
  });
});

describe("workflow runs", () => {
  it("are all read, although GitHub lists 1,000 of a filter", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    for (let number = 0; number < 2150; number++) shop.run();

    const found = eventsOf(await allBatches(aCollector(host), null), "pipeline");

    const requests = host.asked.filter((request) => request.includes("/actions/runs"));
    expect(found.size).toBe(2150);
    expect(requests.length).toBeLessThanOrEqual(1.2 * 21.5 + 1);
  });

  it("that many wait are asked for by what they wait for", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    for (let number = 0; number < 12; number++) shop.run({ status: "waiting", conclusion: null });
    for (let number = 0; number < 100; number++) shop.run();
    const known = await new Known().take(aCollector(host));
    Object.assign(nth(shop.runs, 3), { status: "completed", conclusion: "success", updatedAt: shop.tick() });
    host.asked.length = 0;

    await known.take(aCollector(host));

    expect(known.events.get("pipeline acme/shop 9003")).toMatchObject({ outcome: "success" });
    expect(host.asked.filter((request) => /actions\/runs\/\d+/.test(request))).toHaveLength(1);
  });

  it("are left alone where the configuration says so", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.run();

    const batches = await allBatches(aCollector(host, { runs: false }), null);

    expect(eventsOf(batches, "pipeline").size).toBe(0);
    expect(host.asked.filter((request) => request.includes("/actions/"))).toEqual([]);
  });
});
