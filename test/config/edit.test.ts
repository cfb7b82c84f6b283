import { describe, expect, it } from "vitest";
import { entryText, secretNameIn, withSource } from "#config/edit.ts";
import { ConfigError } from "#config/errors.ts";
import { exampleConfig } from "#config/example.ts";
import { parseConfig } from "#config/parse.ts";
import { problem } from "./support.ts";

const entry = { host: "github", token: "${GITHUB_TOKEN}", repositories: ["acme/shop"] };
const env = { GITHUB_TOKEN: "t" };

describe("adding a source to a configuration", () => {
  it("leaves every line as it is, comments included", () => {
    const before = exampleConfig(".");

    const { text, renewed } = withSource(before, "headway.yaml", entry);

    const added = ["  - host: github", "    token: ${GITHUB_TOKEN}", "    repositories:", "      - acme/shop"];
    expect(text.replace(`${added.join("\n")}\n`, "")).toBe(before);
    expect(text.indexOf("host: github")).toBeLessThan(text.indexOf("# A repository elsewhere"));
    expect(parseConfig(text, "/x/headway.yaml", env).sources).toMatchObject([
      { host: "git" },
      { host: "github", token: "t", repositories: ["acme/shop"] },
    ]);
    expect(renewed).toBe(false);
  });

  it.each([
    ["in a list on one line", "sources: [{ host: git, path: . }] # mine\n"],
    ["where there is no list yet", "# mine\ntimezone: Europe/Berlin\n"],
    ["in a list that is not indented", "# mine\nsources:\n- host: git\n  path: .\ntimezone: UTC\n"],
    ["after an entry on one line", "sources:\n  - { host: git, path: . } # mine\n"],
    ["at the very end", "sources:\n  - host: git\n    path: . # mine"],
    ["to an empty file", ""],
    ["to an empty list", "sources: [] # mine\n"],
  ])("works %s", (_name, before) => {
    const { text } = withSource(before, "headway.yaml", entry);

    expect(parseConfig(text, "/x/headway.yaml", env).sources.at(-1)).toMatchObject({ host: "github", token: "t" });
    expect(before.includes("# mine")).toBe(text.includes("# mine"));
  });

  it("renews a source that stands there already, and keeps what else is said of it", () => {
    const before = `sources:\n  - host: github # ours\n    token: \${OLD}\n    repositories: [acme/shop]\n    production: ^live\n`;

    const { text, renewed } = withSource(before, "headway.yaml", entry);

    expect(renewed).toBe(true);
    expect(secretNameIn(before, entry)).toBe("OLD");
    expect(text).toContain("# ours");
    expect(parseConfig(text, "/x/headway.yaml", env).sources).toMatchObject([{ token: "t", production: "^live" }]);
  });

  it("puts an app in the place of a token, and a token in that of an app, since a source has one of them", () => {
    const app = { host: "github", app: { id: 1, installation: 7, privateKey: "${KEY}" }, repositories: ["acme/shop"] };
    const withToken = withSource("# mine\n", "headway.yaml", entry).text;

    const withApp = withSource(withToken, "headway.yaml", app).text;
    const again = withSource(withApp, "headway.yaml", entry).text;

    expect([secretNameIn(withToken, app), secretNameIn(withApp, app), secretNameIn(withApp, entry)]).toEqual([
      null,
      "KEY",
      null,
    ]);
    expect(parseConfig(withApp, "/x/headway.yaml", { KEY: "k" }).sources).toMatchObject([
      { app: { id: 1, installation: 7, privateKey: "k" } },
    ]);
    expect(parseConfig(again, "/x/headway.yaml", env).sources).toMatchObject([{ token: "t" }]);
  });

  it.each(["sources: [", "- a\n- b\n"])("refuses a file that is no configuration: %s", (before) => {
    expect(problem(() => withSource(before, "headway.yaml", entry), ConfigError)).toContain("nothing was changed");
  });

  it("shows the entry alone, with the name of the token", () => {
    expect(entryText(entry)).toBe(
      "sources:\n  - host: github\n    token: ${GITHUB_TOKEN}\n    repositories:\n      - acme/shop\n",
    );
  });
});
