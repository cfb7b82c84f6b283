/** Cases in which a well-known tool counts deployments or their failures wrongly, through the whole line: events in, API out. */
import { describe, expect, it } from "vitest";
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aCommit, aDeployment, aLine, anIncident, aRepository, statuses } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";

const MAY = at("2026-05-04");

/** Three commits of the two days before, upon one of the year before. */
const line = [
  aRepository({ head: "c" }),
  ...aLine(
    aCommit("old", { authoredAt: MAY - 365 * DAY }),
    aCommit("a", { authoredAt: MAY - 2 * DAY }),
    aCommit("b", { authoredAt: MAY - DAY }),
    aCommit("c", { authoredAt: MAY }),
  ),
];

const headway = async (...events: readonly DeliveryEvent[]) =>
  aHeadway({ config: told, tells: [[...line, ...events]] });

const inside = (repository: string, events: readonly DeliveryEvent[]) =>
  events.map((event) => ({ ...event, repository }));

describe("of deployments and their failures", () => {
  it("1: two deployments and three incidents on one are a fail rate of 50 %, never 150 %", async () => {
    const incidents = ["7", "8", "9"].map((id) => anIncident(id, MAY + 2 * HOUR, { deployment: "1" }));
    const { measure, exported } = await headway(
      aDeployment("1", "a", MAY),
      aDeployment("2", "b", MAY + DAY),
      ...incidents,
    );

    const { whole } = await measure("change-fail-rate");

    expect(whole).toMatchObject({ value: 0.5, k: 1, n: 2 });
    expect((await exported("deployments")).map(({ failedBy, incidents: ids }) => [failedBy, ids])).toEqual([
      [["incident"], ["7", "8", "9"]],
      [[], []],
    ]);
  });

  it("3: an incident three weeks after a deployment is not that deployment's", async () => {
    const { measure, exported } = await headway(aDeployment("1", "a", MAY), anIncident("7", MAY + 21 * DAY));

    expect((await measure("change-fail-rate")).whole).toMatchObject({ value: 0, k: 0, n: 1 });
    expect(await exported("incidents")).toMatchObject([{ id: "7", linkedBy: "none", deploymentId: null }]);
  });

  it("4: an incident of service B is not service A's later deployment's", async () => {
    const pay = [
      aRepository({ id: "acme/pay", head: "p" }),
      aCommit("p", { authoredAt: MAY - 10 * DAY }),
      aDeployment("2", "p", MAY - 9 * DAY),
      anIncident("7", MAY + HOUR, { resolvedAt: MAY + 3 * HOUR }),
    ];
    const { measure, exported } = await headway(aDeployment("1", "a", MAY), ...inside("acme/pay", pay));

    expect((await measure("change-fail-rate")).whole).toMatchObject({ k: 0, n: 2 });
    expect((await exported("deployments")).map(({ service, failedBy }) => [service, failedBy])).toEqual(
      expect.arrayContaining([
        ["acme/shop", []],
        ["acme/pay", []],
      ]),
    );
    expect(await exported("incidents")).toMatchObject([{ service: "acme/pay", linkedBy: "none", recoveryHours: 2 }]);
  });

  it("9: `preprod` is not production", async () => {
    const names = ["preprod", "pre-production", "non-prod", "staging", "prod", "Production", "prod-eu", "live/blue"];
    const { measure, exported } = await headway(
      ...names.map((environment, day) => aDeployment(String(day), "a", MAY + day * DAY, { environment })),
    );

    expect((await measure("deployment-frequency")).whole.value).toBe(4);
    expect((await exported("deployments")).map(({ environment, tier }) => [environment, tier])).toEqual([
      ["preprod", "other"],
      ["pre-production", "other"],
      ["non-prod", "other"],
      ["staging", "other"],
      ["prod", "production"],
      ["Production", "production"],
      ["prod-eu", "production"],
      ["live/blue", "production"],
    ]);
  });

  it("16: ten deployments in one day are ten, and one day", async () => {
    const deployments = Array.from({ length: 10 }, (_, hour) => aDeployment(String(hour), "a", MAY + hour * HOUR));
    const { measure } = await headway(...deployments);

    const { whole, details, series } = await measure("deployment-frequency", "interval=day");

    expect(whole).toMatchObject({ value: 10, n: 10 });
    expect(series.filter(({ n }) => n > 0)).toMatchObject([{ label: "2026-05-04", value: 10 }]);
    expect(details).toContainEqual({ label: "on", value: "1 different day" });
  });

  it("20: two deployments in the same second have an order, by id as a number", async () => {
    const { exported } = await headway(
      aDeployment("10", "a", MAY, { createdAt: MAY - DAY }),
      aDeployment("9", "c", MAY),
    );

    const deployments = await exported("deployments");

    expect(Object.fromEntries(deployments.map(({ id, isRollback, commits }) => [id, [isRollback, commits]]))).toEqual({
      9: [false, 3],
      10: [true, 0],
    });
    expect(deployments.find(({ id }) => id === "9")).toMatchObject({
      failedBy: ["rollback"],
      recoveredAt: "2026-05-04T00:00:00.000Z",
    });
  });

  it("21: the first known deployment does not swallow the year before it", async () => {
    const { measure, rows, exported } = await headway(aDeployment("1", "b", MAY));

    expect((await measure("lead-time-commit")).whole).toMatchObject({ value: 36, n: 2, coverage: 1 });
    expect((await rows("lead-time-commit")).rows.map(({ id }) => id).toSorted()).toEqual(["a", "b"]);
    expect(await exported("deployments")).toMatchObject([{ id: "1", commits: 2 }]);
    expect((await exported("commits")).map(({ sha, leadTimeHours }) => [sha, leadTimeHours])).toContainEqual([
      "old",
      null,
    ]);
  });

  it("7: one that waits for an approval while it is collected counts once it is over, at the time it was", async () => {
    const waiting = (...said: Parameters<typeof statuses>[1][]) =>
      aDeployment("1", "a", 0, { createdAt: MAY, statuses: statuses(MAY, ...said) });
    const { measure, sync, exported } = await aHeadway({
      config: told,
      tells: [
        [...line, aDeployment("0", "old", MAY - DAY), waiting("waiting")],
        [waiting("waiting", "running", "success")],
      ],
    });

    const before = (await measure("deployment-frequency")).whole.value;
    await sync();

    expect([before, (await measure("deployment-frequency")).whole.value]).toEqual([1, 2]);
    expect((await exported("deployments")).at(-1)).toMatchObject({ id: "1", deployedAt: "2026-05-04T02:00:00.000Z" });
  });
});
