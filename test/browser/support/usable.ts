import { join } from "node:path";

import type { Page } from "playwright-core";

import { colourViolations, violations } from "./axe.ts";

const shots = process.env["HEADWAY_SHOTS"];

/**
 * What keeps somebody from using the page, light and dark, and by how much it is too wide for a phone.
 *
 * @param name of its pictures in the folder `HEADWAY_SHOTS`, where there is one.
 */
export async function wrongWith(page: Page, name: string): Promise<unknown[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await picture(page, `${name}-${colorScheme}`);
    found.push(...(colorScheme === "light" ? await violations(page) : await colourViolations(page)));
  }
  await page.setViewportSize({ width: 320, height: 800 });
  await picture(page, `${name}-narrow`, false);
  const excess = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.setViewportSize({ width: 1280, height: 900 });
  await page.emulateMedia({ colorScheme: "light" });
  return [...found, ...[excess].filter((by) => by > 0)];
}

async function picture(page: Page, name: string, fullPage = true): Promise<void> {
  await (shots === undefined ? Promise.resolve() : page.screenshot({ path: join(shots, `${name}.png`), fullPage }));
}
