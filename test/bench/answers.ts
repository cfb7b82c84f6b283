/**
 * What answers cost: to 50 readers at once, of the first question and of one that was asked before.
 * `npm run bench -- answers 100000`; with BENCH_DATABASES=FOLDER the organisations are kept there, and found there the next time.
 */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Installation } from "#server/installation.ts";
import { closeInstallation } from "#server/installation.ts";
import { refresh } from "#server/refresh.ts";
import { amount, middle, printTable } from "#test/support/measuring.ts";
import { LAST_DAY, openOrganisation } from "./support/organisation.ts";
import { getter, served } from "./support/serving.ts";
import { processorSince } from "./support/spent.ts";

const READERS = 50;
const REQUESTS = 5000;

/** What the pages of the dashboard ask for. */
const PAGES = [
  "/api/status",
  "/api/scopes",
  "/api/metrics",
  "/api/syncs",
  "/api/measures",
  "/api/measures?scope=team%3ATeam+1",
  "/api/services",
  "/api/flow?scope=team%3ATeam+1",
  "/api/rows?metric=lead-time-change",
  "/api/changes",
  "/api/deployments",
  "/api/incidents",
  "/api/pipelines?scope=team%3ATeam+1",
];

const [program = "", ...args] = process.argv.slice(1);
if (args[0] === "read") await read(args[1] ?? "");
else for (const changes of args.length === 0 ? [10_000] : args.map(Number)) await measure(changes);

/** The work of a child: readers who each ask for one page after the other. Prints how long each answer took. */
async function read(origin: string): Promise<void> {
  const get = getter(origin);
  const took: number[] = [];
  const reader = async (first: number): Promise<void> => {
    for (let turn = 0; turn < REQUESTS / READERS; turn++)
      took.push(await get(PAGES[(first + turn) % PAGES.length] ?? ""));
  };
  await Promise.all(Array.from({ length: READERS }, async (_, first) => reader(first)));
  took.sort((a, b) => a - b);
  console.log(JSON.stringify([middle(took), took[Math.floor(took.length * 0.99)]]));
  process.exit();
}

async function measure(changes: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
  const size = { changes, services: Math.ceil(changes / 1000) };
  const database = join(process.env["BENCH_DATABASES"] ?? folder, `organisation-${changes}.db`);
  const { installation, goOn } = await openOrganisation(database, size);
  try {
    await goOn(LAST_DAY);
    await refresh(installation);
    console.log(`\n  ${changes} changes, ${size.services} services`);
    printTable(await pages(installation, folder));
  } finally {
    await closeInstallation(installation);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function pages(installation: Installation, folder: string) {
  const server = await served(installation, folder);
  const lag = monitorEventLoopDelay({ resolution: 5 });
  // The first time segments are made of facts; then they are kept.
  for (const page of PAGES) await server.get(page);
  await server.close();
  const again = await served(installation, folder);
  const cold: { page: string; took: number }[] = [];
  lag.enable();
  for (const page of PAGES) cold.push({ page, took: await again.get(page) });
  lag.disable();
  const before = process.cpuUsage();
  const child = spawn(process.execPath, [program, "read", again.origin], { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  for await (const chunk of child.stdout) told += String(chunk);
  const [median = Number.NaN, p99 = Number.NaN] = JSON.parse(told) as number[];
  const each = processorSince(before) / REQUESTS;
  await again.close();
  return [
    ...cold.map(({ page, took }) => amount(`${page}, first time`, took, "ms")),
    amount("longest time in which nothing else was answered", lag.max / 1e6, "ms", 50),
    amount(`${READERS} readers, median`, median, "ms", 20),
    amount(`${READERS} readers, P99`, p99, "ms", 100),
    amount("processor of one of their answers", each, "ms"),
  ];
}
