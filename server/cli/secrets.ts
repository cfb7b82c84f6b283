/** What a configuration holds that must never be written down, wherever it comes to stand in it. */

/** A shorter one would be found in ordinary words. */
const SHORTEST = 6;
const NAMES = /token|secret|password|key$|webhook|smtp/i;

/** Every text under a name that sounds like a secret, and what stands before the @ of an address. The longest first. */
export function secretsOf(config: object): readonly string[] {
  const found = new Set<string>();
  const look = (value: unknown, isSecret: boolean): void => {
    if (typeof value === "string") for (const secret of inText(value, isSecret)) found.add(secret);
    else if (typeof value === "object" && value !== null)
      for (const [name, part] of Object.entries(value))
        look(part, isSecret || (!Array.isArray(value) && NAMES.test(name)));
  };
  look(config, false);
  return [...found].filter(({ length }) => length >= SHORTEST).toSorted((a, b) => b.length - a.length);
}

function inText(text: string, isSecret: boolean): string[] {
  const userinfo = /^[a-z][a-z+.-]*:\/\/([^/?#\s]*)@/i.exec(text)?.[1] ?? "";
  const password = userinfo.split(":").slice(1).join(":");
  const parts = [userinfo, password, decoded(password)];
  // A key is written over several lines, of which any may be repeated.
  const lines = text.split("\n").map((line) => line.trim());
  // Of an address that is a secret itself, what is after the host is.
  const path = /^[a-z][a-z+.-]*:\/\/[^/]*\/(.+)$/i.exec(text)?.[1] ?? "";
  return isSecret ? [text, text.replace(/^[a-z]+:\/\//i, ""), path, ...lines, ...parts] : parts;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A text in which each of them is put out of sight. */
export function hidden(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of secrets) clean = clean.replaceAll(secret, "[hidden]");
  return clean;
}
