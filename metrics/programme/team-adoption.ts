/** When a team adopted a practice, seen afterwards in all its services together: one of them alone has too few items to say. */
import type { AdoptionDate, Detected, WeekCount } from "./adoption-date.ts";
import { adoptionDate, weekCounts } from "./adoption-date.ts";
import type { PartStatus, PracticeStatus } from "./practice-status.ts";

/** The same weeks of several services as weeks of all of them, in order of time. */
export function pooledWeeks(services: readonly (readonly WeekCount[])[]): readonly WeekCount[] {
  const known = new Map<number, WeekCount>();
  for (const { from, to, met, of } of services.flat()) {
    const before = known.get(from);
    known.set(from, { from, to, met: met + (before?.met ?? 0), of: of + (before?.of ?? 0) });
  }
  return [...known.values()].toSorted((a, b) => a.from - b.from);
}

/** What a condition asks of the level since a rise; `null` of one on weeks, of which any rise is one. Of services that are held to different limits the strictest. */
function leastOf(parts: readonly PartStatus[]): number | null {
  if (parts.some(({ part }) => part.counts === "weeks")) return null;
  return Math.max(...parts.map(({ threshold }) => threshold));
}

/**
 * A practice is adopted with the conditions that decide it, and each of them is crossed when it is: told is the date that is known best.
 *
 * @param services the same practice in each service of the team.
 */
export function teamAdoption(services: readonly PracticeStatus[]): Detected {
  const deciding = services[0]?.parts.filter(({ part }) => part.isRequired) ?? [];
  const found = deciding.map(({ part: { id } }): Detected => {
    const same = services.flatMap(({ parts }) => parts.filter(({ part }) => part.id === id));
    return adoptionDate(pooledWeeks(same.map(({ history }) => weekCounts(history))), leastOf(same));
  });
  const [best] = found.flatMap(({ date, words }) => (date === null ? [] : [{ date, words }])).toSorted(narrowest);
  return (
    best ?? { date: null, words: "No rise of what decides it is clear enough in all services of the team together." }
  );
}

interface Dated {
  readonly date: AdoptionDate;
}

function narrowest({ date: a }: Dated, { date: b }: Dated): number {
  return a.to - a.from - (b.to - b.from);
}
