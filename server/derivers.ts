/** Threads that read, derive and compare while this one has facts written, and answers whoever asks. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";
import type { Stale } from "./deriving.ts";
import type { Rewrite } from "./store/facts.ts";

/** What a thread is started with. */
export interface Start {
  /** Of the database. */
  readonly path: string;
}

/** What a thread is told: services of one repository, or that there is nothing more. */
export type Question = { readonly number: number; readonly group: readonly Stale[] } | "end";

/** What it says. Of an error, the driver's code tells the store what to say of it. */
export type Answer =
  | { readonly number: number; readonly rewrites: readonly Rewrite[] }
  | { readonly number: number; readonly error: { readonly message: string; readonly code: string | null } };

/** With fewer repositories it takes longer to start threads, which compile everything anew, and more memory, than they save. */
const FEWEST = 32;
/** All of them write by one connection, which more than this would keep waiting. */
const MOST_THREADS = 3;
/** So many repositories are on their way to a thread, so that it has the next one when it is done with one, also while the disk is waited for. */
const AHEAD = 3;
/** Megabytes. The events of a usual repository are gone before they would be moved to the old ones; twice as much took more processor time. */
const YOUNG = 96;

/** Built, this is `dist/server/main.js`, or a bench in a folder beside it; run from source it takes what was built last. */
const PROGRAM = fileURLToPath(
  new URL(import.meta.url.endsWith(".ts") ? "../dist/server/deriver.js" : "../server/deriver.js", import.meta.url),
);

export class Derivers {
  readonly lanes: number;
  readonly #threads: readonly Thread[];
  #next = 0;

  private constructor(path: string, count: number) {
    this.lanes = count * AHEAD;
    // What `npm run headway` asks of V8 keeps the main thread small, and would go before what is asked for here.
    setFlagsFromString("--max-semi-space-size=0");
    this.#threads = Array.from({ length: count }, () => new Thread(path));
  }

  /** @returns `null` where it is done sooner without threads: little is to be done, or one processor is there to do it. */
  static open(path: string, repositories: number, processors = availableParallelism()): Derivers | null {
    const count = Math.min(processors, MOST_THREADS);
    return count < 2 || repositories < FEWEST || !existsSync(PROGRAM) ? null : new Derivers(path, count);
  }

  /** @throws the driver's error, or why a thread ended. */
  async derive(group: readonly Stale[]): Promise<readonly Rewrite[]> {
    const [least] = this.#threads.toSorted((a, b) => a.waiting - b.waiting);
    if (least === undefined) throw new Error("There is no thread to derive in.");
    return least.ask(this.#next++, group);
  }

  /** When what is under way has ended. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map(async (thread) => thread.end()));
  }
}

interface Waiting {
  readonly resolve: (rewrites: readonly Rewrite[]) => void;
  readonly reject: (error: Error) => void;
}

class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #ended: Promise<unknown>;
  #failure: Error | null = null;

  constructor(path: string) {
    const workerData: Start = { path };
    this.#worker = new Worker(PROGRAM, { workerData, resourceLimits: { maxYoungGenerationSizeMb: YOUNG } });
    this.#worker.on("message", (answer: Answer) => this.#hear(answer));
    this.#worker.on("error", (error: Error) => this.#fail(error));
    this.#ended = once(this.#worker, "exit").then(
      () => this.#fail(new Error("A thread that derives facts ended before it was done.")),
      () => undefined,
    );
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  async ask(number: number, group: readonly Stale[]): Promise<readonly Rewrite[]> {
    if (this.#failure !== null) throw this.#failure;
    return new Promise((resolve, reject) => {
      this.#waiting.set(number, { resolve, reject });
      const question: Question = { number, group };
      this.#worker.postMessage(question);
    });
  }

  async end(): Promise<void> {
    const question: Question = "end";
    this.#worker.postMessage(question);
    await this.#ended;
  }

  #hear(answer: Answer): void {
    const waiting = this.#waiting.get(answer.number);
    this.#waiting.delete(answer.number);
    if ("rewrites" in answer) waiting?.resolve(answer.rewrites);
    else waiting?.reject(Object.assign(new Error(answer.error.message), answer.error));
  }

  #fail(error: Error): void {
    this.#failure ??= error;
    for (const { reject } of this.#waiting.values()) reject(this.#failure);
    this.#waiting.clear();
  }
}
