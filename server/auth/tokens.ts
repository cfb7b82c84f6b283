/** Tokens of programs, in the hands of an administrator. */
import { DAY } from "#metrics/time.ts";
import { BadRequest } from "../answers/problem.ts";
import type { Body, CommandReply, Reply } from "../contract.ts";
import type { TokenRecord } from "../store/tokens.ts";
import { hashOf } from "../hash.ts";
import { newToken } from "../tokens.ts";
import type { Asking } from "./routes.ts";
import { deedOf } from "./users.ts";

/** Newest first. */
export async function answerTokens({ access }: Asking): Promise<Reply<"/api/tokens">> {
  return (await access.store.tokens()).map(toTold);
}

/** @throws BadRequest when the name is taken. */
export async function addToken(
  asking: Asking,
  { name, scope, days }: Body<"/api/tokens/add">,
): Promise<CommandReply<"/api/tokens/add">> {
  const { actor, at: createdAt } = deedOf(asking);
  const token = newToken();
  const expiresAt = days === null ? null : createdAt + days * DAY;
  if (!(await asking.access.store.addToken({ name, scope, hash: hashOf(token), createdAt, expiresAt, actor })))
    throw new BadRequest(`There is a token called "${name}". Choose another name, or end that one first.`);
  return { name, scope, token, expiresAt: iso(expiresAt) };
}

/** @throws BadRequest when none of that name is in force. */
export async function revokeToken(
  asking: Asking,
  { name }: Body<"/api/tokens/revoke">,
): Promise<Record<string, never>> {
  if (await asking.access.store.revokeToken(name, deedOf(asking))) return {};
  throw new BadRequest(`No token called "${name}" is in force.`);
}

function toTold({ name, scope, createdAt, expiresAt, lastUsedAt, revokedAt }: TokenRecord) {
  return {
    name,
    scope,
    createdAt: new Date(createdAt).toISOString(),
    expiresAt: iso(expiresAt),
    lastUsedAt: iso(lastUsedAt),
    revokedAt: iso(revokedAt),
  };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
