/** From the text of a configuration file to a configuration, or to everything that is wrong with it. */
import { dirname, resolve } from "node:path";
import { LineCounter, isNode, parseDocument } from "yaml";
import type { Document } from "yaml";
import { fillIn, withoutSecrets } from "./environment.ts";
import { ConfigError } from "./errors.ts";
import { pathWords, problems, sentence } from "./problems.ts";
import type { Problem } from "./problems.ts";
import { Config } from "./schema.ts";

/** Where everything is kept unless the file says otherwise. */
const DATABASE = "data/headway.db";

/**
 * @param file where the text comes from: relative paths in it begin there.
 * @throws ConfigError with one line per problem, all of them at once, and no value of the environment.
 */
export function parseConfig(text: string, file: string, env: NodeJS.ProcessEnv): Config {
  const lines = new LineCounter();
  const document = readYaml(text, file, lines);
  const filled = fillIn(plain(document, file), env);
  const raw = inFolder(filled.value, dirname(file));
  const result = Config.safeParse(raw, { error: sentence });
  if (result.success && filled.problems.length === 0) return result.data;
  const found = [...filled.problems, ...(result.success ? [] : problems(Config, raw, result.error))];
  const told = found.map((problem) => describe(problem, document, lines)).toSorted((a, b) => a.line - b.line);
  const shown = told.map(({ words }) => withoutSecrets(words, filled.secrets));
  throw new ConfigError("invalid", `${file} is not a valid configuration.\n${shown.join("\n")}`);
}

/** Where the database lies, for what is read before the configuration is understood. */
export function dataFolderOf(text: string, file: string): string {
  const database: unknown = parseDocument(text, { prettyErrors: false }).get("database");
  return dirname(resolve(dirname(file), typeof database === "string" ? database : DATABASE));
}

function readYaml(text: string, file: string, lineCounter: LineCounter): Document {
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    throw invalid(file, `line ${line}, column ${col}: this is not YAML: ${error.message}`);
  }
  if (document.contents === null) throw invalid(file, "it is empty. `headway init` writes an example to begin with");
  return document;
}

/** A file may refer to its own parts, but not so often that it grows without bound. */
function plain(document: Document, file: string): unknown {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 });
    return value;
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : String(error), error);
  }
}

function invalid(file: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError("invalid", `${file} cannot be read as a configuration: ${why}. Mend it and try again.`, cause);
}

/** Paths are meant from the file's folder, wherever Headway is started. What is no path stays for the schema to refuse. */
function inFolder(value: unknown, folder: string): unknown {
  if (!isRecord(value)) return value;
  const { database = DATABASE, sources } = value;
  const isFile = typeof database === "string" && database !== "" && !database.includes("://");
  return {
    ...value,
    database: isFile ? resolve(folder, database) : database,
    ...(Array.isArray(sources) && { sources: sources.map((source) => sourceInFolder(source, folder)) }),
  };
}

function sourceInFolder(source: unknown, folder: string): unknown {
  if (!isRecord(source) || typeof source["path"] !== "string" || /^(-|$)/.test(source["path"])) return source;
  return { ...source, path: resolve(folder, source["path"]) };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function describe({ path, message }: Problem, document: Document, lines: LineCounter): { line: number; words: string } {
  const line = lineOf(path, document, lines);
  const place = path.length === 0 ? "" : `${pathWords(path)}: `;
  return { line, words: `  line ${line}, ${place}${message}` };
}

/** The line of a value, or of the nearest part of the file around it. */
function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number {
  const node = document.getIn(path, true);
  if (isNode(node) && node.range !== undefined && node.range !== null) return lines.linePos(node.range[0]).line;
  return path.length === 0 ? 1 : lineOf(path.slice(0, -1), document, lines);
}
