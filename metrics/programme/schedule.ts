/** What must be finished before what, whether the plans say so, and which chain decides when all is done. */
import { span } from "./business-case.ts";
import { monthOf } from "./months.ts";
import type { Initiative } from "./programme.ts";

type Planned = Pick<Initiative, "id" | "needs" | "plan" | "state">;

/**
 * Each circle of things that need each other, once: the first of it is needed by the last.
 *
 * @returns nothing where all could be done in some order.
 */
export function circles(
  all: readonly { readonly id: string; readonly needs: readonly string[] }[],
): readonly (readonly string[])[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  const done = new Set<string>();
  const found: string[][] = [];
  const visit = (id: string, path: readonly string[]): void => {
    const at = path.indexOf(id);
    if (at !== -1) found.push(path.slice(at));
    if (at !== -1 || done.has(id)) return;
    for (const need of byId.get(id)?.needs ?? []) visit(need, [...path, id]);
    done.add(id);
  };
  for (const { id } of all) visit(id, []);
  return found;
}

/** An initiative that is planned to begin before what it needs is finished. */
export interface TooEarly {
  readonly id: string;
  readonly needs: string;
  readonly begins: string;
  /** The last month of what it needs. */
  readonly ends: string;
}

/** What was stopped is waited for by nobody, and what is done is no longer waited for. */
export function tooEarly(initiatives: readonly Planned[]): readonly TooEarly[] {
  const live = new Map(initiatives.filter(isAhead).map((one) => [one.id, one]));
  return initiatives.filter(isAhead).flatMap((one) => {
    const [begins] = span(one);
    return one.needs.flatMap((need): TooEarly[] => {
      const needed = live.get(need);
      if (needed === undefined || one.plan.length === 0 || needed.plan.length === 0) return [];
      const [, ends] = span(needed);
      return begins > ends ? [] : [{ id: one.id, needs: need, begins: monthOf(begins), ends: monthOf(ends) }];
    });
  });
}

export interface CriticalPath {
  /** First to last. */
  readonly ids: readonly string[];
  readonly months: number;
}

/**
 * The longest chain of what is ahead, by its planned months: to be done earlier, something of it must become shorter (critical path
 * method; Kelley & Walker 1959).
 *
 * @returns `null` where nothing is ahead, or initiatives need each other in a circle.
 */
export function criticalPath(initiatives: readonly Planned[]): CriticalPath | null {
  const ahead = initiatives.filter(isAhead);
  if (ahead.length === 0 || circles(ahead).length > 0) return null;
  const byId = new Map(ahead.map((one) => [one.id, one]));
  const known = new Map<string, CriticalPath>();
  const until = (id: string): CriticalPath | null => {
    const one = byId.get(id);
    if (one === undefined) return null;
    const before = known.get(id);
    if (before !== undefined) return before;
    const [first, last] = span(one);
    const longest = longestOf(one.needs.flatMap((need) => until(need) ?? []));
    const path = { ids: [...(longest?.ids ?? []), id], months: (longest?.months ?? 0) + last - first + 1 };
    known.set(id, path);
    return path;
  };
  return longestOf(ahead.flatMap(({ id }) => until(id) ?? []));
}

/** Of equally long ones the first. */
function longestOf(paths: readonly CriticalPath[]): CriticalPath | null {
  return paths.toSorted((a, b) => b.months - a.months)[0] ?? null;
}

function isAhead({ state }: Planned): boolean {
  return state !== "done" && state !== "stopped";
}
