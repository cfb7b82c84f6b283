/** A browser and the built dashboard over a scenario, for one test file. */
import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";

import { type Look, openBrowser, type OpenPage, openPage, prepared } from "./browser.ts";
import { builtDashboard, type Dashboard, serve } from "./serve.ts";
import { type Scenario, scenarios } from "./scenarios.ts";
import { settled } from "./settled.ts";

export interface Stage {
  /** A page of the dashboard that has loaded, over some scenario. */
  show: (scenario: Scenario, path: string, look?: Partial<Look>) => Promise<Shown>;
}

export interface Shown extends OpenPage {
  readonly dashboard: Dashboard;
  /** The same dashboard in another tab, as somebody else would see it. */
  readonly another: (path: string) => Promise<Page>;
}

interface Place {
  readonly page: Page;
  readonly dashboard: Dashboard;
}

/**
 * The same page shows one test after another, since a browser takes seconds to load and compile for a new one what this
 * one still knows. Between two tests everything is put back that a test may change. What a test shows beside it has a
 * page of its own.
 */
export function aStage(): Stage {
  let browser: Browser;
  let usual: Place;
  let free: Place[] = [];
  const open: (() => Promise<unknown>)[] = [];

  const aPlace = async (): Promise<Place> => ({
    dashboard: await serve(await builtDashboard(), scenarios.empty),
    page: await browser.newPage(),
  });
  const another = async (): Promise<Place> => {
    const place = await aPlace();
    open.push(() => place.page.close(), place.dashboard.stop);
    return place;
  };
  beforeAll(async () => {
    browser = await openBrowser();
    usual = await aPlace();
  });
  beforeEach(() => {
    free = [usual];
  });
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
    usual.page.removeAllListeners();
    await usual.page.evaluate(() => localStorage.clear());
    await usual.page.mouse.move(0, 0);
    await usual.page.goto("about:blank");
  });
  afterAll(async () => {
    await browser.close();
    await usual.dashboard.stop();
  });

  return {
    show: async (scenario, path, look) => {
      const { page, dashboard } = free.pop() ?? (await another());
      await dashboard.reset(scenario);
      const opened = await prepared(page, look);
      await page.goto(`${dashboard.url}${path}`);
      await settled(page);
      const beside = async (where: string): Promise<Page> => {
        const other = await openPage(browser, look);
        open.unshift(() => other.page.close());
        await other.page.goto(`${dashboard.url}${where}`);
        await settled(other.page);
        return other.page;
      };
      return { ...opened, dashboard, another: beside };
    },
  };
}
