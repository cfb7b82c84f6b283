import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { DAY } from "#metrics/time.ts";
import { demoFolder, settleDemo, USUAL_DEMO } from "#server/demo/folder.ts";
import { StoreError } from "#server/store/errors.ts";
import { aFolder } from "#test/support/git-repository.ts";

const now = Date.parse("2026-11-28T10:00:00Z");

describe("the folder of a demo organisation", () => {
  it("begins on a Monday, so many years ago, and goes on from there as time passes", async () => {
    const folder = join(aFolder(), "demo");

    const { config: first } = await settleDemo(folder, USUAL_DEMO, now);
    const { config: later } = await settleDemo(folder, USUAL_DEMO, now + 40 * DAY);

    expect(first.sources).toEqual([{ host: "demo", seed: 1, since: "2023-11-27", years: 3 }]);
    expect(later).toEqual(first);
  });

  it("is another one for another seed or another span", () => {
    const folders = [USUAL_DEMO, { seed: 7, years: 3 }, { seed: 1, years: 2 }].map((wanted) =>
      demoFolder("data", wanted),
    );

    expect(folders).toEqual(["data/demo", "data/demo-seed-7", "data/demo-2-years"]);
  });

  it("keeps its database, unless another Headway wrote it", async () => {
    const folder = join(aFolder(), "demo");
    const { file, config } = await settleDemo(folder, USUAL_DEMO, now);
    writeFileSync(config.database, "kept");

    await settleDemo(folder, USUAL_DEMO, now);
    const isKept = existsSync(config.database);
    writeFileSync(file, readFileSync(file, "utf8").replace("hours: 09:00-17:00", "hours: 08:00-16:00"));
    const { config: again } = await settleDemo(folder, USUAL_DEMO, now + 40 * DAY);

    expect(isKept).toBe(true);
    expect(existsSync(config.database)).toBe(false);
    expect(again).toEqual(config);
  });

  it("says why it cannot be made", async () => {
    const folder = aFolder();
    writeFileSync(join(folder, "data"), "a file");

    await expect(settleDemo(join(folder, "data/demo"), USUAL_DEMO, now)).rejects.toThrow(StoreError);
  });
});
