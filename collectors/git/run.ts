/** Runs git: without prompts, without programs a repository's configuration might name, and never longer than wanted. */
import { spawn } from "node:child_process";
import type { ChildProcessWithoutNullStreams } from "node:child_process";
import { explain } from "./explain.ts";

/** Which git, where, and until when. */
export interface Git {
  /** The source's key, for errors. */
  readonly source: string;
  /** The repository, as git's first arguments: `-C folder`, `--git-dir folder` or none. */
  readonly where: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

export interface Result {
  readonly code: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** Settings of the repository or the user that would change what we read, or run a program. */
const SETTINGS = [
  "core.quotePath=false",
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "core.warnAmbiguousRefs=false",
  "log.showSignature=false",
  "i18n.logOutputEncoding=UTF-8",
  "color.ui=false",
  "safe.bareRepository=all",
  // Housekeeping ends before git does.
  "gc.autoDetach=false",
  "maintenance.autoDetach=false",
  // A server that stops talking is given up after a minute.
  "http.lowSpeedLimit=100",
  "http.lowSpeedTime=60",
].flatMap((setting) => ["-c", setting]);

/** Enough of what git complains about to explain it. */
const STDERR_LIMIT = 16_384;

/** How long git may take to put its locks away once it was told to stop. */
const GRACE_MS = 2000;

/** Runs git to its end, whatever it answers. */
export async function attempt(git: Git, args: readonly string[], input = ""): Promise<Result> {
  const run = launch(git, args, input);
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of output(git, run)) chunks.push(chunk);
    return { code: await ended(git, run), stdout: Buffer.concat(chunks), stderr: run.stderr() };
  } finally {
    await run.stop();
  }
}

/** What git prints. */
export async function read(git: Git, args: readonly string[], input = ""): Promise<Buffer> {
  const { code, stdout, stderr } = await attempt(git, args, input);
  if (code !== 0) throw explain(git.source, code, stderr);
  return stdout;
}

/** What git prints, as it prints it: git waits while the reader is busy, and ends when the reader does. */
export async function* stream(git: Git, args: readonly string[], input = ""): AsyncGenerator<Buffer> {
  const run = launch(git, args, input);
  try {
    yield* output(git, run);
    const code = await ended(git, run);
    if (code !== 0) throw explain(git.source, code, run.stderr());
  } finally {
    await run.stop();
  }
}

interface Run {
  readonly child: ChildProcessWithoutNullStreams;
  /** Git's exit code; -1 when a signal ended it. */
  readonly closed: Promise<number>;
  readonly stderr: () => string;
  readonly stop: () => Promise<void>;
}

function launch({ source, where, env, signal }: Git, args: readonly string[], input: string): Run {
  signal.throwIfAborted();
  // A group of its own: no terminal to prompt on, and it ends together with the helpers it starts.
  const child = spawn("git", ["--no-pager", ...where, ...SETTINGS, ...args], {
    env,
    detached: true,
    windowsHide: true,
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    if (stderr.length < STDERR_LIMIT) stderr += text;
  });
  const closed = new Promise<number>((resolve, reject) => {
    child.once("error", (error) => reject(explain(source, -1, error.message, error)));
    child.once("close", (code) => resolve(code ?? -1));
  });
  // Awaited by whoever reads; a reader that left early must not make it an unhandled rejection.
  closed.catch(() => undefined);
  const end = (): void => terminate(child);
  signal.addEventListener("abort", end, { once: true });
  // Git may end before it has read everything (EPIPE); its exit code tells why.
  child.stdin.on("error", () => undefined).end(input);
  return {
    child,
    closed,
    stderr: () => stderr,
    stop: async () => {
      signal.removeEventListener("abort", end);
      terminate(child);
      child.stdout.destroy();
      await closed.catch(() => undefined);
    },
  };
}

async function* output({ signal }: Git, { child }: Run): AsyncGenerator<Buffer> {
  for await (const chunk of child.stdout) {
    signal.throwIfAborted();
    if (Buffer.isBuffer(chunk)) yield chunk;
  }
}

async function ended({ signal }: Git, { closed }: Run): Promise<number> {
  const code = await closed;
  signal.throwIfAborted();
  return code;
}

/** Ends git and what it started. */
function terminate(child: ChildProcessWithoutNullStreams): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  kill(child, "SIGTERM");
  const timer = setTimeout(kill, GRACE_MS, child, "SIGKILL");
  child.once("close", () => clearTimeout(timer));
}

function kill(child: ChildProcessWithoutNullStreams, name: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === "win32") child.kill(name);
    else process.kill(-child.pid, name);
  } catch {
    // It ended by itself in the meantime.
    child.kill(name);
  }
}
