/**
 * Builds what has changed since the last build: the server into one file, `dist/server/main.js`, its threads into
 * another beside it, and the dashboard into `dist/web`. Quiet but for one line on stderr. Each is built aside, with the
 * hash of its sources in it, and then moved into place: an interrupted build is neither run nor taken for a finished one.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { alone } from "./lock.mjs";
import "./setup.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const dist = join(root, "dist");
const common = ["package.json", "package-lock.json", "tsconfig.json", "scripts/build.mjs"];

const server = {
  name: "server",
  configs: ["vite.server.config.ts", "vite.deriver.config.ts", "vite.estimator.config.ts"],
  hash: hashOf([
    "metrics",
    "collectors",
    "config",
    "server",
    "vite.server.config.ts",
    "vite.deriver.config.ts",
    "vite.estimator.config.ts",
    ...common,
  ]),
};
const web = { name: "web", configs: ["vite.config.ts"], hash: hashOf(["web", "vite.config.ts", ...common]) };

try {
  if (changed().length > 0) await alone(join(dist, ".build.lock"), build);
} catch (error) {
  console.error(`headway: ${error.message}`);
  process.exit(1);
}

function changed() {
  return [server, web].filter(({ name, hash }) => {
    const stamp = join(dist, name, ".stamp");
    return !existsSync(stamp) || readFileSync(stamp, "utf8") !== hash;
  });
}

function build() {
  // Asked again, because another process may have built while this one waited.
  const targets = changed();
  if (targets.length === 0) return;
  const begin = performance.now();
  process.stderr.write(`headway: building ${targets.map(({ name }) => name).join(" and ")} …`);
  for (const { name, configs, hash } of targets) {
    const [place, fresh, old] = [join(dist, name), join(dist, `.${name}.new`), join(dist, `.${name}.old`)];
    rmSync(fresh, { recursive: true, force: true });
    for (const config of configs)
      vite("build", "--config", config, "--outDir", fresh, "--emptyOutDir", "false", "--logLevel", "error");
    if (name === "server") chmodSync(join(fresh, "main.js"), 0o755);
    writeFileSync(join(fresh, ".stamp"), hash);

    rmSync(old, { recursive: true, force: true });
    if (existsSync(place)) renameSync(place, old);
    renameSync(fresh, place);
    rmSync(old, { recursive: true, force: true });
  }
  process.stderr.write(` done in ${((performance.now() - begin) / 1000).toFixed(1)} s\n`);
}

/** In a process of its own: the bundler and its environment have no place in a server that runs for months. */
function vite(...args) {
  const { status } = spawnSync(process.execPath, [join(root, "node_modules/vite/bin/vite.js"), ...args], {
    cwd: root,
    env: { ...process.env, NODE_ENV: "production" },
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) throw new Error("the build failed, see above.");
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const file of paths.flatMap(filesIn)) hash.update(`${file}\0`).update(readFileSync(join(root, file)));
  return hash.digest("hex");
}

function filesIn(path) {
  if (!statSync(join(root, path)).isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesIn(join(path, name)));
}
