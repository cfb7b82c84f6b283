import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { settled } from "./support/settled.ts";
import { aStage } from "./support/stage.ts";

const MENU = ["Delivery", "Flow", "Changes", "Overview"];
const stage = aStage();

async function change(page: Page, rounds: number): Promise<void> {
  for (const name of Array.from({ length: rounds }, () => MENU).flat()) {
    await page.getByRole("navigation", { name: "Pages" }).getByRole("link", { name, exact: true }).click();
    await settled(page);
  }
}

it.skipIf(!hasBrowser())("leaves nothing of a page behind when another one is shown", async () => {
  const { page } = await stage.show(scenarios.one, "/");
  const session = await page.context().newCDPSession(page);
  const held = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return session.send("Memory.getDOMCounters");
  };

  // Each page has been seen, so that what is loaded once is there.
  await change(page, 2);
  const before = await held();
  await change(page, 4);

  expect(await held()).toEqual(before);
});
