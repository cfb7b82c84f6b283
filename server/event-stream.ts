/** What happens at the sources, told as it happens: server-sent events, the same to everybody who listens. */
import type { Request, RequestHandler, Response } from "express";
import { SECOND } from "#metrics/time.ts";
import { answerLive } from "./answers/status.ts";
import type { Installation } from "./installation.ts";
import { StoreError } from "./store/errors.ts";

/** Often enough for a bar that moves, rarely enough to cost nothing. */
const SHORTEST = SECOND / 2;
/** Another process may collect into the same database, and says nothing. */
const LOOK = 5 * SECOND;
/** Proxies and sleeping laptops drop connections on which nothing happens. */
const HEARTBEAT = 15 * SECOND;
/** Who does not read is left: it will come back and be told everything. */
const MOST_UNREAD = 1_000_000;

/** @param stopping ends all streams, so that the server can stop listening. */
export function eventStream(installation: Installation, stopping: AbortSignal): RequestHandler {
  const stream = new EventStream(installation);
  stopping.addEventListener("abort", () => stream.stop(), { once: true });
  return (request, response) => stream.join(request, response);
}

class EventStream {
  readonly #installation: Installation;
  readonly #readers = new Set<Response>();
  #told = "";
  #isStopped = false;
  #pending: NodeJS.Timeout | null = null;
  #unwatch: (() => void) | null = null;
  /** One is told after the other: what was looked up first is older. */
  #telling: Promise<void> = Promise.resolve();

  constructor(installation: Installation) {
    this.#installation = installation;
  }

  join(request: Request, response: Response): void {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      // Also keeps the compression away, which would hold events back until it has a block full.
      "cache-control": "no-cache, no-transform",
      "x-accel-buffering": "no",
    });
    response.write("retry: 3000\n\n");
    const heartbeat = setInterval(() => this.#write(response, ": still here\n\n"), HEARTBEAT);
    this.#readers.add(response);
    request.on("close", () => {
      clearInterval(heartbeat);
      this.#leave(response);
    });
    this.#begin();
    this.#tellInTurn(response);
  }

  /** No more is told, and what is being looked up is not needed. */
  stop(): void {
    this.#isStopped = true;
    this.#rest();
    this.#end();
  }

  #end(): void {
    for (const reader of this.#readers) reader.end();
  }

  #begin(): void {
    if (this.#unwatch !== null) return;
    const unwatch = this.#installation.live.watch(() => this.#soon());
    const look = setInterval(() => this.#soon(), LOOK);
    this.#unwatch = () => {
      unwatch();
      clearInterval(look);
    };
  }

  #leave(response: Response): void {
    this.#readers.delete(response);
    if (this.#readers.size === 0) this.#rest();
  }

  #rest(): void {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#told = "";
    if (this.#pending !== null) clearTimeout(this.#pending);
    this.#pending = null;
  }

  #soon(): void {
    this.#pending ??= setTimeout(() => {
      this.#pending = null;
      this.#tellInTurn(null);
    }, SHORTEST);
  }

  #tellInTurn(newcomer: Response | null): void {
    this.#telling = this.#telling.then(async () => this.#tell(newcomer));
  }

  /** To everybody if there is news; to one who has just come in any case. */
  async #tell(newcomer: Response | null): Promise<void> {
    const news = await this.#look();
    if (news === null) return this.#end();
    const { now: _now, ...content } = news;
    const text = JSON.stringify(content);
    const event = `event: live\ndata: ${JSON.stringify(news)}\n\n`;
    const isNews = text !== this.#told;
    this.#told = text;
    if (isNews) for (const reader of this.#readers) this.#write(reader, event);
    else if (newcomer !== null) this.#write(newcomer, event);
  }

  /** `null` when the database cannot be read: who listens then asks in the ordinary way, and is told why. */
  async #look() {
    try {
      return await answerLive(this.#installation);
    } catch (error) {
      if (error instanceof StoreError || this.#isStopped) return null;
      throw error;
    }
  }

  #write(response: Response, text: string): void {
    if (response.writableEnded || response.destroyed) return;
    if (response.writableLength > MOST_UNREAD) response.destroy();
    else response.write(text);
  }
}
