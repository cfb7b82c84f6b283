/**
 * A statement as a text of lines, each `["CHAIN",{…}]`. CHAIN is the SHA-256, hexadecimal, of the chain of the line before and the canonical JSON (RFC 8785) of this one,
 * with a line break between them; before the first line it is that of the statement before, or empty. The last line holds the signature of the chain before it.
 */
import { createHash } from "node:crypto";
import type { Json } from "#metrics/baselines/canonical.ts";
import { canonical, canonicalOf } from "#metrics/baselines/canonical.ts";
import type { StatementFormat } from "#metrics/programme/savings/statement/formats.ts";
import { STATEMENT_FORMATS } from "#metrics/programme/savings/statement/formats.ts";
import type { Printed } from "#metrics/programme/savings/statement/printed.ts";
import type { StatementRows } from "#metrics/programme/savings/statement/statement.ts";
import type { Signer } from "./signing.ts";
import { isSignedBy } from "./signing.ts";

/** What stands in the first line. */
export interface Head {
  readonly part: "statement";
  readonly format: StatementFormat;
  readonly month: string;
  readonly currency: string;
  readonly zone: string;
  /** Of the Headway that made it. */
  readonly version: string;
  /** The hash of the statement before; empty of the first. */
  readonly previous: string;
  readonly key: string;
}

/** What is in a line. */
export interface Line {
  /** 1 is the first. */
  readonly number: number;
  readonly chain: string;
  readonly part: string;
  readonly content: Readonly<Record<string, Json>>;
}

/** Lists of rows and what each row is called in a pack. */
export const PARTS = [
  ["lines", "line"],
  ["steps", "step"],
  ["fundings", "funding"],
  ["actuals", "actual"],
  ["caps", "cap"],
  ["scopes", "scope"],
  ["records", "record"],
  ["teams", "team"],
  ["assumptions", "assumption"],
  ["costs", "cost"],
  ["studies", "study"],
  ["interventions", "intervention"],
  ["initiatives", "initiative"],
  ["weeks", "week"],
] as const satisfies readonly (readonly [keyof StatementRows, string])[];

export interface Packed {
  readonly text: string;
  /** The chain of the last line: by it the next statement names this one. */
  readonly hash: string;
}

export function pack(
  head: Omit<Head, "part" | "format" | "key">,
  rows: StatementRows,
  figures: readonly Printed[],
  signer: Signer,
): Packed {
  const contents: object[] = [{ part: "statement", format: rows.format, ...head, key: signer.publicKey }];
  for (const [list, part] of PARTS)
    for (const row of rows[list]) contents.push(typeof row === "string" ? { part, name: row } : { part, row });
  if (rows.reckoning !== null) contents.push({ part: "reckoning", row: rows.reckoning });
  if (rows.evaluation !== null) contents.push({ part: "evaluation", row: rows.evaluation });
  for (const one of figures) contents.push({ part: "printed", ...one });
  let chain = head.previous;
  const lines: string[] = [];
  const add = (content: object): void => {
    const text = canonicalOf(content);
    chain = chainOf(chain, Buffer.from(text));
    lines.push(`["${chain}",${text}]\n`);
  };
  for (const content of contents) add(content);
  add({ part: "signature", signature: signer.sign(chain) });
  return { text: lines.join(""), hash: chain };
}

function chainOf(before: string, content: Buffer): string {
  return createHash("sha256").update(`${before}\n`).update(content).digest("hex");
}

/** What is wrong with a pack, and in which line. */
export class PackError extends Error {
  override readonly name = "PackError";
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export interface Opened {
  readonly head: Head;
  readonly lines: readonly Line[];
  readonly hash: string;
}

/**
 * Reads a pack byte by byte: every line is what it was when it was signed.
 *
 * @throws PackError that names the first line that is not.
 */
export function openPack(bytes: Buffer): Opened {
  const lines: Line[] = [];
  let [position, chain] = [0, ""];
  while (position < bytes.length) {
    const number = lines.length + 1;
    const end = bytes.indexOf(10, position);
    if (end === -1)
      throw new PackError(number, "The line does not end: the pack was cut off, or its last byte was changed.");
    const content = contentOf(bytes.subarray(position, end), number);
    if (number === 1) chain = previousIn(content.json, number);
    chain = chainOf(chain, content.bytes);
    if (chain !== content.chain)
      throw new PackError(number, "The line is not what it was when the statement was signed.");
    lines.push({ number, chain, ...partOf(content.json, number) });
    position = end + 1;
  }
  const [first, last, signed] = [lines[0], lines.at(-1), lines.at(-2)];
  if (first === undefined || last === undefined || signed === undefined)
    throw new PackError(1, "There is no statement in the file.");
  const head = headOf(first);
  if (last.part !== "signature")
    throw new PackError(last.number, "The last line is no signature: the pack was cut off.");
  if (!isSignedBy(head.key, signed.chain, textOf(last.content["signature"])))
    throw new PackError(last.number, "The signature is not one of the key that the first line names.");
  return { head, lines, hash: last.chain };
}

/** Whatever bytes are there: only what is between the brackets is read as text. */
function contentOf(line: Buffer, number: number) {
  const [, chain = "", text] = /^\["([0-9a-f]{64})",(\{.*\})\]$/s.exec(line.toString("latin1")) ?? [];
  if (text === undefined) throw new PackError(number, "The line is no line of a statement.");
  const bytes = Buffer.from(text, "latin1");
  return { chain, bytes, json: parsed(bytes, number) };
}

function parsed(bytes: Buffer, number: number): Readonly<Record<string, Json>> {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    // oxlint-disable-next-line no-unsafe-type-assertion -- JSON.parse returns JSON, and the pattern lets only objects in
    const value = JSON.parse(text) as Readonly<Record<string, Json>>;
    if (canonical(value) === text) return value;
  } catch {
    // Said below: it is not what was signed.
  }
  throw new PackError(number, "The line is not what it was when the statement was signed: it is no canonical JSON.");
}

function previousIn({ previous }: Readonly<Record<string, Json>>, number: number): string {
  if (typeof previous === "string" && /^([0-9a-f]{64})?$/.test(previous)) return previous;
  throw new PackError(number, "The first line does not say which statement came before.");
}

function partOf(content: Readonly<Record<string, Json>>, number: number): Pick<Line, "part" | "content"> {
  const { part } = content;
  if (typeof part !== "string") throw new PackError(number, "The line does not say what it is.");
  return { part, content };
}

function headOf({ content, number }: Line): Head {
  const { part, format, month, currency, zone, version, previous, key } = content;
  const texts = [month, currency, zone, version, previous, key].every((one) => typeof one === "string");
  if (part !== "statement" || !texts) throw new PackError(number, "The first line is not the head of a statement.");
  if (!STATEMENT_FORMATS.some((known) => known === format))
    throw new PackError(
      number,
      `The statement is of format ${textOf(format)}, which this Headway does not know. Use a newer one.`,
    );
  // oxlint-disable-next-line no-unsafe-type-assertion -- each of its fields was looked at above
  return content as unknown as Head;
}

/** What a field says, for a sentence or a comparison. */
export function textOf(value: Json | undefined): string {
  return typeof value === "string" ? value : canonical(value ?? null);
}
