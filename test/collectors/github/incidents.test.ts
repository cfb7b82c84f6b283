import { describe, expect, it } from "vitest";
import { allBatches, Known } from "#test/support/collector-contract.ts";
import { aCollector, aShop, eventsOf, nth, only } from "./collecting.ts";

describe("an incident", () => {
  it("is an issue with the label, and says what caused it", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const body = "Severity: sev1\r\nDeployment: 5000\r\nCaused by: ABC1234\r\n\r\nSeen by a Deployment: check.";
    const issue = shop.issue({ body, labels: ["incident", "sev1"] });
    shop.issue({ labels: ["bug"] });
    shop.resolve(issue);

    expect(await only(host, "incident")).toMatchObject({
      id: "1",
      number: 1,
      openedAt: issue.openedAt,
      resolvedAt: issue.closedAt,
      labels: ["incident", "sev1"],
      falseAlarm: false,
      deployment: "5000",
      causedBy: "abc1234",
    });
  });

  it("that was closed as not planned is a false alarm", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.resolve(shop.issue(), "NOT_PLANNED");

    expect((await only(host, "incident")).falseAlarm).toBe(true);
  });

  it("stops counting when it is relabelled or deleted, and starts when it gets the label", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    const issues = Array.from({ length: 130 }, () => shop.issue());
    const bug = shop.issue({ labels: ["bug"] });
    const known = await new Known().take(aCollector(host));
    shop.relabel(nth(issues, 0), "bug");
    shop.issues.splice(1, 1);
    shop.relabel(bug, "incident");

    await known.take(aCollector(host));

    expect(incidents(known)).toHaveLength(129);
    expect([1, 2, bug.number].map((number) => known.events.has(`incident acme/shop ${number}`))).toEqual([
      false,
      false,
      true,
    ]);
  });

  it("goes by the labels that the configuration names, also when they change", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.issue({ labels: ["outage", "sev1"] });
    shop.issue();
    const known = await new Known().take(aCollector(host));

    await known.take(aCollector(host, { incidentLabels: ["outage", "sev1"] }));

    expect(incidents(known)).toEqual(["incident acme/shop 1"]);
  });
});

describe("tags and releases", () => {
  it("are told apart: a tag by its name, a release by its number", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.tag("v1.0.0", nth(shop.commits.keys(), 0), shop.tick());
    shop.release("v1.1.0-rc.1", { isPrerelease: true });

    const found = eventsOf(await allBatches(aCollector(host), null), "release");

    expect([...found.values()].map(({ id, name, prerelease, draft }) => [id, name, prerelease, draft])).toEqual([
      ["v1.0.0", "v1.0.0", null, false],
      ["v1.1.0-rc.1", "v1.1.0-rc.1", null, false],
      ["7000", "v1.1.0-rc.1", true, false],
    ]);
  });

  it("of lines beside the default branch bring their commits, a line at a time", async () => {
    const { host, shop } = await aShop();
    shop.push(5);
    let parent = nth(shop.commits.keys(), 1);
    for (let patch = 1; patch <= 10; patch++) {
      parent = shop.loose({ parents: [parent] }).sha;
      shop.tag(`v1.0.${patch}`, parent);
    }

    const found = eventsOf(await allBatches(aCollector(host), null), "commit");

    expect(found.size).toBe(15);
    expect(host.asked.filter((request) => request.includes("/compare/"))).toHaveLength(1);
  });

  it("that point to no commit are left out", async () => {
    const { host, shop } = await aShop();
    shop.commit();
    shop.tag("a-file", "0".repeat(40));

    const found = eventsOf(await allBatches(aCollector(host), null), "release");

    expect(found.size).toBe(0);
  });

  it("are read again once a day, for changes that a glance does not show", async () => {
    const { host, shop } = await aShop();
    shop.push(150);
    const shas = [...shop.commits.keys()];
    for (const [index, sha] of shas.entries()) shop.tag(`v0.${index}.0`, sha);
    const clock = { now: Date.parse("2026-06-01") };
    const known = await new Known().take(aCollector(host, {}, clock));
    shop.tag("v0.1.0", nth(shas, 0));
    await known.take(aCollector(host, {}, clock));
    clock.now += 24 * 3_600_000;

    await known.take(aCollector(host, {}, clock));

    expect(known.events.get("release acme/shop v0.1.0")).toMatchObject({ sha: shas[0] });
  });
});

function incidents({ events }: Known): string[] {
  return [...events.keys()].filter((key) => key.startsWith("incident"));
}
