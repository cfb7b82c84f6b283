/** What can go wrong with the database, in words: what happened, why it matters, what to do. */
import { isServer, shownPlace } from "./place.ts";
import { isTransient } from "./transient.ts";

export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly reason:
    | "full"
    | "read-only"
    | "locked"
    | "newer"
    | "damaged"
    | "unavailable"
    | "exists"
    | "missing"
    | "foreign";

  constructor(reason: StoreError["reason"], message: string, cause?: unknown) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** The driver's or the file system's error as a `StoreError`; anything else is a programming error and stays what it is. */
export function translate(error: unknown, path: string): unknown {
  if (isServer(path)) return translateServer(error, shownPlace(path));
  if (error instanceof StoreError || !(error instanceof Error) || !("code" in error)) return error;
  const failed = (reason: StoreError["reason"], message: string) => new StoreError(reason, message, error);
  switch (error.code) {
    case "SQLITE_FULL":
    case "ENOSPC":
      return failed(
        "full",
        `The disk that holds ${path} is full. What was stored before is safe; the rest is collected again next time. Free some space and run it again.`,
      );
    case "SQLITE_IOERR":
      return failed(
        "unavailable",
        `${path} could not be read or written: the disk is full or failing. What was stored before is safe. Check the disk, then run it again.`,
      );
    case "SQLITE_READONLY":
    case "SQLITE_CANTOPEN":
    case "EACCES":
    case "EPERM":
    case "EROFS":
    case "ENOTDIR":
    case "EEXIST":
      return failed(
        "read-only",
        `${path} cannot be opened for writing, so nothing can be stored. Make its folder writable for this user, or name another file with \`database:\` in the configuration.`,
      );
    case "SQLITE_BUSY":
    case "SQLITE_LOCKED":
      return failed(
        "locked",
        `${path} is in use by another process, which has not let go for ten seconds. Nothing is lost: stop the other Headway, or wait for it, and run this again.`,
      );
    case "SQLITE_CORRUPT":
    case "SQLITE_NOTADB":
      return failed(
        "damaged",
        `${path} is not a readable Headway database. Move it away (everything in it can be collected again), or restore a backup, and run this again.`,
      );
    default:
      return error;
  }
}

/** The same of a PostgreSQL server. @param place as it may be shown. */
function translateServer(error: unknown, place: string): unknown {
  if (error instanceof StoreError || !(error instanceof Error)) return error;
  const failed = (reason: StoreError["reason"], message: string) => new StoreError(reason, message, error);
  if (isTransient(error))
    return failed(
      "unavailable",
      `The database ${place} does not answer, or was away for a moment. What was stored before is safe. See that PostgreSQL runs there and can be reached from this machine, and run it again.`,
    );
  switch ("code" in error ? error.code : null) {
    case "53100":
      return failed(
        "full",
        `The disk of the database ${place} is full. What was stored before is safe; the rest is collected again next time. Free some space and run it again.`,
      );
    case "08007":
      return failed(
        "unavailable",
        `The connection to the database ${place} broke while something was stored. It was stored wholly or not at all: look, and run it again.`,
      );
    case "28P01":
    case "28000":
      return failed(
        "read-only",
        `The database ${place} does not let this user in. Correct the user or the password of \`database:\` in the configuration, or the environment variable that it names.`,
      );
    case "3D000":
      return failed("missing", `There is no database ${place}. Make it (createdb), or correct the name.`);
    case "ENOTFOUND":
      return failed("missing", `The server of the database ${place} is not known. Correct its name.`);
    case "42501":
    case "25006":
      return failed(
        "read-only",
        `This user may not write to the database ${place}. Let it own the database, or name another user.`,
      );
    default:
      return error;
  }
}
