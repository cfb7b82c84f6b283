/** A browser and the built dashboard over a scenario, for one test file. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";

import { type Look, openBrowser, type OpenPage, openPage } from "./browser.ts";
import { builtDashboard, type Dashboard, serve } from "./serve.ts";
import type { Scenario } from "./scenarios.ts";

export interface Stage {
  /** A page of the dashboard that has loaded, over some scenario. */
  show: (scenario: Scenario, path: string, look?: Partial<Look>) => Promise<Shown>;
}

export interface Shown extends OpenPage {
  readonly dashboard: Dashboard;
  /** The same dashboard in another tab, as somebody else would see it. */
  readonly another: (path: string) => Promise<Page>;
}

/** Everything opened in a test is closed after it. */
export function aStage(): Stage {
  let directory: string;
  let browser: Browser;
  const open: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    directory = await builtDashboard();
    browser = await openBrowser();
  });
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });
  afterAll(() => browser.close());

  return {
    show: async (scenario, path, look) => {
      const dashboard = await serve(directory, scenario);
      const opened = await openPage(browser, look);
      open.push(() => opened.page.close(), dashboard.stop);
      await opened.page.goto(`${dashboard.url}${path}`);
      await settled(opened.page);
      const another = async (where: string): Promise<Page> => {
        const { page } = await openPage(browser, look);
        open.unshift(() => page.close());
        await page.goto(`${dashboard.url}${where}`);
        await settled(page);
        return page;
      };
      return { ...opened, dashboard, another };
    },
  };
}

/** Waits until the page shows the answer to what its address asks. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector(".looking > *, .chip, .notice") !== null &&
      document.querySelector(".bone, [aria-busy='true']") === null,
  );
}
