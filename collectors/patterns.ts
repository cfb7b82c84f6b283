/** Patterns that people write: regular expressions, and globs over names. */
import { z } from "zod";
import type { RunFilter } from "./collector.ts";

/** A regular expression, as the configuration may hold it. */
export const Pattern = z.string().refine(isPattern, {
  error: ({ input }) => `"${String(input)}" is no regular expression, so nothing could be matched with it.`,
});

/** Which releases and tags of a host are releases, applied when facts are derived: a change of it needs no new sync. */
export const Releases = z.strictObject({
  tags: z.union([z.enum(["stable", "prerelease"]), Pattern]).default("stable"),
  branch: z.enum(["any", "default"]).default("any"),
});

/**
 * Whether a name is one of those to include, or there are none, and none of those to exclude. Globs are about the whole name, in
 * any case: `*` is anything but “/”, `**` anything, `?` one character but “/”.
 */
export function matches(
  name: string,
  { include, exclude }: { readonly include: readonly string[]; readonly exclude: readonly string[] },
): boolean {
  const fits = (glob: string) => toPattern(glob).test(name);
  return (include.length === 0 || include.some(fits)) && !exclude.some(fits);
}

function toPattern(glob: string): RegExp {
  const pattern = glob
    .split(/(\*\*|\*|\?)/)
    .map((part) => WILDCARDS.get(part) ?? part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
    .join("");
  return new RegExp(`^${pattern}$`, "i");
}

const WILDCARDS = new Map([
  ["**", ".*"],
  ["*", "[^/]*"],
  ["?", "[^/]"],
]);

/** Whether a run is meant by any of the filters; with none of them, no run is. */
export function runMatcher(filters: readonly RunFilter[]): (name: string, branch: string | null) => boolean {
  const tests = filters.map(({ name, branch }) => ({ isNamed: tester(name), isOn: tester(branch) }));
  return (name, branch) => tests.some(({ isNamed, isOn }) => isNamed(name) && isOn(branch ?? ""));
}

function tester(pattern: string | null): (text: string) => boolean {
  if (pattern === null) return () => true;
  const expression = new RegExp(pattern);
  return (text) => expression.test(text);
}

function isPattern(text: string): boolean {
  try {
    return text !== "" && new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
