/** Where a server's sentences go: to people as they are, or as JSON lines (pino) for whoever collects them. */
import { Writable } from "node:stream";
import type { Config } from "#config/schema.ts";
import type { Level, Log } from "../log.ts";
import { LEVELS } from "../log.ts";
import type { Effects, Terminal } from "./effects.ts";
import { write } from "./screen.ts";
import { hidden, secretsOf } from "./secrets.ts";

export interface Logging {
  readonly log: Log;
  /** Takes what was written for a person, secrets aside. */
  readonly stderr: Terminal;
}

/** The environment says it for containers and services, whose configuration is somebody else's. */
const VARIABLE = "HEADWAY_LOG";

export async function createLogging(config: Pick<Config, "log"> & object, effects: Effects): Promise<Logging> {
  const { stderr, env } = effects;
  const secrets = secretsOf(config);
  const asJson = (config.log.format ?? (env[VARIABLE] === "json" ? "json" : "text")) === "json";
  return asJson
    ? jsonLogging(config.log.level ?? "info", secrets, stderr)
    : textLogging(config.log.level ?? "warn", secrets, stderr);
}

/** A person at a terminal wants to know what goes wrong, and not of each request. */
function textLogging(least: Level, secrets: readonly string[], stderr: Terminal): Logging {
  const log: Log = (level, sentence, { requestId } = {}) => {
    if (LEVELS.indexOf(level) < LEVELS.indexOf(least)) return;
    const about = requestId === undefined ? "" : ` (request ${requestId})`;
    void write(stderr, `headway: ${hidden(sentence, secrets)}${about}\n`).catch(() => undefined);
  };
  return { log, stderr: passing(stderr, (text) => write(stderr, hidden(text, secrets))) };
}

async function jsonLogging(least: Level, secrets: readonly string[], stderr: Terminal): Promise<Logging> {
  const { pino } = await import("pino");
  const logger = pino(
    {
      level: least,
      base: { pid: process.pid },
      messageKey: "message",
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
      formatters: { level: (level) => ({ level }) },
    },
    { write: (line) => void stderr.write(line) },
  );
  const log: Log = (level, sentence, fields = {}) => logger[level](fields, hidden(sentence, secrets));
  let rest = "";
  const take = async (text: string): Promise<void> => {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const said of sentences(lines)) log(levelOf(said), said);
  };
  return { log, stderr: passing(null, take) };
}

/** What is wrong and why are one: each sentence begins with who says it, and goes on in the lines below. */
function sentences(lines: readonly string[]): string[] {
  const said: string[] = [];
  for (const line of lines.filter((one) => one.trim() !== "")) {
    const last = said.at(-1);
    if (last === undefined || line.startsWith(SIGN)) said.push(line.replace(SIGN, ""));
    else said[said.length - 1] = `${last}\n${line}`;
  }
  return said;
}

const SIGN = "headway: ";

/** What was written for people says itself how much it matters. */
function levelOf(line: string): Level {
  if (/should not have happened/.test(line)) return "error";
  return /Warning:|not collected\.|cannot|not be/.test(line) ? "warn" : "info";
}

/** A stream that hands on what it gets; where it stands for a terminal, it is one. */
function passing(stands: Terminal | null, take: (text: string) => Promise<void>): Terminal {
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      // oxlint-disable-next-line no-callback-in-promise -- a stream waits by callback, and what it hands on to by promise
      take(String(chunk)).then(() => done(), done);
    },
  });
  return Object.defineProperties(stream, {
    isTTY: { get: () => stands?.isTTY },
    columns: { get: () => stands?.columns },
  });
}
