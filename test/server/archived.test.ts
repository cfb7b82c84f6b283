/** Weeks after archival are not weeks without deployments: nobody delivers there any more. */
import { describe, expect, it } from "vitest";
import type { DeliveryEvent, Repository } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Instant } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aLine, anIncident, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import type { Headway } from "#test/support/headway.ts";

const START = at("2026-01-05");
const [FEBRUARY, MARCH] = [at("2026-02-10"), at("2026-03-10")];

/** Deployed once, in January; its second change waits from the 7th on. */
function delivered(repository: string, archivedAt: Instant | null): DeliveryEvent[] {
  const state: Repository = aRepository({ id: repository, head: `${repository}2`, archivedAt });
  const commits = aLine(
    aCommit(`${repository}1`, { authoredAt: START }),
    aCommit(`${repository}2`, { authoredAt: START + 2 * DAY }),
  );
  const events = [
    state,
    ...commits,
    aChange(1, { openedAt: START, mergedAt: START, mergeCommit: `${repository}1` }),
    aChange(2, { openedAt: START, mergedAt: START + 2 * DAY, mergeCommit: `${repository}2` }),
    aDeployment("1", `${repository}1`, START + DAY),
  ];
  return events.map((event) => ({ ...event, repository }));
}

const headway = async (...syncs: readonly (readonly DeliveryEvent[])[]) => aHeadway({ config: told, tells: syncs });

const months = async ({ measure }: Headway, metric: string, question = "") =>
  (await measure(metric, `interval=month&${question}`)).series.map(({ label, value, partial }) => [
    label.slice(5),
    value,
    partial,
  ]);
const waits = async ({ rows }: Headway, question = "") =>
  (await rows("stage-deploy", question)).rows.flatMap(({ service, openFor }) =>
    openFor === null ? [] : [[service, Math.floor(openFor / 24)]],
  );

describe("the weeks and months of a repository", () => {
  it("end when it was archived", async () => {
    const running = await headway(delivered("acme/shop", FEBRUARY));

    expect(await months(running, "deployment-frequency")).toEqual([
      ["01", 1, true],
      ["02", 0, true],
    ]);
    const { series } = await running.measure("deployment-frequency", "interval=week");
    expect(series.at(-1)).toMatchObject({ label: "2026-W07", partial: true });
  });

  it("go on when it is no longer archived", async () => {
    let now = at("2026-06-30T12:00");
    const tells = [delivered("acme/shop", FEBRUARY), delivered("acme/shop", null)];
    const running = await aHeadway({ config: told, tells, now: () => now++ });
    const before = await months(running, "deployment-frequency");

    await running.sync();

    expect(before).toHaveLength(2);
    expect((await months(running, "deployment-frequency")).map(([label]) => label)).toEqual([
      "01",
      "02",
      "03",
      "04",
      "05",
      "06",
    ]);
  });

  it("have a reason, and no number, where they all lie after it", async () => {
    const { measure, rows } = await headway(delivered("acme/shop", FEBRUARY));
    const question = "from=2026-04-01&to=2026-06-01";

    const { whole, series } = await measure("deployment-frequency", question);

    expect([whole.value, whole.reason, series]).toEqual([
      null,
      expect.stringMatching(/^The repository was archived before this window/),
      [],
    ]);
    expect((await rows("deployment-frequency", question)).whole).toEqual(whole);
  });

  it("last until what is still known to have happened there: a push, an incident", async () => {
    const running = await headway([
      ...delivered("acme/shop", FEBRUARY),
      anIncident("i1", MARCH + DAY, { resolvedAt: MARCH + DAY + HOUR }),
    ]);
    await running.post("/api/deployments", {
      service: "acme/shop",
      version: "2.0",
      environment: "production",
      deployedAt: "2026-03-10T00:00:00Z",
    });

    expect(await months(running, "deployment-frequency")).toEqual([
      ["01", 1, true],
      ["02", 0, false],
      ["03", 1, true],
    ]);
    expect((await running.measure("incident-recovery-time")).whole.value).toBe(1);
  });
});

describe("several repositories together", () => {
  it("go on while one of them lives, and each ends by itself", async () => {
    const running = await headway([...delivered("acme/cart", FEBRUARY), ...delivered("acme/shop", null)]);

    expect((await months(running, "deployment-frequency")).map(([label, value]) => [label, value])).toEqual([
      ["01", 2],
      ["02", 0],
      ["03", 0],
      ["04", 0],
      ["05", 0],
      ["06", 0],
    ]);
    expect(await months(running, "deployment-frequency", "service=acme/cart")).toHaveLength(2);
    expect(await months(running, "deployment-frequency", "service=acme/shop")).toHaveLength(6);
    const { whole } = await running.measure("deployment-frequency", "from=2026-04-01&to=2026-06-01");
    expect(whole.value).toBe(0);
  });

  it("end when the last of them was archived", async () => {
    const running = await headway([...delivered("acme/cart", FEBRUARY), ...delivered("acme/shop", MARCH)]);

    expect((await months(running, "deployment-frequency")).map(([label, value]) => [label, value])).toEqual([
      ["01", 2],
      ["02", 0],
      ["03", 0],
    ]);
  });

  it("hold of each what waits there no longer than until its end, alone and together", async () => {
    const running = await headway([...delivered("acme/cart", FEBRUARY), ...delivered("acme/shop", null)]);

    const [cart, shop] = [await waits(running, "service=acme/cart"), await waits(running, "service=acme/shop")];

    expect(cart).toEqual([["acme/cart", 34]]);
    expect(shop).toEqual([["acme/shop", 174]]);
    expect(await waits(running)).toEqual([...cart, ...shop]);
  });
});
