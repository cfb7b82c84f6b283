/** The fields of what is pushed, under every name that senders give them, and what is wrong with them. */
import { z } from "zod";
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";

/** A field of a message and why it cannot be taken. */
export interface Refusal {
  readonly field: string;
  readonly reason: string;
}

/** A message cannot be taken; every reason at once. */
export class Unacceptable extends Error {
  override readonly name = "Unacceptable";
  readonly refusals: readonly Refusal[];

  constructor(refusals: readonly Refusal[]) {
    super(refusals.map(({ field, reason }) => `${field}: ${reason}`).join("\n"));
    this.refusals = refusals;
  }
}

/** What a shell step sends for a variable that is not set is not said. */
export function said<T extends z.ZodType>(schema: T) {
  return z.preprocess((value) => (value === "" || value === null ? undefined : value), schema.optional());
}

// oxlint-disable-next-line no-control-regex -- what could be read in two ways, or not at all, names nothing
const UNREADABLE = /[\u0000-\u001f\u007f-\u009f]|\p{Cs}/u;

function text(most: number) {
  return z
    .string("Write text.")
    .trim()
    .min(1, "This is empty.")
    .max(most, `This is longer than ${most} characters.`)
    .refine((value) => !UNREADABLE.test(value), "This holds characters that cannot be read. Leave them out.");
}

const AT = "Write an instant with its zone, such as 2026-11-22T08:00:00Z.";

export const Name = said(text(200));
export const Id = said(
  z.preprocess(
    (value) => (typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value),
    text(200),
  ),
);
export const Line = said(text(500));
export const Url = said(
  z.url({ protocol: /^https?$/, error: "Write an address that begins with https://." }).max(2000),
);
export const At = said(z.iso.datetime({ offset: true, error: AT }));
const SHA = "Write the commit's sha: 7 to 64 hexadecimal digits.";
export const Sha = said(z.string(SHA).regex(/^[0-9a-fA-F]{7,64}$/, SHA));
export const Shas = said(
  z
    .array(z.string(SHA).regex(/^[0-9a-fA-F]{7,64}$/, SHA), "Write a list of shas.")
    .max(10_000, "At most 10,000 commits."),
);
export const Texts = said(z.array(text(500), "Write a list of patterns.").max(1000, "At most 1,000 patterns."));
export const Names = said(z.array(text(200), "Write a list of names.").max(100, "At most 100 names."));
export const Flag = said(z.boolean("Write true or false."));

/** Reads fields that have several names, and collects what is wrong with them. */
export class Reading {
  readonly refusals: Refusal[] = [];
  readonly #body: Readonly<Record<string, unknown>>;
  readonly #now: Instant;

  constructor(body: Readonly<Record<string, unknown>>, now: Instant) {
    this.#body = body;
    this.#now = now;
  }

  refuse(field: string, reason: string): void {
    this.refusals.push({ field, reason });
  }

  /** The value under the first of its names; two names may not say different things. */
  text(...names: readonly string[]): string | null {
    const given = names.flatMap((name) => {
      const value = this.#body[name];
      return typeof value === "string" && value !== "" ? [{ name, value }] : [];
    });
    const [one] = given;
    for (const { name, value } of given) {
      if (value !== one?.value) this.refuse(name, `This says something else than \`${one?.name}\`. Keep one of them.`);
    }
    return one?.value ?? null;
  }

  /** An instant between 1990 and tomorrow: what lies elsewhere was written in another unit, or by a wrong clock. */
  at(...names: readonly string[]): Instant | null {
    const found = this.text(...names);
    if (found === null) return null;
    const at = Date.parse(found);
    const name = names.find((one) => this.#body[one] === found) ?? "";
    if (at > this.#now + DAY) this.refuse(name, "This lies in the future.");
    if (at < EARLIEST) this.refuse(name, "This lies before 1990.");
    return at;
  }

  /** @throws Unacceptable when anything was wrong. */
  finish(): void {
    if (this.refusals.length > 0) throw new Unacceptable(this.refusals);
  }
}

const EARLIEST = Date.parse("1990-01-01T00:00:00Z");

/** A body as its schema reads it. @throws Unacceptable with every field that is wrong. */
export function read<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new Unacceptable(
    parsed.error.issues.map(({ path, message }) => ({
      field: path.length === 0 ? "body" : path.map(String).join("."),
      reason: path.length === 0 ? "Send one JSON object." : message,
    })),
  );
}

/** `acme/shop` of an address such as `https://github.com/acme/shop.git` or `git@github.com:acme/shop.git`. */
export function repositoryPath(text: string): string {
  return text
    .replace(/^[a-z][a-z+.-]*:\/\/[^/]*\//i, "")
    .replace(/^[^/@:]+@[^/:]+:/, "")
    .replace(/\.git\/*$/, "")
    .replace(/^\/+|\/+$/g, "");
}
