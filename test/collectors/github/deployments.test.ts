import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import { aCollector, aShop, eventsOf, only } from "./collecting.ts";

const deployerKind = (event: object | undefined): unknown => Reflect.get(Object(event), "deployerKind");

describe("a deployment", () => {
  it("has its whole history, in order, without the note that another one took its place", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.deploy(["QUEUED", "IN_PROGRESS", "SUCCESS", "INACTIVE"]);

    const { statuses, environment, sha } = await only(host, "deployment");

    expect(statuses.map(({ outcome }) => outcome)).toEqual(["waiting", "running", "success"]);
    expect([environment, sha]).toEqual(["production", shop.head]);
  });

  it("says what asked for it, in both ways in which it is read", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const pipeline = { login: "github-actions", type: "Bot" } as const;
    const pending = shop.deploy(["WAITING"], { creator: pipeline });
    const made = shop.deploy(["SUCCESS"]);
    for (let number = 0; number < 150; number++) shop.deploy(["SUCCESS"], { creator: pipeline });
    const known = await new Known().take(aCollector(host));
    const kinds = () =>
      [pending, made].map(({ id }) => known.events.get(`deployment acme/shop ${id}`)).map(deployerKind);

    expect(kinds()).toEqual(["bot", "human"]);
    shop.status(pending, "SUCCESS");
    await known.take(aCollector(host));
    expect(kinds()).toEqual(["bot", "human"]);
  });

  it("is read with more statuses than fit on a page", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.deploy(["SUCCESS", ...Array.from({ length: 130 }, () => "IN_PROGRESS")]);

    const { statuses } = await only(host, "deployment");

    expect([statuses.length, statuses[0]?.outcome]).toEqual([131, "success"]);
  });

  it("is asked for until it is finished, however many came after it", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const pending = shop.deploy(["WAITING"]);
    for (let number = 0; number < 150; number++) shop.deploy(["SUCCESS"]);
    const known = await new Known().take(aCollector(host));
    shop.status(pending, "SUCCESS");

    await known.take(aCollector(host));

    expect(known.events.get(`deployment acme/shop ${pending.id}`)).toMatchObject({
      statuses: [{ outcome: "waiting" }, { outcome: "success" }],
    });
  });

  it("that was forgotten is not asked for for ever", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.deploy(["QUEUED"]);
    shop.tick(24 * 60);
    for (let number = 0; number < 101; number++) shop.deploy(["SUCCESS"]);
    const known = await new Known().take(aCollector(host));
    host.asked.length = 0;

    await known.take(aCollector(host));

    expect(host.asked.filter((request) => request.includes("/deployments/"))).toEqual([]);
  });

  it("that is gone is no longer waited for", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.deploy(["QUEUED"]);
    for (let number = 0; number < 150; number++) shop.deploy(["SUCCESS"]);
    const known = await new Known().take(aCollector(host));
    shop.deployments.shift();

    await known.take(aCollector(host));

    expect(known.cursor).not.toContain('"5000"');
  });
});

describe("deployments", () => {
  it("in the same second keep their own identity and order", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const at = shop.now;
    shop.deploy([], { createdAt: at, statuses: [{ state: "SUCCESS", at }] });
    shop.deploy([], { createdAt: at, statuses: [{ state: "SUCCESS", at }] });

    const found = eventsOf(await allBatches(aCollector(host), null), "deployment");

    expect([...found.keys()]).toEqual(["5000", "5001"]);
  });

  it("bring the commits that lead to them, also beside the default branch", async () => {
    const { host, shop } = await aShop();
    shop.push(3);
    const fix = shop.loose();
    const fixed = shop.loose({ parents: [fix.sha] });
    shop.deploy(["SUCCESS"], { sha: fixed.sha });
    const preview = shop.loose();
    shop.deploy(["SUCCESS"], { sha: preview.sha, environment: "preview/1" });

    const found = eventsOf(await allBatches(aCollector(host), null), "commit");

    expect(found.size).toBe(5);
    expect([found.has(fix.sha), found.has(fixed.sha), found.has(preview.sha)]).toEqual([true, true, false]);
  });

  it("bring other commits when other environments become production", async () => {
    const { host, shop } = await aShop();
    shop.push(3);
    const beside = shop.loose();
    shop.deploy(["SUCCESS"], { sha: beside.sha, environment: "edge" });
    const known = await new Known().take(aCollector(host));

    await known.take(aCollector(host, { production: "^edge$" }));

    expect(known.events.has(`commit acme/shop ${beside.sha}`)).toBe(true);
  });
});
