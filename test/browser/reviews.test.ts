/** The gate, reviews and what teams say of themselves, looked at in the dashboard over a server that runs. */
import { join } from "node:path";

import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { aTeamThatGotFaster, declare } from "#test/support/one-team.ts";
import { aUseCase } from "#test/metrics/programme/declared.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage } from "./support/running.ts";

/** A folder for pictures, which whoever looks at them names. */
const shots = process.env["SHOTS"];

async function shoot(page: Page, name: string): Promise<void> {
  const take = { path: join(shots ?? "", `${name}.png`), fullPage: true };
  await (shots === undefined ? Promise.resolve() : page.screenshot(take));
}

async function hold(page: Page, minutes: string): Promise<void> {
  await page.getByRole("button", { name: "Hold a review …" }).click();
  await page.getByLabel("Minutes").fill(minutes);
  await page.getByLabel("Decisions, one a line").fill("Go on.\nAsk finance.");
  await page.getByLabel("Your name").fill("Ada");
  await page.getByRole("button", { name: "Show what would be frozen" }).click();
  await page.getByText("This would be frozen, and can never be changed").waitFor();
}

describe.skipIf(!hasBrowser())("reviews", () => {
  const running = aRunningStage();

  it.each([
    ["light", 1280],
    ["dark", 320],
  ] as const)("are held from the page, and tell later what is different: %s, %i px", async (colorScheme, width) => {
    const headway = await aTeamThatGotFaster();
    const { page, complaints } = await running.open(headway.installation, "/progress", { colorScheme, width });
    const gate = page.getByRole("region", { name: "Gate: is the foundation in place?" });
    await gate.getByRole("heading", { name: "Met: Lead time is shorter" }).waitFor();
    await gate
      .getByText(/^Hold for the programme|Hold/)
      .first()
      .waitFor();
    expect(await gate.getByRole("heading", { level: 3 }).count()).toBe(8);

    const practices = gate.getByRole("listitem").filter({ hasText: "Practices are adopted" });
    await practices.getByText(/^What is missing/).click();
    expect(await practices.innerText()).toMatch(/acme\/shop \(money\): .+ – /);
    expect(await practices.getByRole("link").first().getAttribute("href")).toMatch(/service=acme%2Fshop&part=/);

    const stability = gate.getByRole("listitem").filter({ hasText: "Stability and security" });
    await stability.getByText(/^What is missing/).click();
    expect(await stability.innerText()).toContain("at most +2 points are allowed");
    expect(await stability.getByRole("link", { name: /^the change fail rate is other/ }).getAttribute("href")).toMatch(
      /^rows\?.*metric=change-fail-rate/,
    );

    await hold(page, "We looked at the gate.\nDecision: Freeze a baseline.");
    await page.getByText("3 decisions:").waitFor();
    await shoot(page, `review-form-${colorScheme}-${width}`);
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Freeze it" }).click();
    await page.getByText("Review 1 is held and frozen.").waitFor();
    expect(await page.getByRole("row", { name: /^1, monthly/ }).innerText()).toContain("intact");

    // The one that was just held is read at once, and has an address.
    expect(page.url()).toMatch(/progress\?review=1$/);
    const shown = page.getByRole("region", { name: "Review 1" });
    await shown.getByText(/^Nothing: all \d+ things are as they were\./).waitFor();
    expect(await shown.innerText()).toContain("Ask finance.");
    await shown.getByText(/^Everything that was frozen: \d+\sthings/).click();
    const frozen = shown.getByRole("table", { name: "Everything that was frozen" });
    await frozen.getByRole("row", { name: /^acme\/shop Trunk-based development adopted/ }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    await declare(headway, "useCases", aUseCase("instant"));
    await page.reload();
    const row = shown.getByRole("row", { name: /^Programme version none/ });
    await row.waitFor();
    await shoot(page, `review-shown-${colorScheme}-${width}`);
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it("have an address each, which back leaves again, and the list says how much of each is other today", async () => {
    const headway = await aTeamThatGotFaster();
    for (const minutes of ["One.", "Two."])
      await headway.post("/api/reviews/freeze", { save: true, actor: "Ada", minutes });
    await declare(headway, "useCases", aUseCase("instant"));
    const { page, complaints } = await running.open(headway.installation, "/progress?review=1");
    const shown = (id: number) => page.getByRole("region", { name: `Review ${id}` });
    await shown(1).getByText("One.").waitFor();
    const row = page.getByRole("row", { name: /^2, monthly/ });
    await expect.poll(async () => row.innerText()).toMatch(/\d of \d+$/);

    await page.getByRole("link", { name: "2, monthly" }).click();
    await shown(2).getByText("Two.").waitFor();
    expect(await shown(1).count()).toBe(0);
    await page.goBack();
    await shown(1).getByText("One.").waitFor();
    await shown(1).getByRole("link", { name: "close" }).click();
    await shown(1).waitFor({ state: "detached" });
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("are signed by the same name the next time", async () => {
    const { installation } = await aTeamThatGotFaster();
    const { page } = await running.open(installation, "/progress");
    await hold(page, "");
    await page.reload();
    await page.getByRole("button", { name: "Hold a review …" }).click();

    expect(await page.getByLabel("Your name").inputValue()).toBe("Ada");
  });

  it("are for the only wave, which is found from Backbone and chosen on the page", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "waves", { id: "first", title: "First wave", from: "2026-01-05", teams: ["money"] });
    const { page, complaints } = await running.open(headway.installation, "/backbone");
    await page.getByRole("table", { name: "Waves" }).getByRole("link", { name: "Gate of First wave" }).click();
    await page.getByText(/^(Hold|Conditional) for First wave/).waitFor();
    const wave = page.getByRole("combobox", { name: /^in/ });
    expect(await wave.inputValue()).toBe("first");

    await wave.selectOption("");
    await page.getByText(/^(Hold|Conditional) for the programme/).waitFor();
    expect(await wave.locator("option").allInnerTexts()).toEqual(["all waves", "First wave"]);
    expect(complaints).toEqual([]);
  });

  it("take what teams say of themselves apart from what is measured", async () => {
    const { installation } = await aTeamThatGotFaster();
    const { page, complaints } = await running.open(installation, "/progress", { width: 320 });
    await page.getByText("money has not answered yet.").waitFor();
    await page.getByRole("button", { name: "Answer for 2026-Q2 …" }).click();
    await page.getByLabel("Who answers").selectOption("product");
    await page.getByLabel(/^Deployments disturb nobody/).selectOption("4");
    await shoot(page, "assessment-form-320");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Keep the answers" }).click();

    const table = page.getByRole("table", { name: /^What money says of itself/ });
    await table.getByRole("columnheader", { name: "2026-Q2, product" }).waitFor();
    expect(await table.getByRole("row", { name: /Deployments without pain/ }).innerText()).toMatch(/4$/);
    await shoot(page, "assessments-320");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });
});
