import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import { aCollector, aShop, onRequest, only } from "./collecting.ts";
import type { Shop } from "./collecting.ts";

const WEEK = 7 * 24 * 3_600_000;

/** A change for an issue, at a server that does not know the one from the other. */
async function anOldServer(): Promise<Shop> {
  const world = await aShop();
  const { host, shop } = world;
  shop.merge(shop.open({ closes: [shop.issue({ labels: [] })] }));
  for (const field of ["PullRequest.closingIssuesReferences", "PullRequest.files", "Repository.archivedAt"])
    host.lacks.add(field);
  return world;
}

describe("a change was requested", () => {
  it("when the first of the issues that it closes was opened", async () => {
    const { host, shop } = await aShop();
    const [first, second] = [shop.issue({ labels: [] }), shop.issue()];
    shop.open({ closes: [second, null, first] });

    expect((await only(host, "change")).requestedAt).toBe(first.openedAt);
  });

  it("at no time that is known, when it closes nothing", async () => {
    const { host, shop } = await aShop();
    shop.open();

    expect((await only(host, "change")).requestedAt).toBeNull();
  });

  it("with more issues than fit on a page", async () => {
    const { host, shop } = await aShop();
    const issues = Array.from({ length: 14 }, () => shop.issue({ labels: [] }));
    shop.open({ closes: issues.toReversed() });

    expect((await only(host, "change")).requestedAt).toBe(issues[0]?.openedAt);
  });

  it("at no time that is known, when the token may not see the issues; the change is read all the same", async () => {
    const { host, shop } = await aShop();
    shop.open({ closes: "withheld" });

    expect(await only(host, "change")).toMatchObject({ id: "1", requestedAt: null });
  });
});

describe("an older server", () => {
  it("is asked without the fields that it does not know, which costs one question", async () => {
    const { host } = await anOldServer();
    const before = await aShop();
    before.shop.merge(before.shop.open());
    await allBatches(aCollector(before.host), null);

    const { events } = await new Known().take(aCollector(host));

    expect(events.get("change acme/shop 2")).toMatchObject({ requestedAt: null });
    expect(host.asked.length).toBe(before.host.asked.length + 1);
  });

  it("is not asked for them again, by several repositories at once or by the next sync", async () => {
    const { host } = await anOldServer();
    for (const name of ["api", "web", "shell"]) host.repository(name).open();
    const known = await new Known().take(aCollector(host, { organization: "acme" }));
    const refused = host.asked.filter((request) => request.includes("archivedAt"));
    host.asked.length = 0;

    await known.take(aCollector(host, { organization: "acme" }));

    expect(refused).toHaveLength(1);
    expect(host.asked.filter((request) => /archivedAt|closingIssues|files\(/.test(request))).toEqual([]);
  });

  it("that was upgraded is noticed within a week, and what it can tell now is read of all changes", async () => {
    const { host } = await anOldServer();
    const clock = { now: Date.parse("2026-06-01") };
    const known = await new Known().take(aCollector(host, {}, clock));
    host.lacks.clear();
    clock.now += WEEK;

    await known.take(aCollector(host, {}, clock));

    expect(known.events.get("change acme/shop 2")).toMatchObject({ requestedAt: expect.any(Number) });
  });

  it("that cannot answer for another reason is no older server", async () => {
    const { host } = await aShop();
    host.before = onRequest(/graphql/, () => "403");

    await expect(allBatches(aCollector(host), null)).rejects.toThrow("lacks a permission");
  });
});
