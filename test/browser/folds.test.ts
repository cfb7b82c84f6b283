/** Pages of many numbers, over a server that runs. */
import { describe, expect, it } from "vitest";

import { DAY } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aLine, aRepository } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage, type Running, type RunningStage } from "./support/running.ts";
import { settled } from "./support/settled.ts";

/** A change a day, each deployed the day after: a host that tells of changes has some twenty numbers. */
async function aShop(stage: RunningStage, path: string): Promise<Running> {
  const days = Array.from({ length: 80 }, (_, index) => at("2026-04-01") + index * DAY);
  const { installation } = await aHeadway({
    config: told,
    tells: [
      [
        aRepository({ head: "c79" }),
        ...aLine(...days.map((day, index) => aCommit(`c${index}`, { authoredAt: day }))),
        ...days.map((day, index) =>
          aChange(index + 1, { openedAt: day, mergedAt: day + DAY / 2, mergeCommit: `c${index}` }),
        ),
        ...days.map((day, index) => aDeployment(String(index), `c${index}`, day + DAY)),
      ],
    ],
  });
  return stage.open(installation, path);
}

describe.skipIf(!hasBrowser())("a page of many numbers", () => {
  const stage = aRunningStage();

  it("draws what is open, folds the rest, and keeps in the address what the reader opened", async () => {
    const { page, complaints } = await aShop(stage, "/delivery");
    const changes = page.getByRole("heading", { name: "Changes, their stages and reviews" });
    const drawn = await page.locator("canvas").count();

    await changes.click();
    await page.waitForURL((url) => url.searchParams.get("sections") === "changes");
    await settled(page);
    const opened = await page.locator("canvas").count();
    await page.reload();
    await settled(page);
    const reloaded = await page.locator("canvas").count();
    const light = await violations(page);
    await page.goBack();
    await page.waitForURL((url) => url.search === "");
    await settled(page);

    expect(drawn).toBeLessThanOrEqual(6);
    expect(opened).toBeGreaterThan(drawn);
    expect(reloaded).toBe(opened);
    expect(await page.locator("canvas").count()).toBe(drawn);
    expect(light).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("says on the Overview why, and folds what stayed as it was", async () => {
    const { page, complaints } = await aShop(stage, "/");
    const before = await page.locator("article.card").count();

    expect(await page.locator(".why").innerText()).toMatch(/^(Delivery|Too little)/);
    await page.getByRole("heading", { name: /All of them|The others/ }).click();
    await page.waitForURL((url) => url.searchParams.get("sections") === "all");

    expect(await page.locator("article.card").count()).toBeGreaterThan(before + 5);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
