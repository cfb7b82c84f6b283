import type { Page } from "playwright-core";

import { unanswered } from "./browser.ts";

/** Waits until the page shows the answer to what its address asks. @throws what it waits for still. */
export async function settled(page: Page): Promise<void> {
  try {
    await page.waitForFunction(
      () =>
        document.querySelector(".looking > *, .chip, .notice") !== null &&
        document.querySelector(".bone, [aria-busy='true']") === null,
    );
  } catch (cause) {
    const seen = await page.locator("body").ariaSnapshot({ timeout: 5000 });
    throw new Error(`${page.url()} waits for ${unanswered(page).join(", ") || "nothing"} and shows\n${seen}`, {
      cause,
    });
  }
}
