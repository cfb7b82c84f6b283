/** The command line as people run it: built, in a process of its own. */
import type { ChildProcess } from "node:child_process";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Builds it where its sources have changed since. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(root, "scripts/build.mjs")], { encoding: "utf8" });
  if (status !== 0) throw new Error(`The server could not be built: ${stderr}`);
}

export function headway(cwd: string, ...args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [join(root, "dist/server/main.js"), ...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
  });
}

export interface Ended {
  readonly code: number | null;
  readonly signal: string | null;
  readonly stdout: string;
  readonly stderr: string;
}

export async function ended(child: ChildProcess): Promise<Ended> {
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("Nobody listens to this process.");
  const [[code, signal], out, err] = await Promise.all([once(child, "close"), text(stdout), text(stderr)]);
  return { code, signal, stdout: out, stderr: err };
}
