/** Work for whoever reads next, done while nobody waits: after facts changed the first reader of Progress, of the gate and of Leadership would wait for seconds. */
import { setTimeout } from "node:timers/promises";
import type { RequestHandler } from "express";
import { beforehand } from "./answers/beforehand.ts";
import { Memory } from "./answers/memory.ts";
import { Pace } from "./answers/turns.ts";
import { liveContract } from "./contract.ts";
import type { Installation } from "./installation.ts";
import type { Log } from "./log.ts";
import { plainLog } from "./log.ts";

/** So long nobody must have asked for anything: whoever reads a page soon asks for the next thing. Milliseconds. */
const QUIET = 200;

export interface AheadOptions {
  /** The process is told to stop. */
  readonly signal: AbortSignal;
  readonly log?: Log;
  readonly quiet?: number;
}

/**
 * What it works out it keeps where this process looks for it when it is asked, and nowhere else: of several processes on a database the one that brought something up to date does it,
 * for its own readers. Who sees some services only has answers of their own, which are made when they ask.
 */
export class Ahead {
  /** Of all answers about the whole installation. */
  readonly memory: Memory;
  readonly #installation: Installation;
  readonly #signal: AbortSignal;
  readonly #log: Log;
  readonly #quiet: number;
  #running: Promise<void> = Promise.resolve();
  #current = new AbortController();
  /** How many have asked and have no answer yet. */
  #readers = 0;
  #lastReadAt = -Infinity;

  constructor(installation: Installation, { signal, log = plainLog, quiet = QUIET }: AheadOptions) {
    this.#installation = installation;
    this.#signal = signal;
    this.#log = log;
    this.#quiet = quiet;
    this.memory = new Memory(installation.store);
    signal.addEventListener("abort", () => this.#current.abort(), { once: true });
  }

  /** Sees who asks. Whoever listens to what happens does so for hours, and waits for nothing. */
  readonly watch: RequestHandler = (request, response, next) => {
    // That of an app below a path, too.
    if (!request.path.endsWith(liveContract.path)) {
      this.#readers += 1;
      response.once("close", () => {
        this.#readers -= 1;
        this.#lastReadAt = performance.now();
      });
    }
    next();
  };

  /** Something was brought up to date: what is under way is given up, and all is looked through anew. */
  begin(): void {
    this.#current.abort();
    const mine = new AbortController();
    this.#current = mine;
    if (this.#signal.aborted) return;
    this.#running = this.#running.then(async () => this.#work(mine.signal));
  }

  /** Resolves when all that was begun is done or given up. */
  async settled(): Promise<void> {
    await this.#running;
  }

  /** Begins nothing more, and ends with the step that is under way. */
  async stop(): Promise<void> {
    this.#current.abort();
    await this.#running;
  }

  async #work(signal: AbortSignal): Promise<void> {
    const { store } = this.#installation;
    const pace = new Patient(() => this.#wait(), signal);
    try {
      await pace.idle();
      const version = await store.factsVersion();
      for await (const _ of beforehand(this.#installation, this.memory, pace)) {
        await pace.idle();
        // What somebody else changes meanwhile makes the rest worthless, and whoever changed it begins again.
        if ((await store.factsVersion()) !== version) return;
      }
    } catch (error) {
      if (signal.aborted) return;
      // Whoever asks is told what is wrong.
      this.#log("warn", `Pages could not be worked out before somebody asks: ${String(error)}`);
    }
  }

  /** How long to wait until nobody has waited for a while, as far as that can be known now; 0 or less: it is so. Milliseconds. */
  #wait(): number {
    return this.#readers > 0 ? LOOK : this.#lastReadAt + this.#quiet - performance.now();
  }
}

/** As often it is looked at least whether somebody waits for what rests. Milliseconds. */
const LOOK = 50;

/** Rests as long as somebody waits, unless it is this that they wait for. */
class Patient extends Pace {
  readonly #wait: () => number;
  readonly #signal: AbortSignal;
  #isHurried = false;

  constructor(wait: () => number, signal: AbortSignal) {
    super();
    this.#wait = wait;
    this.#signal = signal;
  }

  override hurry(): void {
    this.#isHurried = true;
  }

  override async rest(): Promise<void> {
    await super.rest();
    while (!this.#isHurried && this.#needsRest()) await setTimeout(Math.min(LOOK, Math.max(1, this.#wait())));
  }

  /** Between two steps, of which nobody has begun to wait for the next one. @throws when it is given up. */
  async idle(): Promise<void> {
    this.#isHurried = false;
    while (this.#needsRest()) await setTimeout(Math.min(LOOK, Math.max(1, this.#wait())));
  }

  /** @throws when it is given up. */
  #needsRest(): boolean {
    this.#signal.throwIfAborted();
    return this.#wait() > 0;
  }
}
