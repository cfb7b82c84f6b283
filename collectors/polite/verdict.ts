/** What an answer means: take it, ask again, wait, or give up. */
import type { Instant } from "#metrics/time.ts";
import { MINUTE, SECOND } from "#metrics/time.ts";
import type { Answer, Request } from "./attempt.ts";
import type { Limit } from "./limits.ts";
import { retryAt } from "./limits.ts";

export type Verdict =
  | { readonly kind: "fine" }
  /** Something went wrong that may go right the next time; `what` ends the sentence “the host …”. */
  | { readonly kind: "again"; readonly what: string }
  /** The host's main limit is used up for this kind of request. */
  | { readonly kind: "used-up"; readonly until: Instant }
  /** The host wants a pause from everything we ask. */
  | { readonly kind: "pause"; readonly until: Instant }
  | { readonly kind: "refused" };

/** How long to be silent after a limit that names no time, as GitHub asks for; doubled each time it happens again. */
const DEFAULT_PAUSE = MINUTE;
const LONGEST_PAUSE = 15 * MINUTE;
/** The same after a bare 429. The hosts' own always say more, so this one is from something in between. */
const BARE_PAUSE = 5 * SECOND;
/** A 403 without a reason is believed when it came so often before. */
const DOUBTS = 3;

export interface Situation {
  readonly now: Instant;
  readonly limit: Limit | null;
  /** How often the host has asked for a pause already, for this request. */
  readonly pauses: number;
  /** How often this request has failed already. */
  readonly failures: number;
  /** How often it may. */
  readonly tries: number;
}

export function judge(request: Request, answer: Answer, situation: Situation): Verdict {
  const { status, json } = answer;
  if (status === 429 || status === 403) return judgeRefusal(answer, situation);
  if (status === 503 && answer.headers.has("retry-after")) return pause(answer, situation);
  if (status === 408 || status === 425 || status >= 500) return { kind: "again", what: `answered ${status}` };
  if (status === 304 || status === 204) return { kind: "fine" };
  if (status >= 400) return { kind: "refused" };
  if (json === undefined) return { kind: "again", what: whatInsteadOfJson(answer) };
  return isGraphQl(request) ? judgeGraphQl(answer, situation) : { kind: "fine" };
}

/** 403 and 429 mean a limit on GitHub, or no permission; only the headers and the sentence tell. */
function judgeRefusal(answer: Answer, situation: Situation): Verdict {
  const { status, headers, text } = answer;
  if (headers.has("retry-after")) return pause(answer, situation);
  if (/secondary rate|abuse detection/i.test(text)) return pause(answer, situation);
  if (situation.limit?.remaining === 0) return { kind: "used-up", until: situation.limit.resetAt };
  if (/rate limit exceeded/i.test(text)) return pause(answer, situation);
  if (status === 429) return pause(answer, situation, situation.limit === null ? BARE_PAUSE : DEFAULT_PAUSE);
  // A page from a proxy or a load balancer in trouble; GitHub's and GitLab's own refusals are JSON.
  if (answer.json === undefined && isPage(answer)) return { kind: "again", what: whatInsteadOfJson(answer) };
  const doubts = Math.min(DOUBTS, situation.tries - 1);
  if (situation.failures < doubts && !saysWhy(answer)) return { kind: "again", what: "answered 403 without a reason" };
  return { kind: "refused" };
}

/** GitHub names the permission that is needed, GitLab says so in words; what lies in between does neither. */
function saysWhy({ headers, text }: Answer): boolean {
  const names = ["x-accepted-github-permissions", "x-accepted-oauth-scopes", "x-github-sso"];
  return names.some((name) => headers.has(name)) || /forbidden|insufficient.scope|not accessible/i.test(text);
}

function pause({ headers }: Answer, { now, pauses, limit }: Situation, first = DEFAULT_PAUSE): Verdict {
  const asked = retryAt(headers, now);
  const usedUp = limit?.remaining === 0 ? limit.resetAt : now;
  const silence = Math.min(first * 2 ** pauses, LONGEST_PAUSE);
  return { kind: "pause", until: Math.max(usedUp, asked ?? now + silence) };
}

/** GraphQL answers 200 to everything; limits and time-outs are errors with a type or a sentence. */
function judgeGraphQl(answer: Answer, situation: Situation): Verdict {
  const errors = graphQlErrors(answer.json);
  if (errors.some(({ type }) => type === "RATE_LIMITED" || type === "RATE_LIMIT")) {
    const { limit, now } = situation;
    if (limit?.remaining === 0 && !answer.headers.has("retry-after")) return { kind: "used-up", until: limit.resetAt };
    return pause(answer, { ...situation, now });
  }
  if (errors.some(({ message }) => /secondary rate|abuse detection/i.test(message))) return pause(answer, situation);
  const passing = errors.find(({ type, message }) => isPassing(type, message));
  if (passing === undefined) return { kind: "fine" };
  return { kind: "again", what: `could not finish the query (“${passing.message.slice(0, 120)}”)` };
}

function isPassing(type: string, message: string): boolean {
  if (["INTERNAL", "SERVICE_UNAVAILABLE", "RESOURCE_LIMITS_EXCEEDED", "TIMEOUT"].includes(type)) return true;
  return /something went wrong|timed? ?out|timedout|couldn't respond to your request in time|resource limits? .*exceeded/i.test(
    message,
  );
}

function graphQlErrors(json: unknown): { type: string; message: string }[] {
  if (typeof json !== "object" || json === null || !("errors" in json) || !Array.isArray(json.errors)) return [];
  return json.errors.map((error: unknown) => ({ type: textAt(error, "type"), message: textAt(error, "message") }));
}

function textAt(value: unknown, key: "type" | "message"): string {
  if (typeof value !== "object" || value === null) return "";
  const found: unknown = Reflect.get(value, key);
  return typeof found === "string" ? found : "";
}

function isGraphQl({ url, method }: Request): boolean {
  return method === "POST" && new URL(url).pathname.endsWith("/graphql");
}

function whatInsteadOfJson(answer: Answer): string {
  if (isPage(answer)) return "sent a web page instead of data";
  return answer.text === "" ? "sent nothing" : "sent half an answer";
}

function isPage({ headers, text }: Answer): boolean {
  return /html/.test(headers.get("content-type") ?? "") || /^\s*<(!doctype|html)/i.test(text);
}
