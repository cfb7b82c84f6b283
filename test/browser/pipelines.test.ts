import { describe, expect, it } from "vitest";

import { colourViolations, violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { settled } from "./support/settled.ts";
import { aStage } from "./support/stage.ts";

describe.skipIf(!hasBrowser())("the pipelines page", () => {
  const stage = aStage();

  it("can be used by everybody, light and dark, and does not scroll sideways", async () => {
    const { page, complaints } = await stage.show(scenarios.full, "/pipelines");
    const light = await violations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourViolations(page);
    const excess: number[] = [];
    for (const width of [320, 768, 1280, 2560]) {
      await page.setViewportSize({ width, height: 900 });
      excess.push(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth));
    }

    expect([...light, ...dark]).toEqual([]);
    expect(complaints).toEqual([]);
    expect(Math.max(...excess)).toBeLessThanOrEqual(0);
  });

  it("names each pipeline, says which is broken, and is sorted by the server; back goes back", async () => {
    const { page } = await stage.show(scenarios.one, "/pipelines");

    expect(await page.getByRole("row", { name: /^CI/ }).innerText()).toContain("broken since 30 h");
    await page.getByRole("link", { name: "Runs", exact: true }).click();
    await page.waitForURL(/sort=runs/);
    await settled(page);
    expect(await page.locator("th[aria-sort]").innerText()).toContain("Runs");
    await page.goBack();
    await page.waitForURL(/pipelines$/);
  });

  it("shows minutes by runner with what nobody tells, and leads to the runs behind them", async () => {
    const { page } = await stage.show(scenarios.one, "/pipelines?service=headway");
    const section = page.locator("#runners");
    const rows = await section.getByRole("table").getByRole("row").allInnerTexts();
    const file = await section.getByRole("link", { name: /runs behind it/ }).getAttribute("href");

    expect(
      rows.slice(1).map((row) =>
        row
          .replaceAll("\u00a0", " ")
          .split("\t")
          .map((cell) => cell.trim()),
      ),
    ).toEqual([
      ["GitHub-hosted: Linux", "270", "89.9 %", "40"],
      ["self-hosted: gpu, linux", "< 1", "0.133 %", "1"],
      ["not told", "30", "10 %", "41"],
    ]);
    expect(await section.innerText()).toContain("of 30 minutes, in 41 runs, no host tells the runner");
    expect(file).toMatch(/^\.?\/?api\/export\/pipelines\?.*service=headway/);
  });

  it("says why nothing is known, and what to do", async () => {
    const { page } = await stage.show(scenarios.noReleases, "/pipelines");

    expect(await page.getByText("connect GitHub or GitLab").count()).toBe(1);
  });
});

describe.skipIf(!hasBrowser())("a number of several services", () => {
  const stage = aStage();

  it("shows beside it that of each service, as dots and as a table that opens its rows", async () => {
    const { page } = await stage.show(scenarios.full, "/delivery");
    const panel = page.locator("article").first();
    await panel.locator(".strip-dots circle").first().waitFor();

    expect(await panel.locator(".strip-dots circle").count()).toBe(12);
    await panel.getByText("12 services: from").click();
    await expect.poll(() => panel.getByRole("table").getByRole("row").count()).toBe(13);
    await panel
      .getByRole("row", { name: /ledger/ })
      .getByRole("link")
      .click();
    await page.waitForURL(/rows\?.*service=ledger/);
  });

  it("shows none beside that of one service", async () => {
    const { page } = await stage.show(scenarios.full, "/delivery?service=ledger");

    expect(await page.locator(".strip-dots").count()).toBe(0);
  });
});
