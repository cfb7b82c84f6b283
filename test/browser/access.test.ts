/** Logging in, and what each role is offered, against a Headway that runs. */
import { describe, expect, it, vi } from "vitest";
import { accessTo } from "#server/app.ts";
import { FirstRun } from "#server/auth/first-run.ts";
import { aControl } from "#test/support/headway.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";
import { loggedIn, quickHash } from "#test/support/people.ts";
import { hasBrowser, openPage } from "./support/browser.ts";
import { builtDashboard } from "./support/serve.ts";
import { wrongWith } from "./support/usable.ts";

const PASSWORD = "correct horse battery";
describe.skipIf(!hasBrowser())("a company's dashboard", () => {
  async function aCompany() {
    const host = new FakeHost();
    host.commit({});
    host.tag("v1.0.0");
    const installation = await anInstallation({ collectors: [host.collector()], now: Date.now });
    await synced(installation);
    const printed: string[] = [];
    const firstRun = new FirstRun(Date.now, (line) => void printed.push(line));
    const control = aControl(installation);
    const access = accessTo(installation, { firstRun });
    const { url } = await serve(installation, { webRoot: await builtDashboard(), control, access });
    const visit = async (path: string, cookie = "") => {
      const opened = await openPage();
      const [name = "", value = ""] = cookie.split("=");
      await opened.page.context().addCookies([{ name, value, url }].filter((one) => one.value !== ""));
      await opened.page.goto(`${url}${path}`);
      return opened;
    };
    return { installation, url, visit, printed };
  }

  it("makes a first administrator, who invites somebody, who chooses a password and is in", async () => {
    const { visit, printed } = await aCompany();
    const { page } = await visit("/settings");

    await page.getByRole("link", { name: "Let people log in" }).click();
    await page.getByRole("button", { name: "Print a code in the terminal" }).click();
    await page.getByLabel("Code").fill(String(await vi.waitUntil(() => printed[0])).slice(-14));
    await page.getByLabel("Your name").fill("Ada");
    await page.getByLabel("A password of at least").fill(PASSWORD);
    const first = await wrongWith(page, "access-first-run");
    await page.getByRole("button", { name: "Become the administrator" }).click();
    await page.getByRole("button", { name: "Invite somebody" }).click();
    await page.getByLabel("Name", { exact: true }).fill("Bob");
    await page.locator("form").getByLabel("Role").selectOption("lead");
    await page.getByRole("button", { name: "Invite", exact: true }).click();
    const link = String(await page.locator(".secret").textContent());
    const settings = await wrongWith(page, "access-settings");
    const { page: other } = await visit(new URL(link).pathname + new URL(link).hash);
    await other.getByLabel("A password of at least").fill(PASSWORD);
    const code = other.url();
    const secrets = [new URL(link).hash.slice(1), PASSWORD];
    const welcome = await wrongWith(other, "access-welcome");
    await other.getByRole("button", { name: "Log in" }).click();
    await other.getByText("Bob, lead").waitFor();
    const kept = await other.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    );

    expect(secrets.filter((secret) => kept.includes(secret))).toEqual([]);
    expect([first, settings, welcome]).toEqual([[], [], []]);
    expect(link).toMatch(/\/welcome#[\w-]{43}$/);
    expect(code).not.toContain("#");
    expect(await other.getByText("Ada").count()).toBe(0);
  });

  it("asks who somebody is in the place of what they wanted, and shows that once they are in", async () => {
    const { visit, installation } = await aCompany();
    await loggedIn(installation, "admin", "Ada");
    const turn = { kind: "password", password: quickHash(PASSWORD) } as const;
    await installation.store.turnMember("Ada", turn, { deed: { actor: "Ada", at: 0 }, mayBeLast: false });
    const { page, complaints } = await visit("/delivery?range=12w");

    await page.getByLabel("Name").fill("Ada");
    await page.getByLabel("Password").fill("wrong horse battery");
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("There is no user of that name with that password.").waitFor();
    const wrong = await wrongWith(page, "access-login");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByText("Ada, admin").waitFor();
    const address = page.url();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByLabel("Password").waitFor();

    expect(wrong).toEqual([]);
    expect(address).toContain("/delivery?range=12w");
    // The one wrong password.
    expect(complaints.filter((one) => !one.includes("401"))).toEqual([]);
  });

  it("shares a view with somebody who has no login, and tells an auditor", async () => {
    const { visit, installation } = await aCompany();
    const { cookie = "" } = await loggedIn(installation, "admin", "Ada");
    const { page } = await visit("/delivery?range=12w", cookie);

    await page.getByRole("link", { name: "Share" }).click();
    await page.getByRole("button", { name: "Make a link" }).click();
    const link = new URL(String(await page.locator(".secret").first().textContent()));
    await page.getByRole("button", { name: "Make a token" }).click();
    await page.getByLabel("What uses it").fill("grafana");
    await page.getByRole("button", { name: "Make it" }).click();
    await page.getByText("The token of grafana").waitFor();
    await page.reload();
    await page.getByText("made a token").waitFor();
    const settings = await wrongWith(page, "access-settings-all");
    await page.getByLabel("As they were at the end of").fill("2020-01-01");
    await page.getByText("Nobody wrote down what was set then").waitFor();
    expect(await page.getByRole("heading", { name: "Headway itself" }).count()).toBe(0);
    const audit = await page.getByRole("region", { name: "Who changed what" }).innerText();
    const { page: other, complaints } = await visit(link.pathname + link.search + link.hash);
    await other.getByText("shown until").waitFor();
    const address = other.url();
    await other.getByRole("button", { name: "Leave" }).click();
    await other.getByLabel("Password").waitFor();

    expect(settings).toEqual([]);
    expect(audit).toContain("shared a view");
    expect(link.hash).toMatch(/^#share=[\w-]{43}$/);
    expect(address).toMatch(/\/delivery\?range=12w$/);
    expect(complaints).toEqual([]);
  });

  it.each([
    ["viewer", "/data", ["Sync now", "Connect GitHub"], []],
    ["lead", "/data", ["Connect GitHub"], ["Sync now", "Exclude days"]],
    ["lead", "/leadership", ["Freeze a baseline"], []],
    ["programme", "/leadership", [], ["Freeze a baseline"]],
    ["viewer", "/experiments", ["Set an experiment"], []],
    ["viewer", "/settings", ["Invite somebody"], ["Change your password"]],
    ["admin", "/settings", [], ["Invite somebody", "Change your password"]],
  ] as const)("offers a %s on %s nothing that they may not", async (role, path, not, offered) => {
    const { visit, installation } = await aCompany();
    await loggedIn(installation, "admin", "Ada");
    const { cookie = "" } = await loggedIn(installation, role, "Bob");
    const { page, complaints } = await visit(path, cookie);
    await page.getByText(`Bob, ${role}`).waitFor();
    await vi.waitFor(async () => expect(await page.locator(".bone").count()).toBe(0), 5000);

    for (const words of offered) await page.getByText(words).first().waitFor();
    for (const words of not) expect(await page.locator("button, a").filter({ hasText: words }).count(), words).toBe(0);
    expect(complaints).toEqual([]);
  });

  it.each([
    ["lead", 0],
    ["programme", 1],
  ] as const)("lets a %s read the programme as a file, and take one back in %i way", async (role, ways) => {
    const { visit, installation } = await aCompany();
    await loggedIn(installation, "admin", "Ada");
    const { cookie = "" } = await loggedIn(installation, role, "Bob");
    const { page } = await visit("/backbone", cookie);

    await page.getByText(`Bob, ${role}`).waitFor();
    await page.getByRole("heading", { name: "As a file" }).click();
    await page.getByRole("button", { name: "Save as programme.yaml" }).waitFor();

    expect(await page.getByRole("button", { name: "Take back an edited file …" }).count()).toBe(ways);
  });

  it("signs with the name of whoever logged in", async () => {
    const { visit, installation } = await aCompany();
    await loggedIn(installation, "admin", "Ada");
    const { cookie = "" } = await loggedIn(installation, "lead", "Bob");
    const { page } = await visit("/data", cookie);

    await page.getByRole("button", { name: "Exclude days" }).click();
    const name = page.getByLabel("Your name");

    expect(await name.inputValue()).toBe("Bob");
    expect(await name.isEditable()).toBe(false);
  });
});
