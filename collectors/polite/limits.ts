/** What hosts say about their limits, in headers: https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api and https://docs.gitlab.com/administration/settings/user_and_ip_rate_limits/ */
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";

/** A host's own count of what may still be asked until it starts anew. */
export interface Limit {
  /** Which of the host's counters, such as `core` or `graphql`. */
  readonly resource: string;
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Instant;
}

/** Hosts count in whole seconds; the rest makes sure that the next second has begun there too. */
const MARGIN = 50;

/** `null` when the answer does not say. Instants are on our own clock: the host's `Date` tells how far it is off. */
export function limitOf(headers: Headers, resource: string, now: Instant): Limit | null {
  const limit = number(headers.get("x-ratelimit-limit") ?? headers.get("ratelimit-limit"));
  const remaining = number(headers.get("x-ratelimit-remaining") ?? headers.get("ratelimit-remaining"));
  const reset = number(headers.get("x-ratelimit-reset") ?? headers.get("ratelimit-reset"));
  if (limit === null || remaining === null || reset === null) return null;
  const name = headers.get("x-ratelimit-resource") ?? resource;
  return { resource: name, limit, remaining, resetAt: resetAt(reset, headers, now) };
}

/** When a host that said “not now” may be asked again; `null` when it did not say. */
export function retryAt(headers: Headers, now: Instant): Instant | null {
  const text = headers.get("retry-after");
  if (text === null) return null;
  const seconds = number(text);
  if (seconds !== null) return now + seconds * SECOND + MARGIN;
  const date = Date.parse(text);
  return Number.isNaN(date) ? null : date - skew(headers, now) + MARGIN;
}

/** Which counter a request will be charged to, before the host has said so. */
export function resourceOf(url: string): string {
  const path = new URL(url).pathname;
  if (path.endsWith("/graphql")) return "graphql";
  return path.includes("/search/") ? "search" : "core";
}

/** Epoch seconds; the IETF's draft, which some proxies follow, counts from now. */
function resetAt(reset: number, headers: Headers, now: Instant): Instant {
  if (reset < 1e9) return now + reset * SECOND + MARGIN;
  return reset * SECOND - skew(headers, now) + MARGIN;
}

/** How far the host's clock is ahead of ours, in milliseconds. `Date` is cut to seconds, so less than two is nothing. */
function skew(headers: Headers, now: Instant): number {
  const date = Date.parse(headers.get("date") ?? "");
  return Number.isNaN(date) || Math.abs(date - now) < 2 * SECOND ? 0 : date - now;
}

function number(text: string | null): number | null {
  return text !== null && /^\d+$/.test(text.trim()) ? Number(text) : null;
}
