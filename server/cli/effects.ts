/** What a command may touch. `main.ts` passes the process's own, tests pass others. */
import type { Writable } from "node:stream";
import type { Instant } from "#metrics/time.ts";

/** A stream that may be a terminal. */
export type Terminal = Writable & { readonly isTTY?: boolean | undefined; readonly columns?: number | undefined };

export interface Effects {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** Results. */
  readonly stdout: Terminal;
  /** Progress, warnings and errors. */
  readonly stderr: Terminal;
  readonly now: () => Instant;
  /** Asks to stop; what was stored stays. */
  readonly signal: AbortSignal;
  /** Calls back when the process is told to read its configuration again. @returns how to stop that. */
  readonly onReload?: (listener: () => void) => () => void;
  /** The folder of the built dashboard. */
  readonly webRoot: string;
}
