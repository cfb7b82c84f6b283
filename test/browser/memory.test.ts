import type { Page } from "playwright-core";
import { expect, it } from "vitest";

import { hasBrowser } from "./support/browser.ts";
import { heldBy } from "./support/held.ts";
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
  // What is let go within a second, as what waits for a picture that may never come, is not kept for good.
  await page.waitForTimeout(1_200);
}

it.skipIf(!hasBrowser())("leaves nothing of a page behind when another one is shown", async () => {
  const { page } = await stage.show(scenarios.one, "/");
  const session = await page.context().newCDPSession(page);
  // Each page has been seen, so that what is loaded once is there.
  await change(page, 2);
  const { data, nodes, listeners } = await heldBy(session);
  await change(page, 4);

  const after = await heldBy(session);
  expect(after).toMatchObject({ nodes, listeners });
  // What the engine learns about code that runs more often is a little, and one answer or one page that is kept is more.
  expect(after.data / data).toBeLessThan(1.01);
});
