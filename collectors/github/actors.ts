/** Who did it, as GitHub says: an account, a GitHub App, or nobody any more. */
import { z } from "zod";
import { actorKind, authorOf } from "../git/actors.ts";
import type { People, Person } from "../people.ts";

/** GraphQL's actor; `null` for an account that was deleted. */
export const Actor = z.object({ __typename: z.string(), login: z.string() }).nullable();
export type Actor = z.infer<typeof Actor>;

/** GraphQL's fields of the same. */
export const ACTOR = "{ __typename login }";

/** What a commit itself says of its author. */
export interface Signature {
  readonly name: string;
  readonly email: string;
}

const UNSIGNED: Signature = { name: "", email: "" };

/** Who an account is; where there is none, who signed the commit, if it is one. */
export type Persons = (account: Actor, signature?: Signature) => Person;

/** @param host keeps equal names on different hosts apart. */
export function persons(people: People, host: string): Persons {
  return (account, { name, email } = UNSIGNED) => {
    if (account === null) return people.person(authorOf(name, email));
    const login = loginOf(account);
    const kind = actorKind(login, "");
    return people.person({
      identity: `${login.toLowerCase()}@${host}`,
      called: [login, `${host}/${login}`, email],
      // An app is shown without its mark.
      shown: [login, account.login, name, email],
      kind: kind === "human" ? actorKind(name, email) : kind,
    });
  };
}

/** GraphQL leaves out the mark of an app that REST gives, and without it an app may be called like a person. */
function loginOf({ __typename, login }: NonNullable<Actor>): string {
  return __typename === "Bot" && !login.endsWith("[bot]") ? `${login}[bot]` : login;
}
