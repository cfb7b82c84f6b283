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
async function linked(
  path: string,
  isWide = false,
  login = nobody,
  visibility: "all" | "teams" = "all",
): Promise<readonly string[]> {
  const webRoot = aWebRoot();
  writeFileSync(join(webRoot, "index.html"), HTML);
  writeFileSync(join(webRoot, "pages.json"), JSON.stringify(PARTS));
  const opened = await anInstallation({ collectors: [] });
  const installation = { ...opened, config: { ...opened.config, visibility } };
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
      "preload ./api/pipelines?sort=pipeline-duration&amp;direction=descending&amp;offset=0",
      expect.stringContaining("preload ./api/measures?interval=week&amp;metric="),
      "preload ./api/status",
      "preload ./api/metrics",
      "preload ./api/scopes",
      "preload ./api/annotations",
    ]);
    expect(await linked("/")).toHaveLength(5);
  });

  it("is not linked to what it asks for otherwise", async () => {
    expect(await linked("/?time=working&service=shop")).toEqual(["preload ./api/status", "preload ./api/scopes"]);
  });

  it("is linked to what it asks for of a team, and to nothing that an address could write into it", async () => {
    expect(await linked("/leadership?scope=team%3A%22%3E%3Cscript%3E")).toEqual([
      "preload ./api/leadership?scope=team%3A%22%3E%3Cscript%3E",
      "preload ./api/status",
      "preload ./api/metrics",
      "preload ./api/scopes",
    ]);
  });

  it("is linked to no answer that whoever asks would be refused", async () => {
    expect(await linked("/", true)).toEqual([]);
    expect(await linked("/", true, async (one) => loggedIn(one, "viewer"))).toHaveLength(5);
  });

  it("is not linked to what tells of the whole where whoever asks sees some of it", async () => {
    const viewer = async (one: Installation) => loggedIn(one, "viewer");

    expect(await linked("/leadership", true, viewer, "all")).toContain("preload ./api/leadership");
    expect(await linked("/leadership", true, viewer, "teams")).not.toContain("preload ./api/leadership");
    expect(await linked("/changes", true, viewer, "teams")).toHaveLength(5);
  });

  it.each(["/constructor", "/__proto__"])(
    "is linked to nothing of its own where there is no such page: %s",
    async (path) => {
      expect(await linked(path)).toHaveLength(4);
    },
  );
});
