import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { colourViolations, violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { HOSTILE, scenarios } from "./support/scenarios.ts";
import { builtDashboard } from "./support/serve.ts";
import { aStage } from "./support/stage.ts";

const PAGES = ["/", "/settings", "/delivery", "/rows?metric=lead-time-commit", "/rows", "/nowhere"];
const KB = 1000;

describe.skipIf(!hasBrowser())("the pages", () => {
  const stage = aStage();

  it.each(PAGES)("%s can be used by everybody, light and dark, and breaks no rule of its policy", async (path) => {
    const { page, complaints } = await stage.show(scenarios.full, path);
    const light = await violations(page);

    await page.emulateMedia({ colorScheme: "dark" });

    expect([...light, ...(await colourViolations(page))]).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(["empty", "never", "collecting", "failed", "noReleases", "little", "hostile", "teams"] as const)(
    "can be used by everybody when it is %s",
    async (scenario) => {
      const { page, complaints } = await stage.show(scenarios[scenario], "/");

      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("explains a number to everybody", async () => {
    const { page } = await stage.show(scenarios.one, "/");

    await page.getByRole("button", { name: "How this is calculated: Lead time for changes" }).click();

    expect(await page.getByRole("dialog").innerText()).toContain("Median (half are smaller)");
    expect(await violations(page)).toEqual([]);
  });

  it.each(["/", "/delivery", "/rows?metric=deployment-frequency", "/rows?metric=lead-time-commit"])(
    "show text from outside as text on %s, and do not scroll sideways",
    async (path) => {
      const { page } = await stage.show(scenarios.hostile, path);
      const excess: number[] = [];

      for (const width of [320, 390, 768, 1280, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        excess.push(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth));
      }

      expect(Math.max(...excess)).toBeLessThanOrEqual(0);
      expect(await page.locator("main img, main script, main h1 ~ h1").count()).toBe(0);
      expect(await page.title()).not.toBe("owned");
    },
  );

  it("show the name of a tag as it is written", async () => {
    const { page } = await stage.show(scenarios.hostile, "/rows?metric=deployment-frequency");

    expect(await page.getByText(HOSTILE).count()).toBeGreaterThan(0);
  });

  it.each(["one", "teams", "full"] as const)("do not move while they load what is %s", async (scenario) => {
    const { page } = await stage.show(scenarios[scenario], "/");

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
  });

  it("set measured numbers beside a survey, folded away, with its edition", async () => {
    const { page } = await stage.show(scenarios.one, "/delivery?compare=none");

    expect(await page.getByRole("heading", { name: "Beside DORA’s survey of 2025" }).count()).toBe(1);
    expect(await page.getByText("Means of 10").isVisible()).toBe(false);
    await page.getByText("different instruments").click();
    await expect
      .poll(() => page.getByText("Means of 10: throughput 6, stability 9.25, all that is known 7.63.").isVisible())
      .toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  // The window before is asked for when this one is known, and drawn beside it then.
  it("draw two years of weeks, each chart once when somebody comes near it", async () => {
    const { page } = await stage.show(scenarios.one, "/delivery?range=2y&compare=none");
    const canvases = await page.locator("canvas").all();
    const drawn = async () => page.evaluate(() => performance.getEntriesByName("chart").length);
    await expect.poll(drawn).toBeGreaterThan(0);
    expect(await drawn()).toBeLessThan(canvases.length);

    for (const [index, canvas] of canvases.entries()) {
      await canvas.scrollIntoViewIfNeeded();
      await expect.poll(drawn).toBeGreaterThan(index);
    }

    expect(await drawn()).toBe(canvases.length);
  });

  it("have every chart on paper, also those that nobody scrolled to", async () => {
    const { page } = await stage.show(scenarios.one, "/delivery?range=2y&compare=none");
    await page.waitForFunction(() => performance.getEntriesByName("chart").length > 0);
    // As wide as browsers make a canvas that nobody drew on.
    const empty = async () =>
      page.locator("canvas").evaluateAll((all) => all.filter((one) => Reflect.get(one, "width") === 300).length);
    expect(await empty()).toBeGreaterThan(0);

    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));

    expect(await empty()).toBe(0);
  });
});

it("need at most 60 kB of JavaScript for the first page and 180 kB for any, charts included", async () => {
  const directory = join(await builtDashboard(), "assets");
  const scripts = (await readdir(directory)).filter((name) => name.endsWith(".js"));
  const texts = new Map<string, string>();
  for (const name of scripts) texts.set(name, await readFile(join(directory, name), "utf8"));
  const sizeOf = (names: ReadonlySet<string>): number =>
    [...names].map((name) => gzipSync(String(texts.get(name))).length).reduce((sum, each) => sum + each, 0);
  const isOf = (name: string) => scripts.filter((one) => one.startsWith(name));
  const first = needed(isOf("index-"), texts);
  const charts = needed([...isOf("draw"), ...isOf("tooltip")], texts);
  const pages = scripts.map((name) => sizeOf(new Set([...first, ...charts, ...needed([name], texts)])));

  expect(isOf("index-")).toHaveLength(1);
  // Without it a browser compiles each function while somebody waits.
  expect(texts.get(String(isOf("index-")[0]))).toMatch(/^\/\/# allFunctionsCalledOnLoad\n/);
  expect(charts.size).toBeGreaterThan(2);
  expect(sizeOf(first)).toBeLessThan(60 * KB);
  expect(Math.max(...pages)).toBeLessThan(180 * KB);
});

/** Scripts with all that they cannot run without. */
function needed(names: readonly string[], texts: ReadonlyMap<string, string>): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found)
    for (const [, other] of String(texts.get(name)).matchAll(/(?:from|import)"\.\/([^"]+)"/g)) found.add(String(other));
  return found;
}
