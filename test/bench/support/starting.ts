/** Starts what was built, on a database, and looks how long it takes. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

/** What was built last: a bench lies in a folder beside it. */
const PROGRAM = fileURLToPath(new URL("../server/main.js", import.meta.url));

export interface Started {
  /** From the command to the first `/readyz`, in seconds. */
  readonly passed: number;
  /** Of all threads of the server until then, in seconds, as the kernel counts it: a hundred ticks a second. */
  readonly processor: number;
}

/** `headway start` on that database until its first `/readyz`; what it then collects is not there. */
export async function start(folder: string, database: string): Promise<Started> {
  const file = join(folder, "headway.yaml");
  const sources = [{ host: "github", url: "http://127.0.0.1:9", token: "none-is-needed-here", organization: "acme" }];
  writeFileSync(file, JSON.stringify({ database, timezone: "Europe/Berlin", sources }));
  const began = performance.now();
  const server = spawn(
    process.execPath,
    ["--max-semi-space-size=4", PROGRAM, "start", "--config", file, "--port", "0", "--json"],
    { stdio: ["ignore", "pipe", "ignore"] },
  );
  try {
    const [line] = await once(createInterface(server.stdout), "line");
    const { url } = JSON.parse(String(line)) as { url: string };
    const { status } = await fetch(new URL("readyz", url));
    if (status !== 200) throw new Error(`/readyz answers ${status}.`);
    const fields = readFileSync(`/proc/${server.pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
    return {
      passed: (performance.now() - began) / 1000,
      processor: (Number(fields[11]) + Number(fields[12])) / 100,
    };
  } finally {
    server.kill();
    await once(server, "exit");
  }
}
