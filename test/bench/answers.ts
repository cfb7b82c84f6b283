/**
 * What answers cost: to 50 readers at once, of the first question and of one that was asked before, and against DuckDB.
 * `npm run bench -- answers 100000`; with BENCH_DATABASES=FOLDER the organisations are kept there, and found there the next time.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { DAY } from "#metrics/time.ts";
import { createApp } from "#server/app.ts";
import type { Installation } from "#server/installation.ts";
import { closeInstallation, sourceKeys } from "#server/installation.ts";
import { refresh } from "#server/refresh.ts";
import { structureOf } from "#server/structure.ts";
import { amount, middle, milliseconds, printTable, ratio } from "#test/support/measuring.ts";
import { duckdb } from "./support/duckdb.ts";
import { LAST_DAY, openOrganisation } from "./support/organisation.ts";

const READERS = 50;
const REQUESTS = 5000;
/** Of what is asked anew, after one that does not count. */
const RUNS = 5;
const SINCE = new Date(LAST_DAY - 2 * 364 * DAY).toISOString();

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
    printTable([...(await pages(installation, folder)), ...(await weeks(installation, folder))]);
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

/** Median, P85 and P95 of the lead time by week and team over two years, and rows by a filter. */
async function weeks(installation: Installation, folder: string) {
  const teams = structureOf(installation.config).teams.map(({ name }) => name);
  const ask = async (get: (path: string) => Promise<number>, told: "all" | "numbers"): Promise<Spent> => {
    const before = process.cpuUsage();
    let passed = 0;
    for (const team of teams)
      passed += await get(
        `/api/measures?metric=lead-time-change&interval=week&from=${SINCE}&told=${told}&scope=${encodeURIComponent(`team:${team}`)}`,
      );
    return { passed, processor: processorSince(before) };
  };
  const fresh = async (told: "all" | "numbers"): Promise<Spent> => {
    const runs: Spent[] = [];
    for (let run = 0; run <= RUNS; run++) {
      const server = await served(installation, folder);
      runs.push(await ask(server.get, told));
      await server.close();
    }
    return middleOf(runs.slice(1));
  };
  const numbers = await fresh("numbers");
  const first = await fresh("all");
  const server = await served(installation, folder);
  await ask(server.get, "numbers");
  const cached = await ask(server.get, "numbers");
  const filtered = await milliseconds(3, async (run) =>
    server.get(
      `/api/rows?metric=lead-time-change&from=${new Date(Date.parse(SINCE) + run).toISOString()}&label=dependencies&authorKind=bot&minLines=50`,
    ),
  );
  await server.close();
  const duck = await compared(installation, folder);
  return [
    ...spent("lead time by week and team, not asked before", numbers),
    ...spent("with the two years before, limits and trend", first),
    ...spent("the numbers again", cached),
    ...(duck === null
      ? [amount("DuckDB could not be fetched", Number.NaN, "")]
      : [
          ...spent("DuckDB, the same", duck),
          ratio("not asked before against DuckDB", numbers.passed, duck.passed, 5),
          ratio("the same, processor", numbers.processor, duck.processor, 5),
        ]),
    amount("rows by label, author and size", filtered, "ms", 1000),
  ];
}

interface Spent {
  /** Milliseconds. */
  readonly passed: number;
  /** Milliseconds of all threads, those of whoever asks included. */
  readonly processor: number;
}

function processorSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function middleOf(runs: readonly Spent[]): Spent {
  return { passed: middle(runs.map(({ passed }) => passed)), processor: middle(runs.map((run) => run.processor)) };
}

function spent(what: string, { passed, processor }: Spent) {
  return [amount(what, passed, "ms"), amount(`${what}: processor`, processor, "ms")];
}

async function compared(installation: Installation, folder: string): Promise<Spent | null> {
  const connection = await duckdb(folder);
  if (connection === null) return null;
  const { store, config } = installation;
  const structure = structureOf(config);
  const lines = ["team,deployed,seconds"];
  for (const place of await store.services(sourceKeys(installation))) {
    const team = structure.ownerOf(place.service, LAST_DAY) ?? "";
    for (const { deployedAt, leadTimeHours } of await store.facts("delivered", place, {
      from: -Infinity,
      to: Infinity,
    }))
      if (deployedAt !== null && leadTimeHours !== null)
        lines.push(`${team},${deployedAt},${Math.round(leadTimeHours * 3600)}`);
  }
  const file = join(folder, "facts.csv");
  writeFileSync(file, lines.join("\n"));
  await connection.run(`create table fact as select * from read_csv('${file}')`);
  const runs: Spent[] = [];
  for (let run = 0; run <= RUNS; run++) {
    const [before, began] = [process.cpuUsage(), performance.now()];
    const found =
      await connection.runAndReadAll(`select team, date_trunc('week', make_timestamp(deployed * 1000)) as week,
      quantile_cont(seconds, [0.5, 0.85, 0.95]), count(*) from fact where deployed >= ${Date.parse(SINCE)} group by all order by all`);
    if (found.getRows().length === 0) throw new Error("There are no weeks.");
    runs.push({ passed: performance.now() - began, processor: processorSince(before) });
  }
  return middleOf(runs.slice(1));
}

/** An app that remembers nothing yet. */
async function served(installation: Installation, folder: string) {
  const server = createServer(createApp(installation, { webRoot: folder }));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const get = getter(origin);
  return {
    origin,
    get,
    close: async () => {
      get.close();
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/** @returns how to ask for a page, and how many milliseconds the whole answer took. */
function getter(origin: string) {
  const agent = new Agent({ keepAlive: true });
  const get = async (path: string): Promise<number> => {
    const began = performance.now();
    const sent = request(`${origin}${path}`, { agent, headers: { "Accept-Encoding": "gzip" } }).end();
    const [response] = await once(sent, "response");
    for await (const chunk of response) void chunk;
    if (response.statusCode !== 200) throw new Error(`${path} answers ${response.statusCode}.`);
    return performance.now() - began;
  };
  return Object.assign(get, { close: () => agent.destroy() });
}
