/** Who a GitLab account is: a person, a program or an agent, or nobody any more. */
import type { ActorKind, Pseudonym } from "#metrics/events.ts";
import { actorKind } from "../git/actors.ts";
import type { User } from "./payloads.ts";

export interface Actor {
  readonly author: Pseudonym | null;
  readonly authorKind: ActorKind;
}

/** What GitLab puts in the place of deleted accounts. */
const GHOST = /^ghost\d*$/;

/**
 * Accounts that GitLab makes for tokens, service accounts and itself: https://docs.gitlab.com/administration/internal_users/.
 * The brackets of `renovate[bot]` are lost in a user name, not in the name that is shown.
 */
const BOTS = [
  /^(project|group)_\d+_bot(_\w*)?$/,
  /^service_account_/,
  /^(gitlab|support|alert|security|visual-review|automation|migration|llm|admin)-bot\d*$/,
  /^(gitlab-)?(renovate|dependabot|dependency|release-tools|snyk|mergify|danger|marge)(-?bot)?$/,
];

/** GitLab's own reviewer. Other agents work through service accounts, which are bots unless they show an agent's name. */
const AGENT = "gitlabduo";

export function actorOf(user: User | null, pseudonym: (identity: string) => Pseudonym, host: string): Actor {
  if (user === null || isDeleted(user)) return { author: null, authorKind: "human" };
  return { author: pseudonym(`${host}/${user.id}`), authorKind: kindOf(user) };
}

/** By the account's name, and by the name it shows as commits are judged (`GitLab Renovate Bot`, `dependabot[bot]`). */
function kindOf({ username, name, bot }: User): ActorKind {
  const account = username.toLowerCase();
  if (account === AGENT) return "agent";
  if (bot === true || BOTS.some((pattern) => pattern.test(account))) return "bot";
  const kinds = [actorKind(account, ""), actorKind(name, "")];
  return kinds.find((kind) => kind !== "human") ?? "human";
}

function isDeleted({ username, name }: User): boolean {
  return username === "ghost" || (GHOST.test(username) && /^(ghost|deleted) user$/i.test(name));
}
