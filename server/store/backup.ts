/** One file that holds all of a database as it was at one instant: made while others read and write, and put back. */
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, resolve } from "node:path";
import type { Instant } from "#metrics/time.ts";
import type { Connection } from "./connection.ts";
import { connect } from "./connection.ts";
import { StoreError, translate } from "./errors.ts";
import { migrations } from "./migrations.ts";

export interface Copied {
  readonly file: string;
  readonly bytes: number;
  /** The last migration it has, such as "0015-labels-and-scopes". */
  readonly schema: string;
}

/** What can be seen of a database without opening it for work. */
export interface Looked {
  readonly schema: string;
  readonly applied: readonly string[];
}

/**
 * Copies a database into one new file that only this user may read. Others may write meanwhile: the copy is what was there when it began.
 *
 * @param mayReplace whether a file of that name may be replaced; it is, once the copy is whole and was checked.
 * @throws StoreError when the file exists, there is no room, or either of them cannot be used.
 */
export async function copyDatabase(database: string, file: string, mayReplace = false): Promise<Copied> {
  if (!mayReplace && existsSync(file)) throw exists(file);
  if (resolve(file) === resolve(database))
    throw new StoreError("exists", `${file} is the database itself. Name another file for its backup.`);
  await expectRoom(dirname(file), await bytesOf(database), `for a copy of ${database}`);
  const aside = `${file}.${randomBytes(6).toString("hex")}.part`;
  try {
    await (await open(aside, "wx", 0o600)).close();
    await writeCopy(database, aside);
    const { schema } = await inspectDatabase(aside);
    await settle(aside, file, mayReplace);
    return { file, bytes: (await stat(file)).size, schema };
  } catch (error) {
    throw refused(error, file);
  } finally {
    for (const rest of [aside, `${aside}-journal`]) await rm(rest, { force: true });
  }
}

/** SQLite reads all of it within one transaction, and leaves out what was deleted. */
async function writeCopy(database: string, file: string): Promise<void> {
  await expectFile(database);
  const connection = await connect(database, "read").catch((error: unknown) => {
    throw translate(error, database);
  });
  try {
    await connection.all("vacuum into ?", [file]);
  } catch (error) {
    // The driver does not say which of the two files it could not use.
    const code = error instanceof Error && "code" in error ? error.code : null;
    throw translate(error, code === "SQLITE_CORRUPT" || code === "SQLITE_NOTADB" ? database : file);
  } finally {
    await connection.close();
  }
  const written = await open(file, "r+");
  try {
    await written.sync();
  } finally {
    await written.close();
  }
}

/** The name is taken in one step, so that of two that want it one is refused. */
async function settle(aside: string, file: string, mayReplace: boolean): Promise<void> {
  if (!mayReplace) {
    const taken = await open(file, "wx", 0o600).catch((error: unknown) => {
      throw codeOf(error) === "EEXIST" ? exists(file) : error;
    });
    await taken.close();
  }
  await rename(aside, file);
}

/**
 * Looks at all of a file: whether it is a Headway database, of a version that this Headway knows, and whole.
 *
 * @throws StoreError when it is not; `reason` says which.
 */
export async function inspectDatabase(file: string): Promise<Looked> {
  await expectFile(file);
  const connection = await connect(file, "read").catch((error: unknown) => {
    throw translate(error, file);
  });
  try {
    const looked = await lookAt(connection, file);
    const found = await connection.all("pragma integrity_check(1)");
    if (found[0]?.["integrity_check"] !== "ok") throw damaged(file);
    return looked;
  } catch (error) {
    const code = codeOf(error);
    throw code === "SQLITE_CORRUPT" || code === "SQLITE_NOTADB" ? damaged(file, error) : translate(error, file);
  } finally {
    await connection.close();
  }
}

async function lookAt(connection: Connection, file: string): Promise<Looked> {
  const tables = await connection.all("select name from sqlite_master where type = 'table'");
  const names = new Set(tables.map(({ name }) => String(name)));
  if (!["kysely_migration", "source", "event"].every((name) => names.has(name)))
    throw new StoreError(
      "foreign",
      `${file} is a database, but none of Headway's. Name a file that \`headway backup\` wrote.`,
    );
  const rows = await connection.all("select name from kysely_migration order by name");
  const applied = rows.map(({ name }) => String(name));
  const unknown = applied.find((name) => !(name in migrations));
  if (unknown !== undefined)
    throw new StoreError(
      "newer",
      `${file} was made by a newer Headway (it has "${unknown}"), which this one would misread. Use that Headway, or a newer one.`,
    );
  return { applied, schema: applied.at(-1) ?? "none" };
}

/**
 * Puts a backup in the place of a database, which is kept beside it.
 *
 * @returns where the former one lies now; `null` when there was none.
 * @throws StoreError when the file is no whole backup, or somebody uses the database; then nothing has changed.
 */
export async function restoreDatabase(
  file: string,
  database: string,
  now: Instant,
): Promise<Copied & { readonly aside: string | null }> {
  if (resolve(file) === resolve(database))
    throw new StoreError("exists", `${file} is the database itself. Name the backup that takes its place.`);
  await inspectDatabase(file);
  const fresh = `${database}.${randomBytes(6).toString("hex")}.part`;
  try {
    // Where Headway never ran there is no folder yet, and what it keeps is for this user alone.
    await mkdir(dirname(database), { recursive: true, mode: 0o700 });
    const copied = await copyDatabase(file, fresh);
    await settleIn(fresh, { file, at: now });
    const aside = existsSync(database) ? await putAside(database, now) : null;
    await rename(fresh, database);
    return { ...copied, file: database, aside };
  } catch (error) {
    throw refused(error, database);
  } finally {
    await rm(fresh, { force: true });
  }
}

/** Who worked on it when it was copied does not work on the copy, and what is told from now on goes on from an older past: that is written down. */
async function settleIn(
  database: string,
  { file, at }: { readonly file: string; readonly at: Instant },
): Promise<void> {
  const connection = await connect(database, "write");
  try {
    await connection.run("delete from lease");
    // Backups of the first versions have no record yet.
    const [record] = await connection.all("select name from sqlite_master where name = 'audit'");
    if (record !== undefined)
      await connection.run(
        "insert into audit (at, actor, action, subject, before, after) values (?, ?, 'database.restore', ?, null, null)",
        [at, "headway restore", basename(file)],
      );
    await connection.all("pragma journal_mode = delete"); // one file again, which can be moved
  } finally {
    await connection.close();
  }
}

/** What is moved is all there is: what waited in the journal is written into the file first. */
async function putAside(database: string, now: Instant): Promise<string> {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  const aside = unused(`${database}.before-restore-${stamp}`);
  const isReadable = await holdsNobody(database);
  await rename(database, aside);
  for (const part of ["-wal", "-shm"]) {
    if (!existsSync(database + part)) continue;
    if (isReadable) await rm(database + part);
    else await rename(database + part, aside + part);
  }
  return aside;
}

/**
 * Whether a database can be read, when nobody else has it open. Who has a database open in WAL mode holds a lock on it, idle or not, and
 * the mode can be left only by somebody who is alone.
 *
 * @throws StoreError when another process has it open.
 */
async function holdsNobody(database: string): Promise<boolean> {
  try {
    await readSomething(database);
    const connection = await connect(database, "write");
    try {
      const [mode] = await connection.all("pragma journal_mode = delete");
      if (mode?.["journal_mode"] !== "delete") throw held(database);
    } finally {
      await connection.close();
    }
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === "SQLITE_NOTADB" || code === "SQLITE_CORRUPT") return false; // that is why it is replaced
    if (code === "SQLITE_BUSY" || code === "SQLITE_LOCKED") throw held(database, error);
    throw error;
  }
}

/** @throws StoreError when there is no such database, it cannot be read, or another process has it open. */
export async function expectUnused(database: string): Promise<void> {
  await expectFile(database);
  if (!(await holdsNobody(database))) throw damaged(database);
}

/** What cannot be read must not be opened for writing: its journal would be tidied away. */
async function readSomething(database: string): Promise<void> {
  const connection = await connect(database, "read");
  try {
    await connection.all("select count(*) from sqlite_master");
  } finally {
    await connection.close();
  }
}

/** @returns the name, or one like it that no file has. */
export function unused(file: string): string {
  for (let count = 2, name = file; ; count++) {
    if (!existsSync(name)) return name;
    name = `${file}-${count}`;
  }
}

/** @throws StoreError when a folder's disk has less room than that. */
export async function expectRoom(folder: string, bytes: number, what: string): Promise<void> {
  const free = await roomIn(folder);
  if (free !== null && free < bytes)
    throw new StoreError(
      "full",
      `There is no room in ${folder} ${what}: it takes ${megabytes(bytes)}, and ${megabytes(free)} are free. Nothing was changed. Free some space and run it again.`,
    );
}

/** Bytes that this user may still write; `null` where the file system does not tell. */
export async function roomIn(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

/** Bytes of a database and of what waits beside it; 0 where there is none. */
export async function bytesOf(database: string): Promise<number> {
  let bytes = 0;
  for (const part of ["", "-wal"])
    bytes += await stat(database + part).then(
      ({ size }) => size,
      () => 0,
    );
  return bytes;
}

export function megabytes(bytes: number): string {
  const mega = bytes / 1e6;
  return `${mega < 10 ? mega.toFixed(1) : Math.round(mega)} MB`;
}

async function expectFile(file: string): Promise<void> {
  const found = await stat(file).catch(() => null);
  if (found === null) throw new StoreError("missing", `There is no file ${file}. Correct the path.`);
  if (!found.isFile()) throw new StoreError("missing", `${file} is a folder. Name a file in it.`);
}

/** What the file system refuses is about the file that is written. */
function refused(error: unknown, file: string): unknown {
  const code = codeOf(error);
  if (error instanceof StoreError || !/^E[A-Z]+$/.test(code)) return translate(error, file);
  if (code === "ENOSPC") return translate(error, file);
  return new StoreError(
    "read-only",
    `${file} cannot be written (${code}). Nothing was changed. Name a file in a folder that exists and that this user may write to.`,
    error,
  );
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

function exists(file: string): StoreError {
  return new StoreError(
    "exists",
    `${file} exists already and is left as it is. Name another file, or say --overwrite.`,
  );
}

function damaged(file: string, cause?: unknown): StoreError {
  return new StoreError("damaged", `${file} is damaged, or no database. Take another backup.`, cause);
}

function held(database: string, cause?: unknown): StoreError {
  return new StoreError(
    "locked",
    `${database} is in use: a Headway serves or collects with it. Nothing was changed. Stop that one, and run this again.`,
    cause,
  );
}
