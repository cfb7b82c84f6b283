/** A host that answers what a test tells it to, one answer after the other; the last one stays. */
import { createServer } from "node:http";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import { createPoliteFetch } from "#collectors/polite/index.ts";
import type { PoliteFetch, PoliteOptions, Wait } from "#collectors/polite/index.ts";

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

export interface Host {
  readonly url: string;
  /** What was asked, and when on the test's clock. */
  readonly asked: { readonly path: string; readonly at: number; readonly agent: string | undefined }[];
  readonly naps: number[];
  readonly waits: (Wait | null)[];
  readonly clock: { now: number };
  readonly polite: (options?: Partial<PoliteOptions>) => PoliteFetch;
}

/** Sleeping takes no time here: it moves the clock. */
export async function aHost(...answers: Answer[]): Promise<Host> {
  const asked: { path: string; at: number; agent: string | undefined }[] = [];
  const clock = { now: Date.parse("2026-03-01T12:00:00Z") };
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? "", at: clock.now, agent: request.headers["user-agent"] });
    response.setHeader("date", new Date(clock.now).toUTCString());
    const [first, second] = answers;
    if (second !== undefined) answers.shift();
    first?.(response, request);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  const url = `http://127.0.0.1:${(address as AddressInfo).port}`;
  const naps: number[] = [];
  const waits: (Wait | null)[] = [];
  const effects = {
    now: () => clock.now,
    random: () => 0.5,
    sleep: async (milliseconds: number, signal: AbortSignal) => {
      signal.throwIfAborted();
      naps.push(milliseconds);
      clock.now += milliseconds;
    },
  };
  const polite = (options: Partial<PoliteOptions> = {}) =>
    createPoliteFetch({
      source: "github:test",
      signal: new AbortController().signal,
      onWait: (wait) => waits.push(wait),
      effects,
      ...options,
    });
  return { url, asked, naps, waits, clock, polite };
}

export function json(body: unknown, headers: Record<string, string | number> = {}, status = 200): Answer {
  return (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(JSON.stringify(body));
  };
}

export const fine = json({ fine: true });

export const reset: Answer = (_, request) => {
  request.socket.resetAndDestroy();
};

export const silence: Answer = () => {};

export const html: Answer = (response) => {
  response.writeHead(200, { "content-type": "text/html" });
  response.end("<!DOCTYPE html><h1>Unicorn</h1>");
};

/** Says less than it promised, and ends the connection. */
export const resetInTheMiddle: Answer = (response, request) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
  response.write('{"fine":');
  setTimeout(() => request.socket.destroy(), 5);
};

export const silenceInTheMiddle: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json", "content-length": 100 });
  response.write('{"fine":');
};

export const truncated: Answer = (response) => {
  response.writeHead(200, { "content-type": "application/json" });
  response.end('{"fine":tr');
};
