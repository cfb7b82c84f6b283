/**
 * Brings a checkout into working order, and says nothing when it is: the Node version, the packages of the lock file
 * and the native SQLite binding. It runs before anything is installed, so it uses Node's own modules only. Whatever
 * fails or is interrupted is made good by the next run, because the stamp is written last.
 *
 * All output goes to stderr: stdout belongs to the results of the command that follows.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { alone } from "./lock.mjs";

const OLDEST_NODE = [20, 19];

const root = fileURLToPath(new URL("..", import.meta.url));
const modules = join(root, "node_modules");
const stamp = join(modules, ".headway-setup");
const binding = join(modules, "sqlite3/build/Release/node_sqlite3.node");

try {
  refuseOldNode();
  if (!isDone()) {
    await alone(join(root, "dist/.setup.lock"), () => {
      if (isDone()) return;
      rmSync(stamp, { force: true });
      if (!isInstalled()) install();
      provideBinding();
      writeFileSync(stamp, fingerprint());
    });
  }
} catch (error) {
  say(error.message);
  process.exit(1);
}

function refuseOldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Error(
    `Headway needs Node ${OLDEST_NODE.join(".")} or newer and this is ${process.versions.node}. ` +
      "Install a current one from https://nodejs.org or with your version manager.",
  );
}

function isDone() {
  return existsSync(stamp) && readFileSync(stamp, "utf8") === fingerprint() && existsSync(binding);
}

/** What the installed packages depend on: what is asked for, and the machine, for a checkout shared with a container. */
function fingerprint() {
  const hash = createHash("sha256").update(platform());
  for (const name of ["package-lock.json", "package.json"]) hash.update(readFileSync(join(root, name)));
  return hash.digest("hex");
}

function platform() {
  const { glibcVersionRuntime } = process.report.getReport().header;
  const libc = glibcVersionRuntime ? `glibc${glibcVersionRuntime}` : "musl";
  return [process.platform, process.arch, ...(process.platform === "linux" ? [libc] : [])].join("-");
}

/** Whether npm has already installed just what the lock file says, for instance by hand: then it is left alone. */
function isInstalled() {
  const record = join(modules, ".package-lock.json");
  if (!existsSync(record)) return false;
  const installed = readJson(record).packages;
  const { "": asked, ...wanted } = readJson(join(root, "package-lock.json")).packages;
  const { dependencies, devDependencies } = readJson(join(root, "package.json"));
  return (
    JSON.stringify([asked.dependencies, asked.devDependencies]) === JSON.stringify([dependencies, devDependencies]) &&
    // Optional packages are those of other platforms.
    Object.entries(wanted).every(([path, { version, optional }]) =>
      path in installed ? installed[path].version === version : optional,
    )
  );
}

function install() {
  const why = existsSync(modules) ? "they are not those of the lock file" : "nothing is installed yet";
  say(`installing packages, because ${why} …`);
  // Some shells say NODE_ENV=production, or silence npm for the command that follows: neither is meant for this.
  const flags = ["--ignore-scripts", "--no-audit", "--no-fund", "--include=dev", "--loglevel=error"];
  const { status } = npm(["ci", ...flags], ["ignore", 2, 2]);
  if (status !== 0) throw new Error("`npm ci` failed, see above. Run the same command again once that is mended.");
}

/** The binding is the same for every Node version, so one per machine is kept: building it takes a minute or two. */
function provideBinding() {
  const { version } = readJson(join(modules, "sqlite3/package.json"));
  const cache = process.env.XDG_CACHE_HOME || join(homedir(), ".cache");
  const kept = join(cache, "headway", `sqlite3-${version}-${platform()}.node`);

  if (!loads() && existsSync(kept)) copy(kept, binding);
  if (loads()) return keep(kept);

  say("fetching or building the SQLite driver, once on this machine (a minute or two) …");
  rebuild();
  if (loads()) return keep(kept);

  // What was fetched may want a newer C library than this machine has.
  const { output } = rebuild("--build-from-source");
  if (loads()) return keep(kept);
  throw new Error(
    `the SQLite driver cannot be built here.\n${output.trim().split("\n").slice(-25).join("\n")}\n${remedy()}`,
  );
}

/** Asks another process, because a binding made for another machine may take the process that loads it down. */
function loads() {
  if (!existsSync(binding)) return false;
  const query = `new (require("sqlite3").Database)(":memory:").get("SELECT 1", (e) => process.exit(e ? 1 : 0))`;
  return spawnSync(process.execPath, ["-e", query], { cwd: root, stdio: "ignore", timeout: 60_000 }).status === 0;
}

function keep(kept) {
  if (existsSync(kept) && readFileSync(kept).equals(readFileSync(binding))) return;
  try {
    copy(binding, kept);
  } catch (error) {
    say(`the SQLite driver works but cannot be kept for the next checkout: ${error.message}`);
  }
}

/** Nobody ever sees half of a copy. */
function copy(from, to) {
  mkdirSync(dirname(to), { recursive: true });
  const part = `${to}.${process.pid}`;
  copyFileSync(from, part);
  renameSync(part, to);
}

function rebuild(...flags) {
  // Node's own headers, where it was installed with them, spare a download that closed networks refuse.
  const prefix = dirname(dirname(process.execPath));
  const headers = process.platform !== "win32" && existsSync(join(prefix, "include/node/node_api.h"));
  const env = headers ? { npm_config_nodedir: prefix, ...process.env } : process.env;
  const { stdout, stderr } = npm(["rebuild", "sqlite3", "--loglevel=error", ...flags], "pipe", env);
  return { output: `${stdout}${stderr}` };
}

function remedy() {
  const missing = ["python3", "make", "g++"].filter((tool) => spawnSync(tool, ["--version"]).error);
  if (missing.length === 0) {
    return "python3, make and g++ are there. If Node's headers could not be fetched, point npm_config_nodedir at a folder with include/node in it.";
  }
  const how = {
    linux:
      "apt-get install python3 make g++ (Debian, Ubuntu), dnf install python3 make gcc-c++, apk add python3 make g++",
    darwin: "xcode-select --install",
    win32: "see https://github.com/nodejs/node-gyp#on-windows",
  };
  return `Missing: ${missing.join(", ")}. Try: ${how[process.platform] ?? "your system's package manager"}`;
}

/** The npm that started us, if one did, so that it is the one that belongs to this Node. */
function npm(args, stdio, env = process.env) {
  const own = process.env.npm_execpath;
  return own?.endsWith("npm-cli.js")
    ? spawnSync(process.execPath, [own, ...args], { cwd: root, env, stdio, encoding: "utf8" })
    : spawnSync("npm", args, { cwd: root, env, stdio, encoding: "utf8", shell: process.platform === "win32" });
}

function readJson(path) {
  return JSON.parse(readFileSync(path, "utf8"));
}

function say(text) {
  console.error(`headway: ${text}`);
}
