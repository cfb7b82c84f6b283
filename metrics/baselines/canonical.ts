/** One text for one value, so that a hash of it is the hash of what it says. */

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/**
 * The canonical text of a value (RFC 8785): keys in the order of their UTF-16 code units, no white space, numbers as ECMAScript writes
 * them. The order in which an object was made does not matter; the order of a list does.
 *
 * @throws TypeError for a number that JSON cannot say.
 */
export function canonical(value: Json): string {
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`JSON has no number ${value}.`);
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(",")}}`;
}

/** The canonical text of what is made of nothing that JSON cannot say, whatever its type. */
export function canonicalOf(value: object): string {
  // oxlint-disable-next-line no-unsafe-type-assertion -- JSON.parse returns JSON
  return canonical(JSON.parse(JSON.stringify(value)) as Json);
}

/** `Array.isArray` does not narrow lists that nobody may change. */
function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
