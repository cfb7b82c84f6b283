import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import { aCollector, aShop, aWanting, eventsOf, nth, onRequest, only } from "./collecting.ts";

describe("when the reading is stopped after any batch, the next one finds", () => {
  it("a run that slipped from one page to the other", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    for (let number = 0; number < 230; number++) shop.run();
    const [older, newer] = [nth(shop.runs, 129), nth(shop.runs, 130)];
    older.createdAt = newer.createdAt;
    const whole = await new Known().take(aCollector(host));
    host.before = onRequest(/actions\/runs\?per_page=100&page=2/, () => void shop.runs.splice(129, 2, newer, older));

    for (let stop = 1; stop <= whole.batches; stop++) {
      shop.runs.splice(129, 2, older, newer);
      const known = await new Known().take(aCollector(host), stop);
      await known.take(aCollector(host));

      expect(known.events).toEqual(whole.events);
    }
  });

  it("all of many new runs and deployments, of which the newest come first", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const before = await new Known().take(aCollector(host));
    for (let number = 0; number < 250; number++) shop.run();
    for (let number = 0; number < 250; number++) shop.deploy();
    const whole = await new Known(before).take(aCollector(host));

    for (let stop = 1; stop <= whole.batches; stop++) {
      const known = await new Known(before).take(aCollector(host), stop);
      await known.take(aCollector(host));

      expect(known.events).toEqual(whole.events);
    }
  });
});

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

describe("the jobs of a run are read", () => {
  const job = { id: 1, name: "deploy", conclusion: "success" };

  it("where a rule asks for its workflow or its branch", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.run({ name: "Deploy", branch: "main", jobs: [job] });
    shop.run({ name: "Deploy", branch: "topic", jobs: [job] });
    shop.run({ name: "CI", branch: "release/1", jobs: [job] });
    shop.run({ name: "CI", branch: null, jobs: [job] });
    const filters = [
      { name: "^Deploy$", branch: "^main$" },
      { name: null, branch: "^release/" },
    ];

    const found = eventsOf(await allBatches(aWanting(host, { jobs: filters }), null), "pipeline");

    expect([...found.values()].filter(({ jobs }) => jobs.length > 0).map(({ id }) => id)).toEqual(["9002", "9000"]);
  });

  it("of those that were read without them, once a rule asks", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    for (let number = 0; number < 120; number++) shop.run({ name: "Deploy", jobs: [job] });
    const known = await new Known().take(aCollector(host));
    const wanting = () => aWanting(host, { jobs: [{ name: "Deploy", branch: null }] });

    await known.take(wanting());

    expect(known.events.get("pipeline acme/shop 9000")).toMatchObject({ jobs: [{ name: "deploy" }] });
    expect((await allBatches(wanting(), known.cursor)).flatMap(({ events }) => events)).toEqual([]);
  });
});

describe("the earlier attempts of a run", () => {
  it("are read with its jobs, each with its own end and times", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const run = shop.run({ name: "Deploy", conclusion: "failure" });
    const { startedAt, updatedAt } = run;
    shop.rerun(run, "cancelled");
    shop.rerun(run, "success");

    const { attempt, earlier } = await only(host, "pipeline", { jobs: "Deploy" });

    expect(attempt).toBe(3);
    expect(earlier).toMatchObject([
      { number: 1, outcome: "failure", startedAt, finishedAt: updatedAt },
      { number: 2, outcome: "cancelled" },
    ]);
  });

  it("are unknown where the host does not tell them", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.run({ name: "Deploy", attempt: 4 });

    expect(await only(host, "pipeline", { jobs: "Deploy" })).toMatchObject({ attempt: 4, earlier: [] });
    expect(host.asked.filter((request) => request.includes("/attempts/"))).toHaveLength(1);
  });

  it("are not asked for where nobody wants them", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.rerun(shop.run(), "success");

    expect(await only(host, "pipeline")).toMatchObject({ attempt: 2, earlier: [] });
    expect(host.asked.filter((request) => request.includes("/attempts/"))).toEqual([]);
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
