import { describe, expect, it } from "vitest";

import { colourViolations, violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { settled } from "./support/settled.ts";
import { aStage } from "./support/stage.ts";

const PAGES = ["/changes", "/deployments", "/incidents", "/change?id=7&of=headway", "/deployment?id=v1.2.0&of=headway"];
const WIDTHS = [320, 768, 1280, 2560];

describe.skipIf(!hasBrowser())("changes, deployments and incidents", () => {
  const stage = aStage();

  it.each(PAGES)("%s can be used by everybody, light and dark, and does not scroll sideways", async (path) => {
    const { page, complaints } = await stage.show(scenarios.one, path);
    const light = await violations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await colourViolations(page);
    const excess: number[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      excess.push(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth));
    }

    expect([...light, ...dark]).toEqual([]);
    expect(complaints).toEqual([]);
    expect(Math.max(...excess)).toBeLessThanOrEqual(0);
  });

  it.each(["/changes", "/deployments", "/deployment?id=a&of=b"])("%s shows text from outside as text", async (path) => {
    const { page } = await stage.show(scenarios.hostile, path);
    const excess: number[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      excess.push(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth));
    }

    expect(Math.max(...excess)).toBeLessThanOrEqual(0);
    expect(await page.locator("main img, main script, main h1 ~ h1").count()).toBe(0);
    expect(await page.title()).not.toBe("owned");
  });

  it("are chosen by state, sorted by the server and turned by pages, all of it in the address; back goes back", async () => {
    const { page } = await stage.show(scenarios.one, "/changes");

    await page.getByRole("link", { name: /^Waits for review/ }).click();
    await page.getByRole("link", { name: "Lead time" }).click();
    await settled(page);
    await page.getByRole("link", { name: /^All \d/ }).click();
    await page.getByRole("link", { name: "Next 100" }).click();
    await page.getByText("101 to 200 of").waitFor();

    expect(new URL(page.url()).search).toBe("?sort=lead&offset=100");
    expect(await page.locator("th[aria-sort]").innerText()).toContain("Lead time");
    await page.goBack();
    await page.getByText("1 to 100 of").waitFor();
    await page.goBack();
    await page.waitForURL(/state=pickup/);
    await page.reload();
    await settled(page);
    expect(await page.locator(".segments a[aria-current]").allInnerTexts()).toContainEqual(
      expect.stringContaining("Waits for review"),
    );
  });

  it("are found by words, which stay when the window changes", async () => {
    const { page } = await stage.show(scenarios.one, "/changes");

    await page.getByLabel("Find").fill("ledger");
    await page.getByLabel("Find").press("Enter");
    await page.waitForURL(/q=ledger/);
    await page.getByRole("link", { name: "1 year" }).click();
    await settled(page);

    expect(new URL(page.url()).search).toBe("?range=1y&q=ledger");
  });

  it("open one of them, which says what happened and why it counts, and links on", async () => {
    const { page } = await stage.show(scenarios.one, "/deployments?state=failed");

    await page.locator("tbody a").first().click();
    await page.getByRole("heading", { name: "Timeline" }).waitFor();

    expect(await page.getByText("First contained in v1.2.0.").count()).toBe(1);
    expect(await page.getByRole("row", { name: /Recovery/ }).innerText()).toContain("It did not fail.");
    expect(await page.getByRole("navigation", { name: "Pages" }).locator("[aria-current]").innerText()).toBe(
      "Deployments",
    );
    await page.getByRole("link", { name: "#7 Round amounts" }).click();
    await page.waitForURL(/\/change\?id=7/);
    await page.goBack();
    await page.goBack();
    await page.waitForURL(/deployments\?state=failed/);
  });

  it("say why nothing is known of them, and what to do", async () => {
    const { page } = await stage.show(scenarios.noReleases, "/changes");

    expect(await page.getByText("connect GitHub or GitLab").count()).toBe(1);
    expect(await page.getByRole("table").count()).toBe(0);
  });

  it("are saved as files", async () => {
    const { page } = await stage.show(scenarios.one, "/deployments?state=failed");
    const saved = page.waitForEvent("download");

    await page.getByRole("button", { name: "CSV" }).click();

    expect((await saved).suggestedFilename()).toBe("deployments.csv");
    expect(
      await page.getByRole("link", { name: "All deployments of this window as CSV" }).getAttribute("href"),
    ).toContain("/api/export/deployments?format=csv");
  });
});

describe.skipIf(!hasBrowser())("the keyboard", () => {
  const stage = aStage();

  it("searches from anywhere: arrows choose, Enter opens", async () => {
    const { page, complaints } = await stage.show(scenarios.full, "/");

    await page.keyboard.press("/");
    await page.keyboard.type("ledger");
    await page.getByRole("option", { name: /Service ledger/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Enter");
    await page.waitForURL(/delivery\?service=ledger/);
    await settled(page);

    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: "Search" }).fill("v1.2");
    await page
      .getByRole("option", { name: /Deployment/ })
      .first()
      .waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await page.locator("[aria-selected='true']").getAttribute("id")).toBe("hit-1");
    await page.keyboard.press("Enter");
    await page.waitForURL(/deployment\?.*id=v1\.2/);
    expect(complaints).toEqual([]);
  });

  it("shows its map, goes to pages, leaves fields alone and can be switched off", async () => {
    const { page } = await stage.show(scenarios.one, "/");

    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keys" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.keyboard.press("Escape");
    await page.keyboard.press("g");
    await page.keyboard.press("c");
    await page.waitForURL(/\/changes/);
    await settled(page);
    await page.getByLabel("Find").press("?");
    expect(await page.locator("dialog[open]").count()).toBe(0);

    await page.getByRole("button", { name: "Keys" }).click();
    await page.getByLabel("Single keys do something").uncheck();
    await page.keyboard.press("Escape");
    await page.keyboard.press("/");
    expect(await page.locator("dialog[open]").count()).toBe(0);
  });
});
