import { describe, expect, it } from "vitest";
import { ConfigError } from "#config/errors.ts";
import { dataFolder } from "#config/data-folder.ts";
import { dataFolderOf, parseConfig } from "#config/parse.ts";
import { problem } from "./support.ts";

const file = "/srv/acme/headway.yaml";
const git = "sources: [{ host: git, path: ../shop }]";

const parse = (text: string, env: Record<string, string> = {}) => parseConfig(text, file, env);
const refusal = (text: string, env: Record<string, string> = {}) => problem(() => parse(text, env), ConfigError);

describe("a configuration", () => {
  it("needs nothing but a source", () => {
    expect(parse(git)).toMatchObject({
      database: "/srv/acme/data/headway.db",
      timezone: "UTC",
      sync: { every: 10 },
      services: [],
      sources: [{ host: "git", path: "/srv/shop", releases: { tags: "stable", branch: "any" } }],
    });
  });

  it("means paths from its own folder, and leaves absolute ones as they are", () => {
    const { database, sources } = parse("database: /var/headway.db\nsources: [{ host: git, path: . }]");

    expect(database).toBe("/var/headway.db");
    expect(sources).toMatchObject([{ path: "/srv/acme" }]);
  });

  it.each([
    ["sync: { every: 45 }", { every: 45 }],
    ["sync: {}", { every: 10 }],
    ['sync: { cron: "*/15 6-18 * * 1-5" }', { cron: "*/15 6-18 * * 1-5" }],
    ['sync: "0 6 1,15 * *"', { cron: "0 6 1,15 * *" }],
  ])("may say when to sync: %s", (sync, expected) => {
    expect(parse(`${git}\n${sync}`).sync).toEqual(expected);
  });

  it("takes what the environment holds by name", () => {
    const text = "sources: [{ host: git, url: 'https://bot:${TOKEN}@git.example.com/acme/shop.git' }]";

    expect(parse(text, { TOKEN: "t0p" }).sources).toMatchObject([
      { url: "https://bot:t0p@git.example.com/acme/shop.git" },
    ]);
  });
});

describe("a mistake in a configuration", () => {
  it.each([
    [`databse: x.db\n${git}`, "line 1, databse: Unknown key `databse` at the top level. Did you mean `database`?"],
    ["sources: [{ host: git, pth: . }]", "Unknown key `pth` in sources[0]. Did you mean `path`?"],
    ["sources: [{ host: git, path: ., releases: { tag: x } }]", "in sources[0].releases. Did you mean `tags`?"],
    [`sync: { evry: 5 }\n${git}`, "Unknown key `evry` in sync. Did you mean `every`?"],
  ])("is an unknown key, and the nearest known one is named: %s", (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it("lists the known keys when none is near", () => {
    expect(refusal(`colour: blue\n${git}`)).toContain(
      "Known are `database`, `data`, `timezone`, `sync`, `sources`, `services`, `teams`, `systems`, `calendar`, `calendars`, `url`, `proxies`, `allowAddresses`, `visibility`, `login`, `digests`, `thresholds`, `people`, `bots`, `agents`, `privacy`, `log`.",
    );
  });

  it("is told together with all the others, in the order of the file", () => {
    const told = refusal(
      "timezone: Mars/Base\nsync: { every: 0 }\nsources:\n  - host: svn\n  - host: git\nservices: [a]",
    );

    expect(told.split("\n").map((line) => line.trim().split(":")[0])).toEqual([
      "/srv/acme/headway.yaml is not a valid configuration.",
      "line 1, timezone",
      "line 2, sync.every",
      "line 4, sources[0].host",
      "line 5, sources[1]",
      "line 6, services[0]",
    ]);
  });

  it.each([
    ["timezone: CEST2\n", '"CEST2" is no time zone'],
    ["timezone: +02:00\n", '"+02:00" is no time zone'],
    ["database: mysql://db/headway\n", "or a database of a PostgreSQL server"],
    ["database: postgres://db\n", "or a database of a PostgreSQL server"],
    ["database: 5\n", "Here must stand text, not a number. Put it in quotes"],
    ["services: [shop]\n", "services[0]: Here must stand keys with values, not text."],
    ["sync: never\n", "This is no cron text"],
    ['sync: "61 * * * *"\n', "This is no cron text"],
    ["sync: { every: 5, cron: '* * * * *' }\n", "Keep one of them"],
    ["sync: { every: 1.5 }\n", "a whole number from 1 to 1440"],
  ])("has its sentence: %s", (line, words) => {
    expect(refusal(line + git)).toContain(words);
  });

  it.each([
    ["sources: []", "No source is listed"],
    ["timezone: UTC", "sources: This is missing"],
    [
      "sources: [{ path: . }]",
      "sources[0].host: This says no known `host`. Known are `git`, `github`, `gitlab`, `demo`.",
    ],
    ["sources: [{ host: svn, path: . }]", "This says no known `host`. Known are `git`, `github`, `gitlab`, `demo`."],
    ["sources: [{ host: git }]", "needs exactly one of `path`"],
    ["sources: [{ host: git, path: 7 }]", "sources[0].path: Here must stand text, not a number."],
    ["sources: [{ host: git, url: not an address }]", "can be cloned"],
    ["sources: [{ host: git, path: ., releases: { tags: '(' } }]", "is no regular expression"],
    ["sources: [{ host: git, path: ., releases: { branch: main } }]", "Here must stand one of `any`, `default`."],
    ["sources: shop", "sources: Here must stand a list, not text."],
    ["just a sentence", "Here must stand keys with values, not text."],
  ])("in the sources has its sentence: %s", (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it("is two sources of one name", () => {
    const told = refusal("sources:\n  - { host: git, path: a/shop }\n  - { host: git, path: b/shop }");

    expect(told).toContain('line 3, sources[1]: This is called "shop" like sources[0]');
    expect(told).toContain("Give one of them another `name`.");
  });

  it("is a variable that is not set, named with its key and file", () => {
    const told = refusal("sources:\n  - host: git\n    url: https://bot:${TOKEN}@example.com/shop.git");

    expect(told).toContain(file);
    expect(told).toContain("line 3, sources[0].url: The environment variable `TOKEN` is not set");
  });

  it("never repeats what the environment holds", () => {
    const told = refusal(`timezone: \${SECRET}\n${git}`, { SECRET: "t0p-secret" });

    expect(told).toContain('"${SECRET}" is no time zone');
    expect(told).not.toContain("t0p-secret");
  });

  it.each([
    ["sources: [", "line 1, column"],
    [`${git}\n\tdatabase: x`, "line 2, column"],
    [`database: a\ndatabase: b\n${git}`, "line 2, column 1"],
    ["", "it is empty. `headway init` writes an example"],
    ["# only a comment\n", "it is empty"],
  ])("in the YAML is found by line and column: %j", (text, words) => {
    expect(refusal(text)).toContain(words);
  });

  it("does not let a file of references grow without bound", () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `k${level + 1}: &a${level + 1} [*a${level}, *a${level}, *a${level}]`,
    );

    expect(refusal(`k0: &a0 [x, x, x]\n${levels.join("\n")}`)).toContain("cannot be read as a configuration");
  });
});

describe("a database server", () => {
  const source = "sources: [{ host: git, path: . }]\n";
  const env = { DATABASE_URL: "postgres://headway:secret@db.example:5432/headway" };

  it("is named by an address, and what is kept in files lies beside the configuration", () => {
    const config = parseConfig(`database: \${DATABASE_URL}\n${source}`, "/srv/acme/headway.yaml", env);

    expect(config.database).toBe(env.DATABASE_URL);
    expect(dataFolder(config)).toBe("/srv/acme/data");
    expect(dataFolderOf(`database: \${DATABASE_URL}\n`, "/srv/acme/headway.yaml")).toBe("/srv/acme/data");
  });

  it("leaves keys and clones in the folder that is named", () => {
    const text = `database: \${DATABASE_URL}\ndata: ../state\n${source}`;

    expect(dataFolder(parseConfig(text, "/srv/acme/headway.yaml", env))).toBe("/srv/state");
    expect(dataFolderOf(text, "/srv/acme/headway.yaml")).toBe("/srv/state");
  });
});
