/** What happens less than once a week, over a server that runs. */
import { describe, expect, it } from "vitest";

import { DAY } from "#metrics/time.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage } from "./support/running.ts";

/** Days between one release and the next. */
const GAPS = [14, 15, 13, 16, 14, 12, 15, 14, 90, 14];

describe.skipIf(!hasBrowser())("what is rare", () => {
  const stage = aRunningStage();

  it.each(["light", "dark"] as const)("is drawn from one to the next, in %s", async (colorScheme) => {
    const host = new FakeHost();
    host.commit({ committedAt: at("2025-10-01"), authoredAt: at("2025-10-01") });
    let released = at("2025-10-06T12:00");
    host.tag("v1.0.0", { publishedAt: released });
    for (const [index, days] of GAPS.entries()) {
      released += days * DAY;
      host.tag(`v1.${index + 1}.0`, { publishedAt: released });
    }
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const { page, complaints } = await stage.open(installation, "/delivery?from=2025-10-01&to=2026-06-01", {
      colorScheme,
      width: 320,
    });
    const gaps = page.locator("article.panel", { hasText: "Deployment frequency" }).first().locator("section");

    await gaps.getByRole("img", { name: "Deployment frequency: time from one to the next" }).waitFor();
    expect(await gaps.locator("p").innerText()).toContain("Fewer than one a week");
    await gaps.locator("summary").click();
    await expect.poll(() => gaps.locator("tbody tr").count()).toBe(GAPS.length + 1);
    expect(await gaps.locator("tbody tr").first().innerText()).toMatch(/since the last\s.*not over/);
    expect(await gaps.locator("tbody tr", { hasText: /90\sd/ }).innerText()).toContain(
      "above the limits of normal variation",
    );
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await violations(page)).toEqual([]);
    await gaps.getByRole("link").last().click();
    await page.waitForURL(/\/rows\?.*metric=deployment-frequency/);
    await page.getByText("v1.1.0").first().waitFor();
    expect(complaints).toEqual([]);
  });
});
