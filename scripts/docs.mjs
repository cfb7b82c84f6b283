/** Writes `docs/metrics.md` from the metric registry. A test fails while the file is stale. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
await import("./setup.mjs");
const { runnerImport } = await import("vite");

const { module } = await runnerImport(join(root, "metrics/guide.ts"), {
  configFile: join(root, "vite.server.config.ts"),
  root,
});
writeFileSync(join(root, "docs/metrics.md"), module.guide());
spawnSync("git", ["--no-pager", "diff", "--stat", "docs/metrics.md"], { cwd: root, stdio: "inherit" });
