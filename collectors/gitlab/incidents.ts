/** Incidents: first those there are, then what changed of all issues, so that one which is relabelled stops counting. */
import type { ProjectState, Watermark } from "./cursor.ts";
import { nothingYet } from "./cursor.ts";
import { incidentEvent } from "./events.ts";
import { note } from "./issue-dates.ts";
import { advanced, news } from "./news.ts";
import type { Kind } from "./news.ts";
import { readAll } from "./paging.ts";
import type { Issue } from "./payloads.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

export async function* incidents(reading: Reading, before: ProjectState): AsyncGenerator<Step> {
  const known = before.incidents;
  if (known === null || known.labels.join("\n") !== reading.options.incidentLabels.join("\n")) {
    yield await firstTime(reading, before);
    return;
  }
  let ids = new Set(known.ids);
  for await (const { items, watermark, done } of news(issuesOf(reading), known.watermark)) {
    note(reading, items);
    const counted = items.filter((issue) => isIncident(issue, reading));
    const others = items.filter((issue) => !isIncident(issue, reading) && ids.has(issue.iid)).map(({ iid }) => iid);
    ids = new Set([...ids, ...counted.map(({ iid }) => iid)].filter((iid) => !others.includes(iid)));
    const state = { ...before, incidents: { ...known, ids: [...ids], watermark } };
    yield step(
      state,
      counted.map((issue) => incidentEvent(reading.place, issue)),
      { removed: removals(reading, others), done },
    );
  }
}

/** Projects have thousands of issues and few incidents: only these are read, and where the list of all issues ends now. */
async function firstTime(reading: Reading, before: ProjectState): Promise<Step> {
  const { api, project, place } = reading;
  const { incidentLabels } = reading.options;
  const latest = await api.issues(project.id, { orderBy: "updated_at", sort: "desc" })(1, 1);
  const found = new Map<number, Issue>();
  for (const filter of [{ issueType: "incident" } as const, ...incidentLabels.map((labels) => ({ labels }))]) {
    const { items } = await readAll(api.issues(project.id, filter), ({ iid }) => iid);
    for (const issue of items) found.set(issue.iid, issue);
  }
  note(reading, [...latest.items, ...found.values()]);
  const kind = issuesOf(reading);
  // An incident may have changed since the end was looked up; it is known as it is now, and the end stays where it was.
  const mark = advanced(advanced(nothingYet, [...found.values()], kind), latest.items, kind);
  const watermark: Watermark = { ...mark, at: latest.items[0]?.updated_at ?? null };
  const left = (before.incidents?.ids ?? []).filter((iid) => !found.has(iid));
  const state = { ...before, incidents: { labels: [...incidentLabels], ids: [...found.keys()], watermark } };
  const events = [...found.values()].map((issue) => incidentEvent(place, issue));
  return step(state, events, { removed: removals(reading, left), done: 1 });
}

function issuesOf({ api, project }: Reading): Kind<Issue> {
  return {
    list: (filter) => api.issues(project.id, filter),
    one: () => Promise.reject(new Error("An issue is always final.")),
    id: ({ iid }) => iid,
    isFinal: () => true,
  };
}

function isIncident({ issue_type, labels }: Issue, { options: { incidentLabels } }: Reading): boolean {
  return issue_type === "incident" || labels.some((label) => incidentLabels.includes(label));
}

function removals({ place }: Reading, ids: readonly number[]) {
  return ids.map((id) => ({ kind: "incident" as const, repository: place.repository, id: String(id) }));
}
