import { describe, expect, it } from "vitest";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { settled } from "./support/settled.ts";
import { aStage } from "./support/stage.ts";

describe.skipIf(!hasBrowser())("the dashboard", () => {
  const stage = aStage();

  it("says what to do when there is nothing to look at", async () => {
    const { page } = await stage.show(scenarios.empty, "/");

    expect(await page.locator("main").innerText()).toContain("npm start -- --repo PATH");
  });

  it("says that nothing has been collected yet", async () => {
    const { page } = await stage.show(scenarios.never, "/delivery");

    expect(await page.locator("main").innerText()).toContain("Nothing has been collected yet.");
  });

  it("labels numbers that are not complete yet, and fills them in by itself", async () => {
    const { page, dashboard } = await stage.show(scenarios.collecting, "/");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Overview · partial");
    expect(await page.locator("main").innerText()).toContain("Collecting headway: 43 %");
    const before = await page.locator("a.figure").first().innerText();

    dashboard.look(scenarios.one, 2);
    await page.locator("a.figure").first().filter({ hasNotText: before }).waitFor();
    await settled(page);

    expect(await page.locator("main").innerText()).not.toContain("Collecting headway");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Overview");
  });

  it("says how far the first numbers are worked out, and calls them partial until they are", async () => {
    const { page, dashboard, complaints } = await stage.show(scenarios.deriving, "/");
    expect(await page.getByRole("heading", { level: 1 }).innerText()).toBe("Overview · partial");
    expect(await page.locator("main").innerText()).toMatch(/Working out the numbers of headway: 3 of 40\sservices/);
    expect(await page.getByRole("progressbar", { name: "working out numbers" }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);

    dashboard.look(scenarios.one, 2);
    await page.getByRole("heading", { level: 1, name: "Overview", exact: true }).waitFor();

    expect(await page.locator("main").innerText()).not.toContain("Working out");
    expect(complaints).toEqual([]);
  });

  it("keeps the place when new facts come in", async () => {
    const { page, dashboard } = await stage.show(scenarios.collecting, "/");
    await page.evaluate(() => window.scrollTo(0, 500));

    dashboard.look(scenarios.one, 2);
    await page.getByText("Collecting headway").waitFor({ state: "detached" });
    await settled(page);

    expect(await page.evaluate(() => window.scrollY)).toBeGreaterThan(300);
  });

  it("says why a source failed, and keeps the numbers", async () => {
    const { page } = await stage.show(scenarios.failed, "/");

    expect(await page.locator("main").innerText()).toContain("The folder is no longer there");
    expect(await page.locator("a.figure").count()).toBe(11);
  });

  it("tells a repository without releases what is known all the same", async () => {
    const { page } = await stage.show(scenarios.noReleases, "/");
    const notice = page.getByRole("status").filter({ hasText: "No deployments are known here." });

    expect(await notice.innerText()).toContain("Tag releases as v1.2.3");
    expect(await notice.getByRole("link").count()).toBeGreaterThan(0);
    expect(await page.getByText("—", { exact: true }).count()).toBeGreaterThan(4);
  });

  it("shows a number of few as weak, and none as a dash with its reason", async () => {
    const { page } = await stage.show(scenarios.little, "/");

    expect(await page.locator("a.figure.weak").count()).toBeGreaterThan(0);
    expect(await page.locator("article", { hasText: "Failed deployment recovery time" }).innerText()).toMatch(
      /—[^]*No release in this window has a value/,
    );
  });

  it("keeps what it shows when the server is gone, and recovers by itself", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/");

    await dashboard.stop();
    await page.getByRole("link", { name: "1 year" }).click();
    await page.getByText("Headway’s server does not answer.").waitFor();
    expect(await page.locator("a.figure").count()).toBe(11);

    await dashboard.start();
    await page.getByText("Headway’s server does not answer.").waitFor({ state: "detached" });
    await settled(page);
    expect(dashboard.asked).toContain("/api/measures?from=2025-11-17&interval=week");
    expect(await page.locator(".stale").count()).toBe(0);
  });

  it("draws the charts after all when the server was gone while they loaded", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/");

    await dashboard.stop();
    await page.getByRole("link", { name: "Delivery" }).click();
    await page.getByText("Headway’s server does not answer.").waitFor();
    await dashboard.start();
    await page.waitForFunction(() => performance.getEntriesByName("chart").length > 0);

    expect(await page.locator("canvas").count()).toBe(11);
  });

  it("says what the server refused, and how to get out", async () => {
    const { page } = await stage.show(scenarios.one, "/rows?metric=speed");

    expect(await page.locator("main").innerText()).toContain("There is no metric called speed.");
    await page.getByRole("link", { name: "Reset the filters" }).click();
    expect(await page.locator("main").innerText()).toContain("Which number’s rows?");
  });
});
