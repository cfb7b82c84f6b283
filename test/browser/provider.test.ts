/** The company's identity provider as a browser meets it: a real one, of another site, and a Headway that runs. */
import { describe, expect, it } from "vitest";
import { LoginOptions } from "#config/login.ts";
import { accessTo } from "#server/app.ts";
import { aControl } from "#test/support/headway.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, query, serve, synced } from "#test/support/installation.ts";
import { quickHash } from "#test/support/people.ts";
import { freePort } from "#test/support/postgres/server.ts";
import { aProvider, CLIENT } from "#test/support/provider.ts";
import { hasBrowser, openPage } from "./support/browser.ts";
import { builtDashboard } from "./support/serve.ts";
import { wrongWith } from "./support/usable.ts";

const ADA = { id: "8f2e-ada", claims: { name: "Ada Lovelace", groups: ["staff"] } };
const PASSWORD = "correct horse battery";
const BUTTON = { name: "Log in with Acme ID" };

describe.skipIf(!hasBrowser())("by the company's identity provider", () => {
  async function aCompany() {
    const host = new FakeHost();
    host.commit({});
    host.tag("v1.0.0");
    const opened = await anInstallation({ collectors: [host.collector()], now: Date.now });
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    const provider = await aProvider(ADA, { returnsTo: [`${url}/signed-in`], name: "localhost" });
    const login = LoginOptions.parse({
      name: "Acme ID",
      issuer: provider.issuer,
      clientId: CLIENT.id,
      clientSecret: CLIENT.secret,
      scopes: ["openid", "profile", "groups"],
      roles: { staff: "viewer", leads: "lead" },
    });
    const installation = { ...opened, config: { ...opened.config, login, url } };
    await synced(installation);
    const control = aControl(installation);
    const access = accessTo(installation);
    await serve(installation, { webRoot: await builtDashboard(), control, access }, port);
    const visit = async (path: string) => {
      const browser = await openPage();
      await browser.page.goto(`${url}${path}`);
      return browser;
    };
    return { installation, provider, url, visit };
  }

  it("somebody comes back to what they wanted to see, keeps nothing in the browser that is secret, and logs out there, too", async () => {
    const { visit, provider, url } = await aCompany();
    const { page, complaints } = await visit("/delivery?range=12w");
    await page.getByRole("button", BUTTON).waitFor();
    const login = await wrongWith(page, "provider-login");
    const asked: string[] = [];
    page.on("request", (request) => void asked.push(request.url()));

    await page.getByRole("button", BUTTON).click();
    await page.getByText("Ada Lovelace, viewer").waitFor();
    const address = page.url();
    const [back] = asked.filter((one) => one.startsWith(`${url}/signed-in?`));
    const code = String(new URL(String(back)).searchParams.get("code"));
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, history.length]),
    );
    const cookies = await page.context().cookies(url);
    const referrers = asked.filter((one) => one.includes(code));
    await page.reload();
    await page.getByText("Ada Lovelace, viewer").waitFor();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("button", { name: "Yes, sign me out" }).click();
    await page.getByRole("button", BUTTON).waitFor();
    const after = await page.context().cookies(url);
    // Whoever presses the button again is somebody else: the provider has let go of who it was.
    provider.account = { id: "bob", claims: { name: "Bob", groups: ["leads"] } };
    await page.getByRole("button", BUTTON).click();
    await page.getByText("Bob, lead").waitFor();

    expect(login).toEqual([]);
    expect(address).toBe(`${url}/delivery?range=12w`);
    expect(code.length).toBeGreaterThan(20);
    expect(referrers).toEqual([back]);
    expect([code, CLIENT.secret, ADA.id].filter((secret) => kept.includes(secret))).toEqual([]);
    expect(cookies).toMatchObject([
      { name: expect.stringMatching(/^headway_session_/), httpOnly: true, sameSite: "Lax" },
    ]);
    expect(after).toEqual([]);
    // The provider's own page about logging out wants a type face from elsewhere.
    expect(complaints.filter((one) => !one.includes("ERR_NAME_NOT_RESOLVED"))).toEqual([]);
  });

  it("somebody of no group that may is told so, and comes in once they have one", async () => {
    const { visit, provider, url } = await aCompany();
    provider.account = { ...ADA, claims: { name: "Ada Lovelace", groups: ["guests"] } };
    const { page, complaints } = await visit("/");

    await page.getByRole("button", BUTTON).click();
    await page.getByText("none of your groups may see this Headway").waitFor();
    const address = page.url();
    const refused = await wrongWith(page, "provider-group");
    const cookies = await page.context().cookies(url);
    provider.account = ADA;
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("button", BUTTON).click();
    await page.getByText("Ada Lovelace, viewer").waitFor();

    expect(refused).toEqual([]);
    expect(address).toBe(`${url}/signed-in`);
    expect(cookies).toEqual([]);
    expect(complaints.filter((one) => !one.includes("403"))).toEqual([]);
  });

  it("somebody who says no there is not in, and may say yes later", async () => {
    const { visit, provider } = await aCompany();
    provider.consents = false;
    const { page } = await visit("/");

    await page.getByRole("button", BUTTON).click();
    await page.getByText("Acme ID did not let you in, or you said no.").waitFor();
    const refused = await wrongWith(page, "provider-refused");
    const again = await page.reload();
    await page.getByText("This login was not begun in this browser").waitFor();
    provider.consents = true;
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("button", BUTTON).click();
    await page.getByText("Ada Lovelace, viewer").waitFor();

    expect(refused).toEqual([]);
    expect(again?.status()).toBe(200);
  });

  it("nobody comes in while it is down, and a password still works", async () => {
    const { visit, provider, installation } = await aCompany();
    const entry = { password: quickHash(PASSWORD), invitation: null, subject: null };
    await installation.store.addMember({ name: "Eve", role: "admin", entry, first: true }, { actor: "Eve", at: 0 });
    provider.stop();
    const { page } = await visit("/");

    await page.getByRole("button", BUTTON).click();
    await page.getByText("Acme ID cannot be reached at http://localhost:").waitFor();
    const down = await wrongWith(page, "provider-down");
    await page.getByLabel("Name").fill("Eve");
    await page.getByLabel("Password").fill(PASSWORD);
    await page.getByRole("button", { name: "Log in", exact: true }).click();
    await page.getByText("Eve, admin").waitFor();
    await page.getByRole("button", { name: "Log out" }).click();
    await page.getByRole("button", BUTTON).waitFor();

    expect(down).toEqual([]);
    expect(await query(installation.store.path, "select name from member")).toEqual([{ name: "Eve" }]);
  });
});
