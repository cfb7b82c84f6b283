/** A terminal, or a file that is read like one: how wide, which characters, whether colours. */
import type { Effects, Terminal } from "./effects.ts";

export type Tone = "strong" | "quiet" | "good" | "bad" | "other";

export interface Screen {
  readonly width: number;
  /** Writes lines, and waits until they are taken. */
  readonly print: (text: string) => Promise<void>;
  /** Colour only repeats what the words say. */
  readonly paint: (tone: Tone, text: string) => string;
}

/** Blue and orange: told apart by those who cannot tell red from green. */
const CODES: Record<Tone, number> = { strong: 1, quiet: 2, good: 34, bad: 33, other: 36 };
const WIDEST = 100;
const NARROWEST = 40;

export function createScreen(stream: Terminal, env: Effects["env"]): Screen {
  const colour = stream.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb";
  const unicode = isUnicode(env);
  return {
    width: Math.max(NARROWEST, Math.min(WIDEST, columnsOf(stream) ?? WIDEST)),
    print: (text) => write(stream, `${unicode ? harmless(text, colour) : plain(harmless(text, colour))}\n`),
    paint: (tone, text) => (colour && text !== "" ? `\u001b[${CODES[tone]}m${text}\u001b[0m` : text),
  };
}

/** How wide a terminal says it is; `null` when it does not know. */
export function columnsOf({ columns = 0 }: Terminal): number | null {
  return columns > 0 ? columns : null;
}

/** Writes a text or bytes and waits until they are taken. @throws the stream's error, EPIPE when its reader has left. */
export async function write(stream: Terminal, text: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error === null || error === undefined ? resolve() : reject(error)));
  });
}

/** Lines no longer than a width, broken between words; what was broken off is indented. */
export function wrap(text: string, width: number, indent = ""): string {
  return text
    .split("\n")
    .map((line) => wrapLine(line, width, indent))
    .join("\n");
}

function wrapLine(text: string, width: number, indent: string): string {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && lengthOf(longer) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = longer;
  }
  return [...lines, line].join("\n");
}

/** How many places a text takes, colours aside. */
export function lengthOf(text: string): number {
  // oxlint-disable-next-line no-control-regex
  return Array.from(text.replaceAll(/\u001b\[\d+m/g, "")).length;
}

/** A repository or a tag can be called anything: only our own colours reach the terminal as control characters. */
function harmless(text: string, colour: boolean): string {
  // oxlint-disable-next-line no-control-regex
  return text.replaceAll(/\u001b\[\d+m|[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g, (found) =>
    colour && found.length > 1 ? found : "\ufffd",
  );
}

function isUnicode(env: Effects["env"]): boolean {
  if (env["TERM"] === "dumb") return false;
  const locale = [env["LC_ALL"], env["LC_CTYPE"], env["LANG"]].find((value) => value !== undefined && value !== "");
  return locale === undefined || /utf-?8/i.test(locale);
}

/** Our own signs in ASCII; names keep their letters. */
const ASCII: Record<string, string> = {
  "—": "-",
  "–": "-",
  "·": "|",
  "…": "...",
  "≈": "~",
  "✓": "+",
  "✗": "x",
  "◆": "*",
  "○": "?",
  "×": "x",
  "“": '"',
  "”": '"',
  "’": "'",
  "\u00a0": " ",
  "▁": "_",
  "▂": ".",
  "▃": ":",
  "▄": "-",
  "▅": "=",
  "▆": "+",
  "▇": "*",
  "█": "#",
};

function plain(text: string): string {
  return text.replaceAll(/[^\n -~]/g, (sign) => ASCII[sign] ?? sign);
}
