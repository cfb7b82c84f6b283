/** Adds a source to the text of a configuration, or renews it there. Comments and everything else stay. */
import { isMap, isSeq, parseDocument, stringify } from "yaml";
import type { Document, YAMLMap, YAMLSeq } from "yaml";
import { ConfigError } from "./errors.ts";

/** What is written of a source: keys and values in this order. */
export type SourceEntry = Readonly<
  Record<string, string | readonly string[] | Readonly<Record<string, string | number>>>
>;

/** Keys that say which source it is; a source that agrees in them is the same one. */
const IDENTITY = ["host", "url", "organization", "repositories", "group", "projects"] as const;

export interface Edited {
  readonly text: string;
  /** Whether the source stood there already and only its other keys were written anew. */
  readonly renewed: boolean;
}

/** @throws ConfigError when the text is no configuration that could be added to. */
export function withSource(text: string, file: string, entry: SourceEntry): Edited {
  const document = parseDocument(text, { prettyErrors: false });
  const sources = sourcesOf(document, file);
  const same = sources.items.find((item): item is YAMLMap => isMap(item) && isSame(item, entry));
  if (same !== undefined) {
    renew(same, document, entry);
    return { text: document.toString({ lineWidth: 0 }), renewed: true };
  }
  const inserted = insert(text, sources, entry);
  if (inserted !== null) return { text: inserted, renewed: false };
  sources.flow = false;
  sources.add(document.createNode(entry));
  return { text: document.toString({ lineWidth: 0 }), renewed: false };
}

/**
 * The text with the entry after the last one of a list of lines, so that not one line of it changes and the comment before the
 * next key stays there; `null` where the list is not written like that.
 */
function insert(text: string, { items, flow }: YAMLSeq, entry: SourceEntry): string | null {
  const [first, last] = [items[0], items.at(-1)];
  if (flow === true || !isMap(first) || !isMap(last) || !first.range || !last.range || last.flow === true) return null;
  const begin = text.lastIndexOf("\n", first.range[0]) + 1;
  const dash = /^ *- /.exec(text.slice(begin))?.[0].slice(0, -2);
  if (dash === undefined) return null;
  const lines = text.split("\n");
  let next = text.slice(0, last.range[1]).trimEnd().split("\n").length;
  // What is commented out below an entry belongs to it.
  while (lines[next]?.startsWith(`${dash} `) === true && /^ *#/.test(lines[next] ?? "")) {
    if (/^ *# *- /.test(lines[next] ?? "")) break;
    next += 1;
  }
  const added = stringify([entry], { lineWidth: 0 }).trimEnd().split("\n");
  return [...lines.slice(0, next), ...added.map((line) => `${dash}${line}`), ...lines.slice(next)].join("\n");
}

/** A source is let in by one of these. */
const CREDENTIALS = ["token", "app"] as const;

/** The name by which the source, if it stands there already, speaks of its token, or of the key of its app. */
export function secretNameIn(text: string, entry: SourceEntry): string | null {
  const sources = parseDocument(text, { prettyErrors: false }).get("sources");
  const same = isSeq(sources)
    ? sources.items.find((item): item is YAMLMap => isMap(item) && isSame(item, entry))
    : null;
  const secret = entry["app"] === undefined ? same?.get("token") : same?.getIn(["app", "privateKey"]);
  return /^\$\{(\w+)\}$/.exec(String(secret))?.[1] ?? null;
}

/** The entry alone, as it will stand in the file. */
export function entryText(entry: SourceEntry): string {
  return stringify({ sources: [entry] }, { lineWidth: 0 });
}

function sourcesOf(document: Document, file: string): YAMLSeq {
  const [error] = document.errors;
  if (error !== undefined || (document.contents !== null && !isMap(document.contents)))
    throw new ConfigError(
      "invalid",
      `${file} is not valid YAML, so nothing can be added to it, and nothing was changed. \`headway check\` says which line; mend it and connect again.`,
      error,
    );
  if (!isSeq(document.get("sources"))) document.set("sources", document.createNode([]));
  const sources = document.get("sources");
  if (isSeq(sources)) return sources;
  throw new Error("A list that was just made is none.");
}

/** A value that stays the same keeps its place and its comment. What let it in before gives way to what does now. */
function renew(item: YAMLMap, document: Document, entry: SourceEntry): void {
  for (const key of CREDENTIALS) if (entry[key] === undefined) item.delete(key);
  const before: unknown = item.toJSON();
  for (const [key, value] of Object.entries(entry)) {
    if (JSON.stringify(Reflect.get(Object(before), key)) !== JSON.stringify(value))
      item.set(key, document.createNode(value));
  }
}

function isSame(item: YAMLMap, entry: SourceEntry): boolean {
  const plain: unknown = item.toJSON();
  return IDENTITY.every((key) => JSON.stringify(Reflect.get(Object(plain), key)) === JSON.stringify(entry[key]));
}
