/** Whether whoever asks sits at this machine, with nobody between: a proxy here makes everybody look as if they did. */
import type { Request } from "express";
import type { Config } from "#config/schema.ts";
import { isLoopback } from "./loopback.ts";

/** What proxies say of whom they ask for. */
const FORWARDED = /^(forwarded|via|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-forwarded-.+)$/;

/** Whether a proxy says that it asks for somebody else. */
export function isForwarded({ headers }: Pick<Request, "headers">): boolean {
  return Object.keys(headers).some((name) => FORWARDED.test(name));
}

export function isHere(request: Request): boolean {
  return isLoopback(request.socket.remoteAddress ?? "") && isByOwnName(request) && !isForwarded(request);
}

/** Whether it was asked for as a machine asks for itself. */
function isByOwnName({ headers }: Pick<Request, "headers">): boolean {
  return isLoopback(nameIn(headers.host ?? ""));
}

/**
 * Whether a request certainly came through nobody. Where `proxies` are named somebody else asks for others, and a proxy that was told nothing
 * says nothing of them and uses the name by which it knows this server: nginx does, in HTTP/1.0, which no browser speaks.
 */
export function isFirstHand(request: Request, { url, proxies }: Pick<Config, "url" | "proxies">): boolean {
  const isOld = request.httpVersion === "1.0" && isShown({ url });
  return proxies.length === 0 && isByOwnName(request) && !isOld && !isForwarded(request);
}

/** Whether others are to reach it: by a name that is none of this machine itself. */
export function isShown({ url }: Pick<Config, "url">): boolean {
  return url !== undefined && !isLoopback(nameIn(new URL(url).host));
}

/** "[::1]:4179" is ::1. */
function nameIn(host: string): string {
  return host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}
