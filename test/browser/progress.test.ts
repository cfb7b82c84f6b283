/** How far services have come, looked at in the dashboard over a server that runs. */
import { describe, expect, it } from "vitest";

import { daily, times } from "#test/support/daily-work.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { anInstallation, synced } from "#test/support/installation.ts";
import { oddName, twoServices } from "#test/support/two-services.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage } from "./support/running.ts";

const config = { ...told, services: [{ name: "acme/shop", team: "money", releaseClass: "cloud" }] };

async function aShop() {
  const { installation } = await aHeadway({ config, tells: [daily("2026-01-05", times(25, 5))] });
  return installation;
}

describe.skipIf(!hasBrowser())("progress", () => {
  const running = aRunningStage();

  it.each(["light", "dark"] as const)(
    "unfolds a service to its practices, weeks and facts: %s",
    async (colorScheme) => {
      const { page, complaints } = await running.open(await aShop(), "/progress", { colorScheme });
      expect(await page.locator("main .lead").innerText()).toMatch(
        /^1 of 1 service is at stage 0, baseline and mandate/,
      );
      const row = page.getByRole("table", { name: "Services and stages" }).getByRole("row", { name: /^acme\/shop/ });
      expect(await row.innerText()).toContain("1 of 2");
      expect(await violations(page)).toEqual([]);

      await row.getByRole("link", { name: "acme/shop" }).click();
      await page.getByText("What its next stage lacks, the nearest first").waitFor();
      const next = page.getByRole("listitem").filter({ hasText: /^Next: / });
      expect(await next.getByRole("link", { name: "Its weeks" }).getAttribute("href")).toMatch(
        /&part=[a-z-]+\.[a-z-]+$/,
      );
      await page.getByText("Trunk-based development").and(page.getByRole("heading")).click();
      const strip = page.getByRole("img", { name: /^52 weeks since .*: met in 25, missed in 0/ }).first();
      await strip.waitFor();
      await page.getByText("52 weeks as a table").first().click();
      const table = page.getByRole("table", { name: /^Weeks of: At least 60 %/ });
      await table
        .getByRole("row", { name: /^2026-06-22/ })
        .getByRole("link", { name: "show" })
        .click();
      await page.getByText("In the week of 2026-06-22 5 of 5 meet it").waitFor();
      expect(await violations(page)).toEqual([]);
      expect(new URL(page.url()).search).toContain("part=trunk-based.branch-lifetime&week=2026-06-22");

      await page
        .getByRole("link", { name: /^change / })
        .first()
        .click();
      await page.waitForURL(/\/change\?/);
      expect(complaints).toEqual([]);
    },
  );

  it("says which practice most services lack next, and leads to the weeks of each", async () => {
    const { shop, odd } = twoServices();
    const installation = await anInstallation({
      collectors: [shop.collector(), odd.collector({ source: "fake:odd", name: oddName })],
    });
    await synced(installation);
    const { page, complaints } = await running.open(installation, "/progress");

    const next = page.getByRole("region", { name: /^Which practice next: / });
    await next.getByText("Which services, the nearest first (2)").click();
    expect(await next.getByRole("listitem").count()).toBe(2);
    expect(await violations(page)).toEqual([]);
    await next.getByRole("link", { name: "shop" }).click();
    await page.getByRole("heading", { name: "shop", exact: true }).waitFor();
    expect(new URL(page.url()).searchParams.get("part")).toMatch(/^[a-z-]+\.[a-z-]+$/);
    expect(complaints).toEqual([]);
  });

  it("leads from what a service lacks to what missed it last", async () => {
    const { installation } = await aHeadway({ config, tells: [daily("2026-01-05", times(25, 60))] });
    const { page } = await running.open(installation, "/progress?service=acme%2Fshop");

    const lacked = page.getByRole("listitem").filter({ hasText: /^(Next: )?Trunk-based development/ });
    await lacked.getByRole("link", { name: /^What missed it in the week of 2026-/ }).click();
    await page.getByText(/^In the week of 2026-\S+ 0 of 5 meet it/).waitFor();
  });

  it("does not move sideways on a phone, with everything unfolded", async () => {
    const part = "service=acme%2Fshop&part=trunk-based.branch-lifetime&week=2026-06-22";
    const { page } = await running.open(await aShop(), `/progress?${part}`, { width: 320 });
    await page.getByText("In the week of 2026-06-22 5 of 5 meet it").waitFor();

    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
