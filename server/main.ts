/** The composition root: the process's arguments, streams, clock and signals become parameters here, and nowhere else. */
import { setMaxListeners } from "node:events";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { run } from "./cli/index.ts";

// A first sync leaves much garbage at once, and V8 would let the heap grow to twice what is needed before it looks.
setFlagsFromString("--heap-growing-percent=25");

const SIGNALS = { SIGINT: 130, SIGTERM: 143 } as const;

const stopping = new AbortController();
// Everything under way listens to it.
setMaxListeners(0, stopping.signal);
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.on(name, () => {
    if (stopping.signal.aborted) process.exit(SIGNALS[name]);
    stopping.abort();
  });
}

process.exitCode = await run(process.argv.slice(2), {
  cwd: process.cwd(),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
  now: Date.now,
  signal: stopping.signal,
  onReload: (listener) => {
    // A terminal that is closed says the same, and then the process ends with it.
    if ([process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY)) return () => undefined;
    process.on("SIGHUP", listener);
    return () => void process.off("SIGHUP", listener);
  },
  // Built, this file is dist/server/main.js, and the dashboard lies beside its folder.
  webRoot: join(import.meta.dirname, "../web"),
});
