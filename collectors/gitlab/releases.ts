/** Tags, and what was published for them. GitLab has no list of what changed, so a look at the first pages decides whether all are read. */
import { DAY } from "#metrics/time.ts";
import { statusOf } from "../polite/index.ts";
import type { Named, ProjectState } from "./cursor.ts";
import { releaseEvent } from "./events.ts";
import { looksOf } from "./looks.ts";
import { outside } from "./outside.ts";
import { PER_PAGE, readAll, startingWith } from "./paging.ts";
import type { Page } from "./paging.ts";
import type { Release } from "./payloads.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";

export async function* releases(reading: Reading, before: ProjectState): AsyncGenerator<Step> {
  const { api, project, place, now } = reading;
  const known = before.releases;
  const lists = { tags: api.tags(project.id), releases: api.releases(project.id) };
  const first = { tags: await lists.tags(1, PER_PAGE), releases: await orHidden(lists.releases(1, PER_PAGE), known) };
  const looks = looksOf(first);
  if (known !== null && known.looks === looks && now() - known.readAt < DAY) return;

  const tags = await readAll(startingWith(first.tags, lists.tags), ({ name }) => name);
  const published = await readAll(
    startingWith(first.releases ?? NONE, lists.releases),
    ({ tag_name }) => tag_name ?? "",
  );
  const complete = tags.complete && published.complete;
  const tagged = new Map(tags.items.map((tag) => [tag.name, tag]));
  const releasedAs = new Map(published.items.map((release) => [release.tag_name ?? "", release]));
  const names = [...new Set([...tagged.keys(), ...releasedAs.keys()])].filter((name) => name !== "");
  const events = names.map((name) =>
    releaseEvent(place, project, name, tagged.get(name) ?? null, releasedAs.get(name) ?? null),
  );
  const each = new Map(events.map((event) => [event.id, looksOf(event)]));
  const old = new Map(known?.each);
  const changed = events.filter(({ id }) => old.get(id) !== each.get(id));
  const missing = [...old].filter(([name]) => !each.has(name));
  const named = changed.flatMap(({ sha }) => (sha === null ? [] : [sha]));

  const brought = await outside(reading, before, named);
  const kept = complete ? [...each] : [...missing, ...each];
  const state = {
    ...brought.state,
    releases: { looks: complete ? looks : "", readAt: now(), each: kept, hidden: first.releases === null },
  };
  const removed = complete
    ? missing.map(([id]) => ({ kind: "release" as const, repository: place.repository, id }))
    : [];
  yield step(state, [...brought.events, ...changed], { removed });
}

const NONE: Page<Release> = { items: [], next: null, total: 0 };

/** Releases can be switched off, or hidden from a token that reads everything else. Those that were seen once are not forgotten for it. */
async function orHidden(asked: Promise<Page<Release>>, known: Named | null): Promise<Page<Release> | null> {
  try {
    return await asked;
  } catch (error) {
    const status = statusOf(error);
    const wereThere = known !== null && !known.hidden;
    if ((status !== 403 && status !== 404) || wereThere) throw error;
    return null;
  }
}
