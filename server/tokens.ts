/** Tokens: 256 bits of chance, shown once and then known by their hash alone. */
import { randomBytes } from "node:crypto";
import type { Instant } from "#metrics/time.ts";
import { hashOf } from "./hash.ts";
import type { Store } from "./store/store.ts";
import type { TokenRecord } from "./store/tokens.ts";

/** What a token may do. */
export const scopes = ["push", "read", "metrics"] as const;
export type TokenScope = (typeof scopes)[number];

const MAY: Readonly<Record<TokenScope, string>> = {
  push: "push",
  read: "read what a viewer reads",
  metrics: "read /metrics",
};

/** So that whoever scans for secrets knows one. */
const PREFIX = "headway_";

export function newToken(): string {
  return PREFIX + randomBytes(32).toString("base64url");
}

export type Judgement = { readonly token: TokenRecord } | { readonly refusal: string };

/** Whether a request's `Authorization` lets it in. Neither the token nor a part of it is ever told. */
export async function judge(
  store: Store,
  authorization: string | undefined,
  scope: TokenScope,
  now: Instant,
): Promise<Judgement> {
  const given = /^Bearer +([\w.~+/-]+=*) *$/i.exec(authorization ?? "")?.[1];
  if (given === undefined)
    return { refusal: "Send `Authorization: Bearer TOKEN` with a token that `headway token create` made." };
  const token = await store.findToken(hashOf(given));
  if (token === null) return { refusal: "This token is not known here. Make one with `headway token create`." };
  if (token.revokedAt !== null)
    return { refusal: "This token was revoked. Make another one with `headway token create`." };
  if (token.expiresAt !== null && token.expiresAt <= now)
    return { refusal: "This token has expired. Make another one with `headway token create`." };
  // Whoever has the token may know what it is for.
  const own = scopes.find((one) => one === token.scope);
  if (own !== scope)
    return {
      refusal: `This token may ${own === undefined ? "do something else" : MAY[own]} only. Make one with \`headway token create --scope ${scope}\`.`,
    };
  await store.useToken(token, now);
  return { token };
}
