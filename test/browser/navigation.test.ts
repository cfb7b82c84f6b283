import { readFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { scenarios } from "./support/scenarios.ts";
import { settled } from "./support/settled.ts";
import { aStage } from "./support/stage.ts";

/** How many pictures were made from when the page began to wait for an answer until it showed it. */
async function picturesWhileAwaited(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const [part = document.body] = document.querySelectorAll("[aria-busy]");
    let pictures = 0;
    const count = (): void => {
      pictures += 1;
      requestAnimationFrame(count);
    };
    const turned = (): Promise<void> =>
      new Promise((resolve) => {
        const observer = new MutationObserver(() => {
          observer.disconnect();
          resolve();
        });
        observer.observe(part, { attributes: true, attributeFilter: ["aria-busy"] });
      });
    await turned();
    requestAnimationFrame(count);
    await turned();
    return pictures;
  });
}

describe.skipIf(!hasBrowser())("the address", () => {
  const stage = aStage();

  it("is seen to be another one before the answer to it is shown, however soon that comes", async () => {
    const { page } = await stage.show(scenarios.full, "/changes");
    const pictures = picturesWhileAwaited(page);

    await page.locator("th a").nth(1).click();

    expect(await pictures).toBeGreaterThan(0);
  });

  it("holds the filters, and going back takes them back", async () => {
    const { page } = await stage.show(scenarios.full, "/delivery");

    await page.getByRole("link", { name: "1 year" }).click();
    await page.getByRole("link", { name: "month", exact: true }).click();
    expect(new URL(page.url()).search).toBe("?range=1y&interval=month");

    await page.goBack();
    expect(new URL(page.url()).search).toBe("?range=1y");
    expect(await page.getByRole("link", { name: "week", exact: true }).getAttribute("aria-current")).toBe("true");

    await page.goForward();
    expect(await page.getByRole("link", { name: "month", exact: true }).getAttribute("aria-current")).toBe("true");
  });

  it("is all that is needed to show the same again", async () => {
    const { page, dashboard } = await stage.show(
      scenarios.full,
      "/delivery?range=1y&service=ledger&interval=month&compare=none",
    );

    await page.reload();
    await settled(page);

    expect(await page.getByRole("link", { name: "Remove filter Service: ledger" }).count()).toBe(1);
    expect(dashboard.asked).toContain("/api/measures?from=2025-11-17&interval=month&service=ledger&compare=none");
    expect(await page.getByText("window before", { exact: true }).count()).toBe(0);
  });

  it("keeps the filters from page to page", async () => {
    const { page } = await stage.show(scenarios.full, "/?range=1y&service=ledger");

    await page.getByRole("link", { name: "Delivery" }).click();

    expect(page.url()).toMatch(/\/delivery\?range=1y&service=ledger$/);
  });

  it("takes a last day that is included and asks for an end that is not", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/");

    await page.getByLabel("from", { exact: true }).fill("2026-03-01");
    await page.getByLabel("to", { exact: true }).fill("2026-03-31");

    await expect.poll(() => dashboard.asked).toContain("/api/measures?from=2026-03-01&to=2026-04-01&interval=week");
    expect(await page.getByLabel("to", { exact: true }).inputValue()).toBe("2026-03-31");
  });

  it("finds a service among many by its name", async () => {
    const { page } = await stage.show(scenarios.full, "/");

    await page.getByLabel("service", { exact: true }).fill("ledger");

    await page.waitForURL(/service=ledger/);
    expect(await page.getByRole("link", { name: "Remove filter Service: ledger" }).count()).toBe(1);
  });

  it("takes on Enter the service that is nearest to what was written, and says where none is", async () => {
    const { page } = await stage.show(scenarios.full, "/");
    const field = page.getByLabel("service", { exact: true });

    await field.fill("nothing like it");
    await field.press("Enter");
    await page.getByText("Nothing is called “nothing like it”.").waitFor();
    await field.fill("ledg");
    await field.press("Enter");

    await page.waitForURL(/service=ledger/);
    expect(await page.getByText("Nothing is called").count()).toBe(0);
  });

  it("looks at a month by its name", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/");

    await page.getByRole("combobox", { name: /^period/ }).selectOption({ label: "Last month" });

    await page.waitForURL(/range=last-month/);
    await expect
      .poll(() => dashboard.asked.some((path) => /from=\d{4}-\d\d-01&to=\d{4}-\d\d-01/.test(path)))
      .toBe(true);
  });

  it("is copied for somebody else, and handed over where the browser does not let pages copy", async () => {
    const { page } = await stage.show(scenarios.one, "/delivery?range=1y");
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);

    await page.getByRole("button", { name: "Copy link" }).click();
    await page.getByText("Copied: it shows this view on this machine").waitFor();
    expect(await page.evaluate(async () => navigator.clipboard.readText())).toBe(page.url());

    await page.evaluate(() => {
      Object.defineProperty(navigator.clipboard, "writeText", {
        value: () => Promise.reject(new Error("not allowed")),
      });
    });
    await page.getByRole("button", { name: "Copy link" }).click();
    expect(await page.getByLabel(/^This browser does not let pages copy/).inputValue()).toBe(page.url());
    expect(await violations(page)).toEqual([]);
  });

  it("chooses a team of a few, one of its services, and everything again", async () => {
    const { page, dashboard } = await stage.show(scenarios.teams, "/delivery");
    const picker = page.getByLabel("scope");
    await picker.locator("optgroup").first().waitFor({ state: "attached" });
    expect(await picker.locator("optgroup").evaluateAll((all) => all.map((one) => one.getAttribute("label")))).toEqual([
      "Teams",
      "Systems",
      "Services",
    ]);

    await picker.selectOption("Team money");
    await page.waitForURL((url) => url.search === "?scope=team%3Amoney");
    await expect.poll(() => dashboard.asked).toContain("/api/measures?interval=week&scope=team%3Amoney");
    await page.getByRole("table", { name: "Metrics by service" }).getByRole("link", { name: "ledger" }).click();
    await page.waitForURL((url) => url.search === "?scope=team%3Amoney&service=ledger");
    await page.getByRole("link", { name: "Remove filter Service: ledger" }).click();
    await page.getByRole("link", { name: "Remove filter Team money" }).click();
    await page.waitForURL((url) => url.search === "");
    await picker.selectOption("System core banking");
    await page.waitForURL((url) => url.search === "?scope=system%3Acore+banking");
  });

  it("tells durations in working hours where it is known when work is done", async () => {
    const { page, dashboard } = await stage.show(scenarios.teams, "/");

    await page.getByRole("combobox", { name: "time" }).selectOption("working");

    await expect.poll(() => dashboard.asked).toContain("/api/measures?interval=week&time=working");
    await page.getByText("working h", { exact: false }).first().waitFor();
    await page.getByRole("link", { name: "Remove filter Working hours" }).click();
    await page.waitForURL((url) => url.search === "");
  });

  it("shows the one service where there is no other and no team", async () => {
    const { page } = await stage.show(scenarios.one, "/");

    expect(await page.getByRole("combobox", { name: /^service/ }).isDisabled()).toBe(true);
    expect(await page.getByLabel("scope").count()).toBe(0);
  });

  it("says whose rows they are", async () => {
    const { page } = await stage.show(scenarios.teams, "/rows?metric=deployment-frequency&scope=team:books");

    expect(await page.getByRole("heading", { level: 1 }).innerText()).toContain("Deployment frequency, Team books");
    expect(await page.getByRole("link", { name: /as CSV/ }).getAttribute("href")).toContain("scope=team%3Abooks");
  });

  it("are saved, all of those that give the number", async () => {
    const { page } = await stage.show(scenarios.one, "/rows?metric=deployment-frequency");
    const button = page.getByRole("button", { name: /^These .* rows as CSV$/ });
    const told = Number(/[\d,]+/.exec(await button.innerText())?.[0].replaceAll(",", ""));
    const saved = page.waitForEvent("download");

    await button.click();

    const file = await (await saved).path();
    expect(readFileSync(file, "utf8").trimEnd().split("\r\n")).toHaveLength(told + 1);
  });

  it("counts or leaves out what bots did and what is not over", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/");

    await page.getByRole("button", { name: "Bots and open work" }).click();
    await page.getByLabel("What bots did").selectOption("out");
    await page.getByLabel("What is not over").uncheck();

    await expect.poll(() => dashboard.asked).toContain("/api/measures?interval=week&bots=out&open=dropped");
    await page.getByRole("button", { name: "Close" }).last().click();
    await page.getByRole("link", { name: "Remove filter Bots: left out" }).click();
    await page.waitForURL((url) => url.search === "?open=dropped");
  });

  it("says when there is no such page", async () => {
    const { page } = await stage.show(scenarios.one, "/nowhere");

    expect(await page.locator("main").innerText()).toContain("There is no page called “nowhere”.");
  });

  it("can hold nonsense without harm", async () => {
    const { page, complaints } = await stage.show(scenarios.one, "/?range=9z&from=soon&interval=x&compare=%3Cimg%3E");

    expect(await page.locator("article").count()).toBe(11);
    expect(complaints).toEqual([]);
  });

  it("drops an answer that comes after a newer question", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/delivery?compare=none");
    dashboard.delay("interval=month", 600);

    await page.getByRole("link", { name: "month", exact: true }).click();
    await page.getByRole("link", { name: "day", exact: true }).click();
    await page.waitForTimeout(900);

    await page.getByText("The same as a table").first().click();
    expect(await page.getByRole("row").nth(1).innerText()).toContain("2026-11-22");
  });
});

describe.skipIf(!hasBrowser())("the keyboard", () => {
  const stage = aStage();

  it("is enough to get from the overview to the rows of a number and back again", async () => {
    const { page } = await stage.show(scenarios.one, "/");

    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("Skip to the content");
    await page.keyboard.press("Enter");
    await page.getByRole("link", { name: /^Deployment frequency: / }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("table").waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");

    await page.getByRole("link", { name: "Overview" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Overview" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/");
  });

  it("reaches every control, and shows where it is", async () => {
    const { page } = await stage.show(scenarios.full, "/delivery");
    const reached = new Set<string>();

    for (let step = 0; step < 60; step += 1) {
      await page.keyboard.press("Tab");
      reached.add(await focused(page));
    }

    expect([...reached].every((each) => !each.endsWith("none"))).toBe(true);
    expect([...reached].map((each) => each.split(" ")[0])).toEqual(
      expect.arrayContaining(["A", "INPUT", "SUMMARY", "BUTTON"]),
    );
  });

  it("opens and closes how a number is calculated, and stays where it was", async () => {
    const { page } = await stage.show(scenarios.one, "/");
    const button = page.getByRole("button", { name: "How this is calculated: Change fail rate" });

    await button.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("dialog").waitFor();
    await page.keyboard.press("Escape");

    await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  });

  it("sorts a table", async () => {
    const { page } = await stage.show(scenarios.full, "/delivery");
    await page.getByRole("button", { name: "Change fail rate", exact: true }).focus();

    await page.keyboard.press("Enter");

    expect(await page.getByRole("columnheader", { name: "Change fail rate" }).getAttribute("aria-sort")).toBe(
      "descending",
    );
  });
});

/** What has the focus, and the outline that shows it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement ?? document.body;
    return `${element.tagName} ${getComputedStyle(element).outlineStyle}`;
  });
}
