/** What people noted, in the charts, their tables and the choice of dates, over a server that runs. */
import { describe, expect, it } from "vitest";

import { DAY, WEEK } from "#metrics/time.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { aControl } from "#test/support/headway.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser, type Look } from "./support/browser.ts";
import { aRunningStage, type Running, type RunningStage, sign } from "./support/running.ts";
import { settled } from "./support/settled.ts";

const SIGNED = { reason: "To merge daily.", actor: "Ada" };

/** A shop that released twice a week in the first quarter of 2026, and four times a week since April. */
async function aShop(stage: RunningStage, path: string, look: Partial<Look> = {}): Promise<Running> {
  const host = new FakeHost();
  host.commit({ committedAt: at("2026-01-01"), authoredAt: at("2026-01-01") });
  const releases = [...Array.from({ length: 13 }, () => 2), ...Array.from({ length: 12 }, () => 4)];
  for (const [week, count] of releases.entries())
    for (let day = 0; day < count; day++)
      host.tag(`v1.${week}.${day}`, { publishedAt: at("2026-01-05T12:00") + week * WEEK + day * DAY });
  const installation = await anInstallation({ collectors: [host.collector()] });
  await synced(installation);
  const add = aControl(installation)["/api/judgements/add"];
  const never = new AbortController().signal;
  await add({ kind: "note", title: "Holiday freeze", from: "2026-02-09", to: "2026-02-16", ...SIGNED }, never);
  await add(
    { kind: "adoption", title: "Trunk-based development", from: "2026-04-06", rebases: true, ...SIGNED },
    never,
  );
  return stage.open(installation, path, look);
}

const DELIVERY = "/delivery?from=2026-01-05&to=2026-06-29";

describe.skipIf(!hasBrowser())("what people noted", () => {
  const stage = aRunningStage();

  it("is beside the chart and in its table, and the words say since when limits are new", async () => {
    const { page, complaints } = await aShop(stage, DELIVERY);
    const panel = page.locator("article.panel", { hasText: "Deployment frequency" }).first();

    expect(await panel.locator("ul.signals").last().innerText()).toContain("2026-02-09 to 2026-02-15: Holiday freeze");
    expect(await panel.innerText()).toContain(
      "Limits re-based on 2026-04-06: Trunk-based development, by Ada (To merge daily).",
    );
    expect(await panel.innerText()).toContain("of this window since 2026-04-06.");
    await panel.locator("summary").click();
    expect(await panel.locator("tr", { hasText: "2026-W15" }).innerText()).toContain(
      "2026-04-06: Trunk-based development",
    );
    expect(complaints).toEqual([]);
  });

  it.each([
    ["/?from=2026-01-05&to=2026-06-29", "Overview", /^⚑ 2026-04-06: Trunk-based development$/],
    ["/leadership?from=2026-01-05&to=2026-06-29", "Leadership", /^Limits re-based on 2026-04-06: .*, by Ada/],
  ])("is on %s", async (path, title, words) => {
    const { page, complaints } = await aShop(stage, path);

    await page.getByRole("heading", { name: title, level: 1 }).waitFor();
    expect(await page.getByText(words).count()).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it.each(["light", "dark"] as const)("fits a phone, in %s", async (colorScheme) => {
    const { page } = await aShop(stage, DELIVERY, { colorScheme, width: 320 });

    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    expect(await violations(page)).toEqual([]);
  });

  it("is a choice of dates, whose address is a link", async () => {
    const { page } = await aShop(stage, DELIVERY);

    await page.getByRole("combobox", { name: /^period/ }).selectOption("Since 2026-04-06: Trunk-based development");
    await settled(page);

    expect(new URL(page.url()).search).toBe("?from=2026-04-06&since=2");
    expect(await page.getByRole("link", { name: "Remove filter Since Trunk-based development" }).count()).toBe(1);
    await page.goto(page.url().replace("from=2026-04-06&", ""));
    await settled(page);
    expect(await page.getByLabel("from", { exact: true }).inputValue()).toBe("2026-04-06");
    await page.goto(page.url().replace("since=2", "since=9"));
    await page.getByText("The note since which you want to look is not there").waitFor();
  });

  it("chooses quarters, which stay when the page is loaded again", async () => {
    const { page } = await aShop(stage, "/delivery");

    await page.getByRole("combobox", { name: /^period/ }).selectOption("Last quarter");
    await settled(page);
    expect(new URL(page.url()).search).toBe("?range=last-quarter");
    await page.reload();
    await settled(page);

    expect(await page.getByLabel("from", { exact: true }).inputValue()).toBe("2026-01-01");
    expect(await page.getByLabel("to", { exact: true }).inputValue()).toBe("2026-03-31");
    expect(await page.getByRole("combobox", { name: /^period/ }).inputValue()).toBe("range=last-quarter");
  });

  it("is noted and put back on the Data page, after which no chart has it", async () => {
    const { page, complaints, go } = await aShop(stage, "/data");
    await page.getByRole("button", { name: "Exclude days or labels, or note what happened …" }).click();
    await page.getByLabel("Decision").selectOption("Note the adoption of a way to work");
    await page.getByLabel("Name in charts").fill("Pairing");
    await page.getByLabel("First day").fill("2026-05-04");
    expect(await violations(page)).toEqual([]);
    await sign(page, "Two see more.", "Decide");
    await page.getByText("An adoption on 2026-05-04 for every service: Pairing; it changes no number.").waitFor();

    await go(DELIVERY);
    expect(await page.locator("main").innerText()).toContain("2026-05-04: Pairing");

    await go("/data");
    await page.getByRole("button", { name: /^Put back An adoption on 2026-05-04/ }).click();
    await sign(page, "Nobody did it", "Put back");
    await page.getByText("No: Nobody did it (Ada").waitFor();
    await go(DELIVERY);

    expect(await page.locator("main").innerText()).not.toContain("Pairing");
    expect(complaints).toEqual([]);
  });

  it("chooses rows by their author, in the address", async () => {
    const { page } = await aShop(stage, "/rows?metric=lead-time-commit&from=2025-12-01&to=2026-06-29");

    await page.getByRole("combobox", { name: /^author/ }).selectOption("bot");
    await page.getByText("No rows here.").waitFor();
    expect(page.url()).toContain("authorKind=bot");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "Remove filter Author: bot" }).click();
    await page.locator("tbody tr").first().waitFor();

    expect(page.url()).not.toContain("authorKind");
  });
});
