/**
 * What a first sync of a local clone costs against what git itself needs to tell its history, what a second one costs
 * with nothing new, and how much memory the process takes. Each sync runs in a process of its own; rounds are mixed,
 * and the middle of them counts, since other work on the machine disturbs them all alike.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { Config } from "#config/schema.ts";
import { closeInstallation, openInstallation } from "#server/installation.ts";
import { syncAll } from "#server/sync.ts";
import { aLargeRepository } from "#test/support/large-repository.ts";
import { amount, middle, printTable, ratio } from "#test/support/measuring.ts";

const ROUNDS = 3;
const SIZES = [
  { commits: 20_000, tags: 400 },
  { commits: 27_000, tags: 12_000 },
];

interface Sync {
  /** From collect to the last event stored, milliseconds. */
  readonly collected: number;
  /** The same and the facts. */
  readonly all: number;
  /** The most memory the process had, megabytes. */
  readonly megabytes: number;
  readonly changed: number;
}

/** What `npm run headway` and server/main.ts ask of V8. */
const HEAP = ["--max-semi-space-size=4", "--heap-growing-percent=25"];

const [program = "", role, path = "", database = ""] = process.argv.slice(1);
await (role === "sync" ? printSync() : compare());

/** The work of a child: one sync, measured inside, so that starting Node is not counted. */
async function printSync(): Promise<void> {
  const config = Config.parse({ database, sources: [{ host: "git", path }] });
  const installation = await openInstallation(config, { env: process.env, now: Date.now });
  let derivingAt = 0;
  const began = performance.now();
  const [outcome] = await syncAll(installation, {
    signal: new AbortController().signal,
    report: ({ phase }) => {
      if (phase === "deriving") derivingAt = performance.now();
    },
  });
  const ended = performance.now();
  await closeInstallation(installation);
  if (outcome === undefined || outcome.error !== null) throw new Error(outcome?.error ?? "There was no source.");
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(
    JSON.stringify({ collected: derivingAt - began, all: ended - began, megabytes, changed: outcome.changed }),
  );
}

async function compare(): Promise<void> {
  for (const size of SIZES) {
    const repository = await aLargeRepository(size);
    const folder = mkdtempSync(join(tmpdir(), "headway-bench-"));
    try {
      console.log(`\n  ${size.commits} commits, ${size.tags} tags`);
      measure(repository.path, folder);
    } finally {
      rmSync(folder, { recursive: true, force: true });
      repository.remove();
    }
  }
}

function measure(repository: string, folder: string): void {
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    const stored = join(folder, String(round), "headway.db");
    const raw = git(repository, "log", "--no-renames", "--raw");
    const plain = git(repository, "log");
    return { raw, plain, first: sync(repository, stored), second: sync(repository, stored) };
  });
  const of = (pick: (round: (typeof rounds)[number]) => number) => middle(rounds.map(pick));
  const [raw, plain] = [of((round) => round.raw), of((round) => round.plain)];
  const collected = of(({ first }) => first.collected);
  const [whole, again] = [of(({ first }) => first.all), of(({ second }) => second.all)];
  const traced = trace(repository, folder);
  printTable([
    amount(
      "events of the first sync",
      of(({ first }) => first.changed),
      "",
    ),
    amount("git log --no-renames --raw", raw, "ms"),
    amount("git log", plain, "ms"),
    amount("first sync, collect to last event stored", collected, "ms"),
    amount("first sync, with its facts", whole, "ms"),
    ratio("first sync to git log --no-renames --raw", collected, raw, 2.5),
    ratio("first sync to git log", collected, plain, 5),
    ratio("second sync, nothing new, to the first", again, whole, 0.2),
    amount(
      "events of the second sync",
      of(({ second }) => second.changed),
      "",
      0,
    ),
    amount("git log runs of a first sync", traced.first, "", 1),
    amount("git log runs of a second sync", traced.second, "", 0),
    amount("most memory of a first sync", Math.max(...rounds.map(({ first }) => first.megabytes)), "MB", 250),
  ]);
}

/** How long git takes to write all of it, milliseconds. */
function git(repository: string, ...args: readonly string[]): number {
  const began = performance.now();
  spawnSync("git", ["-C", repository, ...args], { stdio: ["ignore", "pipe", "inherit"], maxBuffer: 2 ** 30 });
  return performance.now() - began;
}

function sync(repository: string, into: string, env = process.env): Sync {
  const args = [...HEAP, program, "sync", repository, into];
  const told = execFileSync(process.execPath, args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  return JSON.parse(told) as Sync;
}

/** How often `git log` runs: counted by a git of ours that stands before the real one. */
function trace(repository: string, folder: string): { first: number; second: number } {
  const [list, wrapper, real] = [
    join(folder, "calls"),
    join(folder, "git"),
    execFileSync("which", ["git"], { encoding: "utf8" }).trim(),
  ];
  writeFileSync(list, "");
  writeFileSync(wrapper, `#!/bin/sh\nprintf '%s\\n' "$*" >> '${list}'\nexec '${real}' "$@"\n`);
  chmodSync(wrapper, 0o755);
  const env = { ...process.env, PATH: `${folder}${delimiter}${process.env["PATH"] ?? ""}` };
  const logs = () =>
    readFileSync(list, "utf8")
      .split("\n")
      .filter((call) => / (log|rev-list) /.test(` ${call} `)).length;
  const into = join(folder, "traced", "headway.db");
  sync(repository, into, env);
  const first = logs();
  sync(repository, into, env);
  return { first, second: logs() - first };
}
