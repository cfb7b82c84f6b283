/** The cookies of a session, a link and a login under way: random or sealed, unreadable for pages, and sent by no other site's forms. */
import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import type { Instant } from "#metrics/time.ts";
import type { Store } from "../store/store.ts";

export const SESSION = "headway_session";
export const LINK = "headway_link";
/** A login that is under way at an identity provider. */
export const ATTEMPT = "headway_login";
type Kind = typeof SESSION | typeof LINK | typeof ATTEMPT;

/** Whose cookies these are: browsers send those of a host to each of its ports, so each installation has names of its own. */
interface Owner {
  readonly store: Pick<Store, "installationName">;
}

export interface Exchange {
  readonly request: Request;
  readonly response: Response;
}

/** 256 bits of chance. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

export async function cookieName({ store }: Owner, kind: Kind): Promise<string> {
  return `${kind}_${await store.installationName()}`;
}

/** @returns `null` when there is none, or something else under its name. */
export async function cookieIn(owner: Owner, { headers }: Request, kind: Kind): Promise<string | null> {
  const { cookie } = headers;
  if (cookie === undefined) return null;
  const name = await cookieName(owner, kind);
  for (const part of cookie.split(";")) {
    const [key, value = ""] = part.trim().split("=");
    if (key === name && /^[\w-]{20,3800}$/.test(value)) return value;
  }
  return null;
}

/** `Secure` where the request came by https: directly, or by a proxy that is trusted. */
export async function setCookie(
  owner: Owner,
  { request, response }: Exchange,
  kind: Kind,
  { value, expiresAt }: { readonly value: string; readonly expiresAt: Instant },
): Promise<void> {
  response.cookie(await cookieName(owner, kind), value, {
    httpOnly: true,
    sameSite: "lax",
    secure: request.secure,
    path: "/",
    expires: new Date(expiresAt),
  });
}

export async function dropCookie(owner: Owner, { request, response }: Exchange, kind: Kind): Promise<void> {
  const name = await cookieName(owner, kind);
  response.clearCookie(name, { httpOnly: true, sameSite: "lax", secure: request.secure, path: "/" });
}
