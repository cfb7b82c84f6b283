/** What finance signs, kept in the dashboard. */
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { daily, times } from "#test/support/daily-work.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage } from "./support/running.ts";

async function aLedger(running: ReturnType<typeof aRunningStage>, look = {}) {
  const host = new FakeHost();
  host.commit();
  const installation = await anInstallation({ collectors: [host.collector()] });
  await synced(installation);
  return { installation, ...(await running.open(installation, "/ledger", look)) };
}

/** A team that has worked for ten months, and begins nothing. */
async function aWorkingTeam() {
  const { installation } = await aHeadway({
    config: { ...told, services: [{ name: "acme/shop", team: "money" }] },
    tells: [daily("2025-09-01", times(43, 5))],
  });
  return installation;
}

/** Fills a form and sends it; it is gone when it was taken. */
async function send(page: Page, entered: Readonly<Record<string, string>>, button: string): Promise<void> {
  for (const [label, value] of Object.entries(entered)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByRole("button", { name: button, exact: true }).click();
  await page.getByRole("button", { name: "Cancel" }).waitFor({ state: "detached" });
}

async function addLine(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Add a line …" }).click();
  await page.getByLabel("By which lever").selectOption("L5");
  await page.getByLabel("Whose").selectOption("organisation");
  const said = {
    "What is saved (it goes into signed files: name nobody)": "Smaller runners",
    "Owner (a role or team), no person": "Platform",
    "EUR a month": "1200",
  };
  await send(page, { ...said, "From the month": "2026-03", "Your name": "Office" }, "Add the line");
}

async function step(page: Page, button: string, evidence: string, name: string): Promise<void> {
  await page.getByRole("button", { name: `${button} …`, exact: true }).click();
  await send(page, { "What shows it": evidence, "Your name": name }, button);
}

describe.skipIf(!hasBrowser())("the ledger", () => {
  const running = aRunningStage();

  it("takes a line from a first thought until finance agrees and somebody says where it goes", async () => {
    const { page, complaints } = await aLedger(running);
    expect(await page.locator("main .lead").innerText()).toBe(
      "The ledger is empty: nobody has said yet what is saved.",
    );

    await addLine(page);
    await page.getByRole("button", { name: "Smaller runners" }).click();
    await step(page, "Planned", "Agreed with the platform team.", "Office");
    await step(page, "Implemented", "Runners have half the cores.", "Office");
    await step(page, "Measured", "The bill of May.", "Office");
    await step(page, "Finance agrees", "Seen in the books.", "Finance");
    await page.getByRole("button", { name: "Say where it goes …" }).click();
    expect(await violations(page)).toEqual([]);
    await send(page, { "From the month": "2026-05", "% to training": "40", "Your name": "Office" }, "Keep it");

    await page.getByText("Finance agreed to, a month: cashable EUR 1,200.", { exact: false }).waitFor();
    const went = page.getByRole("table", { name: "Where savings went so far, each ledger by itself" });
    expect(await went.getByRole("row", { name: /^training/ }).innerText()).toContain("€480");
    expect(await went.getByRole("row", { name: /^nowhere yet/ }).innerText()).toContain("€720");
    const lines = page.getByRole("table", { name: "Lines of the ledger" });
    expect(await lines.getByRole("row", { name: /^Smaller runners/ }).innerText()).toMatch(/validated[\s\S]*60\u00a0%/);
    expect(complaints).toEqual([]);
  });

  it("is looked at as of any month, which is in the address, and taken further only as of now", async () => {
    const { page, complaints } = await aLedger(running);
    await addLine(page);
    await page.getByRole("button", { name: "Import costs …" }).click();
    await page.getByLabel("CSV: costCentre,month,amount").fill("costCentre,month,amount\n1,2026-04,9\n1,2026-05,8\n");
    await page.getByLabel("Your name").fill("Finance");
    await page.getByRole("button", { name: "Look at it", exact: true }).click();
    await page.getByText("2 new, 0 changed, 0 same, 0 refused.").waitFor();
    await send(page, {}, "Look at it, or keep what was looked at");
    await page.getByRole("button", { name: "Smaller runners" }).click();
    await step(page, "Planned", "Agreed with the platform team.", "Office");
    const lines = page.getByRole("table", { name: "Lines of the ledger" });

    await page.getByRole("combobox", { name: /^Month/ }).selectOption("April 2026");
    await page.getByRole("heading", { level: 1, name: "Ledger, April 2026" }).waitFor();
    expect(page.url()).toMatch(/\/ledger\?month=2026-04$/);
    expect(await lines.getByRole("row", { name: /^Smaller runners/ }).innerText()).toContain("identified");
    expect(await page.locator("tr.marked").allInnerTexts()).toEqual([expect.stringMatching(/^2026-04/)]);
    expect(await page.getByRole("button", { name: /^(Add a line|Planned|Implemented|Withdraw) …$/ }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);

    await page.goBack();
    await page.getByRole("button", { name: "Implemented …" }).waitFor();
    expect(await lines.getByRole("row", { name: /^Smaller runners/ }).innerText()).toContain("planned");
    expect(await page.locator("tr.marked").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("says why a step is not taken, and loses nothing that was typed", async () => {
    const { page } = await aLedger(running);
    await addLine(page);
    await page.getByRole("button", { name: "Smaller runners" }).click();
    for (const name of ["Planned", "Implemented", "Measured"]) await step(page, name, "Seen.", "Office");

    await page.getByRole("button", { name: "Finance agrees …" }).click();
    await page.getByLabel("What shows it").fill("The same as I measured.");
    await page.getByLabel("Your name").fill("Office");
    await page.getByRole("button", { name: "Finance agrees", exact: true }).click();

    await page
      .getByText("Whoever said that a line was measured does not agree to it as well", { exact: false })
      .waitFor();
    expect(await page.getByLabel("What shows it").inputValue()).toBe("The same as I measured.");
  });

  it("tells what was thought and did not come, by the step at which it was lost", async () => {
    const { page, complaints } = await aLedger(running);
    await addLine(page);
    await page.getByRole("button", { name: "Smaller runners" }).click();
    await page.getByRole("button", { name: "Withdraw …", exact: true }).click();
    await send(page, { Why: "They were too small.", "Your name": "Office" }, "Withdraw");

    const lost = page.getByRole("table", { name: "What was first thought and did not come, each ledger by itself" });
    await lost.waitFor();
    expect(await lost.getByRole("row", { name: /^Cashable/ }).innerText()).toMatch(/withdrawn[\s\S]*€1\.2K/);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("imports what the books say, and issues a statement that can be had as files", async () => {
    const { page, complaints } = await aLedger(running);

    await page.getByRole("button", { name: "Import costs …" }).click();
    await page.getByLabel("CSV: costCentre,month,amount").fill("costCentre,month,amount\n4711,2026-05,1000\n");
    await page.getByLabel("Your name").fill("Finance");
    await page.getByRole("button", { name: "Look at it", exact: true }).click();
    await page.getByText("1 new, 0 changed, 0 same, 0 refused.").waitFor();
    await send(page, {}, "Look at it, or keep what was looked at");
    await page.getByRole("table", { name: "Paid by the books, and explained" }).waitFor();
    await page.getByRole("button", { name: "Issue a statement …" }).click();
    await send(page, { "Of the month": "2026-05", "Your name": "Finance" }, "Issue it");
    await page.getByText("as it was signed").waitFor();
    const coming = page.waitForEvent("download");
    await page.getByRole("button", { name: "xlsx of 2026-05" }).click();

    expect((await coming).suggestedFilename()).toBe("headway-statement-2026-05.xlsx");
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("freezes a baseline record for good once somebody says that they know it, and withdraws it with a reason", async () => {
    const { page, complaints, installation } = await aLedger(running);
    await page.getByRole("button", { name: "Freeze a baseline record …" }).click();
    const said = { "Name of the record": "Autumn", "First day": "2025-09-01", "Your name": "Finance" };
    const sums = { "Labour in this time, EUR": "120000", "Toil, hours a month: no line takes more": "80" };
    const until = { "Day after the last: 12 weeks later at least, 26 are better": "2026-01-05" };
    for (const [label, value] of Object.entries({ ...said, ...until, ...sums }))
      await page.getByLabel(label, { exact: true }).fill(value);
    await page.getByRole("button", { name: "Freeze it for good" }).click();

    expect(await installation.store.savingRecords()).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("I know that this can never be changed", { exact: false }).check();
    await send(page, {}, "Freeze it for good");
    await page.getByText("Baseline “Autumn”").click();
    await page.getByRole("button", { name: "Withdraw “Autumn” …" }).click();
    await page.getByLabel("I know that it cannot be put back", { exact: false }).check();
    await send(page, { Why: "The window held a strike.", "Your name": "Finance" }, "Withdraw it");
    await page.getByText("Withdrawn by Finance: The window held a strike.").waitFor();

    const [record] = await installation.store.savingRecords("Autumn");
    expect(record?.content).toContain('"hours":[{"bucket":"toil","hours":80}]');
    expect(record?.withdrawal?.actor).toBe("Finance");
    expect(complaints).toEqual([]);
  });

  it("freezes a plan as one of the orders that were tried, teams by chance, and for good", async () => {
    const installation = await aWorkingTeam();
    const { page, complaints } = await running.open(installation, "/ledger", { width: 320 });
    await page.getByRole("button", { name: "Freeze a plan …" }).click();
    await page.getByLabel("Name of the plan").fill("Spring");

    const tried = page.getByRole("table", { name: "Orders that were tried, in worlds that go on as the past did" });
    expect(await tried.getByRole("row", { name: /^All teams at once/ }).innerText()).toContain("money");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await page.getByLabel("In which order teams begin", { exact: false }).selectOption({ label: "All teams at once" });
    await page.getByLabel("Your name").fill("Office");
    await page.getByRole("button", { name: "Freeze it for good" }).click();
    expect(await installation.store.savingRecords()).toEqual([]);
    await page.getByLabel("I know that this can never be changed", { exact: false }).check();
    await send(page, {}, "Freeze it for good");
    await page.getByText("Plan “Spring”").waitFor();

    const [record] = await installation.store.savingRecords("Spring");
    expect(record?.content).toContain('"kind":"plan"');
    expect(record?.content).toContain('"teams":["money"]');
    expect(record?.actor).toBe("Office");
    expect(complaints).toEqual([]);
  });

  it.each([
    ["light", 1280],
    ["dark", 320],
  ] as const)("has what it shows in sight and in colours that can be read: %s, %i px", async (colorScheme, width) => {
    const { page } = await aLedger(running, { colorScheme, width });
    await addLine(page);
    await page.getByRole("button", { name: "Smaller runners" }).click();

    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
