/**
 * What a whole organisation costs: `npm run bench -- scale` for 10,000 changes, `npm run bench -- scale 10000 100000 1000000` for the
 * table. Each service has about 1,000 changes in five years, as many deployments, as many runs and twice as many commits. With
 * `BENCH_DATABASES=FOLDER` the stored events are kept there and taken from there the next time.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DAY } from "#metrics/time.ts";
import { closeInstallation } from "#server/installation.ts";
import { refresh } from "#server/refresh.ts";
import { amount, printTable } from "#test/support/measuring.ts";
import type { OrganisationSize } from "./support/organisation.ts";
import { LAST_DAY, openOrganisation } from "./support/organisation.ts";
import { copied } from "./support/copied.ts";
import { start } from "./support/starting.ts";

const sizes = process.argv.slice(2).map(Number);
for (const changes of sizes.length === 0 ? [10_000] : sizes) await measure(changes);

async function measure(changes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
  const size = { changes, services: Math.ceil(changes / 1000) };
  const database = join(folder, "headway.db");
  const kept = process.env["BENCH_DATABASES"];
  const events = kept === undefined ? database : join(kept, `events-${changes}.db`);
  const stored = await spent(async () => store(events, size));
  if (events !== database) copied(events, database);
  const { installation, goOn } = await openOrganisation(database, size);
  try {
    const first = await spent(async () => refresh(installation));
    const news = await goOn(LAST_DAY + DAY);
    const day = await spent(async () => refresh(installation));
    const began = await start(folder, database);
    console.log(`\n  ${changes} changes, ${size.services} services`);
    printTable([
      ...(stored.result === 0
        ? []
        : [amount("events", stored.result, ""), amount("storing them", stored.seconds, "s")]),
      amount("first derivation", first.seconds, "s", 60),
      amount("the same, of processor time", first.processor, "s"),
      amount("events of a day", news, ""),
      amount("services with new facts", day.result, ""),
      amount("their derivation", day.seconds, "s", 2),
      amount("the same, of processor time", day.processor, "s"),
      amount("start until ready", began.passed, "s", 2),
      amount("the same, of processor time", began.processor, "s"),
      amount("most memory so far", process.resourceUsage().maxRSS / 1024, "MB", 1024),
    ]);
  } finally {
    await closeInstallation(installation);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function store(database: string, size: OrganisationSize): Promise<number> {
  const { installation, goOn } = await openOrganisation(database, size);
  try {
    return await goOn(LAST_DAY);
  } finally {
    await closeInstallation(installation);
  }
}

/** Other work on the machine stretches the time that passes more than the processor time, which all threads of this process took. */
async function spent<T>(work: () => Promise<T>): Promise<{ result: T; seconds: number; processor: number }> {
  const [began, before] = [performance.now(), process.cpuUsage()];
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return { result, seconds: (performance.now() - began) / 1000, processor: (user + system) / 1e6 };
}
