/** Who did it, as GitHub says: an account, a GitHub App, or nobody any more. */
import { z } from "zod";
import type { ActorKind, Pseudonym } from "#metrics/events.ts";
import { actorKind } from "../git/actors.ts";

/** GraphQL's actor; `null` for an account that was deleted. */
export const Actor = z.object({ __typename: z.string(), login: z.string() }).nullable();
export type Actor = z.infer<typeof Actor>;

/** GraphQL's fields of the same. */
export const ACTOR = "{ __typename login }";

export interface Person {
  readonly author: Pseudonym | null;
  readonly authorKind: ActorKind;
}

/** Turns accounts into pseudonyms; `host` keeps equal names on different hosts apart. */
export type Persons = (actor: Actor) => Person;

export function persons(pseudonym: (identity: string) => Pseudonym, host: string): Persons {
  const known = new Map<string, Pseudonym>();
  return (actor) => {
    if (actor === null) return { author: null, authorKind: "human" };
    const identity = `${actor.login.toLowerCase()}@${host}`;
    const author = known.get(identity) ?? pseudonym(identity);
    known.set(identity, author);
    return { author, authorKind: accountKind(actor) };
  };
}

/** Apps are bots unless they are known as agents; some bots work under an ordinary account. */
function accountKind({ __typename, login }: NonNullable<Actor>): ActorKind {
  const isApp = __typename === "Bot";
  return actorKind(isApp && !login.endsWith("[bot]") ? `${login}[bot]` : login, "");
}

export function sameAccount(a: Actor, b: Actor): boolean {
  return a !== null && b !== null && a.login === b.login && a.__typename === b.__typename;
}
