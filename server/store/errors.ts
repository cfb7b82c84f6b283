/** What can go wrong with the database, in words: what happened, why it matters, what to do. */

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
