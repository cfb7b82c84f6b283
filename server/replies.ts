/**
 * Answers as they are sent, kept until a fact or the configuration changes, somebody decides something, a source has been looked at
 * again, or the day ends: who asks what was asked before waits for one look at the database.
 */
import { createHash } from "node:crypto";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Config } from "#config/schema.ts";
import { dateOf } from "#metrics/calendar.ts";
import type { Request, Response } from "express";
import type { Installation } from "./installation.ts";
import { sourceKeys } from "./installation.ts";

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

export class Replies {
  readonly counts: ReplyCounts = { kept: 0, made: 0 };
  readonly #installation: Installation;
  readonly #mostBytes: number;
  readonly #kept = new Map<string, Promise<Sent>>();
  readonly #sizes = new Map<string, number>();
  #bytes = 0;
  #stamp = "";
  #config: Config | null = null;
  #looking: Promise<string> = Promise.resolve("");
  #waiting: Promise<string> | null = null;

  constructor(installation: Installation, mostBytes = MOST_BYTES) {
    this.#installation = installation;
    this.#mostBytes = mostBytes;
  }

  /** Answers a request with {@link answer}. */
  async send(request: Request, response: Response, question: object, make: () => Promise<unknown>): Promise<void> {
    const { etag, plain, packed } = await this.answer(question, make);
    response.type("json").set("ETag", etag);
    if (packed === null || request.acceptsEncodings("gzip") === false) {
      response.send(plain);
      return;
    }
    response.vary("Accept-Encoding").set("Content-Encoding", "gzip").send(packed);
  }

  /** What the same question was answered before, or what is made now: once, also when many ask at the same time. */
  async answer(question: object, make: () => Promise<unknown>): Promise<Sent> {
    await this.#forgetOld();
    const key = JSON.stringify(question);
    const known = this.#kept.get(key);
    if (known !== undefined) {
      this.counts.kept += 1;
      this.#kept.delete(key);
      this.#kept.set(key, known); // asked for last
      return known;
    }
    this.counts.made += 1;
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
    const { now, config } = this.#installation;
    const stamp = `${await this.#look()} ${dateOf(now(), config.timezone)}`;
    if (stamp === this.#stamp && config === this.#config) return;
    this.#stamp = stamp;
    this.#config = config;
    this.#kept.clear();
    this.#sizes.clear();
    this.#bytes = 0;
  }

  /** One look for all who ask meanwhile, but never one that began before: who has just changed something asks for what is true now. */
  async #look(): Promise<string> {
    this.#waiting ??= this.#looking
      .catch(() => "")
      .then(async () => {
        this.#waiting = null;
        this.#looking = this.#installation.store.stamp(sourceKeys(this.#installation));
        return this.#looking;
      });
    return this.#waiting;
  }
}

async function sentOf(answer: unknown): Promise<Sent> {
  const plain = Buffer.from(JSON.stringify(answer));
  const etag = `W/"${createHash("sha1").update(plain).digest("base64url")}"`;
  return { etag, plain, packed: plain.length < WORTH_PACKING ? null : await zip(plain) };
}
