import { describe, expect, it } from "vitest";

import { colourViolations, violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { aStage } from "./support/stage.ts";

const BANNER = "This is a simulated company, none of it is yours.";
const simulated = {
  ...scenarios.teams,
  sources: scenarios.teams.sources.map((source) => ({ ...source, host: "demo" })),
};

describe.skipIf(!hasBrowser())("the pages of a demo organisation", () => {
  const stage = aStage();

  it.each(["/", "/delivery", "/flow", "/rows?metric=lead-time-commit", "/nowhere"])(
    "say on %s that it is simulated, to everybody, light and dark, and on paper",
    async (path) => {
      const { page, complaints } = await stage.show(simulated, path);
      const banner = page.getByText(BANNER);
      const light = await violations(page);
      const isInView = await banner.isVisible();

      await page.emulateMedia({ colorScheme: "dark" });
      const dark = await colourViolations(page);
      await page.emulateMedia({ media: "print" });

      expect([...light, ...dark]).toEqual([]);
      expect([isInView, await banner.isVisible()]).toEqual([true, true]);
      expect(await page.getByRole("link", { name: "Back to your own numbers" }).isVisible()).toBe(false);
      expect(complaints).toEqual([]);
    },
    60_000,
  );

  it("do not move when the banner comes, nor scroll sideways for it", async () => {
    const { page } = await stage.show(simulated, "/");

    const shifts = await page.evaluate(
      () =>
        new Promise<number[]>((resolve) => {
          new PerformanceObserver((list) =>
            resolve(list.getEntries().map((entry) => Number(Reflect.get(entry, "value")))),
          ).observe({ type: "layout-shift", buffered: true });
          setTimeout(() => resolve([]), 300);
        }),
    );

    expect(Math.max(0, ...shifts)).toBeLessThan(0.01);
    await page.setViewportSize({ width: 320, height: 900 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });

  it("lead back to one's own numbers, and these lead there", async () => {
    const { page: demo } = await stage.show(simulated, "/");
    const { page: own } = await stage.show(scenarios.empty, "/");

    const back = demo.getByRole("link", { name: "Back to your own numbers" });
    const there = own.getByRole("link", { name: "explore the demo organisation" });

    expect(await back.getAttribute("href")).toBe("../");
    expect(await there.first().getAttribute("href")).toBe("demo/");
    expect(await own.getByText(BANNER).count()).toBe(0);
  });
});
