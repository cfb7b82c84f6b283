/** What a review freezes, thing by thing, so that anybody can see later what is different. */

export const REVIEWS = ["monthly", "steering"] as const;
export type ReviewKind = (typeof REVIEWS)[number];

export const THING_GROUPS = ["gate", "service", "metric", "milestone", "quality", "basis"] as const;
export type ThingGroup = (typeof THING_GROUPS)[number];

/** One thing that was known, in words: as they were, whatever it is called and how it is computed later. */
export interface Thing {
  readonly group: ThingGroup;
  /** What it is told of: a service, a metric, a condition. */
  readonly of: string;
  readonly what: string;
  readonly value: string;
}

/** A thing that is not what it was. */
export interface ThingChange extends Omit<Thing, "value"> {
  /** `null`: it was not there. */
  readonly frozen: string | null;
  /** `null`: it is not there any more. */
  readonly today: string | null;
}

/** What is another thing today, in the order in which it was frozen; what has come since at the end. */
export function thingChanges(frozen: readonly Thing[], today: readonly Thing[]): readonly ThingChange[] {
  const [then, now] = [byKey(frozen), byKey(today)];
  const keys = [...new Set([...then.keys(), ...now.keys()])];
  return keys.flatMap((key) => {
    const [before, after] = [then.get(key) ?? null, now.get(key) ?? null];
    const thing = before ?? after;
    if (thing === null || before?.value === after?.value) return [];
    const { group, of, what } = thing;
    return [{ group, of, what, frozen: before?.value ?? null, today: after?.value ?? null }];
  });
}

function byKey(things: readonly Thing[]): ReadonlyMap<string, Thing> {
  return new Map(things.map((thing) => [JSON.stringify([thing.group, thing.of, thing.what]), thing]));
}

/** What was decided: as it was given, then the lines of the minutes that begin with “Decision:”, each once. */
export function decisionsOf(given: readonly string[], minutes: string): readonly string[] {
  const said = minutes.split("\n").flatMap((line) => /^\W*Decision:\s*(.+)$/i.exec(line)?.[1]?.trim() ?? []);
  return [...new Set([...given, ...said])];
}
