import { readFile } from "node:fs/promises";

import { describe, expect, it } from "vitest";

import { colourViolations, violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { aStage } from "./support/stage.ts";

describe.skipIf(!hasBrowser())("the flow page", () => {
  const stage = aStage();

  it("can be used by everybody, light and dark, also on a narrow screen", async () => {
    const { page, complaints } = await stage.show(scenarios.one, "/flow");
    const light = await violations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourViolations(page);
    await page.setViewportSize({ width: 320, height: 900 });

    expect([...light, ...dark]).toEqual([]);
    expect(complaints).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  it("leads from every change in progress to its page, and says when it may be done", async () => {
    const { page } = await stage.show(scenarios.one, "/flow");

    expect(await page.getByRole("link", { name: "Round amounts half to even" }).getAttribute("href")).toMatch(
      /^change\?id=.*&of=/,
    );
    expect(await page.getByText("are merged within 2 weeks").count()).toBe(1);
  });

  it("shows every change as a dot that opens it, and where all stood in layers, with and without what is done", async () => {
    const { page, complaints } = await stage.show(scenarios.one, "/flow");

    await page.getByRole("img", { name: /cycle time of each change/ }).waitFor();
    expect(await page.getByRole("link", { name: "The same as rows" }).getAttribute("href")).toContain(
      "metric=cycle-time",
    );
    const layers = page.locator("section", { has: page.getByRole("heading", { name: "Cumulative flow" }) });
    expect(await layers.getByRole("listitem").count()).toBe(4);
    await layers.getByLabel(/what was done since/).check();
    await expect.poll(() => layers.getByRole("listitem").count()).toBe(5);
    await layers.getByText("The same as a table").click();
    await expect.poll(() => layers.getByRole("row").count()).toBe(4);
    expect(complaints).toEqual([]);
  });

  it("leads from kinds of work to each change, and says that ages are elapsed time where others are working time", async () => {
    const { page } = await stage.show(scenarios.full, "/flow?time=working");
    const link = page.getByRole("link", { name: "Each change with the kind that it says" });

    expect(await page.getByText("Ages are told in elapsed time").isVisible()).toBe(true);
    expect(await link.getAttribute("href")).toContain("rows?time=working&metric=repair-share");
    await page.goto(page.url().replace("?time=working", ""));
    await link.waitFor();

    expect(await page.getByText("Ages are told in elapsed time").count()).toBe(0);
  });

  it("says what is more or less in progress than normal, in the table under the chart too", async () => {
    const { page } = await stage.show(scenarios.full, "/flow");
    const section = page.locator("section", { has: page.getByRole("heading", { name: "In progress over time" }) });

    await section.getByText("The same as a table").click();
    await section.getByRole("table").waitFor();

    expect(await section.getByText("1 signal in 2 weeks.").isVisible()).toBe(true);
    expect(await section.getByRole("cell", { name: "above the limits of normal variation" }).count()).toBe(1);
    expect(await section.locator(".legend").innerText()).toContain("normal variation");
  });

  it("has everything it shows as files", async () => {
    const { page } = await stage.show(scenarios.one, "/flow");
    const foot = page.getByRole("group", { name: "Save Changes in progress as" });

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      foot.getByRole("button", { name: "CSV" }).click(),
    ]);
    const text = await readFile(await download.path(), "utf8");

    expect(download.suggestedFilename()).toBe("in-progress.csv");
    expect(text).toMatch(/^id,title,service,/);
    expect(text).toContain("Round amounts half to even");
    expect(await page.getByRole("button", { name: "PNG" }).count()).toBe(3);
  });

  it("says how often an agreement would have been broken before a team makes it, and how to make it", async () => {
    const { page, complaints } = await stage.show(scenarios.one, "/flow");

    await page.getByLabel("longer than").fill("24");
    await expect.poll(() => page.getByText("would have fired 2 times in the last 30 days").count()).toBe(1);
    await page.getByText("Have it told to the team").click();
    await expect.poll(() => page.getByText("agreement: { stage: pickup, hours: 24 }").isVisible()).toBe(true);
    await page.getByLabel("longer than").fill("");
    await expect.poll(() => page.getByText("Say after how many hours").count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("says why nothing is known, and what to do", async () => {
    const { page } = await stage.show(scenarios.noReleases, "/flow");

    expect(await page.getByText("connect GitHub or GitLab").count()).toBeGreaterThan(0);
    expect(await page.getByRole("table").count()).toBe(0);
  });
});
