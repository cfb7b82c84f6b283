/** How every host is asked: within its limits, patiently, and never twice for what it already said no to. */
import type { Instant } from "#metrics/time.ts";
import { HOUR, SECOND } from "#metrics/time.ts";
import { attempt } from "./attempt.ts";
import type { Answer, Request } from "./attempt.ts";
import { createBudget } from "./budget.ts";
import type { Budget } from "./budget.ts";
import { OutOfReach } from "./reach.ts";
import { realEffects } from "./effects.ts";
import type { Effects } from "./effects.ts";
import { createGate } from "./gate.ts";
import { limitOf, resourceOf } from "./limits.ts";
import { gaveUp, limited, refused, unreached } from "./refusal.ts";
import { judge } from "./verdict.ts";
import type { Situation } from "./verdict.ts";
import { createWaiting } from "./waiting.ts";
import type { Waiting } from "./waiting.ts";

export { statusOf } from "./refusal.ts";
export type { Effects } from "./effects.ts";

/** A pause that a host asked for, or that our own budget asks for; shown to people while it lasts. */
export interface Wait {
  readonly until: Instant;
  readonly why: string;
}

export interface PoliteOptions {
  /** The source's key, for errors. */
  readonly source: string;
  /** Told when a wait begins, and `null` when it is over. */
  readonly onWait?: (wait: Wait | null) => void;
  /** Share of the host's limit that a sync may use; the rest is left to people. Default 0.8. */
  readonly budget?: number;
  readonly signal: AbortSignal;
  /** Requests on their way at once. Default 6. */
  readonly concurrency?: number;
  /** Milliseconds of silence after which the first try is given up; later tries wait longer. Default 12,000. */
  readonly patience?: number;
  readonly effects?: Partial<Effects>;
}

export interface PoliteInit {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** How often to ask before giving up. Default 8; fewer where the caller can ask for less instead. */
  readonly tries?: number;
}

/**
 * Like `fetch`, for JSON: waits and retries inside; resolves with a complete, parsed-checked answer (2xx or 304), or throws
 * a HostError whose `cause` is a `Refusal` with the status when the host said no (`statusOf`).
 */
export type PoliteFetch = (url: string, init?: PoliteInit) => Promise<Response>;

const TRIES = 8;
/** Waits for limits that are borne for one request; each is as long as the host asked. */
const WAITS = 12;
const FIRST_PAUSE = 250;
const LONGEST_PAUSE = 30 * SECOND;
const LONGEST_SILENCE = 60 * SECOND;

interface Governor {
  readonly source: string;
  /** What people call the host. */
  readonly host: string;
  readonly budget: Budget;
  readonly waiting: Waiting;
  readonly effects: Effects;
  readonly patience: number;
  readonly signal: AbortSignal;
}

export function createPoliteFetch(options: PoliteOptions): PoliteFetch {
  const { source, budget = 0.8, concurrency = 6, patience = 12 * SECOND, signal } = options;
  const effects = { ...realEffects, ...options.effects };
  const waiting = createWaiting(options.onWait ?? (() => {}));
  const host = hostName(source);
  const governor = { source, host, budget: createBudget(budget), waiting, effects, patience, signal };
  const gate = createGate(concurrency);
  return async (url, { method = "GET", headers = {}, body = null, tries = TRIES } = {}) => {
    const request = { url, method, headers: { "user-agent": "headway", ...lowerCased(headers) }, body };
    return toResponse(await gate.enter(() => persist(governor, request, tries)));
  };
}

/** Asks until there is an answer to hand over. */
async function persist(governor: Governor, request: Request, tries: number): Promise<Answer> {
  const { source, host, budget, effects, signal } = governor;
  let failures = 0;
  let waits = 0;
  for (;;) {
    await turn(governor, resourceOf(request.url));
    const outcome = await send(governor, request, patienceAfter(governor.patience, failures));
    const verdict =
      outcome.kind === "answer" ? judgeNow(governor, request, outcome, { pauses: waits, failures, tries }) : outcome;
    switch (verdict.kind) {
      case "fine":
        if (outcome.kind === "answer") return outcome;
        break;
      case "refused":
        if (outcome.kind === "answer") throw refused(source, host, request, outcome);
        break;
      case "used-up":
      case "pause":
        if (++waits > WAITS) throw limited(source, host, request, WAITS);
        if (verdict.kind === "pause") budget.close(verdict.until);
        else budget.exhaust(resourceOf(request.url), verdict.until);
        break;
      case "again":
      case "failure":
        if (outcome.kind === "failure" && outcome.cause instanceof OutOfReach)
          throw unreached(source, host, outcome.cause);
        if (++failures >= tries) {
          const cause = outcome.kind === "failure" ? outcome.cause : new Error(`${host} ${verdict.what}`);
          throw gaveUp(source, host, request, verdict.what, failures, cause);
        }
        await effects.sleep(backoff(failures, effects.random()), signal);
    }
  }
}

/** Waits until the host and our own budget allow the next request. Others may use it up first, so it looks again. */
async function turn({ host, budget, waiting, effects, signal }: Governor, resource: string): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const now = effects.now();
    const until = budget.openAt(resource, now);
    if (until <= now) return budget.spend(resource);
    await waiting.during({ until, why: `${host}'s limit is used up; resumes ${clock(until, now)}` }, () =>
      effects.sleep(until - now, signal),
    );
  }
}

async function send({ budget, effects, signal }: Governor, request: Request, patience: number) {
  const resource = resourceOf(request.url);
  let limit = null;
  try {
    const outcome = await attempt(request, patience, effects, signal);
    if (outcome.kind === "answer") limit = limitOf(outcome.headers, resource, effects.now());
    return outcome;
  } finally {
    budget.settle(resource, limit);
  }
}

function judgeNow(
  { effects }: Governor,
  request: Request,
  answer: Answer,
  before: Pick<Situation, "pauses" | "failures" | "tries">,
) {
  const now = effects.now();
  return judge(request, answer, { now, limit: limitOf(answer.headers, resourceOf(request.url), now), ...before });
}

/** Full jitter: anything from nothing to the exponential bound, so that many clients do not return together. */
function backoff(failures: number, chance: number): number {
  return chance * Math.min(FIRST_PAUSE * 2 ** failures, LONGEST_PAUSE);
}

function patienceAfter(patience: number, failures: number): number {
  return Math.max(patience, Math.min(patience * 2 ** failures, LONGEST_SILENCE));
}

/** The answer was parsed to check it; whoever reads it as JSON need not parse it again. */
function toResponse({ status, headers, text, json }: Answer): Response {
  const response = new Response(text === "" ? null : text, { status, headers: decoded(headers) });
  if (json !== undefined) response.json = () => Promise.resolve(json);
  return response;
}

/** The text is no longer compressed, and its length in bytes is another. */
function decoded(headers: Headers): Headers {
  const kept = new Headers(headers);
  kept.delete("content-encoding");
  kept.delete("content-length");
  return kept;
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function hostName(source: string): string {
  if (source.startsWith("github")) return "GitHub";
  return source.startsWith("gitlab") ? "GitLab" : "The host";
}

/** `14:05`, with seconds where minutes would not tell, and the date where the time of day would not. */
function clock(until: Instant, now: Instant): string {
  const date = new Date(until);
  const two = (part: number) => String(part).padStart(2, "0");
  const time = `${two(date.getHours())}:${two(date.getMinutes())}`;
  if (until - now < 2 * 60 * SECOND) return `${time}:${two(date.getSeconds())}`;
  return until - now < 12 * HOUR
    ? time
    : `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${time}`;
}
