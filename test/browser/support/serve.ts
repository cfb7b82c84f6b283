/** The built dashboard and the stand-in server, on one port and under the strict policy it must live with. */
import { once } from "node:events";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

import { liveContract } from "#server/contract.ts";

import { answer } from "./dashboard-api.ts";
import { NOW } from "./facts.ts";
import type { Scenario } from "./scenarios.ts";
import { iso } from "./series.ts";

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));
const POLICY =
  "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'";
/** Nothing is answered later. */
const PROMPT = { text: "\0", ms: 0 };
const NOTHING = { text: "\0", until: Promise.resolve() };
const EVENTS = { "content-type": "text/event-stream", "cache-control": "no-cache" };
const TYPES: Record<string, string> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".svg": "image/svg+xml",
  ".html": "text/html; charset=utf-8",
};

export interface Dashboard {
  readonly url: string;
  /** Questions asked so far. */
  readonly asked: string[];
  /** What it looks at from now on, and the version of the facts. */
  look: (scenario: Scenario, facts: number) => void;
  /** Begins again with a scenario, as if it had just been started. */
  reset: (scenario: Scenario) => Promise<void>;
  /** Answers questions that contain a text this much later. */
  delay: (text: string, ms: number) => void;
  /** Keeps the answers to questions that contain a text until what it gives is called. */
  hold: (text: string) => () => void;
  stop: () => Promise<void>;
  start: () => Promise<void>;
}

let built: Promise<string> | null = null;

/** The dashboard as it is shipped, built anew where it changed; its folder. */
export function builtDashboard(): Promise<string> {
  built ??= buildDashboard();
  return built;
}

async function buildDashboard(): Promise<string> {
  await promisify(execFile)(process.execPath, [join(ROOT, "scripts/build.mjs")]);
  return join(ROOT, "dist/web");
}

export async function serve(directory: string, first: Scenario): Promise<Dashboard> {
  let scenario = first;
  let facts = 1;
  let slow = PROMPT;
  let held = NOTHING;
  const asked: string[] = [];
  const listeners = new Set<ServerResponse>();
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://localhost");
    // What is asked here stays open; the questions of a test are those that are answered.
    if (url.pathname === "/api/events") {
      response.writeHead(200, EVENTS).write(": nothing new\n\n");
      listeners.add(response);
      return;
    }
    asked.push(`${url.pathname}${url.search}`);
    await wait(url.href.includes(slow.text) ? slow.ms : 0);
    if (url.href.includes(held.text)) await held.until;
    response.setHeader("content-security-policy", POLICY);
    if (url.pathname.startsWith("/api/")) sendAnswer(response, () => answer(scenario, facts, url));
    else await sendFile(response, directory, url.pathname);
  };

  let server = await listen(handle, 0);
  const { port } = address(server);
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    look: (next, version) => {
      [scenario, facts] = [next, version];
      const news = liveContract.reply.parse({ now: iso(NOW), facts, sources: scenario.sources });
      for (const listener of listeners) listener.write(`event: live\ndata: ${JSON.stringify(news)}\n\n`);
    },
    reset: async (next) => {
      [scenario, facts, slow, held] = [next, 1, PROMPT, NOTHING];
      asked.length = 0;
      listeners.clear();
      if (!server.listening) server = await listen(handle, port);
    },
    delay: (text, ms) => {
      slow = { text, ms };
    },
    hold: (text) => {
      let answerNow = (): void => {};
      held = { text, until: new Promise((resolve) => (answerNow = resolve)) };
      return () => answerNow();
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
    start: async () => {
      server = await listen(handle, port);
    },
  };
}

async function listen(
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
  port: number,
): Promise<Server> {
  const server = createServer((request, response) => void handle(request, response));
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}

function address(server: Server): AddressInfo {
  const found = server.address();
  if (found === null || typeof found === "string") throw new Error("The server has no port.");
  return found;
}

function sendAnswer(response: ServerResponse, get: () => unknown): void {
  try {
    const body = JSON.stringify(get());
    response.writeHead(200, { "content-type": "application/json" }).end(body);
  } catch (error) {
    const problem = {
      type: "about:blank",
      status: 400,
      title: "Bad Request",
      detail: error instanceof Error ? error.message : "",
    };
    response.writeHead(400, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
  }
}

/** A page of the dashboard is one file whatever its path. */
async function sendFile(response: ServerResponse, directory: string, path: string): Promise<void> {
  const name = extname(path) === "" ? "/index.html" : path;
  try {
    const file = await readFile(join(directory, name));
    response.writeHead(200, { "content-type": TYPES[extname(name)] ?? "application/octet-stream" }).end(file);
  } catch {
    response.writeHead(404).end();
  }
}
