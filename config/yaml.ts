/** Text of YAML, read so that each problem can be told with its line. */
import type { Document } from "yaml";
import { isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { ConfigError } from "./errors.ts";
import type { Problem } from "./problems.ts";
import { pathWords } from "./problems.ts";

export interface YamlText {
  readonly value: unknown;
  /** A line of an error for each problem, in the order of the text. */
  readonly told: (problems: readonly Problem[]) => readonly string[];
}

/** What a text is meant to be: `a configuration`, and what to do where there is nothing at all. */
export interface Kind {
  readonly what: string;
  readonly emptyHint: string;
}

/** @throws ConfigError when it is no YAML, empty, or grows without bound. */
export function readYaml(text: string, file: string, kind: Kind): YamlText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw invalid(file, kind, `line ${line}, column ${col}: this is not YAML: ${error.message}`);
  }
  if (document.contents === null) throw invalid(file, kind, `it is empty. ${kind.emptyHint}`);
  return {
    value: plain(document, file, kind),
    told: (problems) =>
      problems
        .map((problem) => describe(problem, document, lines))
        .toSorted((a, b) => a.line - b.line)
        .map(({ words }) => words),
  };
}

/** A file may refer to its own parts, but not so often that it grows without bound. */
function plain(document: Document, file: string, kind: Kind): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return value;
  } catch (error) {
    throw invalid(file, kind, error instanceof Error ? error.message : String(error), error);
  }
}

function invalid(file: string, { what }: Kind, why: string, cause?: unknown): ConfigError {
  return new ConfigError("invalid", `${file} cannot be read as ${what}: ${why}. Mend it and try again.`, cause);
}

function describe({ path, message }: Problem, document: Document, lines: LineCounter): { line: number; words: string } {
  const line = lineOf(path, document, lines);
  const place = path.length === 0 ? "" : `${pathWords(path)}: `;
  return { line, words: `  line ${line}, ${place}${message}` };
}

/** The line on which a value is called by its name, or on which the nearest part of the file around it begins. */
function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  const around = document.getIn(path.slice(0, -1), true);
  const pair = isMap(around) ? around.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  // A list or a group of its own begins in the line below its name, which is the one to mend.
  const node = pair?.key ?? document.getIn(path, true);
  if (isNode(node) && node.range !== undefined && node.range !== null) return lines.linePos(node.range[0]).line;
  return path.length === 0 ? 1 : lineOf(path.slice(0, -1), document, lines);
}
