/** A pull request becomes a change. */
import type { Change, Review } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { samePerson } from "../people.ts";
import type { Actor, Persons } from "./actors.ts";
import type { ChangePayload } from "./change-query.ts";
import type { Place } from "./place.ts";

export function changeEvent({ identity, persons }: Place, change: ChangePayload): Change {
  const { number, url, title, author, commits, reviews, labels, mergedAt } = change;
  return {
    kind: "change",
    ...identity,
    id: String(number),
    number,
    url,
    title,
    ...persons(author),
    labels: labels.nodes.map(({ name }) => name),
    targetBranch: change.baseRefName,
    sourceBranch: change.headRefName,
    requestedAt: requestedAt(change),
    openedAt: change.createdAt,
    readyAt: readyAt(change),
    mergedAt,
    closedAt: change.closedAt,
    reopenedAt: instantsOf(change, "ReopenedEvent"),
    mergeCommit: mergedAt === null ? null : (change.mergeCommit?.oid ?? null),
    commits: commits.nodes.map(({ commit }) => ({ sha: commit.oid, authoredAt: commit.authoredDate })),
    reviews: responses(persons, change),
    additions: change.additions,
    deletions: change.deletions,
    // As far as its page tells them.
    paths: change.files?.nodes.map(({ path }) => path) ?? null,
    // GitHub lists at most 250 commits of a change.
    truncated: commits.nodes.length < commits.totalCount || reviews.nodes.length < reviews.totalCount,
  };
}

function responses(persons: Persons, { author, reviews, comments }: ChangePayload): Review[] {
  const opener = persons(author);
  const by = (actor: Actor) => {
    const person = persons(actor);
    return { ...person, byChangeAuthor: samePerson(person, opener) };
  };
  const given = reviews.nodes.flatMap((review): Review[] => {
    // A review that was begun and not sent is its author's own business.
    if (review.submittedAt === null || review.state === "PENDING") return [];
    const kind = review.state === "APPROVED" ? "approval" : "review";
    return [{ kind, at: review.submittedAt, ...by(review.author) }];
  });
  const said = comments.nodes.map((comment): Review => ({
    kind: "comment",
    at: comment.createdAt,
    ...by(comment.author),
  }));
  return [...given, ...said].sort((a, b) => a.at - b.at);
}

function requestedAt({ closingIssuesReferences: { nodes } }: ChangePayload): Instant | null {
  return nodes.length === 0 ? null : Math.min(...nodes.map(({ createdAt }) => createdAt));
}

/** When it first stopped being a draft. One that began as ready and became a draft later was ready when it was opened. */
function readyAt(change: ChangePayload): Instant | null {
  const [ready] = instantsOf(change, "ReadyForReviewEvent");
  const [draft] = instantsOf(change, "ConvertToDraftEvent");
  if (ready !== undefined && (draft === undefined || ready <= draft)) return ready;
  return draft === undefined && change.isDraft ? null : change.createdAt;
}

function instantsOf({ timelineItems }: ChangePayload, type: string): Instant[] {
  return timelineItems.nodes
    .filter(({ __typename }) => __typename === type)
    .flatMap(({ createdAt }) => (createdAt === undefined ? [] : [createdAt]))
    .sort((a, b) => a - b);
}
