import { describe, expect, it } from "vitest";
import { parseArguments } from "#server/cli/args.ts";
import { aFolder } from "#test/support/git-repository.ts";
import { headway } from "./support.ts";

const parse = (typed: string) => parseArguments(typed.split(" ").filter((word) => word !== ""));

describe("what was typed", () => {
  it("is a command, its operands and its options in any order", () => {
    expect(parse("--json export commits --from=2026-01-01 --service shop")).toEqual({
      command: "export",
      operands: ["commits"],
      options: { from: "2026-01-01", service: "shop" },
      json: true,
      privacy: false,
      dryRun: false,
      send: false,
      truth: false,
      rebase: false,
      overwrite: false,
    });
  });

  it("means start where no command is named", () => {
    expect(parse("--repo .")).toMatchObject({ command: "start", options: { repo: "." } });
  });

  it("takes a value that begins with a dash only behind an equals sign", () => {
    expect(parse("check --tags=-rc").options).toEqual({ tags: "-rc" });
  });

  it("has the last word where an option is given twice", () => {
    expect(parse("report --from 2026-01-01 --from 2026-02-01").options.from).toBe("2026-02-01");
  });
});

describe("what is not understood", () => {
  it.each([
    ["reprot", 'There is no command "reprot". Did you mean `report`?'],
    [
      "frobnicate",
      "Known are `start`, `sync`, `report`, `export`, `check`, `import`, `judge`, `digest`, `token`, `programme`, `review`, `ledger`, `actuals`, `statement`, `verify`, `plan`, `user`, `demo`, `backup`, `restore`, `move`, `init`.",
    ],
    ["export commits --formt csv", "There is no option --formt. Did you mean `--format`?"],
    ["report -x", "There is no option -x."],
    ["sync --port 80", "`sync` has no option --port; `start`, `demo` have."],
    ["sync --from 2026-01-01", "`sync` has no option --from; `report`, `export`, `judge`, `plan` have."],
    ["init --repo .", "`init` has no option --repo"],
    ["report --from", "--from needs a value"],
    ["report --from --to 2026-01-01", "--from needs a value"],
    ["report --service=", "--service needs a value"],
    ["sync --json=yes", "--json takes no value"],
    ["report ../shop", "Name a repository with --repo ../shop"],
    ["report --from yesterday", "--from yesterday is neither a day nor an instant"],
    ["export commits --to 2026-02-30", "--to 2026-02-30 is neither a day nor an instant"],
    ["report --interval weekly", '--interval cannot be "weekly". Did you mean `week`?'],
    ["export commits --format xls", '--format cannot be "xls". Known are `ndjson`, `csv`, `json`.'],
    ["export commits --json --format csv", "exclude each other"],
    ["export comits", "Did you mean `commits`?"],
    [
      "export",
      "Say what to export: changes, commits, deployments, incidents, alerts, pipelines, measures, progress, judgements, baselines, audit.",
    ],
    ["export commits changes", "One kind at a time"],
    ["check --branch main", '--branch cannot be "main". Known are `any`, `default`.'],
    ["start --port http", '--port cannot be "http": a port is a number'],
    ["start --port 65536", "--port cannot be"],
  ])("is refused with exit code 2 and what would be right: %s", async (typed, words) => {
    const { code, stdout, stderr } = await headway(aFolder(), typed);

    expect(stderr).toContain(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });

  it("may be the port in the environment", async () => {
    const { code, stderr } = await headway(aFolder(), "start", { env: { PORT: "web" } });

    expect(stderr).toContain('The environment variable PORT cannot be "web"');
    expect(code).toBe(2);
  });
});

describe("help", () => {
  it.each(["--help", "-h", "help", "report --help"])("is printed for %s", async (typed) => {
    const { code, stdout } = await headway(aFolder(), typed);

    expect(stdout).toContain("Usage: headway [COMMAND] [OPTIONS]");
    expect(Math.max(...stdout.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(code).toBe(0);
  });

  it("knows the version", async () => {
    expect((await headway(aFolder(), "--version")).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
