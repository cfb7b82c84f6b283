/** Whether what is spoken of by its name is there. */
import type { Flaw } from "./check.ts";

/** A flaw for each name that is none of those there are. */
export function refer(
  kind: string,
  all: ReadonlySet<string>,
  named: readonly string[],
  path: Flaw["path"],
): readonly Flaw[] {
  return named.filter((name) => !all.has(name)).map((name) => ({ path, message: missing(kind, name, all) }));
}

function missing(kind: string, name: string, all: ReadonlySet<string>): string {
  if (all.size === 0) return `There is no ${kind} "${name}": none is there yet. Add it first.`;
  const told = [...all].slice(0, MOST_TOLD).map((one) => `"${one}"`);
  return `There is no ${kind} "${name}". There ${all.size === 1 ? "is" : "are"} ${told.join(", ")}${all.size > MOST_TOLD ? " and others" : ""}.`;
}

const MOST_TOLD = 12;
