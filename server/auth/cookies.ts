/** The cookies of a session and of a link: random, unreadable for pages, and sent by no other site's forms. */
import { randomBytes } from "node:crypto";
import type { Request, Response } from "express";
import type { Instant } from "#metrics/time.ts";

export const SESSION = "headway_session";
export const LINK = "headway_link";
type Name = typeof SESSION | typeof LINK;

/** 256 bits of chance. */
export function newSecret(): string {
  return randomBytes(32).toString("base64url");
}

/** @returns `null` when there is none, or something else under its name. */
export function cookieIn({ headers }: Request, name: Name): string | null {
  for (const part of (headers.cookie ?? "").split(";")) {
    const [key, value = ""] = part.trim().split("=");
    if (key === name && /^[\w-]{20,200}$/.test(value)) return value;
  }
  return null;
}

/** `Secure` where the request came by https: directly, or by a proxy that is trusted. */
export function setCookie(
  request: Request,
  response: Response,
  name: Name,
  { value, expiresAt }: { readonly value: string; readonly expiresAt: Instant },
): void {
  response.cookie(name, value, {
    httpOnly: true,
    sameSite: "lax",
    secure: request.secure,
    path: "/",
    expires: new Date(expiresAt),
  });
}

export function dropCookie(request: Request, response: Response, name: Name): void {
  response.clearCookie(name, { httpOnly: true, sameSite: "lax", secure: request.secure, path: "/" });
}
