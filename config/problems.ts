/** From a schema's issues to sentences for the person who wrote the file. */
import { z } from "zod";
import { instead } from "./nearest.ts";

export interface Problem {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** What is wrong with an input, one problem per mistake. */
export function problems(schema: z.ZodType, input: unknown, error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue): Problem[] => {
    if (issue.code !== "unrecognized_keys") return [{ path: issue.path, message: issue.message }];
    const known = knownKeys(schema, input, issue.path);
    const where = issue.path.length === 0 ? "at the top level" : `in ${pathWords(issue.path)}`;
    return issue.keys.map((key) => ({
      path: [...issue.path, key],
      message: `Unknown key \`${key}\` ${where}. ${instead(key, known)}`,
    }));
  });
}

/** `sources[0].releases.tags`, as people write it. */
export function pathWords(path: readonly PropertyKey[]): string {
  let words = "";
  for (const part of path)
    words += typeof part === "number" ? `[${part}]` : `${words === "" ? "" : "."}${String(part)}`;
  return words;
}

/** The schema's own sentences where it has none itself: a missing value, or one of the wrong kind. */
export function sentence(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type":
      if (issue.input === undefined) return "This is missing and has no default. Add it.";
      return `Here must stand ${kindWords(issue.expected)}, not ${kindOf(issue.input)}.${issue.expected === "string" ? " Put it in quotes if it is meant as text." : ""}`;
    case "invalid_value":
      return `Here must stand one of ${issue.values.map((value) => `\`${String(value)}\``).join(", ")}.`;
    case "invalid_union":
      return `This says no known \`${issue.discriminator ?? "kind"}\`. Known are ${optionWords(issue["options"])}.`;
    default:
      return undefined;
  }
}

function optionWords(options: unknown): string {
  return Array.isArray(options) ? options.map((option) => `\`${String(option)}\``).join(", ") : "none";
}

function kindWords(expected: string): string {
  switch (expected) {
    case "string":
      return "text";
    case "object":
    case "record":
      return "keys with values";
    case "array":
      return "a list";
    case "int":
    case "number":
      return "a number";
    default:
      return `a ${expected}`;
  }
}

function kindOf(input: unknown): string {
  if (input === null) return "nothing";
  if (Array.isArray(input)) return "a list";
  if (typeof input === "object") return "keys with values";
  return typeof input === "string" ? "text" : `a ${typeof input}`;
}

/** The keys that may stand at a place, where it depends on the input which member of a union is meant. */
function knownKeys(schema: z.core.$ZodType, input: unknown, path: readonly PropertyKey[]): string[] {
  const [part, ...rest] = path;
  if (schema instanceof z.ZodPrefault || schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) {
    return knownKeys(schema.unwrap(), input, path);
  }
  if (schema instanceof z.ZodPipe) return [...knownKeys(schema.in, input, path), ...knownKeys(schema.out, input, path)];
  if (schema instanceof z.ZodDiscriminatedUnion) return knownKeys(memberOf(schema, input), input, path);
  // What may stand alone or in a list is looked for in both.
  if (schema instanceof z.ZodArray)
    return knownKeys(schema.element, Array.isArray(input) ? childOf(input, part) : input, rest);
  if (!(schema instanceof z.ZodObject)) return [];
  if (part === undefined) return Object.keys(schema.shape);
  const shape: Readonly<Record<string, z.core.$ZodType>> = schema.shape;
  return knownKeys(shape[String(part)] ?? z.never(), childOf(input, part), rest);
}

function memberOf({ def }: z.ZodDiscriminatedUnion, input: unknown): z.core.$ZodType {
  const said = childOf(input, def.discriminator);
  return def.options.find((option) => option._zod.propValues?.[def.discriminator]?.has(String(said))) ?? z.never();
}

function childOf(input: unknown, key: PropertyKey | undefined): unknown {
  return typeof input === "object" && input !== null && key !== undefined ? Reflect.get(input, key) : undefined;
}
