import { describe, expect, it } from "vitest";
import { aShop, headway } from "./support.ts";

describe("headway report --page progress", () => {
  it("tells stages and practices, and of one service each part with what to connect", async () => {
    const { path } = aShop();
    const all = await headway(path, "report --page progress");
    const one = await headway(path, "report --page progress --service shop");
    const json = await headway(path, "report --page progress --service shop --json");
    const refused = await headway(path, "report --page progress --format md");

    expect(all.stdout).toContain("1 of 1 service is at stage 0");
    expect(all.stdout).toMatch(/^ {2}Continuous integration: 1 not measurable$/m);
    expect(one.stdout).toMatch(/^Continuous integration: not measurable$/m);
    expect(one.stdout).toContain("Connect the repository's host");
    expect(JSON.parse(json.stdout)).toMatchObject({ service: "shop", stage: 0 });
    expect([all.code, one.code, json.code, refused.code]).toEqual([0, 0, 0, 2]);
  });
});
