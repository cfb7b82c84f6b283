/** Who a GitLab account is: a person, a program or an agent, or nobody any more. */
import type { ActorKind } from "#metrics/events.ts";
import { actorKind, authorOf } from "../git/actors.ts";
import type { People, Person } from "../people.ts";
import type { User } from "./payloads.ts";

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

/** @param host what accounts are numbered at. */
export function actorOf(user: User | null, people: People, host: string): Person {
  if (user === null || isDeleted(user)) return people.person(authorOf("", ""));
  const { id, username, name } = user;
  return people.person({
    identity: `${host}/${id}`,
    called: [username, `${host}/${username}`],
    shown: [username, name],
    kind: kindOf(user),
  });
}

/**
 * By the account's name, and by the name it shows as commits are judged (`GitLab Renovate Bot`, `dependabot[bot]`). Agents work
 * through service accounts, which are bots unless they show an agent's name.
 */
function kindOf({ username, name, bot }: User): ActorKind {
  const account = username.toLowerCase();
  const kinds = [actorKind(account, ""), actorKind(name, "")];
  if (kinds.includes("agent")) return "agent";
  const isBot = bot === true || kinds.includes("bot") || BOTS.some((pattern) => pattern.test(account));
  return isBot ? "bot" : "human";
}

function isDeleted({ username, name }: User): boolean {
  return username === "ghost" || (GHOST.test(username) && /^(ghost|deleted) user$/i.test(name));
}
