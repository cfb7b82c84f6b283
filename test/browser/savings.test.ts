/** What was saved, as whoever pays for it looks at it: intervals against the line, and the way down to what happened. */
import { describe, expect, it } from "vitest";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { settled } from "./support/settled.ts";
import { aStage } from "./support/stage.ts";

describe.skipIf(!hasBrowser())("savings", () => {
  const stage = aStage();

  it.each(["light", "dark"] as const)("stand as intervals beside the line, ledger by ledger: %s", async (scheme) => {
    const { page, complaints } = await stage.show(scenarios.one, "/savings", { colorScheme: scheme });
    await page.getByRole("heading", { name: "Against the 10 % line" }).waitFor();
    await settled(page);

    const text = await page.locator("main").innerText();

    expect(text).toMatch(/Gross: −?[\d.]+\s%\sto −?[\d.]+\s%, with everything as stated/);
    expect(text).toMatch(/Net of €[\d.]+K? that the programme cost: −?[\d.]+\s%\sto/);
    expect(text).toMatch(/of the draws reach it/);
    expect(text).toContain("Share of capacity that is lost: Not yet");
    expect(text).toContain("At least 3 teams that adopt later");
    expect(text).toContain("Lead time\n");
    expect(text).toContain("Evaluated as the plan “Spring” says, which was frozen on 2026-03-20");
    expect(text).toContain("The plan says that cards adopts on 2026-05-04");
    expect(text).toMatch(/The books say that €90K were paid, of which €81K are explained/);
    expect(text).toContain("we strongly recommend organizations do not adopt this strategy");
    expect(await page.locator(".ledgers > article h3").allInnerTexts()).toEqual([
      "Cash",
      "Capacity released",
      "Avoided loss",
      "Value",
    ]);
    expect(await page.getByRole("img", { name: /^Savings as a share of the baseline cost/ }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("show where the draws lie when somebody unfolds them, and give all of them as a file", async () => {
    const { page, complaints, dashboard } = await stage.show(scenarios.one, "/savings?quarter=2026-Q3");

    expect(dashboard.asked.some((path) => path.includes("/api/savings/draws"))).toBe(false);
    await page.getByText("The draws behind it").click();
    const table = page.getByRole("table", { name: "Net of the programme: how many of 20 draws lie where" });
    await table.waitFor();

    expect(await table.getByRole("row").count()).toBe(11);
    expect(await table.getByRole("row", { name: /^10\s%\sto 11\s%/ }).innerText()).toMatch(/2\s+yes$/);
    expect(await page.getByText("others.", { exact: false }).count()).toBeGreaterThan(0);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("lead from a number to its lever, a week of a team, and what happened in it, all in the address", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/savings?quarter=2026-Q3");

    await page.getByRole("link", { name: "L1 Handling of failed changes" }).click();
    await page.getByRole("heading", { name: "L1 Handling of failed changes" }).waitFor();
    await page.getByRole("link", { name: "money, week of 2026-06-22, open what happened in it" }).click();
    const item = page.getByRole("table", { name: "What happened in money in the week of 2026-06-22" });
    await item.getByRole("link", { name: "production" }).waitFor();

    expect(Object.fromEntries(new URL(page.url()).searchParams)).toEqual({
      quarter: "2026-Q3",
      lever: "L1",
      team: "money",
      week: "2026-06-22",
    });
    expect(
      dashboard.asked.some((path) => path.includes("/api/savings/lever?lever=L1&quarter=2026-Q3&team=money")),
    ).toBe(true);
    expect(await item.getByRole("link", { name: "production" }).getAttribute("href")).toContain("deployment?");
    expect(await violations(page)).toEqual([]);
  });

  it("say of pipelines on which runners their minutes were, and what they cost there", async () => {
    const { page } = await stage.show(scenarios.one, "/savings?quarter=2026-Q3&lever=L5");
    const table = page.getByRole("table", { name: "Minutes of pipelines by runner, and what they cost" });
    await table.waitFor();

    const rows = await table.getByRole("row").allInnerTexts();

    expect(rows.slice(1).map((row) => row.split(/\s*\t\s*/).slice(0, 4))).toEqual([
      ["not told", "5,200", "5,200", "€0.012"],
      ["GitHub-hosted: Linux", "110,500", "65,000", "€0.012"],
      ["self-hosted: linux", "26,000", "52,000", "€0.003"],
    ]);
    expect(await page.locator("#runners").innerText()).toMatch(
      /Hosts tell the runner of 96\S*.% of the minutes before/,
    );
    expect(await violations(page)).toEqual([]);
  });

  it("are told of another quarter by choosing it", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/savings");

    await page.getByLabel("Quarter").selectOption("2026-Q2");

    await expect.poll(() => dashboard.asked.some((path) => path.includes("quarter=2026-Q2"))).toBe(true);
    expect(new URL(page.url()).searchParams.get("quarter")).toBe("2026-Q2");
  });

  it("say what is missing and when an answer is possible before there is one", async () => {
    const { page } = await stage.show(scenarios.empty, "/savings");

    await page.getByText("An answer is possible on", { exact: false }).waitFor();

    expect(await page.locator("main").innerText()).toContain("Nothing has been collected.");
    expect(await page.getByRole("heading", { name: "Levers" }).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
  });

  it("do not move sideways on a phone", async () => {
    const { page } = await stage.show(scenarios.one, "/savings?lever=L1&team=money&week=2026-06-22", { width: 320 });
    await page.getByRole("heading", { name: "Assumptions", exact: true }).waitFor();

    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});
