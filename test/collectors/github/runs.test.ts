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

/** What a version kept that read no runners. */
function asReadBefore(cursor: string | null): string | null {
  return cursor === null ? null : cursor.replaceAll('"runners":true', '"runners":false');
}

describe("what the jobs of a run ran on", () => {
  const hosted = { labels: ["ubuntu-latest"], runner: "GitHub Actions 12", group: "GitHub Actions" };

  it("comes with them, and costs no other request", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const jobs = [
      { id: 1, name: "build", conclusion: "success", ...hosted },
      {
        id: 2,
        name: "gpu",
        conclusion: "success",
        labels: ["self-hosted", "gpu"],
        runner: "annas-mac",
        group: "Default",
      },
      { id: 3, name: "deploy", conclusion: "cancelled", labels: ["ubuntu-latest"], runner: null },
      { id: 4, name: "old", conclusion: "success" },
    ];
    shop.run({ name: "CD", jobs });

    const found = await only(host, "pipeline", { jobs: "CD" });

    expect(found.jobs.map(({ runner }) => runner)).toEqual([
      "GitHub-hosted: Linux",
      "self-hosted: gpu",
      null,
      undefined,
    ]);
    expect(JSON.stringify(found)).not.toContain("annas-mac");
    expect(host.asked.filter((request) => request.includes("/jobs"))).toHaveLength(1);
  });

  it("is told of earlier attempts, too, and of what was not tried again once", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const run = shop.run({ name: "CD", attempt: 2 });
    const once = { name: "build", conclusion: "success", startedAt: run.startedAt, completedAt: run.updatedAt };
    run.jobs = [
      { id: 1, attempt: 1, ...once, ...hosted },
      { id: 2, name: "test", conclusion: "failure", attempt: 1, startedAt: run.startedAt - 60_000, ...hosted },
      { id: 3, attempt: 2, ...once, ...hosted },
      { id: 4, name: "test", conclusion: "success", attempt: 2, ...hosted },
      { id: 5, name: "lint", conclusion: "success", attempt: 1, ...hosted },
    ];

    const found = await only(host, "pipeline", { jobs: "CD" });

    expect(found.jobs.map(({ id }) => id)).toEqual(["3", "4", "5"]);
    expect(found.retried?.map(({ id }) => id)).toEqual(["2"]);
  });

  it("is read once of runs whose jobs a version before read without it", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.run({ name: "CD", jobs: [{ id: 1, name: "build", conclusion: "success", ...hosted }] });
    const collector = aCollector(host, { jobs: "CD" });
    const known = await new Known().take(collector);
    const old = asReadBefore(known.cursor);

    const again = await allBatches(collector, old);
    const after = await allBatches(collector, nth(again, again.length - 1).cursor);

    expect(old).not.toBe(known.cursor);
    expect(eventsOf(again, "pipeline").size).toBe(1);
    expect(after.flatMap(({ events }) => events)).toEqual([]);
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
