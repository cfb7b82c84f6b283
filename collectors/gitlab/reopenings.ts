/**
 * When merge requests were opened again. Until 2020 GitLab wrote a sentence about it; since then it keeps a list for each merge
 * request (`resource_state_events`), which would cost a request for each. The project's own list of what happened costs one for a
 * hundred, and forgets what is older than three years: https://docs.gitlab.com/api/events/
 */
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import { orHidden } from "./missing.ts";
import { readAll } from "./paging.ts";
import type { Happening } from "./payloads.ts";
import type { Reading } from "./reading.ts";

/** Instants by number of the merge request. */
export type Reopenings = ReadonlyMap<number, readonly Instant[]>;

/** Asks when it is first needed, for all that was opened since; once more only for what is older. */
export function reopeningsOf({ api, project }: Pick<Reading, "api" | "project">) {
  let known: { readonly since: Instant; readonly found: Reopenings } | null = null;
  return async (since: Instant): Promise<Reopenings> => {
    if (known !== null && known.since <= since) return known.found;
    // The day that is named is left out.
    const day = Math.max(0, since - DAY);
    const happenings = await orHidden(readAll(api.reopenings(project.id, day), ({ id }) => id));
    // The list may be hidden on its own; from a project that was hidden meanwhile nothing is learnt.
    if (happenings === null) await api.project(project.id);
    known = { since, found: byNumber(happenings?.items ?? []) };
    return known.found;
  };
}

function byNumber(happenings: readonly Happening[]): Reopenings {
  const found = new Map<number, Instant[]>();
  for (const { target_iid, created_at } of happenings.toSorted((a, b) => a.created_at - b.created_at)) {
    const iid = target_iid ?? null;
    if (iid !== null) found.set(iid, [...(found.get(iid) ?? []), created_at]);
  }
  return found;
}
