/** Commits that deployments and tags name and the default branch does not hold, with what they bring along. */
import type { Commit } from "#metrics/events.ts";
import { eventsOf } from "./commits.ts";
import type { ProjectState } from "./cursor.ts";
import { between, unknownOf } from "./known-commits.ts";
import type { Reading } from "./reading.ts";

/** How many names are remembered from one sync to the next: deployments mostly name what others just named. */
const REMEMBERED = 100;

export async function outside(
  { api, project, known, ...reading }: Reading,
  state: ProjectState,
  named: readonly string[],
): Promise<{ readonly events: readonly Commit[]; readonly state: ProjectState }> {
  const { head, checked } = state;
  if (head === null || named.length === 0) return { events: [], state };
  for (const sha of [head, ...checked]) known.seen.add(sha);
  const events: Commit[] = [];
  for (const sha of await unknownOf(api, project.id, known, { head, shas: [...new Set(named)] })) {
    if (known.seen.has(sha)) continue;
    const found = (await between(api, project.id, known, [head, sha])) ?? [];
    const fresh = found.filter(({ id }) => !known.seen.has(id));
    for (const { id } of fresh) known.seen.add(id);
    known.seen.add(sha);
    events.push(...eventsOf(reading, fresh));
  }
  return { events, state: { ...state, checked: [...new Set([...named, ...checked])].slice(0, REMEMBERED) } };
}
