/** The page for leadership, over a server that runs. */
import type { Page } from "playwright-core";
import { extractText, getDocumentProxy } from "unpdf";
import { describe, expect, it } from "vitest";

import { DAY, HOUR } from "#metrics/time.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage, type Running, type RunningStage, sign } from "./support/running.ts";
import { settled } from "./support/settled.ts";

/** The dashboard of a shop that released each Monday and since April each weekday. */
async function aShop(stage: RunningStage): Promise<Running> {
  const host = new FakeHost();
  const start = at("2026-01-05T12:00");
  const days = Array.from({ length: 24 * 7 }, (_, day) => day).filter((day) =>
    day < 84 ? day % 7 === 0 : day % 7 < 5,
  );
  for (const day of days) {
    const releasedAt = start + day * DAY;
    const wait = [72, 5][Number(day >= 84)] ?? 0;
    host.commit({ authoredAt: releasedAt - (wait + (day % 3)) * HOUR, committedAt: releasedAt - HOUR });
    host.tag(`v1.${day}.0`, { publishedAt: releasedAt });
  }
  const installation = await anInstallation({ collectors: [host.collector()] });
  await synced(installation);
  return stage.open(installation, "/leadership");
}

async function freeze(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Freeze a baseline …" }).click();
  await page.getByLabel("Name of the baseline").fill("Start");
  await page.getByLabel("First day").fill("2026-01-05");
  await page.getByLabel("Last day").fill("2026-03-29");
  await sign(page, "Before the change", "Freeze");
  await page.getByText("frozen on 2026-06-30 by Ada", { exact: false }).first().waitFor();
  await settled(page);
}

describe.skipIf(!hasBrowser())("the page for leadership", () => {
  const stage = aRunningStage();

  it("freezes a baseline and reads the five against it, everywhere", async () => {
    const { page, complaints, go } = await aShop(stage);
    expect(await page.getByText("No baseline is frozen yet").count()).toBe(1);
    expect(await page.getByText("Savings: not measurable yet, earliest 2026-09-28.").count()).toBe(1);

    await page.getByRole("link", { name: "Freeze one below" }).click();
    await expect.poll(() => page.getByRole("heading", { name: "Baselines" }).isVisible()).toBe(true);

    await freeze(page);

    expect(new URL(page.url()).searchParams.get("against")).toBe("Start");
    expect(await page.locator("main .lead").innerText()).toContain("against the baseline “Start”; outside normal");
    expect(await page.getByText("Signal, better").count()).toBe(2);
    expect(await page.getByText("Noise: within normal variation").count()).toBeGreaterThan(0);
    expect(await page.locator(".key-baseline").count()).toBeGreaterThan(1);

    await go("/?from=2026-04-01");
    await page.getByLabel("Baseline").selectOption("Start");
    await page.getByText("Compared with the baseline “Start”").waitFor();
    await settled(page);
    expect(await page.locator("main .lead").innerText()).toContain("against the baseline “Start”");
    expect(await page.getByRole("link", { name: "Remove filter Against Start" }).count()).toBe(1);
    expect(complaints).toEqual([]);
  });

  it("prints to one sheet, with its charts, and is saved as Markdown", async () => {
    const { page } = await aShop(stage);
    await page.getByRole("heading", { name: "Next milestones" }).waitFor();
    await settled(page);

    const paper = await page.pdf({ format: "A4" });
    const sheets = await extractText(await getDocumentProxy(new Uint8Array(paper)), { mergePages: true });
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Markdown" }).click(),
    ]);

    expect(sheets.totalPages).toBe(1);
    expect(sheets.text).toContain("Next milestones");
    expect(download.suggestedFilename()).toMatch(/^leadership-2026-\d\d-\d\d\.md$/);
  });

  it("withdraws a baseline with a reason, after which nothing is compared with it", async () => {
    const { page } = await aShop(stage);
    await freeze(page);

    await page.getByRole("button", { name: "Withdraw Start …" }).click();
    await sign(page, "The wrong weeks", "Withdraw");
    await page.getByText("No: The wrong weeks (Ada").waitFor();
    await settled(page);

    expect(await page.getByText("No baseline is frozen yet").count()).toBe(1);
    expect(new URL(page.url()).searchParams.get("against")).toBeNull();
  });

  it("can be used by everybody, light and dark, with the form open, on a narrow screen and on paper", async () => {
    const { page, complaints } = await aShop(stage);
    await freeze(page);
    await page.getByRole("button", { name: "Freeze a baseline …" }).click();
    const light = await violations(page);
    await page.emulateMedia({ colorScheme: "dark" });
    const dark = await violations(page);
    await page.setViewportSize({ width: 320, height: 900 });
    const narrow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    await page.emulateMedia({ media: "print" });

    expect([...light, ...dark]).toEqual([]);
    expect(narrow).toBeLessThanOrEqual(0);
    expect(await page.getByText("Savings: not measurable yet").isVisible()).toBe(true);
    expect(await page.getByRole("group", { name: "Filters" }).isVisible()).toBe(false);
    expect(complaints).toEqual([]);
  });
});
