import { expect, it } from "vitest";

import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { aStage, settled } from "./support/stage.ts";

const stage = aStage();
const MENU = ["Delivery", "Flow", "Pipelines", "Changes", "Leadership", "Experiments", "Overview"];
const MB = 1_000_000;

it.skipIf(!hasBrowser())(
  "holds no more memory after two hundred changes of the page",
  async () => {
    const { page, complaints } = await stage.show(scenarios.one, "/");
    const session = await page.context().newCDPSession(page);
    const used = async (): Promise<number> => {
      await session.send("HeapProfiler.collectGarbage");
      return (await session.send("Runtime.getHeapUsage")).usedSize;
    };
    const change = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) {
        await page
          .getByRole("navigation", { name: "Pages" })
          .getByRole("link", { name: String(MENU[time % MENU.length]), exact: true })
          .click();
        await settled(page);
      }
    };

    // Each page has been seen three times, so its code and what is kept of it is there.
    await change(3 * MENU.length);
    const before = await used();
    await change(200 + (MENU.length - (200 % MENU.length)));
    const after = await used();

    expect(after - before).toBeLessThan(MB);
    expect(await page.locator("canvas").count()).toBe(0);
    expect(complaints).toEqual([]);
  },
  300_000,
);
