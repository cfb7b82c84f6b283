import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { askedFirst } from "#server/asked-first.ts";

import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { settled } from "./support/settled.ts";
import { aStage } from "./support/stage.ts";

/** What an address shows whoever opens it: the head of the page, its sentence, and its first sections. */
async function shown(page: Page): Promise<readonly string[]> {
  const heads = await page.locator("main h1, main .lead, main h2").allInnerTexts();
  return heads.slice(0, 5);
}

async function excess(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
}

const PAGES = [
  "/?range=12w",
  "/delivery?range=12w&interval=month",
  "/flow?range=12w",
  "/pipelines?range=12w",
  "/deployments?range=12w&state=failed",
  "/changes?range=12w&sort=age",
  "/incidents?range=12w",
  "/experiments",
  "/progress",
  "/savings?quarter=2026-Q3",
  "/backbone",
  "/rows?metric=deployment-frequency&range=12w",
  "/leadership?range=12w",
];

// The Data page has a server of its own behind it, in its own test.
describe.skipIf(!hasBrowser())("every page", () => {
  const stage = aStage();

  it.each(PAGES)(
    "%s shows the same to a colleague and after a reload, at twice the size, on a wall, and on paper",
    async (path) => {
      const { page, complaints, dashboard, another } = await stage.show(scenarios.one, path);
      const first = await shown(page);
      const other = await another(path);
      const there = await shown(other);
      await other.goto(`${dashboard.url}/experiments`);
      await page.reload();
      await settled(page);
      const again = await shown(page);
      // 1280 pixels at 200 % are 640 of the page's own.
      await page.setViewportSize({ width: 640, height: 450 });
      const zoomed = await excess(page);
      await page.setViewportSize({ width: 2560, height: 1440 });
      const wall = await excess(page);
      const paper = await page.pdf({ format: "A4" });
      await page.emulateMedia({ media: "print" });

      expect(first.length).toBeGreaterThan(1);
      expect([again, there]).toEqual([first, first]);
      expect(page.url()).toBe(`${dashboard.url}${path}`);
      expect(Math.max(zoomed, wall)).toBeLessThanOrEqual(0);
      expect(paper.byteLength).toBeGreaterThan(5000);
      // What only a screen can do is not printed.
      expect(await page.locator(".menu, .filters").filter({ visible: true }).count()).toBe(0);
      expect(await page.locator("main h1").isVisible()).toBe(true);
      expect(complaints).toEqual([]);
    },
  );

  it.each(["/flow", "/changes"])(
    "%s says that it loads while the network is slow, and then shows what came",
    async (path) => {
      const { page, complaints, dashboard } = await stage.show(scenarios.one, path);
      const usual = await shown(page);
      const answerNow = dashboard.hold("/api/");
      await page.goto(`${dashboard.url}${path}`, { waitUntil: "commit" });
      await page.locator(".bone, [aria-busy='true']").first().waitFor();
      answerNow();
      await settled(page);

      expect(await shown(page)).toEqual(usual);
      expect(complaints).toEqual([]);
    },
  );

  it.each([
    "/",
    "/delivery",
    "/flow?scope=team%3Ateam+one&service=ledger",
    "/pipelines",
    "/deployments?service=ledger",
    "/changes?scope=team%3Ateam+one&service=ledger",
    "/incidents",
    "/leadership?scope=team%3Ateam+one",
    "/experiments?q=review",
  ])("%s asks for what the server told the browser to fetch for it", async (path) => {
    const { dashboard } = await stage.show(scenarios.full, path);
    const { pathname, searchParams } = new URL(path, dashboard.url);

    const told = askedFirst(pathname.slice(1), searchParams);

    expect(told.length).toBeGreaterThan(1);
    expect(dashboard.asked).toEqual(expect.arrayContaining([...told]));
  });
});
