/**
 * Two servers on one PostgreSQL for as many disturbances as asked for (default: 60), as `test/server/processes.test.ts` has them for a few:
 * kills of either, restarts of the database, cuts of the network. What it says is that test's verdict.
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const [rounds = "60"] = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  [join("node_modules", "vitest", "vitest.mjs"), "run", "test/server/processes.test.ts", "--project", "all"],
  { stdio: "inherit", env: { ...process.env, DISTURBANCES: rounds } },
);
process.exitCode = status ?? 1;
