/** The built dashboard over an installation whose server runs. */
import type { Page } from "playwright-core";

import type { Installation } from "#server/installation.ts";
import { aControl } from "#test/support/headway.ts";
import { serve } from "#test/support/installation.ts";

import { type Look, type OpenPage, openPage } from "./browser.ts";
import { builtDashboard } from "./serve.ts";
import { settled } from "./settled.ts";

export interface Running extends OpenPage {
  /** Opens an address anew and waits until it shows what it asks for. */
  readonly go: (path: string) => Promise<void>;
}

export interface RunningStage {
  /** A page of the dashboard over an installation; closed when the test ends. */
  readonly open: (installation: Installation, path: string, look?: Partial<Look>) => Promise<Running>;
}

/** The last port there was, taken again: of the same address a browser knows the scripts that it compiled. */
let lastPort = 0;

export function aRunningStage(): RunningStage {
  return {
    open: async (installation, path, look) => {
      const webRoot = await builtDashboard();
      const { url } = await serve(installation, { webRoot, control: aControl(installation) }, lastPort);
      lastPort = Number(new URL(url).port);
      const opened = await openPage(look);
      const go = async (to: string): Promise<void> => {
        await opened.page.goto(`${url}${to}`);
        await settled(opened.page);
      };
      await go(path);
      return { ...opened, go };
    },
  };
}

/** Fills in who decides, and why, and decides. */
export async function sign(page: Page, reason: string, button: string): Promise<void> {
  await page.getByLabel("Reason").fill(reason);
  await page.getByLabel("Your name").fill("Ada");
  await page.getByRole("button", { name: button, exact: true }).click();
}
