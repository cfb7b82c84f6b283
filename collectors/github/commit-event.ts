/** A commit as GitHub's REST API shows it: https://docs.github.com/rest/commits/commits */
import { z } from "zod";
import type { Commit } from "#metrics/events.ts";
import { commitEvent } from "../git/events.ts";
import type { Person } from "../people.ts";
import { At } from "./payload.ts";
import type { Place } from "./place.ts";

/** Missing or broken in commits that were made by hand. */
const Signature = z
  .object({
    name: z.string().nullish(),
    email: z.string().nullish(),
    date: At.nullish().catch(null),
  })
  .nullable();

/** GitHub's account of a commit's author; `{}` or `null` where the address belongs to none. */
const Account = z.object({ login: z.string(), type: z.string() }).nullable().catch(null);

export const CommitPayload = z.object({
  sha: z.string(),
  commit: z.object({ author: Signature, committer: Signature, message: z.string() }),
  author: Account.optional(),
  parents: z.array(z.object({ sha: z.string() })),
});
export type CommitPayload = z.infer<typeof CommitPayload>;

export function fromPayload(place: Place, payload: CommitPayload): Commit {
  const { sha, commit, parents } = payload;
  const logged = {
    sha,
    parents: parents.map((parent) => parent.sha),
    authoredAt: commit.author?.date ?? null,
    committedAt: commit.committer?.date ?? null,
    name: commit.author?.name ?? "",
    email: commit.author?.email ?? "",
    message: commit.message,
  };
  return commitEvent(place.identity, logged, authorOf(place, payload));
}

/** The account, as for changes and reviews; where the address belongs to none, what the commit itself says. */
function authorOf({ persons }: Place, { commit, author }: CommitPayload): Person {
  const account = author === null || author === undefined ? null : { __typename: author.type, login: author.login };
  return persons(account, { name: commit.author?.name ?? "", email: commit.author?.email ?? "" });
}
