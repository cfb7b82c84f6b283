/**
 * Runs Stryker on mutants of `metrics/`, on all or on a random sample, and says which share of them the tests kill:
 *
 *     npm run mutate -- --sample 800 --seed 1
 *     npm run mutate -- metrics/dora metrics/trend.ts
 *
 * Only what is tried is built in, so that the tests of a sample run about as fast as ever. Mutants of what runs when
 * modules are loaded (definitions, words) are only counted, since each needs every test: `--static` tries these, too.
 * Results are written down one by one: a run that is stopped (Ctrl+C) says what it found, and `--print` says it again.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { ASKED, nameOf } from "./sample-mutants.mjs";

const PACKAGES = ["@stryker-mutator/core@9.6.1", "@stryker-mutator/vitest-runner@9.6.1", "vitest@4.1.11"];
const FETCHED = ["-y", ...PACKAGES.flatMap((name) => ["-p", name])];

const root = fileURLToPath(new URL("..", import.meta.url));
const reports = join(root, "reports");
const [config, asked, results] = ["stryker.config.json", "asked.json", "results.ndjson"].map((file) =>
  join(reports, file),
);
const shell = process.platform === "win32";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    static: { type: "boolean", default: false },
    print: { type: "boolean", default: false },
  },
});

if (!values.print) {
  await import("./setup.mjs");
  const all = await mutantsOf(positionals.length === 0 ? ["metrics"] : positionals);
  const drawn = values.sample === undefined ? all : all.slice(0, Number(values.sample));
  console.log(`${drawn.length} of ${all.length} mutants, seed ${values.seed}`);
  process.exitCode = await run(drawn);
}
print();

/** Every mutant of some files and folders, in the order in which a sample takes them. */
async function mutantsOf(places) {
  const where = spawnSync("npx", [...FETCHED, "-c", "command -v stryker || where stryker"], {
    encoding: "utf8",
    shell,
  });
  const packages = dirname(dirname(where.stdout.trim().split("\n")[0]));
  const entry = join(packages, "@stryker-mutator/instrumenter/dist/src/index.js");
  const { Instrumenter } = await import(pathToFileURL(entry).href);
  const silent = { debug() {}, info() {}, warn() {}, isDebugEnabled: () => false };
  const files = readdirSync(join(root, "metrics"), { recursive: true })
    .map((file) => `metrics/${file.replaceAll("\\", "/")}`)
    .filter((file) => file.endsWith(".ts") && places.some((place) => file === place || file.startsWith(`${place}/`)))
    .map((file) => ({ name: join(root, file), mutate: true, content: readFileSync(join(root, file), "utf8") }));
  const options = { plugins: null, excludedMutations: [], ignorers: [] };
  const { mutants } = await new Instrumenter(silent).instrument(files, options);
  return mutants.toSorted((a, b) => (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf(mutant) {
  return createHash("sha256")
    .update(`${values.seed} ${nameOf(mutant)}`)
    .digest("hex");
}

function run(mutants) {
  mkdirSync(reports, { recursive: true });
  rmSync(results, { force: true });
  const options = JSON.parse(readFileSync(join(root, "stryker.config.json"), "utf8"));
  const range = ({ fileName, location: { start, end } }) =>
    `${fileName.slice(root.length)}:${start.line + 1}:${start.column}-${end.line + 1}:${end.column}`;
  writeFileSync(
    config,
    JSON.stringify({ ...options, mutate: [...new Set(mutants.map(range))], ignoreStatic: !values.static }),
  );
  writeFileSync(asked, JSON.stringify({ sample: mutants.map(nameOf), results }));
  const stryker = spawn("npx", [...FETCHED, "stryker", "run", config], {
    cwd: root,
    env: { ...process.env, [ASKED]: asked },
    stdio: "inherit",
    shell,
  });
  // Whoever stops it in a terminal stops Stryker with it, and is told what was found.
  process.on("SIGINT", () => {});
  return new Promise((resolve) => void stryker.on("close", (code) => resolve(code ?? 1)));
}

/** A table by folder, the whole with its interval, and every mutant that was not simply killed. */
function print() {
  if (!existsSync(results)) return;
  const lines = readFileSync(results, "utf8").trim().split("\n");
  const statuses = new Map(lines.map((line) => JSON.parse(line)).map(({ name, status }) => [name, status]));
  const folders = new Map([["all", none()]]);
  const left = [];
  for (const name of JSON.parse(readFileSync(asked, "utf8")).sample) {
    const [file, ...mutant] = JSON.parse(name);
    const status = statuses.get(name) ?? "NotTried";
    const folder = dirname(file).slice(1);
    if (!folders.has(folder)) folders.set(folder, none());
    for (const counts of [folders.get(folder), folders.get("all")]) counts[status] += 1;
    if (!["Killed", "Ignored", "NotTried"].includes(status)) left.push(describe(status, file, mutant));
  }
  console.table(
    Object.fromEntries(
      [...folders].sort(([a], [b]) => a.localeCompare(b)).map(([folder, counts]) => [folder, row(counts)]),
    ),
  );
  for (const line of left.sort((a, b) => a.localeCompare(b))) console.log(line);
}

function none() {
  return {
    Killed: 0,
    Timeout: 0,
    Survived: 0,
    NoCoverage: 0,
    Ignored: 0,
    RuntimeError: 0,
    CompileError: 0,
    NotTried: 0,
  };
}

/**
 * The share killed of those that are not static, with Wilson's interval at 95 %. What no test runs is known of all that were
 * drawn before the first is tried: of a run that was stopped, only as large a part of it counts as was tried of the others.
 * A mutant that ran out of time counts as killed, as with Stryker; the last score counts it as surviving.
 */
function row({ Killed, Timeout, Survived, NoCoverage, Ignored, RuntimeError, NotTried }) {
  const run = Killed + Timeout + Survived;
  const tried = run === 0 ? NoCoverage : run + (NoCoverage * run) / (run + NotTried);
  const [low, high] = wilson(Killed + Timeout, tried);
  const percent = (share) => (tried === 0 ? "–" : (100 * share).toFixed(1));
  return {
    drawn: run + NotTried + NoCoverage,
    killed: Killed,
    "out of time": Timeout,
    survived: Survived,
    "no test": NoCoverage,
    "score %": percent((Killed + Timeout) / tried),
    "95 %": `${percent(low)} – ${percent(high)}`,
    "at least %": percent(Killed / tried),
    static: Ignored,
    broken: RuntimeError,
  };
}

function wilson(k, n, z = 1.959964) {
  const share = k / n;
  const spread = z * Math.sqrt((share * (1 - share)) / n + z ** 2 / (4 * n * n));
  const [centre, scale] = [share + z ** 2 / (2 * n), 1 + z ** 2 / n];
  return [(centre - spread) / scale, (centre + spread) / scale];
}

function describe(status, file, [fromLine, fromColumn, toLine, toColumn, mutatorName, replacement]) {
  const lines = readFileSync(join(root, file), "utf8")
    .split("\n")
    .slice(fromLine, toLine + 1);
  lines[lines.length - 1] = lines.at(-1).slice(0, toColumn);
  lines[0] = lines[0].slice(fromColumn);
  const short = (text) => text.replace(/\s+/g, " ").slice(0, 100);
  return `${status} ${file.slice(1)}:${fromLine + 1}:${fromColumn + 1} ${mutatorName}: ${short(lines.join("\n"))} → ${short(replacement)}`;
}
