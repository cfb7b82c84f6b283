import { availableParallelism } from "node:os";

import { defineConfig } from "vitest/config";

// A zone that is not UTC and has summer time, so that local time where UTC was meant gives a wrong answer. Set here and
// not in `test.env`, which comes too late for worker threads and misses the programs that tests start.
process.env["TZ"] = "America/Los_Angeles";

export default defineConfig({
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  test: {
    dir: "test",
    include: ["**/*.test.{ts,tsx}"],
    // Real repositories, servers and browsers on a busy machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Many tests wait for programs that they start, so that two share a machine of two cores well.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Nothing keeps state in its modules that another file could meet, so that files share them: to load them anew
    // for each file took more than a quarter of the time of all tests.
    isolate: false,
    restoreMocks: true,
    unstubEnvs: true,
    coverage: {
      include: ["metrics/**", "collectors/**", "config/**", "server/**", "web/**"],
      reportsDirectory: "coverage",
    },
  },
});
