/** From anything thrown to what a person reads, and the exit code. */
import { HostError } from "#collectors/collector.ts";
import { ConfigError } from "#config/errors.ts";
import { BadRequest } from "../answers/problem.ts";
import { CsvError } from "../csv.ts";
import { StoreError } from "../store/errors.ts";
import { ListenError } from "./listen.ts";
import { UsageError } from "./usage.ts";

export interface Failure {
  readonly message: string;
  readonly code: 1 | 2;
}

/** A foreseen failure is one sentence; anything else is our mistake and shows where it happened. */
export function failureOf(error: unknown): Failure {
  if (error instanceof UsageError) return { message: `${error.message}\nTry \`headway --help\`.`, code: 2 };
  if (error instanceof BadRequest) return { message: error.message, code: 2 };
  if (
    error instanceof HostError ||
    error instanceof StoreError ||
    error instanceof ConfigError ||
    error instanceof CsvError ||
    error instanceof ListenError
  ) {
    return { message: error.message, code: 1 };
  }
  if (isMissingDriver(error)) return { message: NO_DRIVER, code: 1 };
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { message: `This should not have happened. Please report it with these lines:\n${trace}`, code: 1 };
}

/** Whether the reader of our output has left, as `| head` does: then there is nothing to say. */
export function isClosedPipe(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return code === "EPIPE" || code === "ERR_STREAM_DESTROYED";
}

const NO_DRIVER = `The SQLite driver cannot be loaded, so nothing can be stored: its native part is missing, or was built for another machine.
In a checkout: npm rebuild sqlite3
Installed globally: npm i -g --allow-scripts=sqlite3 headway
Where nothing prebuilt fits, this builds it and needs python3, make and g++.`;

/** Whether the native part of the SQLite driver is not there, or not for this machine. */
export function isMissingDriver(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? error.code : null;
  if (code === "ERR_DLOPEN_FAILED") return true;
  return /could not locate the bindings file|cannot find (package|module) '(sqlite3|bindings)'|node_sqlite3\.node/i.test(
    error.message,
  );
}
