/** The Data page and the wizard against a Headway that runs, and hosts of our own. */
import type { Page } from "playwright-core";
import { describe, expect, it, onTestFinished, vi } from "vitest";

import { generateKeyPairSync } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { aGitLab } from "#test/support/fake-gitlab.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { FakeGitHub } from "#test/support/github/server.ts";
import { aShop, Capture, headway } from "#test/server/cli/support.ts";

import { colourViolations, violations } from "./support/axe.ts";
import { hasBrowser, openPage } from "./support/browser.ts";
import type { Look } from "./support/browser.ts";
import { builtDashboard } from "./support/serve.ts";

const TOKEN = "t-good";
const HOSTILE = `<img src=x onerror="document.title='owned'">`;

/** What a picture of the page would show. */
const shots = process.env["HEADWAY_SHOTS"];

async function picture(page: Page, name: string): Promise<void> {
  await vi.waitFor(async () => expect(await page.locator(".bone").count()).toBe(0));
  await (shots === undefined
    ? Promise.resolve()
    : page.screenshot({ path: join(shots, `${name}.png`), fullPage: true }));
}

async function both(page: Page, name: string): Promise<string[]> {
  await page.emulateMedia({ colorScheme: "light" });
  await picture(page, `${name}-light`);
  const light = await violations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  await picture(page, `${name}-dark`);
  const found = [...light, ...(await colourViolations(page))];
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

/** Whether the page is wider than its window, at any usual width. */
async function excess(page: Page): Promise<number> {
  const all: number[] = [];
  for (const width of [320, 390, 768, 1280, 2560]) {
    await page.setViewportSize({ width, height: 900 });
    all.push(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth));
  }
  await page.setViewportSize({ width: 1280, height: 900 });
  return Math.max(...all);
}

describe.skipIf(!hasBrowser())("the Data page", () => {
  /** A Headway over a folder, looked at in the browser. */
  async function started(cwd: string, path = "/data", typed = "start --port 0", look: Partial<Look> = {}) {
    const [stdout, stderr, stopping] = [new Capture(), new Capture(), new AbortController()];
    const { signal } = stopping;
    const webRoot = await builtDashboard();
    const ended = headway(cwd, typed, { stdout, stderr, signal, webRoot, now: Date.now });
    onTestFinished(async () => {
      stopping.abort();
      await ended;
    });
    const opened = await openPage(look);
    opened.page.setDefaultTimeout(10_000);
    await vi.waitFor(() => expect(stdout.text).toContain("http://"), 10_000);
    await opened.page.goto(new URL(path, stdout.text.trim()).href);
    return { ...opened, stderr };
  }

  async function synced(page: Page, name: string): Promise<void> {
    await page.locator(".card", { hasText: name }).getByText("up to date").waitFor({ timeout: 20_000 });
  }

  it("shows sources, services, rules, quality and the log to everybody", async () => {
    const { page, complaints } = await started(aShop().path);
    await synced(page, "shop");
    await page.getByText("The rule in force counts").waitFor();

    expect(await page.locator(".lead").innerText()).toContain("Everything is up to date: 1");
    await expect
      .poll(async () => page.locator("main h2").allInnerTexts())
      .toEqual([
        "Sources",
        "Services",
        "What counts as a deployment",
        "Data quality",
        "What people decided",
        "Sync log",
      ]);
    expect(await both(page, "data")).toEqual([]);
    expect(await excess(page)).toBeLessThanOrEqual(0);
    expect(complaints).toEqual([]);
  });

  it("tries another rule, says what it would count, and what is wrong with it", async () => {
    const { page } = await started(aShop().path);
    await synced(page, "shop");

    await page.getByLabel("Tags", { exact: true }).fill("^v1\\.0");
    await page.getByText("This rule would count 1").waitFor();
    await page.getByLabel("Tags", { exact: true }).fill("(");
    await page.getByText("is not a regular expression").waitFor();
    await page.getByRole("combobox", { name: "Count", exact: true }).selectOption("merges");

    await page.getByText("merges to the default branch as a proxy for deployments").waitFor();
  });

  it("syncs when it is told to, and shows it without being asked", async () => {
    const shop = aShop();
    const { page } = await started(shop.path);
    await synced(page, "shop");
    shop.commits(3);

    await page.getByRole("button", { name: "Sync now" }).click();

    await vi.waitFor(async () => expect(await page.locator(".log tbody tr").count()).toBe(2), 10_000);
    // It is in the log from its beginning.
    await vi.waitFor(
      async () => expect(await page.locator(".log tbody tr").first().innerText()).toContain("done"),
      20_000,
    );
  });

  it("connects GitHub, from the token to the first numbers, with the keyboard alone", async () => {
    const host = await new FakeGitHub().listen();
    const shop = host.repository("shop");
    shop.push(4);
    shop.deploy();
    const { path } = aShop();
    const { page, complaints } = await started(path);
    await synced(page, "shop");

    await page.getByRole("link", { name: "Connect GitHub / GitLab" }).focus();
    await page.keyboard.press("Enter");
    await page.getByLabel("Address").fill(host.url);
    await page.getByLabel("Token", { exact: true }).fill("wrong");
    const first = await both(page, "connect-1-token");
    await page.keyboard.press("Enter");
    await page.getByText("does not accept this token").waitFor();
    const refused = await both(page, "connect-1-refused");
    const emptied = await page.getByLabel("Token", { exact: true }).inputValue();
    await page.getByLabel("Token", { exact: true }).fill(TOKEN);
    await page.keyboard.press("Enter");
    await page.getByText("This is the token of ada").waitFor();
    const second = await both(page, "connect-2-choose");
    await page.getByRole("radio", { name: "Some repositories" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("checkbox", { name: "acme/shop" }).focus();
    await page.keyboard.press("Space");
    await page.getByRole("button", { name: "Show what will be written" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("The token goes to").waitFor();
    const third = await both(page, "connect-3-review");
    const heading = await page.evaluate(() => document.activeElement?.textContent);
    await page.getByRole("button", { name: "Save and collect" }).focus();
    await page.keyboard.press("Enter");
    await page.getByText("Saved. Collection has begun").waitFor();
    await synced(page, "acme on 127.0.0.1");
    const fourth = await both(page, "connect-4-saved");

    expect([...first, ...refused, ...second, ...third, ...fourth]).toEqual([]);
    expect(emptied).toBe("");
    expect(heading).toContain("3 of 3");
    expect(await page.locator(".written").innerText()).toContain("token: ${GITHUB_TOKEN}");
    expect(readFileSync(join(path, "headway.yaml"), "utf8")).toContain("acme/shop");
    expect(await page.content()).not.toContain(TOKEN);
    expect(complaints.filter((complaint) => !complaint.includes("422"))).toEqual([]);
    await page.getByText("acme/shop").first().waitFor();
  });

  it("connects GitHub by an app, whose key the page never has", async () => {
    const host = await new FakeGitHub().listen();
    host.repository("shop").push(4);
    host.account.isInstallation = true;
    const { path } = aShop();
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
    writeFileSync(join(path, "app.pem"), pem);
    const { page, complaints } = await started(path, "/data?connect=github");
    const sent: string[] = [];
    page.on("request", (request) => sent.push(String(request.postData())));

    await page.getByLabel("Address").fill(host.url);
    await page.getByRole("radio", { name: "A GitHub App" }).check();
    await page.getByLabel("App ID").fill("1");
    await page.getByLabel("Installation ID").fill("8");
    await page.getByLabel("Private key file").fill("gone.pem");
    await page.keyboard.press("Enter");
    await page.getByText("there is no such file").waitFor();
    await page.getByLabel("Private key file").fill("app.pem");
    const first = await both(page, "connect-app-1");
    await page.keyboard.press("Enter");
    await page.getByText("The app 1 has no installation 8").waitFor();
    const refused = await both(page, "connect-app-1-refused");
    const wide = await excess(page);
    await page.getByLabel("Installation ID").fill("7");
    await page.keyboard.press("Enter");
    await page.getByText("This app is installed at acme").waitFor();
    const second = await both(page, "connect-app-2");
    await page.getByRole("button", { name: "Show what will be written" }).click();
    await page.getByText("The private key goes to").waitFor();
    const third = await both(page, "connect-app-3");
    await page.getByRole("button", { name: "Save and collect" }).click();
    await synced(page, "acme on 127.0.0.1");

    expect([...first, ...refused, ...second, ...third]).toEqual([]);
    expect(Math.max(wide, await excess(page))).toBeLessThanOrEqual(0);
    expect(await page.locator(".written").innerText()).toContain("privateKey: ${GITHUB_APP_KEY}");
    expect(readFileSync(join(path, "data/secrets.env"), "utf8")).toMatch(/^GITHUB_APP_KEY=sealed:1:/m);
    expect([...sent, await page.content()].join("\n")).not.toContain(pem.split("\n")[1]);
    expect(complaints.filter((complaint) => !/400|422/.test(complaint))).toEqual([]);
  });

  it("connects GitLab by an environment variable's name, and says what a token lacks", async () => {
    const host = await aGitLab();
    host.project("acme/shell");
    host.account.scopes = ["read_user"];
    const { page } = await started(aFolder(), "/data?connect=gitlab", `start --port 0 --repo ${aShop().path}`);

    await page.getByLabel("Address").fill(host.url);
    await page.getByRole("radio", { name: "Name the environment variable" }).check();
    await page.getByLabel("Environment variable", { exact: true }).fill("NOT_SET");
    await page.getByRole("button", { name: "Check the token" }).click();
    await page.getByText("NOT_SET is not set").waitFor();
    await page.getByRole("radio", { name: "Paste it" }).check();
    await page.getByLabel("Token", { exact: true }).fill("secret");
    await page.getByRole("button", { name: "Check the token" }).click();
    await page.getByText(/It lacks 1\spermission/).waitFor();

    expect(await both(page, "connect-gitlab-lacks")).toEqual([]);
    expect(await excess(page)).toBeLessThanOrEqual(0);
  });

  it("shows names from outside as text", async () => {
    const host = await new FakeGitHub().listen();
    host.account.login = HOSTILE;
    host.account.organizations = [HOSTILE, "‮evil"];
    const { page } = await started(aShop().path, "/data?connect=github");

    await page.getByLabel("Address").fill(host.url);
    await page.getByLabel("Token", { exact: true }).fill(TOKEN);
    await page.keyboard.press("Enter");
    await page.getByText("This is the token of").waitFor();

    expect(await page.locator("main").innerText()).toContain(HOSTILE);
    expect(await page.locator("main img").count()).toBe(0);
    expect(await page.title()).not.toBe("owned");
    expect(await excess(page)).toBeLessThanOrEqual(0);
  });

  it("shows a wait, what is left of the limit, and a failure with what to do", async () => {
    const host = await new FakeGitHub().listen();
    host.repository("shop").push(2);
    const { path } = aShop();
    const { page } = await started(path, "/data?connect=github");
    await page.getByLabel("Address").fill(host.url);
    await page.getByLabel("Token", { exact: true }).fill(TOKEN);
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Show what will be written" }).click();
    await page.getByText("The token goes to").waitFor();
    host.before = () => "429";

    await page.getByRole("button", { name: "Save and collect" }).click();
    await page.getByText("limit is used up; resumes").first().waitFor();
    await picture(page, "data-waiting");
    host.before = () => "401";
    await page.getByText("no longer accepts the token").first().waitFor({ timeout: 20_000 });

    expect(await both(page, "data-failed")).toEqual([]);
    expect(await page.locator(".lead").innerText()).toContain("could not be synced");
  });

  it("is linked from the menu, and the wizard is left by going back", async () => {
    const { page } = await started(aShop().path, "/");

    await page.getByRole("link", { name: "Data", exact: true }).click();
    await page.getByRole("link", { name: "Connect GitHub / GitLab" }).click();
    await page.getByText("1 of 3").waitFor();
    await page.goBack();

    await page.getByRole("button", { name: "Sync now" }).waitFor();
    expect(new URL(page.url()).pathname).toBe("/data");
  });
});
