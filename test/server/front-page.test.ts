import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { accessTo } from "#server/app.ts";
import type { Installation } from "#server/installation.ts";
import { anInstallation, aWebRoot, serve } from "#test/support/installation.ts";
import type { Headers } from "#test/support/people.ts";
import { loggedIn } from "#test/support/people.ts";

const HTML = "<!doctype html><head><title>Headway</title></head>";
const PARTS = { pipelines: ["assets/page-1.js", "assets/page-1.css"] };

const nobody = async (_installation: Installation): Promise<Headers> => ({});

/** What a page of a built dashboard is linked to. */
async function linked(path: string, isWide = false, login = nobody): Promise<readonly string[]> {
  const webRoot = aWebRoot();
  writeFileSync(join(webRoot, "index.html"), HTML);
  writeFileSync(join(webRoot, "pages.json"), JSON.stringify(PARTS));
  const installation = await anInstallation({ collectors: [] });
  const { get } = await serve(installation, { webRoot, access: accessTo(installation, { isWide }) });
  const answer = await get(path, await login(installation));
  expect(answer.headers).toMatchObject({ "cache-control": "no-cache", vary: expect.stringContaining("Cookie") });
  return [...answer.text.matchAll(/<link rel="(\w+)"[^>]* href="([^"]+)"/g)].map(([, rel, href]) => `${rel} ${href}`);
}

describe("a page of the dashboard", () => {
  it("is linked to its own code, and to what every page asks for", async () => {
    expect(await linked("/pipelines")).toEqual([
      "modulepreload ./assets/page-1.js",
      "preload ./assets/page-1.css",
      "preload ./api/status",
      "preload ./api/metrics",
      "preload ./api/scopes",
      "preload ./api/annotations",
    ]);
    expect(await linked("/")).toHaveLength(4);
  });

  it("is not linked to what it asks for otherwise", async () => {
    expect(await linked("/?time=working&service=shop")).toEqual(["preload ./api/status", "preload ./api/scopes"]);
  });

  it("is linked to no answer that whoever asks would be refused", async () => {
    expect(await linked("/", true)).toEqual([]);
    expect(await linked("/", true, async (one) => loggedIn(one, "viewer"))).toHaveLength(4);
  });

  it.each(["/constructor", "/__proto__"])(
    "is linked to nothing of its own where there is no such page: %s",
    async (path) => {
      expect(await linked(path)).toHaveLength(4);
    },
  );
});
