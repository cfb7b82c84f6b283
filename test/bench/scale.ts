/**
 * What a whole organisation costs: `npm run bench -- scale` for 10,000 changes, `npm run bench -- scale 10000 100000 1000000` for the
 * table. Each service has about 1,000 changes in five years, as many deployments, as many runs and twice as many commits.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DAY } from "#metrics/time.ts";
import { closeInstallation } from "#server/installation.ts";
import { refresh } from "#server/refresh.ts";
import { amount, printTable } from "#test/support/measuring.ts";
import { LAST_DAY, openOrganisation } from "./support/organisation.ts";

const sizes = process.argv.slice(2).map(Number);
for (const changes of sizes.length === 0 ? [10_000] : sizes) await measure(changes);

async function measure(changes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
  const size = { changes, services: Math.ceil(changes / 1000) };
  const { installation, goOn } = await openOrganisation(join(folder, "headway.db"), size);
  try {
    const began = performance.now();
    const events = await goOn(LAST_DAY);
    const filled = performance.now();
    await refresh(installation);
    const derived = performance.now();
    const news = await goOn(LAST_DAY + DAY);
    const told = performance.now();
    await refresh(installation);
    console.log(`\n  ${changes} changes`);
    printTable([
      amount("events", events, ""),
      amount("storing them", filled - began, "ms"),
      amount("first derivation", derived - filled, "ms"),
      amount("events of a day", news, ""),
      amount("their derivation", performance.now() - told, "ms"),
    ]);
  } finally {
    await closeInstallation(installation);
    rmSync(folder, { recursive: true, force: true });
  }
}
