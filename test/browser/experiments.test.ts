/** What teams try, in the dashboard over a server that runs. */
import { describe, expect, it } from "vitest";

import { DAY, WEEK } from "#metrics/time.ts";
import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage, type Running, type RunningStage } from "./support/running.ts";
import { settled } from "./support/settled.ts";

const START = at("2026-04-20");

/** The dashboard of a shop that released once a week, and six times a week from the day on which it tried something. */
async function aShop(stage: RunningStage): Promise<Running & { readonly later: () => Promise<void> }> {
  let now = START;
  const host = new FakeHost();
  const release = (day: number): void => {
    host.commit({ committedAt: START + day * DAY, authoredAt: START + day * DAY - DAY });
    host.tag(`v1.${day + 200}.0`, { publishedAt: START + day * DAY });
  };
  for (let week = -20; week < 0; week += 1) release(week * 7);
  const installation = await anInstallation({ collectors: [host.collector()], now: () => now });
  await synced(installation);
  const running = await stage.open(installation, "/experiments");
  const later = async (): Promise<void> => {
    for (let day = 0; day < 56; day += 1) release(day);
    now = START + 8 * WEEK;
    await synced(installation);
    await running.go("/experiments");
  };
  return { ...running, later };
}

describe.skipIf(!hasBrowser())("experiments", () => {
  const stage = aRunningStage();

  it("are set in half a minute with what they may show, and say what came of them", async () => {
    const { page, complaints, later } = await aShop(stage);
    expect(await page.locator("main .lead").innerText()).toContain("No team has set an experiment yet");

    await page.getByRole("button", { name: "Set an experiment …" }).click();
    await page.getByLabel("Who tries it").selectOption({ label: "shop" });
    await page.getByLabel("What do you try?").fill("Release every day");
    await page.getByLabel("Which number?").selectOption({ label: "Deployment frequency" });
    await page.getByLabel("It is meant to become (a week)").fill("6");
    await page.getByText("8 weeks show it in").waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByLabel("Your name").fill("Ada");
    await page.getByRole("button", { name: "Set it" }).click();
    await page.getByText("1 experiment: 1 running, none has been reviewed yet.").waitFor();
    await later();

    expect(await page.locator("main .lead").innerText()).toContain("1 of 1 reviewed worked");
    expect(await page.getByRole("row", { name: /Release every day/ }).innerText()).toContain(
      "outside normal variation",
    );
    await page.getByRole("link", { name: "after" }).click();
    await settled(page);
    expect(await page.locator("main .lead").innerText()).toMatch(/56\sdeployments/);
    expect(complaints).toEqual([]);
  });

  it("are found by their words, and given up with a reason", async () => {
    const { page, complaints } = await aShop(stage);
    await page.getByRole("button", { name: "Set an experiment …" }).click();
    await page.getByLabel("What do you try?").fill("Review within the hour");
    await page.getByLabel("Which number?").selectOption({ label: "Deployment frequency" });
    await page.getByLabel("It is meant to become (a week)").fill("0.5");
    await page.getByText("would be worse than it is").waitFor();
    await page.getByLabel("It is meant to become (a week)").fill("4");
    await page.getByLabel("Your name").fill("Ada");
    await page.getByText("4 a week, 8 weeks").waitFor();
    await page.getByRole("button", { name: "Set it" }).click();

    await page.getByLabel("Search experiments").fill("coffee");
    await page.getByText("No experiment has the words “coffee”.").waitFor();
    await page.getByLabel("Search experiments").fill("hour");
    await page.getByRole("button", { name: "Give up Review within the hour …" }).click();
    await page.getByLabel("Reason").fill("Nobody had time.");
    await page.getByLabel("Your name").fill("Bob");
    await page.getByRole("button", { name: "Give it up" }).click();
    await page.getByText("Nobody had time.").waitFor();

    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
  });
});
