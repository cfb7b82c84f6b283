/** What people decide, in the dashboard over a server that runs. */
import { describe, expect, it } from "vitest";

import { at, FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, synced } from "#test/support/installation.ts";

import { violations } from "./support/axe.ts";
import { hasBrowser } from "./support/browser.ts";
import { aRunningStage, type Running, type RunningStage, sign } from "./support/running.ts";
import { settled } from "./support/settled.ts";

/** The dashboard of a shop with four releases in May 2026. */
async function aShop(stage: RunningStage, path: string): Promise<Running> {
  const host = new FakeHost();
  for (const day of [4, 11, 18, 25]) {
    host.commit({ committedAt: at("2026-05-01") + day, authoredAt: at("2026-05-01") + day });
    host.tag(`v1.${day}.0`, { publishedAt: at(`2026-05-${String(day).padStart(2, "0")}T12:00`) });
  }
  const installation = await anInstallation({ collectors: [host.collector()] });
  await synced(installation);
  return stage.open(installation, path);
}

const ROWS = "/rows?metric=deployment-frequency&from=2026-05-01&to=2026-06-01";
const FAILURES = "/rows?metric=change-fail-rate&from=2026-05-01&to=2026-06-01";

describe.skipIf(!hasBrowser())("what people decide", () => {
  const stage = aRunningStage();

  it("excludes a deployment in its row, which stays with the reason, and puts it back", async () => {
    const { page, complaints } = await aShop(stage, ROWS);
    const number = page.locator("main .lead");
    expect(await number.innerText()).toMatch(/from 4\sdeployments/);

    await page.getByRole("button", { name: "Exclude v1.25.0 …" }).click();
    expect(await violations(page)).toEqual([]);
    await sign(page, "A load test", "Decide");
    await page.getByText("Excluded: A load test (Ada, 2026-06-30).").waitFor();
    await settled(page);

    expect(await number.innerText()).toMatch(/from 3\sdeployments/);
    expect(await page.locator("tbody tr").count()).toBe(4);
    expect(await violations(page)).toEqual([]);

    await page.getByRole("button", { name: "Put back v1.25.0" }).click();
    await sign(page, "It was a release", "Put back");
    await page.getByText("Excluded: A load test").waitFor({ state: "detached" });
    await settled(page);

    expect(await number.innerText()).toMatch(/from 4\sdeployments/);
    expect(complaints).toEqual([]);
  });

  it("says that a deployment failed, and the rate follows", async () => {
    const { page } = await aShop(stage, FAILURES);

    await page.getByRole("button", { name: "Exclude v1.18.0 …" }).click();
    await page.getByLabel("Decision").selectOption("It failed");
    await sign(page, "The shop was down", "Decide");
    await page.getByText("Failed, as somebody said: The shop was down (Ada, 2026-06-30).").waitFor();
    await settled(page);

    expect(await page.locator("main .lead").innerText()).toContain("25");
  });

  it("excludes days and lists everything on the Data page, also what was put back", async () => {
    const { page, go, complaints } = await aShop(stage, "/data");
    await page.getByRole("button", { name: "Exclude days or labels, or note what happened …" }).click();
    await page.getByLabel("First day").fill("2026-05-11");
    await page.getByLabel("Last day").fill("2026-05-12");
    expect(await violations(page)).toEqual([]);
    await sign(page, "The host was down", "Decide");
    await page.getByText("What happened from 2026-05-11 to 2026-05-12 of every service counts in no number.").waitFor();
    expect(await violations(page)).toEqual([]);

    await go(ROWS);
    expect(await page.locator("main .lead").innerText()).toMatch(/from 3\sdeployments/);

    await go("/data");
    await page.getByRole("button", { name: /^Put back What happened/ }).click();
    await sign(page, "It counts after all", "Put back");
    await page.getByText("No: It counts after all (Ada").waitFor();
    await go(ROWS);

    expect(await page.locator("main .lead").innerText()).toMatch(/from 4\sdeployments/);
    expect(complaints).toEqual([]);
  });
});
