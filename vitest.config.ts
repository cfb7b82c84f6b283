import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";

// A zone that is not UTC and has summer time, so that local time where UTC was meant gives a wrong answer. Set here and
// not in `test.env`, which comes too late for worker threads and misses the programs that tests start.
process.env["TZ"] = "America/Los_Angeles";

// So that no test makes a key in the home of whoever runs it.
process.env["HEADWAY_KEY"] ??= "5a".repeat(32);

const ONLY_ON_POSTGRES = "server/store/{on-postgres,move,spread}.test.ts";

/** What runs on PostgreSQL as well. */
const ON_BOTH = [
  ONLY_ON_POSTGRES,
  "server/store/{events,facts,leases,reviews,segments,shared}.test.ts",
  "server/{items,judgements,ledger,privacy,audit,work-leases}.test.ts",
  "server/peers/deployments.test.ts",
];

const ALL = ["**/*.test.{ts,tsx}"];

const projects = [
  {
    extends: true as const,
    test: { name: "all", include: ALL, exclude: [`**/${ONLY_ON_POSTGRES}`, "**/node_modules/**"] },
  },
  {
    extends: true as const,
    test: { name: "postgres", include: ON_BOTH, globalSetup: "test/support/postgres/global-setup.ts" },
  },
];

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    dir: "test",
    // Real repositories, servers and browsers on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for programs that they start, so that two share a machine of two cores well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Nothing keeps state in its modules that another file could meet, so that files share them: to load them anew
    // for each file took more than a quarter of the time of all tests.
    isolate: false,
    restoreMocks: true,
    unstubGlobals: true,
    unstubEnvs: true,
    // Mutants of `metrics/` are looked for without the second project, which starts a server.
    ...("STRYKER_MUTATOR_WORKER" in process.env ? { include: ALL } : { projects }),
    coverage: {
      include: ["metrics/**", "collectors/**", "config/**", "server/**", "web/**"],
      reportsDirectory: "coverage",
    },
  },
});
