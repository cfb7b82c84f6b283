/**
 * Runs `test/bench/*.ts`, or those whose names hold one of the arguments. A bench is a program that prints a table; it
 * is bundled like the server, so that it measures what runs in production, and gets a process of its own. Numbers among
 * the arguments are sizes, and handed to it.
 */
import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const args = process.argv.slice(2);
const sizes = args.filter((arg) => /^\d+$/.test(arg));
const wanted = args.filter((arg) => !sizes.includes(arg));

await import("./build.mjs");
const { build } = await import("vite");

const benches = readdirSync(join(root, "test/bench"))
  .filter((name) => name.endsWith(".ts") && (wanted.length === 0 || wanted.some((part) => name.includes(part))))
  .sort();
for (const name of benches) {
  await build({
    configFile: join(root, "vite.server.config.ts"),
    logLevel: "silent",
    ssr: { external: ["sqlite3", "playwright-core"] },
    build: { ssr: join(root, "test/bench", name), outDir: join(root, "dist/bench") },
  });
  console.log(`\n${name}`);
  const program = join(root, "dist/bench", name.replace(/\.ts$/, ".js"));
  const { status } = spawnSync(process.execPath, ["--expose-gc", program, ...sizes], { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exitCode = 1;
}
