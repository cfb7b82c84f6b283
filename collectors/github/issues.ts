/**
 * Incidents: the issues with an incident's label, those updated last first. Their number tells whether one lost the label or was
 * deleted; only then all of them are read again.
 */
import { z } from "zod";
import type { Incident } from "#metrics/events.ts";
import { MINUTE } from "#metrics/time.ts";
import type { Removal } from "../collector.ts";
import type { IssuesBookmark } from "./bookmark.ts";
import { incidentEvent, ISSUE, IssuePayload } from "./incident-event.ts";
import { connection } from "./payload.ts";
import type { Place } from "./place.ts";
import { step, versionOf } from "./step.ts";
import type { Step } from "./step.ts";

const OVERLAP = 10 * MINUTE;

type Labelled = IssuesBookmark["labels"][number];

const Listed = z.object({ repository: z.object({ issues: connection(IssuePayload) }) });

export async function* issues(place: Place, before: IssuesBookmark | null): AsyncGenerator<Step<IssuesBookmark>> {
  const wanted = place.options.incidentLabels;
  const old = before?.labels ?? [];
  const labels: Labelled[] = [];
  const events = new Map<string, Incident>();
  for (const label of wanted) {
    const known = old.find((one) => one.label === label) ?? { label, newest: 0, known: [] };
    const { labelled, changed } = await update(place, known);
    labels.push(labelled);
    for (const event of changed) events.set(event.id, event);
  }
  const here = new Set(labels.flatMap(({ known }) => known.map(([id]) => id)));
  const were = new Set(old.flatMap(({ known }) => known.map(([id]) => id)));
  const removed = [...were].filter((id) => !here.has(id)).map((id) => removal(place, id));
  yield step({ labels }, { events: [...events.values()], removed });
}

async function update(place: Place, before: Labelled): Promise<{ labelled: Labelled; changed: Incident[] }> {
  const latest = await read(place, before.label, before.newest - OVERLAP);
  const known = new Map([...before.known, ...latest.versions]);
  const whole = known.size === latest.total ? null : await read(place, before.label, -Infinity);
  const now = whole === null ? known : whole.versions;
  const { events, newest } = whole ?? latest;
  const old = new Map(before.known);
  const changed = events.filter(({ id }) => now.get(id) !== old.get(id));
  return { labelled: { ...before, newest: Math.max(before.newest, newest), known: [...now] }, changed };
}

/** The issues updated since then. One that is updated meanwhile moves to the list's beginning; the next sync finds it there. */
async function read(place: Place, label: string, since: number) {
  const events = new Map<string, Incident>();
  const versions = new Map<string, string>();
  let [newest, total, last]: [number, number, string | null] = [0, 0, null];
  for (let more = true; more;) {
    const { nodes, pageInfo, totalCount } = await page(place, label, last);
    const updated = nodes.filter(({ updatedAt }) => updatedAt >= since);
    for (const issue of updated) {
      const event = incidentEvent(place, issue);
      // What is met again further down has shifted; the version met first is the newer one or the same.
      if (events.has(event.id)) continue;
      events.set(event.id, event);
      versions.set(event.id, versionOf(event));
      newest = Math.max(newest, issue.updatedAt);
    }
    total = totalCount;
    last = pageInfo.endCursor;
    more = pageInfo.hasNextPage && updated.length === nodes.length;
  }
  return { events: [...events.values()], versions, newest, total };
}

async function page({ client, owner, name }: Place, label: string, after: string | null) {
  const query = `query($owner: String!, $name: String!, $label: String!, $after: String) {
    repository(owner: $owner, name: $name) {
      issues(first: 100, after: $after, labels: [$label], orderBy: {field: UPDATED_AT, direction: DESC}) {
        totalCount pageInfo { hasNextPage endCursor } nodes { ...Issue }
      }
    }
  }
  ${ISSUE}`;
  const { repository } = await client.query(query, { owner, name, label, after }, Listed);
  return repository.issues;
}

function removal({ identity }: Place, id: string): Removal {
  return { kind: "incident", repository: identity.repository, id };
}
