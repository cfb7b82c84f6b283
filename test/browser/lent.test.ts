/** The page that tests have one after another: what one does to it is gone when the next one has it. */
import { describe, expect, it } from "vitest";

import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { aStage } from "./support/stage.ts";

describe.skipIf(!hasBrowser())("a page that is lent", () => {
  const stage = aStage();

  it("may be kept from an answer by one test", async () => {
    const { page } = await stage.show(scenarios.one, "/backbone");
    await page.route("**/api/reviews", () => undefined);
    await page.evaluate(() => void fetch("./api/reviews"));

    expect(await page.evaluate(() => location.pathname)).toBe("/backbone");
  });

  it("has all its answers in the next", async () => {
    const { page } = await stage.show(scenarios.one, "/progress");

    expect(await page.getByRole("heading", { name: "Progress" }).isVisible()).toBe(true);
  });
});
