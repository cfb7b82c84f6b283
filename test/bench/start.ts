/**
 * How long `headway start` takes until it is ready, on a database that is new and on one with the events of a whole organisation:
 * `npm run bench -- start` for 10,000 changes, `BENCH_DATABASES=FOLDER npm run bench -- start 1000000` on what the bench `scale` keeps in
 * that folder, or makes and keeps there. The first start brings a database up to date and is told by itself; then the middle of five.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { closeInstallation } from "#server/installation.ts";
import { amount, middle, printTable } from "#test/support/measuring.ts";
import { LAST_DAY, openOrganisation } from "./support/organisation.ts";
import { copied } from "./support/copied.ts";
import { start } from "./support/starting.ts";

const RUNS = 5;

const [changes = 10_000] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), "headway-start-"));
try {
  const database = join(folder, "headway.db");
  const events = join(process.env["BENCH_DATABASES"] ?? folder, `events-${changes}.db`);
  const { installation, goOn } = await openOrganisation(events, { changes, services: Math.ceil(changes / 1000) });
  await goOn(LAST_DAY);
  await closeInstallation(installation);
  if (events !== database) copied(events, database);
  await measure("a new database", join(folder, "new.db"));
  await measure(`${changes} changes`, database);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measure(what: string, database: string): Promise<void> {
  const first = await start(folder, database);
  const runs = [];
  for (let run = 0; run < RUNS; run++) runs.push(await start(folder, database));
  console.log(`\n  ${what}`);
  printTable([
    amount("the first start until ready", first.passed, "s"),
    amount("start until ready", middle(runs.map(({ passed }) => passed)), "s", 2),
    amount("the same, of processor time", middle(runs.map(({ processor }) => processor)), "s"),
  ]);
}
