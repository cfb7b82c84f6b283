/** Two servers on one PostgreSQL that collect a world, what disturbs them, and who collected what when. */
import type { ChildProcess } from "node:child_process";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import type { Cable } from "./cable.ts";
import { aCable } from "./cable.ts";
import { aFolder } from "./git-repository.ts";
import { FakeGitHub } from "./github/server.ts";
import { change, contentOf, query } from "./installation.ts";
import { askPostgres } from "./postgres/databases.ts";

const main = fileURLToPath(new URL("../../dist/server/main.js", import.meta.url));

/** A request that a host was sent. */
interface Asked {
  readonly at: number;
  readonly source: string;
  readonly token: string;
}

export interface World {
  readonly hosts: readonly FakeGitHub[];
  readonly asked: Asked[];
  readonly config: string;
  /** Something happens at one of the hosts. */
  readonly goesOn: () => void;
}

/** Hosts that take their time, with a past that takes several pages. */
export async function aWorld(count: number): Promise<World> {
  const hosts = await Promise.all(Array.from({ length: count }, async () => new FakeGitHub().listen()));
  const asked: Asked[] = [];
  for (const [index, host] of hosts.entries()) {
    for (const name of ["shop", "till", "stock"]) {
      const repository = host.repository(name);
      for (let change = 0; change < 12; change++) {
        repository.push(2);
        repository.merge(repository.open());
        repository.run();
        repository.deploy();
      }
    }
    host.delay = 25;
    host.before = (_, token) => void asked.push({ at: Date.now(), source: `host-${index}`, token });
  }
  const sources = hosts.map(
    ({ url }, index) =>
      `  - { host: github, name: host-${index}, url: "${url}", token: "\${TOKEN}", organization: acme, backfillDays: 3650, files: false }\n`,
  );
  let turn = 0;
  return {
    hosts,
    asked,
    config: `database: \${DATABASE_URL}\ndata: data\nsync: { every: 60 }\nsources:\n${sources.join("")}`,
    goesOn: () => {
      const repository = hosts[turn++ % hosts.length]?.repositories[turn % 3];
      repository?.push(1);
      repository?.deploy();
    },
  };
}

/** A folder with the configuration, and always the same key for people's names. */
export function aWorkplace({ config }: World): string {
  const folder = aFolder();
  mkdirSync(join(folder, "data"));
  writeFileSync(join(folder, "data/people.key"), `${"5a".repeat(32)}\n`);
  writeFileSync(join(folder, "headway.yaml"), config);
  return folder;
}

let programs = 0;

/** The program, with a token of its own, by which hosts know it. */
export function started({ hosts }: World, folder: string, database: string, ...args: readonly string[]) {
  const token = `t-good-${programs++}`;
  for (const { tokens } of hosts) tokens.add(token);
  const child = spawn(process.execPath, [main, ...args], {
    cwd: folder,
    env: { ...process.env, DATABASE_URL: database, TOKEN: token },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
  return { child, token, said: () => said };
}

/** One of several servers: it may be killed, cut off, and asked to collect. */
export class Process {
  readonly #world: World;
  readonly #folder: string;
  readonly #cable: Cable;
  #running: ReturnType<typeof started> | null = null;
  #url = "";
  /** Every program it ever was, with its number and when it was killed or had ended. */
  readonly lives: { readonly token: string; readonly pid: number; endedAt: number }[] = [];

  private constructor(world: World, folder: string, cable: Cable) {
    this.#world = world;
    this.#folder = folder;
    this.#cable = cable;
  }

  static async start(world: World, folder: string, database: string): Promise<Process> {
    const process = new Process(world, folder, await aCable(database));
    await process.begin();
    return process;
  }

  async begin(): Promise<void> {
    const running = started(this.#world, this.#folder, this.#cable.url, "start", "--port", "0", "--json");
    this.#running = running;
    this.lives.push({ token: running.token, pid: running.child.pid ?? 0, endedAt: Infinity });
    const told = await Promise.race([once(running.child.stdout, "data"), once(running.child, "exit")]);
    const line = String(told[0]);
    if (!line.startsWith("{")) throw new Error(`It did not start: ${running.said()}`);
    this.#url = (JSON.parse(line) as { url: string }).url;
  }

  /** Asks it to collect; what it says of that while its database is away does not matter. */
  async ring(): Promise<void> {
    await fetch(new URL("/api/sync", this.#url), {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
      signal: AbortSignal.timeout(20_000),
    }).catch(() => undefined);
  }

  /** Kills it while it has the turn at some source, as far as that comes within some seconds: what it leaves behind is what others must take over. */
  async kill(database: string): Promise<void> {
    const life = this.lives.at(-1);
    const end = Date.now() + 5000;
    while (Date.now() < end && !(await hasTurn(database, life?.pid))) await setTimeout(10);
    const ended = exitOf(this.#running?.child);
    this.#running?.child.kill("SIGKILL");
    if (life !== undefined) life.endedAt = Date.now();
    await ended;
  }

  async cut(milliseconds: number): Promise<void> {
    await this.#cable.cut(milliseconds);
  }

  /** @returns with which code it ended, and what it had said. */
  async stop(): Promise<{ code: unknown; said: string }> {
    const ended = exitOf(this.#running?.child);
    this.#running?.child.kill("SIGTERM");
    const code = await ended;
    // Whoever ends while the database is away cannot give back what it had: that is free then, as of the dead.
    const life = this.lives.at(-1);
    if (life !== undefined) life.endedAt = Date.now();
    await this.#cable.end();
    return { code, said: this.#running?.said() ?? "" };
  }
}

async function hasTurn(database: string, pid: number | undefined): Promise<boolean> {
  const held = await query(database, "select holder from lease where name like 'sync %'");
  return held.some(({ holder }) => String(holder).startsWith(`${pid}@`));
}

async function exitOf(child: ChildProcess | undefined): Promise<unknown> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return child?.exitCode;
  return (await once(child, "exit"))[0];
}

/** From now on the database notes who takes and gives back which lease. */
export async function noteLeases(database: string): Promise<void> {
  await change(
    database,
    "create table lease_note (at double precision, verb text, name text, holder text)",
    `create function note_lease() returns trigger language plpgsql as $$ begin
       insert into lease_note values (extract(epoch from clock_timestamp()) * 1000, tg_op,
         coalesce(new.name, old.name), coalesce(new.holder, old.holder)); return null; end $$`,
    "create trigger note_lease after insert or update or delete on lease for each row execute function note_lease()",
  );
}

/** Who had the turn at a source, from when until when. */
interface Turn {
  readonly source: string;
  readonly pid: number;
  readonly from: number;
  to: number;
}

async function turnsOf(database: string): Promise<readonly Turn[]> {
  const names = new Map(
    (await query(database, "select key, name from source")).map((row) => [row["key"], row["name"]]),
  );
  const notes = await query(database, "select * from lease_note where name like 'sync %' order by at");
  const turns: Turn[] = [];
  const current = new Map<string, Turn>();
  for (const { at, verb, name, holder } of notes) {
    const source = String(names.get(String(name).slice("sync ".length)));
    const pid = Number.parseInt(String(holder), 10);
    const last = current.get(source);
    if (verb !== "DELETE" && last?.pid === pid) continue; // a heartbeat
    if (last !== undefined) last.to = Number(at);
    current.delete(source);
    if (verb === "DELETE") continue;
    const turn = { source, pid, from: Number(at), to: Infinity };
    turns.push(turn);
    current.set(source, turn);
  }
  return turns;
}

/** Clocks of a program and of the database tell milliseconds apart by so much. */
const SKEW = 5;

export interface Judged {
  readonly turns: number;
  /** Turns that began while the one who had the turn before neither gave it back nor was dead. */
  readonly tooSoon: readonly unknown[];
  /** Turns that began because the one before was dead. */
  readonly takenOver: number;
  readonly requests: number;
  /** Requests of a program that did not have the turn. */
  readonly outOfTurn: readonly unknown[];
}

export async function judge(database: string, { asked }: World, processes: readonly Process[]): Promise<Judged> {
  const lives = processes.flatMap((one) => one.lives);
  const turns = await turnsOf(database);
  const notes = await query(database, "select at, name, holder from lease_note where verb = 'DELETE'");
  const given = (turn: Turn): boolean => notes.some(({ at }) => Math.abs(Number(at) - turn.to) < 0.001);
  const next = (turn: Turn) => turns.find(({ source, from }) => source === turn.source && from === turn.to);
  const ended = turns.filter((turn) => turn.to < Infinity && !given(turn) && next(turn) !== undefined);
  const isDead = ({ pid, to }: Turn): boolean =>
    (lives.find((life) => life.pid === pid)?.endedAt ?? Infinity) <= to + SKEW;
  const requests = asked.filter(({ token }) => lives.some((life) => life.token === token));
  const outOfTurn = requests.filter(({ at, source, token }) => {
    const pid = lives.find((life) => life.token === token)?.pid;
    return !turns.some(
      (turn) => turn.source === source && turn.pid === pid && turn.from - SKEW <= at && at <= turn.to + SKEW,
    );
  });
  const tooSoon = ended.filter((turn) => !isDead(turn));
  const takenOver = ended.filter(isDead).length;
  if (IS_SOAK)
    console.log(
      `${ROUNDS} disturbances; ${turns.length} turns, ${takenOver} taken over from the dead, ${tooSoon.length} too soon; ${requests.length} requests, ${outOfTurn.length} out of turn`,
    );
  return { turns: turns.length, tooSoon, takenOver, requests: requests.length, outOfTurn };
}

/**
 * What a database holds, one line a row, with names instead of the numbers that sources and services were given in it. Where reading goes on
 * is aside: that tells how it was read.
 */
export async function heldBy(database: string): Promise<readonly string[]> {
  const sources = await namesOf(database, "select id, name from source");
  const services = await namesOf(
    database,
    "select v.id, o.name || ' ' || v.name as name from service v join source o on o.id = v.source_id",
  );
  return Object.entries(await contentOf(database)).flatMap(([table, rows]) =>
    rows
      .map((row) => {
        const { source_id, service_id, ...rest } = JSON.parse(row) as Record<string, unknown>;
        const named = { source: sources.get(source_id) ?? null, service: services.get(service_id) ?? null };
        return `${table} ${JSON.stringify({ ...named, ...rest, cursor: null })}`;
      })
      .toSorted(),
  );
}

async function namesOf(database: string, sql: string): Promise<ReadonlyMap<unknown, unknown>> {
  return new Map((await query(database, sql)).map(({ id, name }) => [id, name]));
}

/** Makes a database on a server. */
export async function createDatabase(server: string, name: string): Promise<string> {
  await askPostgres(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}

/** How many rounds of disturbances; more than a test has time for when somebody asks for a soak. */
export const ROUNDS = Number(process.env["DISTURBANCES"] ?? 6);
const IS_SOAK = process.env["DISTURBANCES"] !== undefined;

/** A moment within a sync. */
export async function aWhile(): Promise<void> {
  await setTimeout(150 + Math.random() * 700);
}
