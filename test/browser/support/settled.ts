import type { Page } from "playwright-core";

/** Waits until the page shows the answer to what its address asks. */
export async function settled(page: Page): Promise<void> {
  await page.waitForFunction(
    () =>
      document.querySelector(".looking > *, .chip, .notice") !== null &&
      document.querySelector(".bone, [aria-busy='true']") === null,
  );
}
