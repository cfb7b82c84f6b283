import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";

import { contract } from "#server/contract.ts";

import { numberOf } from "./support/adding-up.ts";
import { hasBrowser } from "./support/browser.ts";
import { metrics } from "./support/definitions.ts";
import { scenarios } from "./support/scenarios.ts";
import { aStage } from "./support/stage.ts";

describe.skipIf(!hasBrowser())("every number", () => {
  const stage = aStage();

  it.each(metrics.map(({ id, title }) => [title, id] as const))(
    "%s opens its rows, and they add up to it",
    async (title, id) => {
      const { page } = await stage.show(scenarios.one, "/");
      const card = page.locator("article", { has: page.getByRole("heading", { name: title, exact: true }) });
      const number = (await card.locator("a.figure").innerText()).trim();
      const sample = await card.locator("p a").first().innerText();

      await card.locator("a.figure").click();
      await page.getByRole("table").waitFor();
      const { counted, values } = await listed(page);

      expect((await page.locator("main a.figure").innerText()).trim()).toBe(number);
      expect(values).toHaveLength(counted);
      expect(plain(`${number} ${sample}`)).toContain(plain(numberOf(id, values)));
    },
  );

  it("of a period in the table under a chart opens the rows of that period", async () => {
    const { page } = await stage.show(scenarios.one, "/delivery");
    const panel = page.locator("article").first();
    await panel.getByText("The same as a table").click();
    const link = panel.locator("tbody tr:nth-child(2) td a");
    const releases = plain(await link.innerText());

    await link.click();
    await page.getByRole("table").waitFor();

    expect(`${await page.locator("tbody tr").count()} releases`).toBe(releases);
  });

  it("of a point in a chart opens the rows of that period", async () => {
    const { page } = await stage.show(scenarios.one, "/delivery");

    await page
      .locator("canvas")
      .first()
      .click({ position: { x: 300, y: 150 } });
    await page.getByRole("table").waitFor();

    expect(new URL(page.url()).searchParams.get("from")).toMatch(/^2026-/);
  });

  it("of a service opens the rows of that service", async () => {
    const { page } = await stage.show(scenarios.full, "/delivery");

    await page
      .getByRole("row", { name: /^ledger/ })
      .getByRole("link")
      .nth(1)
      .click();
    await page.getByRole("table").waitFor();

    expect(new URL(page.url()).searchParams.get("service")).toBe("ledger");
  });

  it("has more pages of rows where one is not enough", async () => {
    const { page } = await stage.show(scenarios.one, "/rows?metric=lead-time-commit&order=oldest");
    const first = await page.locator("tbody tr").first().innerText();

    await page.getByRole("link", { name: "Next 100" }).click();
    await page.getByText("101 to 200 of").waitFor();

    expect(await page.locator("tbody tr").count()).toBe(100);
    expect(await page.locator("tbody tr").first().innerText()).not.toBe(first);
    expect(page.url()).toContain("order=oldest");
  });

  it("that rests on too little is grey above its rows, with the reason and what to do", async () => {
    const { page, dashboard } = await stage.show(scenarios.one, "/");
    const caution = "Only 3 of 9 commits are known, so this tells of these alone.";
    await page.route("**/api/rows?*", async (route) => {
      const reply = contract["/api/rows"].reply.parse(await (await route.fetch()).json());
      await route.fulfill({ json: { ...reply, whole: { ...reply.whole, caution } } });
    });

    await page.goto(`${dashboard.url}/rows?metric=lead-time-commit`);
    await page.getByRole("table").waitFor();

    expect(await page.getByText(caution).isVisible()).toBe(true);
    expect(await page.locator("main a.figure.weak").count()).toBe(1);
  });

  it("says of a row that does not count why", async () => {
    const { page } = await stage.show(scenarios.one, "/rows?metric=recovery-time");

    expect(await page.getByRole("row", { name: /○ no/ }).first().innerText()).toContain(
      "It does not belong to this metric.",
    );
  });
});

/** All rows behind the number, as the page links to them: how many count, and their values. */
async function listed(page: Page): Promise<{ counted: number; values: number[] }> {
  const href = await page.getByRole("link", { name: "rows as JSON" }).getAttribute("href");
  const text = await page.evaluate(async (url) => (await fetch(url)).text(), href ?? "");
  const { counted, rows } = contract["/api/rows"].reply.parse(JSON.parse(text));
  return { counted, values: rows.filter((row) => row.counted).flatMap(({ value }) => value ?? []) };
}

function plain(text: string): string {
  return text.replaceAll(/\s+/g, " ");
}
