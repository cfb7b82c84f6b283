import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Config } from "#config/schema.ts";
import { accessTo, createApp } from "#server/app.ts";
import { build } from "#test/support/cli.ts";
import { FakeHost } from "#test/support/fake-host.ts";
import { anInstallation, serve } from "#test/support/installation.ts";
import { loggedIn } from "#test/support/people.ts";
import { aProxy } from "#test/support/proxy.ts";

const webRoot = join(import.meta.dirname, "../../dist/web");
beforeAll(() => build(), 120_000);

interface Proxied {
  /** Where it is shown. */
  readonly at: string;
  /** As somebody who logged in. */
  readonly get: (url: string | URL, options?: RequestInit) => Promise<Response>;
}

/** Headway and its demo below /headway, by the name of a company, through a proxy on the same machine. */
async function proxied(strips: boolean): Promise<Proxied> {
  const settings = { url: "https://tools.example/headway", proxies: ["loopback"] };
  const [whole, inner] = await Promise.all(
    [1, 2].map(async () => anInstallation({ collectors: [new FakeHost().collector()] })),
  ).then((all) => all.map((installation) => ({ ...installation, config: { ...installation.config, ...settings } })));
  const outer = whole ?? expect.fail("There is nothing.");
  const access = accessTo(outer);
  const demo = createApp(inner ?? expect.fail("There is no demo."), { webRoot, access, home: "../" });
  const { url } = await serve(outer, { webRoot, access, demo });
  const at = await aProxy({ to: url, below: "/headway", strips, name: "tools.example" });
  const headers = await loggedIn(outer, "viewer");
  return { at, get: async (asked, options) => fetch(asked, { ...options, headers }) };
}

describe.each([
  ["takes the path away", true],
  ["hands the path on", false],
])("behind a proxy that %s", (_how, strips) => {
  it("pages, what they are made of, answers and the demo are below the path", async () => {
    const { at, get } = await proxied(strips);

    for (const page of [`${at}/`, `${at}/delivery`, `${at}/demo/`, `${at}/demo/flow`]) {
      const shown = await get(page);
      const html = await shown.text();
      const made = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link = ""]) => link);
      expect([page, shown.status]).toEqual([page, 200]);
      expect(made.length).toBeGreaterThan(1);
      for (const link of made) {
        const part = await get(new URL(link.replaceAll("&amp;", "&"), page));
        expect([link, part.status, part.url.startsWith(at)]).toEqual([link, 200, true]);
      }
      const status = await get(new URL("api/status", page));
      expect(await status.json()).toMatchObject({ sources: [{ name: "shop" }] });
    }
  });

  it("what happens is told as it happens, and whoever forgets the slash is led to it", async () => {
    const { at, get } = await proxied(strips);
    const left = new AbortController();

    const stream = await get(`${at}/api/events`, { signal: left.signal });
    const first = await stream.body?.getReader().read();
    left.abort();
    const demo = await get(`${at}/demo?range=quarter`);

    expect(stream.headers.get("content-type")).toBe("text/event-stream");
    expect(new TextDecoder().decode(first?.value)).toContain("retry:");
    expect([demo.status, demo.url]).toEqual([200, `${at}/demo/?range=quarter`]);
  });

  it("what is for this machine alone is not for those who come through it", async () => {
    const { at } = await proxied(strips);

    const sync = await fetch(`${at}/api/sync`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    });

    expect(sync.status).toBe(401);
    expect((await fetch(`${at}/metrics`)).status).toBe(401);
  });
});

it("leads whoever asks for the path without a slash into it", async () => {
  const { at, get } = await proxied(false);

  const page = await get(at);

  expect([page.status, page.url]).toEqual([200, `${at}/`]);
});

it("builds pages that name nothing from the root", () => {
  expect(existsSync(join(webRoot, "index.html"))).toBe(true);
  expect(readFileSync(join(webRoot, "index.html"), "utf8")).not.toMatch(/(src|href)="\//);
  expect(Config.shape.url.safeParse("https://tools.example/headway").success).toBe(true);
});
