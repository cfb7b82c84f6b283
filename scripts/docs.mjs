/** Writes what is generated of the documentation: `docs/metrics.md`, and the table in `docs/access.md`. A test fails while one is stale. */
import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
await import("./setup.mjs");
const { runnerImport } = await import("vite");

async function load(file) {
  const { module } = await runnerImport(join(root, file), { configFile: join(root, "vite.server.config.ts"), root });
  return module;
}

const { guide } = await load("metrics/guide.ts");
writeFileSync(join(root, "docs/metrics.md"), guide());

const { accessTable } = await load("server/auth/rules.ts");
const access = join(root, "docs/access.md");
const [before, after] = readFileSync(access, "utf8").split(
  /(?<=<!-- the table: npm run docs -->\n)[^]*(?=<!-- end -->)/,
);
writeFileSync(access, before + accessTable() + after);

spawnSync("git", ["--no-pager", "diff", "--stat", "docs"], { cwd: root, stdio: "inherit" });
