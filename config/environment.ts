/** Secrets stand in the environment, and the configuration names them: `${GITHUB_TOKEN}`. */
import type { Problem } from "./problems.ts";

const NAME = /\$\{([^}]*)\}/g;

/** What is saved, and before it what the environment says: that is newer. Containers hand on as empty what nobody set. */
export function knownValues(saved: Readonly<Record<string, string>>, env: NodeJS.ProcessEnv): Record<string, string> {
  const said = Object.entries(env).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return { ...saved, ...Object.fromEntries(said) };
}

export interface Filled {
  readonly value: unknown;
  readonly problems: readonly Problem[];
  /** What was put in, by name; none of it may ever be shown. */
  readonly secrets: ReadonlyMap<string, string>;
}

/** Puts the environment's values where text names them, at any depth. */
export function fillIn(value: unknown, env: NodeJS.ProcessEnv): Filled {
  const problems: Problem[] = [];
  const secrets = new Map<string, string>();
  const fill = (part: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof part === "string") return fillText(part, path);
    if (Array.isArray(part)) return part.map((item, index) => fill(item, [...path, index]));
    if (typeof part !== "object" || part === null) return part;
    return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, fill(item, [...path, key])]));
  };
  const fillText = (text: string, path: readonly PropertyKey[]): string =>
    text.replaceAll(NAME, (whole, name: string) => {
      const found = env[name];
      if (found === undefined || found === "") problems.push({ path, message: missing(name) });
      else secrets.set(name, found);
      return found ?? whole;
    });
  return { value: fill(value, []), problems, secrets };
}

/** A text without the values of the environment that it may repeat. */
export function withoutSecrets(text: string, secrets: ReadonlyMap<string, string>): string {
  let clean = text;
  for (const [name, value] of secrets) clean = clean.replaceAll(value, `\${${name}}`);
  return clean;
}

function missing(name: string): string {
  return `The environment variable \`${name}\` is not set (or empty), and this needs it. Set it before Headway starts (export ${name}=…), or write the line ${name}=… into secrets.env beside the database.`;
}
