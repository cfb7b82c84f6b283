/** What a company declares of its backbone, looked at and changed in the dashboard. */
import { readFile } from "node:fs/promises";

import type { Dialog, Page, Route } from "playwright-core";
import { describe, expect, it } from "vitest";

import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";
import { aTeamThatGotFaster, declare } from "#test/support/one-team.ts";
import { aSystem, aUseCase } from "#test/metrics/programme/declared.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { someSaid } from "./support/programme.ts";
import { aRunningStage } from "./support/running.ts";
import { scenarios } from "./support/scenarios.ts";
import { aStage } from "./support/stage.ts";

const planned = { ...scenarios.one, programme: someSaid };

async function keep(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Keep it", exact: true }).click();
  await page.locator(".programme-form").waitFor({ state: "detached" });
}

/** Fills in the form of a new one, and keeps it. */
async function keepAUseCase(page: Page): Promise<void> {
  await page.getByLabel("Title").fill("Instant payments");
  await page.getByLabel("Owner", { exact: true }).fill("Retail");
  await page.getByLabel("Worth a year, at least").fill("1000");
  await page.getByLabel("… likely").fill("2000");
  await page.getByLabel("… at most").fill("3000");
  await page.getByLabel("integration", { exact: true }).check();
  await page.getByLabel("By the year").fill("2028");
  await keep(page);
}

describe.skipIf(!hasBrowser())("the backbone", () => {
  const stage = aStage();

  it("offers whom something can be assumed of: runners that were seen with their classes, or services", async () => {
    const { page } = await stage.show(planned, "/backbone");
    const offered = async () =>
      page.locator("#of-whom option").evaluateAll((all) => all.map((one) => one.getAttribute("value")));

    await page.getByRole("button", { name: "Add an assumption …" }).click();
    await page.getByLabel("What is assumed").selectOption("ci-price");

    await expect.poll(offered).toEqual(["GitHub-hosted", "GitHub-hosted: Linux", "self-hosted", "self-hosted: linux"]);
    expect(await page.getByLabel("Of which role, team, runner").getAttribute("list")).toBe("of-whom");

    await page.getByLabel("What is assumed").selectOption("downtime");
    await expect.poll(offered).not.toContain("self-hosted");
    expect(await violations(page)).toEqual([]);
  });

  it("shows of each initiative what comes back for what is spent as a range, and on what its benefit rests", async () => {
    const { page } = await stage.show(planned, "/backbone");
    const table = page.getByRole("table", { name: "Initiatives, what is worth most first" });

    expect(await table.getByRole("columnheader", { name: "Return" }).count()).toBe(1);
    expect(await table.innerText()).toMatch(/−?[\d,.]+\s?% to −?[\d,.]+\s?%/);
    expect(await page.getByText(/^What its benefit rests on is .+ \(grade [A-D]\)\.$/).count()).toBeGreaterThan(0);
  });

  it("asks before what was typed and is not kept is lost with the page, and not afterwards", async () => {
    const { page } = await stage.show(planned, "/backbone");
    const asked: string[] = [];
    const hear = (dialog: Dialog): void => {
      asked.push(dialog.message());
      void dialog.dismiss();
    };
    page.on("dialog", hear);
    const toProgress = page.getByRole("link", { name: "Progress", exact: true });
    const mayClose = async () =>
      page.evaluate(() => window.dispatchEvent(new Event("beforeunload", { cancelable: true })));
    const before = await mayClose();
    await page.getByRole("button", { name: "Add a use case …" }).click();
    await page.getByLabel("Title").fill("Instant payments");
    const meanwhile = await mayClose();
    await toProgress.click();

    expect([before, meanwhile]).toEqual([true, false]);
    expect(asked).toEqual(["What you typed here and did not keep would be lost. Leave this page all the same?"]);
    expect(await page.getByLabel("Title").inputValue()).toBe("Instant payments");

    await page.getByRole("button", { name: "Cancel" }).click();
    await toProgress.click();
    await page.getByRole("heading", { name: "Progress", level: 1 }).waitFor();
    expect(asked).toHaveLength(1);
    page.off("dialog", hear);
  });

  it.each(["light", "dark"] as const)(
    "says what stands in the way of what, and what is to be done: %s",
    async (scheme) => {
      const { page, complaints } = await stage.show(planned, "/backbone", { colorScheme: scheme });

      expect(await page.locator("main .lead").innerText()).toBe(
        "Integration of mainframe blocks “Instant payments”; an initiative has taken it up. 2 gaps of 3 have no initiative. 4 parts of 21 were looked at.",
      );
      const cell = page.getByRole("button", {
        name: "Integration of mainframe: blocks: Two weeks for each new interface.",
      });
      expect(await cell.innerText()).toBe("blocks");
      const initiatives = page.getByRole("table", { name: "Initiatives, what is worth most first" });
      const layer = initiatives.getByRole("row", { name: /^A layer over the mainframe/ });
      expect(await layer.innerText()).toContain("with Payments in seconds");
      const app = initiatives.getByRole("row", { name: /^Payments in seconds/ });
      expect(await app.innerText()).toMatch(/€[\d.]+[KM]/);
      await page.getByText("begins before A layer over the mainframe, which it needs").waitFor();
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
    },
  );

  it("shows what changes waited for, the waits behind it, and what if some of it were gone", async () => {
    const { page, complaints } = await stage.show(planned, "/backbone");
    const systems = page.getByRole("table", { name: "Systems, what is waited for most first" });
    const ledger = systems.getByRole("row", { name: /^Core ledger/ });
    await ledger.waitFor();
    const removable = async () => ledger.getByRole("cell").last().innerText();
    expect(await removable()).toMatch(/\(60\s%\)/);

    await page.getByRole("slider").fill("90");
    await expect.poll(removable).toMatch(/\(90\s%\)/);
    await ledger.getByRole("button", { name: "Core ledger" }).click();
    const waits = page.getByRole("table", { name: "Waits for Core ledger, the longest first" });
    expect(await waits.getByRole("row").nth(1).innerText()).toContain("Book <b>premiums</b> at once (1)");
    expect(await page.getByRole("table", { name: "Initiatives by priority" }).innerText()).toContain("1. 0.36");
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("lists what the files of services suggest, with a decision for each", async () => {
    const { page } = await stage.show(planned, "/backbone");
    const suggested = page.getByRole("table", { name: /^Elements that the files of services suggest/ });
    await suggested.waitFor();

    expect(await suggested.getByRole("row").nth(1).innerText()).toContain("openapi/<b>.yaml");
    expect(await suggested.getByRole("row").nth(2).innerText()).toContain("perhaps; its system is core");
    await page.getByText("What was said of 1 service").waitFor();
  });

  it("shows value against effort, the roadmap, and what came of what was forecast, each with its numbers", async () => {
    const { page, complaints } = await stage.show(planned, "/backbone");
    const portfolio = page.getByRole("region", { name: "Portfolio" });
    const drawn = portfolio.getByRole("list").first();
    expect(await drawn.innerText()).toMatch(/^Payments in seconds \(Instant payments\): €[\d.]+M/);
    expect(await portfolio.innerText()).toContain(
      "Not in the picture: A layer over the mainframe. €60K for what it enables",
    );
    expect(await portfolio.locator(".early").innerText()).toBe(
      "Payments in seconds begins before A layer over the mainframe ends (2027-06), which it needs; on the critical path.",
    );

    await portfolio.getByText("The same as tables").press("Enter");
    const quarters = portfolio.getByRole("table", { name: "Roadmap by quarter" });
    expect(await quarters.getByRole("row", { name: /^2027-Q1/ }).innerText()).toContain("€60K");
    const forecast = portfolio.getByRole("table", { name: "Forecast against actual, initiative by initiative" });
    expect(await forecast.getByRole("row", { name: /^Payments in seconds/ }).innerText()).toContain("€9K of €10K");
    await forecast.getByRole("link", { name: "A layer over the mainframe" }).press("Enter");
    await portfolio.getByRole("heading", { name: "A layer over the mainframe, month by month" }).waitFor();
    expect(new URL(page.url()).searchParams.get("initiative")).toBe("layer");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe(
      "A layer over the mainframe, month by month",
    );
    await portfolio.getByText("It is stopped when: No interface in use after three months.").waitFor();
    await forecast.getByRole("link", { name: "Payments in seconds" }).click();
    await portfolio.getByLabel("Shown").selectOption("Benefit by month");
    await portfolio.getByRole("img", { name: /^Payments in seconds: benefit by month/ }).waitFor();
    await portfolio.getByText("The same as a table").last().click();
    const months = portfolio.getByRole("table", { name: "Payments in seconds, month by month" });
    expect(await months.getByRole("row", { name: /^2027-01/ }).innerText()).toContain("€9K");
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("saves each view of the portfolio as a file", async () => {
    const { page } = await stage.show(planned, "/backbone?initiative=app");
    const saved = async (title: string, kind: string): Promise<string> => {
      const group = page.getByRole("group", { name: `Save ${title} as` });
      await group.scrollIntoViewIfNeeded();
      const [file] = await Promise.all([
        page.waitForEvent("download"),
        group.getByRole("button", { name: kind }).click(),
      ]);
      return file.suggestedFilename();
    };

    expect(await saved("Value against effort", "PNG")).toBe("value-against-effort.png");
    expect(await saved("Roadmap by quarter", "PNG")).toBe("roadmap.png");
    expect(await saved("Roadmap by quarter", "CSV")).toBe("roadmap.csv");
    expect(await saved("Forecast against actual", "JSON")).toBe("forecast-against-actual.json");
    expect(await saved("Payments in seconds: all since its beginning", "PNG")).toBe("forecast-app.png");
    expect(await saved("Payments in seconds: all since its beginning", "CSV")).toBe("forecast-app.csv");
  });

  it("has what decides about a suggestion in sight on a phone", async () => {
    const { page } = await stage.show(planned, "/backbone", { width: 320 });
    const buttons = page.locator(".suggested-elements .element-decision button");
    await buttons.first().waitFor();
    const ends = await buttons.evaluateAll((all) => all.map((one) => Math.ceil(one.getBoundingClientRect().right)));

    expect(ends.length).toBeGreaterThan(1);
    expect(Math.max(...ends)).toBeLessThanOrEqual(320);
    expect(await page.getByRole("table", { name: /^Elements that the files of services suggest/ }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);
  });

  it("does not move sideways on a phone", async () => {
    const { page } = await stage.show(planned, "/backbone", { width: 320 });

    expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  });
});

describe.skipIf(!hasBrowser())("a programme that is written down", () => {
  const running = aRunningStage();

  it("is declared from nothing by hand, and remembers who changed what", async () => {
    const host = new FakeHost();
    host.commit();
    host.files = ["openapi.yaml", "src/<b>.ts"];
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const { page, complaints } = await running.open(installation, "/backbone");
    expect(await page.locator("main .lead").innerText()).toContain("Nobody has said which systems the backbone has.");

    await page.getByRole("button", { name: "Add a system …" }).click();
    await page.getByLabel("Name", { exact: true }).fill("mainframe");
    await page.locator(".programme-form").getByLabel("Your name").fill("Office");
    expect(await violations(page)).toEqual([]);
    await keep(page);
    await page.getByRole("button", { name: "Integration of mainframe: nobody looked" }).click();
    expect(await page.getByLabel("Does it stand in the way?").inputValue()).toBe("");
    await page.getByLabel("Does it stand in the way?").selectOption("blocks");
    await page.getByLabel("How sure are you?").selectOption("medium");
    await page.getByText("Add a use case first: each initiative is for one.").waitFor();
    await page.getByLabel("What shows it").fill("Two weeks for each interface.");
    await keep(page);
    await page.getByRole("button", { name: "Add a use case …" }).click();
    await keepAUseCase(page);

    await expect
      .poll(async () => page.locator("main .lead").innerText(), { timeout: 30_000 })
      .toContain("Integration of mainframe blocks “Instant payments”; no initiative has taken it up.");
    await page.getByText("who changed what, and when").click();
    await page.getByText("Office: added instant-payments").waitFor();

    const useCase = page.getByRole("button", { name: "Instant payments", exact: true });
    await useCase.press("Enter");
    await page.getByRole("button", { name: "Take it out …" }).press("Enter");
    expect(await page.getByRole("button", { name: "Yes, take it out" }).isDisabled()).toBe(true);
    await page.keyboard.type("Sold.");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Yes, take it out" }).press("Enter");
    await page.getByText("Office (Sold.): removed instant-payments").waitFor();

    const suggested = page.locator(".suggested-elements");
    await suggested.getByLabel("Your name").fill("Office");
    await suggested.getByLabel("Element of shop").selectOption("integration");
    await suggested.getByRole("button", { name: "Confirm that shop is integration" }).press("Enter");
    await suggested.getByText("What was said of 1 service").press("Enter");
    expect(await suggested.innerText()).toContain("shop: integration (its files suggest API)");
    expect(await violations(page)).toEqual([]);
    await suggested.getByRole("button", { name: "Take it back: what was said of shop" }).press("Enter");
    await suggested.getByRole("button", { name: "No, shop is not what is suggested" }).press("Enter");
    await suggested.getByText("What was said of 1 service").waitFor();
    expect(complaints).toEqual([]);
  });

  it("goes on keeping what is under way while the next form is open, which follows it", async () => {
    const installation = await anInstallation({ collectors: [new FakeHost().collector()] });
    await synced(installation);
    const { page, complaints } = await running.open(installation, "/backbone");
    let letOn = (): void => {};
    const held = new Promise<void>((resolve) => (letOn = resolve));
    await page.route("**/api/programme/set", async (route) => {
      await held;
      await route.continue();
    });

    await page.getByRole("button", { name: "Add a system …" }).click();
    await page.getByLabel("Name", { exact: true }).fill("mainframe");
    await page.getByLabel("Your name").fill("Office");
    await page.getByRole("button", { name: "Keep it", exact: true }).click();
    await page.getByRole("button", { name: "Add a use case …" }).click();
    await page.getByRole("button", { name: "A new system" }).waitFor();
    letOn();
    await page.getByText("Kept: mainframe.").waitFor();
    expect(await page.getByText("Typed and not kept yet").count()).toBe(0);
    await keepAUseCase(page);

    await page.getByText("Kept: Instant payments.").waitFor();
    expect(complaints).toEqual([]);
  });

  it("has a use case that every page of numbers can be read for", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "systems", aSystem("tills"));
    await declare(headway, "useCases", aUseCase("instant-payments", { title: "Instant payments", systems: ["tills"] }));
    const { page, complaints } = await running.open(headway.installation, "/delivery");

    await page.getByLabel("scope").selectOption("Use case instant payments");
    await page.waitForURL((url) => url.searchParams.get("scope") === "use-case:instant-payments");
    await page.getByRole("link", { name: "Remove filter Use case instant payments" }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("is told what it is for, with targets, money and fiscal year, which the history remembers", async () => {
    const installation = await anInstallation({ collectors: [new FakeHost().collector()] });
    await synced(installation);
    const { page, complaints } = await running.open(installation, "/backbone");

    await page.getByRole("button", { name: "Say the vision …" }).press("Enter");
    await page.keyboard.type("A customer gets an answer on the day they ask.");
    await page.getByLabel(/^Targets for the next two to five years/).fill("soon Every service is deployed weekly");
    await page.getByLabel(/^Currency/).fill("chf");
    await page.getByLabel("The fiscal year begins in").selectOption("April");
    await page.getByLabel("Your name").fill("Office");
    await page.getByRole("button", { name: "Keep it", exact: true }).press("Enter");
    await page.getByText("Line 1 of the targets: begin with the year, such as 2029").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel(/^Targets for the next two to five years/).fill("2029 Every service is deployed weekly");
    await keep(page);

    await page.getByText("A customer gets an answer on the day they ask.").waitFor();
    await page.getByText("Every service is deployed weekly, by 2029").waitFor();
    await page.getByText("Money is in CHF. The fiscal year begins in April").waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Change the vision …");
    await page.getByText("who changed what, and when").click();
    await page.getByText("Office: changed currency; changed fiscalYearBegins; added vision").waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("opens each form in its place, and goes on there afterwards", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "systems", aSystem("crm"));
    await declare(headway, "systems", aSystem("vault"));
    const { page, complaints } = await running.open(headway.installation, "/backbone");
    const focused = async () => page.evaluate(() => document.activeElement?.getAttribute("data-place"));

    const cell = page.getByRole("button", { name: "Data of crm: nobody looked" });
    await cell.press("Enter");
    // It stands below the row that it is about, and asks first for what nobody said yet.
    expect(await page.locator("tr:has([data-place='systems crm']) + .below-row .programme-form").count()).toBe(1);
    expect(await page.evaluate(() => document.activeElement?.closest("label")?.textContent)).toContain(
      "Does it stand in the way?",
    );
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Cancel" }).press("Enter");
    expect(await focused()).toBe("assessment crm data");

    await cell.press("Enter");
    await page.getByLabel("Does it stand in the way?").selectOption("none");
    await page.getByLabel("How sure are you?").selectOption("high");
    await page.getByLabel("Your name").fill("Office");
    await page.getByRole("button", { name: "Keep it, and look at the next" }).press("Enter");
    await page.getByRole("heading", { name: "API of crm" }).waitFor();
    await page.getByLabel("Does it stand in the way?").selectOption("none");
    await page.getByLabel("How sure are you?").selectOption("low");
    await keep(page);
    await page.getByRole("button", { name: "Data of crm: none" }).waitFor();
    await page.getByText("Kept: API of crm.").waitFor();
    expect(await focused()).toBe("assessment crm api");

    await page.getByRole("button", { name: "Add a milestone …" }).press("Enter");
    await page.getByLabel("Title").fill("Faster");
    await page.getByLabel("Owner", { exact: true }).fill("Office");
    await page.getByLabel("Metric").selectOption({ index: 1 });
    await page.getByLabel("To", { exact: true }).fill("24");
    await page.getByLabel("Due on").fill("2026-12-31");
    await keep(page);
    await page.getByText("Kept: Faster.").waitFor();
    await expect.poll(focused).toBe("milestones faster");
    expect(await page.locator("tr.marked").innerText()).toContain("Faster");
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("asks little of an idea, and unfolds what is missing once it is to be approved", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "useCases", aUseCase("instant", { title: "Instant payments" }));
    const { page } = await running.open(headway.installation, "/backbone");

    await page.getByRole("button", { name: "Add an initiative …" }).press("Enter");
    await page.getByLabel("Title").fill("A hub");
    await page.getByLabel("For the use case").selectOption("Instant payments");
    await page.getByLabel(/^Element/).selectOption("integration");
    await page.getByLabel("Owner", { exact: true }).fill("Integration");
    await page.getByLabel("Your name").fill("Office");
    expect(await page.getByLabel("It is stopped when").isVisible()).toBe(false);
    await keep(page);
    await page.getByRole("button", { name: "A hub", exact: true }).click();
    await page.getByLabel("How far it is").selectOption("approved");
    await page.getByRole("button", { name: "Keep it", exact: true }).click();
    await page.getByText("“A hub” is approved: say why not the other two strategies.").waitFor();

    // What is folded and cannot be sent as it is shows itself.
    await page.getByText("What may go wrong").click();
    await page.getByLabel("Chance that it succeeds").fill("");
    await page.getByText("What may go wrong").click();
    await page.getByRole("button", { name: "Keep it", exact: true }).click();
    await expect.poll(async () => page.getByLabel("Chance that it succeeds").isVisible()).toBe(true);
    expect(await violations(page)).toEqual([]);
  });

  it("lists what is on the page and what a first assessment lacks, each a jump away", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "systems", aSystem("crm"));
    const { page, complaints } = await running.open(headway.installation, "/backbone");
    await page.getByText(/^For a first assessment 5 things are missing, 1 of 6/).waitFor();
    await page.getByRole("link", { name: /^Name 3 to 10 use cases/ }).press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("useCases");

    const contents = page.getByRole("navigation", { name: "On this page" });
    await contents.getByRole("link", { name: "Rollback drills" }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("drills");
    expect(page.url()).toMatch(/backbone#drills$/);
    // It stays in sight beside what was jumped to.
    expect(await contents.evaluate((nav) => nav.getBoundingClientRect().bottom > 0)).toBe(true);
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it("chooses the review that somebody saw, and leads to it", async () => {
    const headway = await aTeamThatGotFaster();
    const held = await headway.post("/api/reviews/freeze", { save: true, actor: "Ada" });
    expect(held.status).toBe(200);
    const { page, complaints } = await running.open(headway.installation, "/backbone");

    await page.getByRole("button", { name: "Add a consent …" }).press("Enter");
    await page.getByLabel(/^Who/).selectOption("works council");
    await page.getByLabel("To what").selectOption("the programme");
    await page.getByLabel("Answer").selectOption("agreed");
    await page.getByLabel("What they saw").selectOption("Review 1, 2026-06-30, the programme");
    await page.getByLabel("Your name").fill("Office");
    expect(await violations(page)).toEqual([]);
    await keep(page);
    await page
      .getByRole("table", { name: "Consent" })
      .getByRole("link", { name: /^Review 1/ })
      .click();
    await page.getByRole("region", { name: "Review 1" }).getByText("works council: agreed on 2026-06-30").waitFor();
    expect(complaints).toEqual([]);
  });

  it("says that what was frozen is on its way, and takes neither focus nor words when it comes", async () => {
    const headway = await aTeamThatGotFaster();
    await headway.post("/api/reviews/freeze", { save: true, actor: "Ada" });
    const { page } = await running.open(headway.installation, "/backbone");
    const waiting: Route[] = [];
    await page.route("**/api/reviews", (route) => void waiting.push(route));

    await page.getByRole("button", { name: "Add a consent …" }).press("Enter");
    await expect.poll(() => waiting.length).toBe(1);
    const saw = page.getByLabel("What they saw");
    expect(await saw.getAttribute("aria-busy")).toBe("true");
    expect(await saw.innerText()).toContain("what was frozen is on its way …");
    await page.getByLabel("Your name").pressSequentially("Off");
    for (const route of waiting) await route.continue();
    await saw.getByRole("option", { name: /^Review 1/ }).waitFor({ state: "attached" });
    await page.keyboard.type("ice");

    expect(await page.getByLabel("Your name").inputValue()).toBe("Office");
    expect(await saw.innerText()).not.toContain("on its way");
    expect(await saw.getAttribute("aria-busy")).toBe("false");
  });

  it("keeps what was typed into a form while another one is open, until it is cancelled", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "systems", aSystem("crm"));
    const { page, complaints } = await running.open(headway.installation, "/backbone");

    await page.getByRole("button", { name: "Add a use case …" }).press("Enter");
    await page.getByLabel("Title").fill("Instant payments");
    await page.getByRole("button", { name: "Data of crm: nobody looked" }).press("Enter");
    await page.getByLabel("Does it stand in the way?").selectOption("none");
    const form = page.locator(".programme-form");
    expect(await violations(page)).toEqual([]);
    await form.getByRole("button", { name: "Add a use case" }).press("Enter");
    await form.getByText("As you left it, not kept yet.").waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("Instant payments");
    expect(await form.getByRole("button", { name: "Data of crm" }).count()).toBe(1);

    await form.getByRole("button", { name: "Cancel" }).press("Enter");
    await page.getByRole("button", { name: "Add a use case …" }).press("Enter");
    expect(await page.getByLabel("Title").inputValue()).toBe("");
    await form.getByRole("button", { name: "Data of crm" }).press("Enter");
    await page.getByLabel("How sure are you?").selectOption("high");
    await page.getByLabel("Your name").fill("Office");
    await keep(page);
    await page.getByRole("button", { name: "Data of crm: none" }).press("Enter");
    expect(await form.getByText("not kept yet").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("says what is wrong, and loses nothing that was typed", async () => {
    const host = new FakeHost();
    host.commit();
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const { page } = await running.open(installation, "/backbone");

    await page.getByRole("button", { name: "Add a use case …" }).click();
    await page.getByLabel("Title").fill("Instant payments");
    await page.getByLabel("Owner", { exact: true }).fill("Retail");
    await page.getByLabel("Worth a year, at least").fill("3000");
    await page.getByLabel("… likely").fill("2000");
    await page.getByLabel("… at most").fill("1000");
    await page.getByLabel("integration", { exact: true }).check();
    await page.getByLabel("By the year").fill("2028");
    await page.getByLabel("Your name").fill("Office");
    await page.getByRole("button", { name: "Keep it", exact: true }).click();

    await page.getByText("What is likely must lie between the low and the high value.").waitFor();
    expect(await page.getByLabel("Title").inputValue()).toBe("Instant payments");
  });

  it("imports costs after a look at them", async () => {
    const host = new FakeHost();
    host.commit();
    const installation = await anInstallation({ collectors: [host.collector()] });
    await synced(installation);
    const { page, complaints } = await running.open(installation, "/backbone");

    await page.getByRole("button", { name: "Import costs …" }).click();
    const csv = "kind,title,month,amount\novertime,Weekends,2026-05,3200\n";
    await page.getByLabel("CSV: kind,title,month,amount", { exact: false }).fill(csv);
    await page.getByLabel("Your name").fill("Controlling");
    await page.getByRole("button", { name: "Look at it", exact: true }).click();
    await page.getByText("new: overtime, Weekends, 2026-05: 3200").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Look at it, or keep what was looked at" }).click();
    await page.getByRole("table", { name: "Costs by month" }).waitFor();

    expect(await page.getByRole("table", { name: "Costs by month" }).innerText()).toContain("overtime");
    expect(complaints).toEqual([]);
  });

  it("takes back an edited file after a look at what it would change, and loses nothing of one that is wrong", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "systems", aSystem("crm"));
    await declare(headway, "systems", aSystem("vault"));
    const { page } = await running.open(headway.installation, "/backbone");
    await page.getByRole("heading", { name: "As a file" }).click();
    const [file] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name: "Save as programme.yaml" }).click(),
    ]);
    const saved = await readFile(await file.path(), "utf8");
    const edited = `${saved}vision:\n  sentence: Faster\n`;
    const form = page.getByRole("region", { name: "Take back an edited file" });
    const written = form.getByLabel("What it says, which can be mended here");
    const looked = form.getByRole("button", { name: "Look at what would change" });

    await page.getByRole("button", { name: "Take back an edited file …" }).press("Enter");
    expect(await page.evaluate(() => document.activeElement?.getAttribute("type"))).toBe("file");
    const wrong = edited.replace("vision:", "visoin:");
    await form
      .getByLabel("A file of YAML")
      .setInputFiles({ name: "programme.yaml", mimeType: "application/yaml", buffer: Buffer.from(wrong) });
    await expect.poll(() => written.inputValue()).toBe(wrong);
    await form.getByLabel("Your name").fill("Office");
    await looked.press("Enter");
    const line = saved.split("\n").length;
    await form.getByText(new RegExp(`line ${line}, visoin: Unknown key .* Did you mean .vision`)).waitFor();
    expect(await written.inputValue()).toBe(wrong);
    expect(await violations(page)).toEqual([]);

    await written.fill(edited.replace(/.*name: vault[^]*?(?=vision)/, ""));
    await looked.press("Enter");
    await form.getByText("2 differences, of which 1 removed. Nothing is kept yet.").waitFor();
    expect(await form.getByRole("listitem").first().innerText()).toBe("removed: systems, vault");
    expect(await page.getByRole("button", { name: "Data of vault: nobody looked" }).count()).toBe(1);
    expect(await violations(page)).toEqual([]);

    await form.getByLabel("Reason").fill("Steering of November");
    await form.getByRole("button", { name: "Keep it as it was looked at" }).press("Enter");
    await page.getByText("Kept as version 3.").waitFor();
    await page.getByText("Faster", { exact: true }).waitFor();
    expect(await page.getByRole("button", { name: "Data of vault: nobody looked" }).count()).toBe(0);
    await page.getByRole("heading", { name: "History" }).click();
    await page.getByText(/Office \(Steering of November\): /).waitFor();
  });

  it("has a file looked at again where somebody changed the programme meanwhile, and overwrites nothing", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "systems", aSystem("crm"));
    const { page } = await running.open(headway.installation, "/backbone");
    await page.getByRole("heading", { name: "As a file" }).click();
    await page.getByRole("button", { name: "Take back an edited file …" }).click();
    const form = page.getByRole("region", { name: "Take back an edited file" });
    await form.getByLabel("What it says").fill("vision:\n  sentence: Faster\n");
    await form.getByLabel("Your name").fill("Office");
    await form.getByRole("button", { name: "Look at what would change" }).click();
    await form.getByText("2 differences, of which 1 removed.").waitFor();
    await declare(headway, "systems", aSystem("vault"));

    await form.getByLabel("Reason").fill("Steering");
    await form.getByRole("button", { name: "Keep it as it was looked at" }).click();
    await form.getByText(/The programme was changed since you looked at it/).waitFor();
    await form.getByRole("button", { name: "Look at what would change" }).click();
    await form.getByText("3 differences, of which 2 removed.").waitFor();
    expect(await form.getByLabel("What it says").inputValue()).toContain("Faster");
  });
});
