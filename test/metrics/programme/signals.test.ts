import { describe, expect, it } from "vitest";
import type { SignalService } from "#metrics/programme/signals.ts";
import { signalsOf } from "#metrics/programme/signals.ts";
import { DAY } from "#metrics/time.ts";

const aService = (has: Partial<SignalService>): SignalService => ({
  service: "shop",
  repository: "acme/shop",
  team: "Shop",
  system: "Shop",
  titles: [],
  deployedAt: [],
  failures: 0,
  rework: 0,
  ...has,
});
const NONE = new Map<string, readonly string[]>();

describe("what else tells of a system", () => {
  it("is the share of its changes whose issue needed another repository or team", () => {
    const titles = ["AB-1 a", "AB-2 b", "AB-3 c", "AB-4 d", "AB-5 UTF-8", "no issue"];
    const other = aService({ service: "till", repository: "acme/till", system: "Till", titles: ["AB-2 too", "UTF-8"] });

    const [shop, till] = signalsOf([aService({ titles }), other], NONE);

    expect(shop).toMatchObject({ system: "Shop", coordination: 0.2 });
    expect(till).toMatchObject({ system: "Till", coordination: null });
  });

  it("is no issue whose project has fewer than three numbers, and is another team's in one repository, too", () => {
    const titles = ["AB-1", "AB-2", "AB-3 UTF-8", "AB-4", "AB-5", "UTF-8 UTF-16"];
    const encoded = aService({ service: "till", repository: "acme/till", system: "Till", titles: ["UTF-8"] });
    const team = aService({ team: "Other", titles: ["AB-1"] });
    const coordination = (...others: readonly SignalService[]) =>
      signalsOf([aService({ titles }), ...others], NONE).find(({ system }) => system === "Shop")?.coordination;

    expect(coordination(encoded)).toBe(0);
    expect(coordination(team)).toBe(2 / 6);
    expect(signalsOf([aService({ titles: titles.slice(0, 4) })], NONE)[0]?.coordination).toBeNull();
  });

  it("is told by the name of a system, of all of its services together, in whatever order deployments come", () => {
    const shop = aService({ deployedAt: [4 * DAY, 0, 10 * DAY], failures: 1 });
    const second = aService({ service: "cart", deployedAt: [DAY], rework: 1 });
    const none = aService({ service: "tool", system: null, deployedAt: [0, DAY] });

    expect(signalsOf([shop, second, none, aService({ system: "App" })], NONE)).toEqual([
      {
        system: "App",
        services: 1,
        coordination: null,
        deployments: 0,
        failed: null,
        rework: null,
        everyDays: null,
        consumersEveryDays: null,
      },
      {
        system: "Shop",
        services: 2,
        coordination: null,
        deployments: 4,
        failed: 0.25,
        rework: 0.25,
        everyDays: 5,
        consumersEveryDays: null,
      },
    ]);
  });

  it("is how often it fails, and at what pace it and those that need it are deployed", () => {
    const core = aService({ system: "Core", deployedAt: [0, 30 * DAY, 60 * DAY, 90 * DAY], failures: 1, rework: 2 });
    const shop = aService({ deployedAt: [0, 7 * DAY, 14 * DAY] });

    expect(signalsOf([shop, core], new Map([["Shop", ["Core"]]]))).toMatchObject([
      { system: "Core", failed: 0.25, rework: 0.5, everyDays: 30, consumersEveryDays: 7 },
      { system: "Shop", failed: 0, rework: 0, everyDays: 7, consumersEveryDays: null },
    ]);
    expect(signalsOf([aService({})], NONE)).toMatchObject([{ failed: null, rework: null, everyDays: null }]);
  });
});
