/** Answers as they are sent, kept as long as they are true: who asks what was asked before waits for one look at the database. */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Config } from "#config/schema.ts";
import type { Request, Response } from "express";
import type { Seen, Watch } from "./watch.ts";

const zip = promisify(gzip);

/** Bytes of answers that are kept, packed ones included; those asked for longest ago go first. */
const MOST_BYTES = 64 * 2 ** 20;
/** A shorter answer fits in one packet as it is. */
const WORTH_PACKING = 1024;

interface Sent {
  readonly etag: string;
  readonly plain: Buffer;
  /** With gzip; `null` where that is not worth it. */
  readonly packed: Buffer | null;
}

/** How many answers were sent again, and how many were made. */
export interface ReplyCounts {
  kept: number;
  made: number;
}

interface RepliesOptions {
  readonly mostBytes?: number;
  /** Where it is counted what is sent again and what is made. */
  readonly counts?: ReplyCounts;
}

export class Replies {
  readonly #watch: Watch;
  readonly #restsOn: (seen: Seen) => string;
  readonly #counts: ReplyCounts;
  readonly #mostBytes: number;
  readonly #kept = new Map<string, Promise<Sent>>();
  readonly #sizes = new Map<string, number>();
  #bytes = 0;
  #seen = "";
  #config: Config | null = null;

  /** @param rests what the answers rest on. */
  constructor(watch: Watch, rests: "settled" | "fleeting", options: RepliesOptions = {}) {
    const { mostBytes = MOST_BYTES, counts = { kept: 0, made: 0 } } = options;
    this.#watch = watch;
    this.#restsOn = ({ [rests]: text }) => text;
    this.#mostBytes = mostBytes;
    this.#counts = counts;
  }

  /** Answers a request with {@link answer}. */
  async send(request: Request, response: Response, question: object, make: () => Promise<unknown>): Promise<void> {
    const { etag, plain, packed } = await this.answer(question, make);
    response.type("json").set("ETag", etag);
    if (packed !== null) response.vary("Accept-Encoding");
    if (packed === null || request.acceptsEncodings("gzip") === false) response.send(plain);
    else response.set("Content-Encoding", "gzip").send(packed);
  }

  /** What the same question was answered before, or what is made now: once, also when many ask at the same time. */
  async answer(question: object, make: () => Promise<unknown>): Promise<Sent> {
    await this.#forgetOld();
    const key = JSON.stringify(question);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.#counts.kept += 1;
      this.#kept.delete(key);
      this.#kept.set(key, known); // asked for last
      return known;
    }
    this.#counts.made += 1;
    const made = make().then(sentOf);
    this.#kept.set(key, made);
    const isKept = () => this.#kept.get(key) === made;
    made.then(
      ({ plain, packed }) => isKept() && this.#count(key, plain.length + (packed?.length ?? 0)),
      () => isKept() && this.#kept.delete(key),
    );
    return made;
  }

  #count(key: string, bytes: number): void {
    this.#sizes.set(key, bytes);
    this.#bytes += bytes;
    for (const oldest of this.#kept.keys()) {
      if (this.#bytes <= this.#mostBytes) return;
      this.#bytes -= this.#sizes.get(oldest) ?? 0;
      this.#sizes.delete(oldest);
      this.#kept.delete(oldest);
    }
  }

  async #forgetOld(): Promise<void> {
    const seen = await this.#watch.look();
    const text = this.#restsOn(seen);
    if (text === this.#seen && seen.config === this.#config) return;
    this.#seen = text;
    this.#config = seen.config;
    this.#kept.clear();
    this.#sizes.clear();
    this.#bytes = 0;
  }
}

async function sentOf(answer: unknown): Promise<Sent> {
  const plain = Buffer.from(JSON.stringify(answer));
  const etag = `W/"${createHash("sha1").update(plain).digest("base64url")}"`;
  return { etag, plain, packed: plain.length < WORTH_PACKING ? null : await zip(plain) };
}
