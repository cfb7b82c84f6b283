/** What git says becomes what happened. */
import type { Commit, Identity, Release, Repository } from "#metrics/events.ts";
import { changeNumber, cherryPickedFrom, reverted, titleOf } from "../message.ts";
import type { People, Person } from "../people.ts";
import { authorOf } from "./actors.ts";
import type { LoggedCommit } from "./log.ts";
import { tagUrl } from "./remote.ts";
import type { Tag } from "./tags.ts";

/** Which repository it happened in. */
export type Place = Omit<Identity, "id">;

const TITLE_LIMIT = 300;

export function repositoryEvent(
  place: Place,
  state: Omit<Repository, keyof Identity | "kind" | "archivedAt">,
): Repository {
  return { kind: "repository", ...place, id: place.repository, archivedAt: null, ...state };
}

/** The message itself is not kept: it may say anything. Which files it changed is read elsewhere, if it is. */
export function commitEvent(place: Place, commit: LoggedCommit, author: Person): Commit {
  const { sha, parents, authoredAt, committedAt, message } = commit;
  return {
    kind: "commit",
    ...place,
    id: sha,
    parents,
    ...author,
    authoredAt,
    committedAt,
    title: shortened(titleOf(message)),
    changeNumber: changeNumber(message),
    reverts: reverted(message),
    cherryPickedFrom: cherryPickedFrom(message),
    paths: null,
  };
}

export function releaseEvent(place: Place, { name, sha, at }: Tag, web: string | null): Release {
  return {
    kind: "release",
    ...place,
    id: name,
    name,
    url: tagUrl(web, name),
    sha,
    publishedAt: at,
    draft: false,
    prerelease: null,
  };
}

/** At most so many characters, none of them cut in half. */
function shortened(title: string): string {
  if (title.length <= TITLE_LIMIT) return title;
  return Array.from(title.slice(0, 2 * TITLE_LIMIT))
    .slice(0, TITLE_LIMIT)
    .join("");
}

/** Looks at each person once; `null` for those who gave neither address nor name. */
export function authors(people: People): (commit: LoggedCommit) => Person {
  const known = new Map<string, Person>();
  return ({ email, name }) => {
    const found = known.get(`${email} ${name}`);
    if (found !== undefined) return found;
    const made = people.person(authorOf(name, email));
    // A copy, because a part of a string keeps the whole of it in memory, and git's output is long.
    known.set(Buffer.from(`${email} ${name}`).toString(), made);
    return made;
  };
}
