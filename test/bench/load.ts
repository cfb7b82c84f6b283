/**
 * A hundred people who read while a source goes on being collected: how long answers take, whether any fails, and whether memory and
 * descriptors stay as they are. `npm run bench -- load` for one minute, `npm run bench -- load 30` for thirty, the first third of which
 * warms up: whether something grows is judged of ten minutes and more alone. Each reader asks, waits for the whole answer, and reads for a
 * second; commits are made and collected all the time. Descriptors are told by what they are of: one of each connection that readers keep
 * open, of which there are never more than readers, and the others.
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import type { IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { MINUTE, SECOND } from "#metrics/time.ts";
import { quantile } from "#metrics/statistics/quantile.ts";
import { aLargeRepository } from "#test/support/large-repository.ts";
import type { Line } from "#test/support/measuring.ts";
import { amount, middle, printTable } from "#test/support/measuring.ts";

const PROGRAM = fileURLToPath(new URL("../server/main.js", import.meta.url));
const READERS = 100;
const READING = SECOND;
const BETWEEN_SYNCS = 5 * SECOND;
const BETWEEN_SAMPLES = 2 * SECOND;
/** Below that a heap is not yet as large as it gets, and nothing can be said of growth. */
const LONG_ENOUGH = 10;

/** What a morning with the dashboard asks for. */
const QUESTIONS = [
  "/api/status",
  "/api/metrics",
  "/api/scopes",
  "/api/measures",
  "/api/measures?interval=month",
  "/api/services",
  "/api/flow",
  "/api/why",
  "/api/deployments",
  "/api/rows?metric=lead-time-commit",
  "/api/search?q=v1",
  "/api/leadership",
  "/api/pipelines",
  "/api/progress",
];

const [minutes = 1] = process.argv.slice(2).map(Number);
const repository = await aLargeRepository();
const folder = mkdtempSync(join(tmpdir(), "headway-load-"));
const server = spawn(
  process.execPath,
  ["--max-semi-space-size=4", PROGRAM, "start", "--repo", repository.path, "--port", "0", "--json"],
  { cwd: folder, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, HOME: folder } },
);
try {
  const stderr = createInterface(server.stderr);
  const ready = new Promise<void>((resolve) => {
    stderr.on("line", (line) => {
      if (line.includes("ready:")) resolve();
    });
  });
  const [line] = await once(createInterface(server.stdout), "line");
  const { url } = JSON.parse(String(line)) as { url: string };
  await ready;
  await measure(url);
} finally {
  server.kill();
  await once(server, "exit");
  repository.remove();
  rmSync(folder, { recursive: true, force: true });
}

async function measure(url: string): Promise<void> {
  const until = Date.now() + minutes * MINUTE;
  const took: number[] = [];
  const failures: string[] = [];
  const samples: Sample[] = [];
  let syncs = 0;
  const agent = new Agent({ keepAlive: true, maxSockets: READERS });
  const read = async (reader: number): Promise<void> => {
    await setTimeout((reader / READERS) * READING);
    for (let turn = reader; Date.now() < until; turn++) {
      const path = QUESTIONS[turn % QUESTIONS.length] ?? "";
      const began = performance.now();
      const status = await ask(agent, url, "GET", path).catch(String);
      took.push(performance.now() - began);
      if (status !== 200) failures.push(`${path}: ${status}`);
      await setTimeout(READING);
    }
  };
  const goOn = async (): Promise<void> => {
    for (let number = 1; Date.now() < until; number++) {
      commit(number);
      const status = await ask(agent, url, "POST", "/api/sync").catch(String);
      if (status !== 200) failures.push(`/api/sync: ${status}`);
      syncs++;
      await setTimeout(BETWEEN_SYNCS);
    }
  };
  const watch = async (): Promise<void> => {
    while (Date.now() < until) {
      samples.push(sampled());
      await setTimeout(BETWEEN_SAMPLES);
    }
  };
  await Promise.all([goOn(), watch(), ...Array.from({ length: READERS }, async (_, reader) => read(reader))]);
  agent.destroy();
  const sorted = Float64Array.from(took).sort();
  printTable([
    amount("readers", READERS, ""),
    amount("minutes", minutes, ""),
    amount("syncs with news", syncs, ""),
    amount("answers", took.length, ""),
    amount("answers that failed", failures.length, "", 0),
    amount("P50 of an answer", quantile(sorted, 0.5) ?? 0, "ms"),
    amount("P95 of an answer", quantile(sorted, 0.95) ?? 0, "ms"),
    amount("P99 of an answer", quantile(sorted, 0.99) ?? 0, "ms"),
    amount("the longest", Math.max(...took), "ms"),
    ...growth(samples),
    amount("processor time of the server", processorSeconds(), "s"),
  ]);
  for (const failure of new Set(failures)) console.log(failure);
}

async function ask(agent: Agent, url: string, method: string, path: string): Promise<number> {
  const headers = method === "POST" ? { "content-type": "application/json" } : {};
  const sent = request(new URL(path, url), { agent, method, headers, timeout: MINUTE });
  sent.on("timeout", () => sent.destroy(new Error("no answer within a minute")));
  sent.end(method === "POST" ? "{}" : undefined);
  const [response] = (await once(sent, "response")) as [IncomingMessage];
  response.resume();
  await once(response, "end");
  return response.statusCode ?? 0;
}

/** Somebody merges, and now and then releases. */
function commit(number: number): void {
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", ...args], {
      cwd: repository.path,
      encoding: "utf8",
    }).trim();
  const made = git("commit-tree", "main^{tree}", "-p", "main", "-m", `Change ${number} (#${number})`);
  git("update-ref", "refs/heads/main", made);
  if (number % 3 === 0) git("tag", `v99.${number}.0`, made);
}

interface Sample {
  readonly megabytes: number;
  readonly connections: number;
  readonly others: number;
}

function sampled(): Sample {
  const status = readFileSync(`/proc/${server.pid}/status`, "utf8");
  const open = readdirSync(`/proc/${server.pid}/fd`).map(openedBy);
  const connections = open.filter((name) => name.startsWith("socket:")).length;
  return {
    megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024,
    connections,
    others: open.length - connections,
  };
}

/** What a descriptor of the server is of; one that was closed meanwhile is of nothing. */
function openedBy(descriptor: string): string {
  try {
    return readlinkSync(`/proc/${server.pid}/fd/${descriptor}`);
  } catch {
    return "";
  }
}

/** What the last third had more than the second: medians, since a collection of garbage and a sync go up and down within seconds. */
function growth(samples: readonly Sample[]): Line[] {
  const third = Math.ceil(samples.length / 3);
  const [first, second, last] = [samples.slice(0, third), samples.slice(third, 2 * third), samples.slice(-third)];
  const of = (list: readonly Sample[], what: keyof Sample) => middle(list.map((one) => one[what]));
  const most = (what: keyof Sample) => Math.max(...samples.map((one) => one[what]));
  const atMost = (limit: number) => (minutes < LONG_ENOUGH ? [] : ([limit] as const));
  return [
    amount("memory in the first third", of(first, "megabytes"), "MB"),
    amount("memory in the second third", of(second, "megabytes"), "MB"),
    amount("memory in the last third", of(last, "megabytes"), "MB", ...atMost(of(second, "megabytes") * 1.05 + 8)),
    amount("most memory", most("megabytes"), "MB"),
    amount("connections, the most", most("connections"), "", READERS + 10),
    amount("other descriptors in the first third", of(first, "others"), ""),
    amount("other descriptors in the second third", of(second, "others"), ""),
    amount("other descriptors in the last third", of(last, "others"), "", ...atMost(of(second, "others") + 2)),
    amount("other descriptors, the most", most("others"), ""),
  ];
}

/** What the kernel counts, a hundred ticks a second. */
function processorSeconds(): number {
  const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}
