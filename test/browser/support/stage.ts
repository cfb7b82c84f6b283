/** The built dashboard over a scenario, in a browser. */
import type { Page } from "playwright-core";
import { onTestFinished } from "vitest";

import { type Look, type OpenPage, openPage } from "./browser.ts";
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

/** The dashboard that tests look at one after another, at one address; `null` while a test has it. */
let usual: Dashboard | null = null;

/** Nothing of one test is left in the next. What a test shows beside it has a page of its own. */
export function aStage(): Stage {
  return {
    show: async (scenario, path, look) => {
      const dashboard = await aDashboard();
      await dashboard.reset(scenario);
      const opened = await openPage(look);
      await opened.page.goto(`${dashboard.url}${path}`);
      await settled(opened.page);
      const another = async (where: string): Promise<Page> => {
        const { page } = await openPage(look);
        await page.goto(`${dashboard.url}${where}`);
        await settled(page);
        return page;
      };
      return { ...opened, dashboard, another };
    },
  };
}

/** Given back when the test ends, by the first who had one; others are gone then. */
async function aDashboard(): Promise<Dashboard> {
  const lent = usual;
  usual = null;
  const dashboard = lent ?? (await serve(await builtDashboard(), scenarios.empty));
  onTestFinished(async () => {
    if (usual === null) usual = dashboard;
    else await dashboard.stop();
  });
  return dashboard;
}
