import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");

interface Diagnostic {
  readonly code: string;
  readonly filename: string;
}

const IMPORTS = "eslint(no-restricted-imports)";

/** The import line: which code in which folder breaks which rule. */
const forbidden: [folder: string, rule: string, code: string][] = [
  ["metrics", IMPORTS, `import "#collectors/x.ts";`],
  ["metrics", IMPORTS, `import "../collectors/x.ts";`],
  ["metrics", IMPORTS, `import "./../server/x.ts";`],
  ["metrics/dora", IMPORTS, `import "../../config/x.ts";`],
  ["metrics/dora", IMPORTS, `import "./deep/../../../server/x.ts";`],
  ["metrics", IMPORTS, `import "node:fs";`],
  ["metrics", IMPORTS, `import "node:fs/promises";`],
  ["metrics", IMPORTS, `import "fs";`],
  ["metrics", IMPORTS, `import "zod";`],
  ["metrics", IMPORTS, `import "@octokit/rest";`],
  ["metrics", IMPORTS, `import "@date-fns/locale";`],
  ["metrics", IMPORTS, `import "a-package-nobody-has-heard-of";`],
  ["metrics", IMPORTS, `import type { ZodType } from "zod"; export type T = ZodType;`],
  ["metrics", IMPORTS, `export * from "#server/x.ts";`],
  ["metrics", IMPORTS, `export type { Store } from "#server/x.ts";`],
  ["metrics", IMPORTS, `export const later = (): Promise<unknown> => import("kysely");`],
  ["metrics", "typescript(consistent-type-imports)", `export type T = import("zod").ZodType;`],
  ["metrics", "typescript(no-require-imports)", `import zod = require("zod"); export { zod };`],
  ["metrics", IMPORTS, `import "#test/x.ts";`],
  ["metrics", "eslint(no-restricted-properties)", `export const now = Date.now();`],
  ["metrics", "eslint(no-restricted-properties)", `export const dice = Math.random();`],
  ["metrics", "eslint(no-restricted-globals)", `export const page = fetch("http://localhost");`],
  ["collectors", IMPORTS, `import "#config/x.ts";`],
  ["collectors", IMPORTS, `import "#server/x.ts";`],
  ["collectors", IMPORTS, `import "#web/x.ts";`],
  ["collectors", IMPORTS, `import "express";`],
  ["collectors", IMPORTS, `import "kysely";`],
  ["collectors", IMPORTS, `import "sqlite3";`],
  ["collectors", IMPORTS, `import "fs/promises";`],
  ["collectors/github", IMPORTS, `import "../../server/x.ts";`],
  ["collectors", IMPORTS, `import "../metrics/x.ts";`],
  ["collectors", IMPORTS, `import "#test/x.ts";`],
  ["collectors", IMPORTS, `import { env } from "node:process"; export const path = env;`],
  ["collectors", "node(no-process-env)", `export const path = process.env;`],
  ["config", IMPORTS, `import "#server/x.ts";`],
  ["config", IMPORTS, `import "#web/x.ts";`],
  ["config", IMPORTS, `import "../server/x.ts";`],
  ["config", IMPORTS, `import "express";`],
  ["config", IMPORTS, `import "#test/x.ts";`],
  ["config", "node(no-process-env)", `export const path = process.env;`],
  ["server", IMPORTS, `import "#web/x.ts";`],
  ["server/store", IMPORTS, `import "../../web/x.ts";`],
  ["server", IMPORTS, `import "../metrics/x.ts";`],
  ["server", IMPORTS, `import "preact/hooks";`],
  ["server", IMPORTS, `import "#test/x.ts";`],
  ["server/store", IMPORTS, `import "../../test/x.ts";`],
  ["server", "node(no-process-env)", `export const path = process.env;`],
  ["web", IMPORTS, `import "#metrics/x.ts";`],
  ["web", IMPORTS, `import type { Metric } from "#metrics/x.ts"; export type T = Metric;`],
  ["web", IMPORTS, `import type { Store } from "#server/store/x.ts"; export type T = Store;`],
  ["web", IMPORTS, `import { contract } from "#server/contract.ts"; export const paths = contract;`],
  ["web", IMPORTS, `import { contract, type Reply } from "#server/contract.ts"; export const x: Reply = contract;`],
  [
    "web",
    "typescript(no-import-type-side-effects)",
    `import { type Reply } from "#server/contract.ts"; export type T = Reply;`,
  ],
  ["web", IMPORTS, `export { contract } from "#server/contract.ts";`],
  ["web", IMPORTS, `export const later = (): Promise<unknown> => import("#server/contract.ts");`],
  ["web/views", IMPORTS, `import "../../server/contract.ts";`],
  ["web", IMPORTS, `import "zod";`],
  ["web", IMPORTS, `import "node:path";`],
  ["web", IMPORTS, `import "#test/x.ts";`],
  ["web", "eslint(no-restricted-properties)", `document.body.innerHTML = "<b>";`],
  ["scripts", IMPORTS, `import "../test/x.ts";`],
  [".", IMPORTS, `import "#test/x.ts";`],
  [
    "metrics",
    "eslint(max-lines-per-function)",
    `export function long(): number {\n${"  Math.random();\n".repeat(60)}  return 1;\n}\n`,
  ],
  ["test", "eslint(no-restricted-properties)", `import { vi } from "vitest"; vi.mock("x");`],
];

const allowed: [folder: string, code: string][] = [
  [
    "metrics/dora",
    `import "./x.ts"; import "../time.ts"; import "date-fns"; import "date-fns/format"; import "@date-fns/tz"; import "@date-fns/utc";`,
  ],
  [
    "collectors/github",
    `import "./x.ts"; import "../collector.ts"; import "#metrics/events.ts"; import "#metrics/dora/x.ts";`,
  ],
  [
    "collectors",
    `import "zod"; import "node:fs"; import "node:fs/promises"; import "@octokit/rest"; import "@gitbeaker/rest";`,
  ],
  [
    "config",
    `import "./x.ts"; import "#collectors/index.ts"; import "#metrics/time.ts"; import "zod"; import "yaml"; import "node:fs";`,
  ],
  [
    "server/store",
    `import "../app.ts"; import "#config/x.ts"; import "#collectors/github/x.ts"; import "#metrics/x.ts"; import "kysely";`,
  ],
  ["server", `import "../package.json"; import "express"; import "node:http"; import "sqlite3";`],
  [
    "web/views",
    `import "../main.tsx"; import "./x.css"; import "preact/hooks"; import "chart.js/auto"; import "chartjs-adapter-date-fns";`,
  ],
  ["web", `import type { Reply } from "#server/contract.ts"; export type T = Reply;`],
  [
    "test/server",
    `import "#server/x.ts"; import "../support/x.ts"; import "#web/x.ts"; export const path = process.env;`,
  ],
];

/** A folder like the repository's, with our rules and other files, so that nothing is written beside real sources. */
function lint(files: Record<string, string>, ...flags: string[]): Diagnostic[] {
  const folder = mkdtempSync(join(tmpdir(), "headway-lint-"));
  folders.push(folder);
  for (const name of [".oxlintrc.json", "tsconfig.json", "package.json"]) cpSync(join(root, name), join(folder, name));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const [name, code] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), `${code}\n`);
  }
  const oxlint = join(root, "node_modules/oxlint/bin/oxlint");
  const { stdout } = spawnSync(process.execPath, [oxlint, "--format=json", ...flags], {
    cwd: folder,
    encoding: "utf8",
  });
  const report: { diagnostics: Diagnostic[] } = JSON.parse(stdout);
  return report.diagnostics;
}

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe("the import line", () => {
  const name = (folder: string, kind: string, index: number): string => `${folder}/${kind}-${index}.ts`;
  const files = new Map([["server/main.ts", "export const path = process.env;"]]);
  for (const [index, [folder, , code]] of forbidden.entries()) files.set(name(folder, "forbidden", index), code);
  for (const [index, [folder, code]] of allowed.entries()) files.set(name(folder, "allowed", index), code);
  const found = lint(Object.fromEntries(files));
  const rulesBrokenBy = (file: string): string[] =>
    found.filter(({ filename }) => join(filename) === join(file)).map(({ code }) => code);

  it.each(forbidden.map((row, index) => [...row, index] as const))("in %s, %s refuses %s", (folder, rule, _, index) => {
    expect(rulesBrokenBy(name(folder, "forbidden", index))).toContain(rule);
  });

  it.each(allowed.map((row, index) => [...row, index] as const))("%s may %s", (folder, _, index) => {
    expect(rulesBrokenBy(name(folder, "allowed", index))).toEqual([]);
  });

  it("lets server/main.ts read the environment", () => {
    expect(rulesBrokenBy("server/main.ts")).toEqual([]);
  });
});

describe("other rules", () => {
  it("finds a cycle", () => {
    const found = lint({
      "metrics/a.ts": `import { b } from "./b.ts";\nexport const a = (): number => b();`,
      "metrics/b.ts": `import { a } from "./a.ts";\nexport const b = (): number => a();`,
    });

    expect(found.map(({ code }) => code)).toContain("import(no-cycle)");
  });

  it("knows types: finds a promise that nobody waits for", () => {
    const found = lint({ "server/x.ts": `const later = async (): Promise<void> => {};\nlater();` }, "--type-aware");

    expect(found.map(({ code }) => code)).toEqual(["typescript(no-floating-promises)"]);
  });
});
