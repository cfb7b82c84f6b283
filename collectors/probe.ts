/** What a token is worth at its host, asked before anything is saved. Each host has a `probe.ts` that answers in this shape. */
import type { Instant } from "#metrics/time.ts";
import { SECOND } from "#metrics/time.ts";
import type { z } from "zod";
import { HostError } from "./collector.ts";
import { createPoliteFetch, statusOf } from "./polite/index.ts";
import type { PoliteFetch, PoliteInit, Wait } from "./polite/index.ts";
import { realEffects } from "./polite/effects.ts";
import type { Effects } from "./polite/effects.ts";

export interface ProbeOptions {
  /** As in the configuration. */
  readonly url: string;
  readonly token: string;
  /** A repository to try what the host does not say; `null`: the one that was changed last. */
  readonly tryOn: string | null;
  readonly signal: AbortSignal;
  readonly effects?: Partial<Effects>;
}

/** Something that a token must allow. */
export interface Grant {
  /** In the host's own words: `repo`, `Deployments: read`. */
  readonly name: string;
  /** `null` when the host does not say and it could not be tried. */
  readonly has: boolean | null;
  /** What it is for, and what is missing without it. */
  readonly why: string;
}

/** An organisation, a group, or a person with repositories of their own. */
export interface Owner {
  readonly name: string;
  readonly kind: "organization" | "group" | "person";
}

export interface Seen {
  readonly name: string;
  readonly isPrivate: boolean;
  readonly isArchived: boolean;
  readonly changedAt: Instant | null;
}

export interface Probed {
  /** The account the token stands for: shown to whoever entered it, never stored. */
  readonly account: string;
  /** What kind of token it is, in the host's words. */
  readonly kind: string;
  readonly expiresAt: Instant | null;
  /** Scopes or permissions, as the host names them; `null` when it does not say. */
  readonly scopes: readonly string[] | null;
  readonly grants: readonly Grant[];
  /** Where it was tried what the host does not say. */
  readonly triedOn: string | null;
  readonly owners: readonly Owner[];
  readonly repositories: readonly Seen[];
  /** Whether that is all the token sees. */
  readonly isWhole: boolean;
}

/** One repository's last 90 days at its host, before anything is collected. */
export interface Outlook {
  readonly repository: string;
  /** Deployments by environment. */
  readonly environments: ReadonlyMap<string, number>;
  readonly releases: number;
}

export const OUTLOOK_DAYS = 90;
/** Pages of 100 repositories that are listed to choose from; whoever has more writes an organisation's name. */
export const PAGES = 3;

const PATIENCE = 6 * SECOND;
const TRIES = 2;
const WHOLE = 30 * SECOND;

export interface Asking {
  readonly ask: <Type>(
    path: string,
    type: z.ZodType<Type>,
    method?: "GET" | "POST",
  ) => Promise<{ data: Type; headers: Headers }>;
  /** Whether a path answers; `null` when it cannot be told. */
  readonly may: (path: string) => Promise<boolean | null>;
}

/** How to ask a host now: with less patience than a sync has, since a person waits. */
export function asking(
  host: "github" | "gitlab",
  { url, signal, effects = {} }: Pick<ProbeOptions, "url" | "signal" | "effects">,
  base: string,
  headers: Record<string, string>,
): Asking {
  const now = effects.now ?? realEffects.now;
  const limited = new AbortController();
  let waiting: Wait | null = null;
  const onWait = (wait: Wait | null) => {
    waiting = wait ?? waiting;
    if (wait !== null && wait.until - now() > PATIENCE) limited.abort();
  };
  const all = AbortSignal.any([signal, limited.signal, AbortSignal.timeout(WHOLE)]);
  const polite = createPoliteFetch({ source: host, signal: all, onWait, budget: 1, patience: PATIENCE, effects });
  const send = async (path: string, method: PoliteInit["method"] = "GET") => {
    try {
      return await polite(`${base}${path}`, { method, headers, tries: TRIES });
    } catch (error) {
      signal.throwIfAborted();
      throw explained(host, url, error, waiting);
    }
  };
  return {
    ask: async (path, type, method) => read(host, url, await send(path, method), type),
    may: (path) => may(host, send, path),
  };
}

/** Empty for a list that the token may not see. */
export async function orNothing<Item>(asked: Promise<{ data: Item[] }>): Promise<Item[]> {
  try {
    return (await asked).data;
  } catch (error) {
    if (error instanceof HostError && error.reason !== "unavailable") return [];
    throw error;
  }
}

async function read<Type>(
  host: "github" | "gitlab",
  url: string,
  response: Awaited<ReturnType<PoliteFetch>>,
  type: z.ZodType<Type>,
): Promise<{ data: Type; headers: Headers }> {
  const result = type.safeParse(await response.json());
  if (result.success) return { data: result.data, headers: response.headers };
  throw new HostError(host, "unavailable", `${url} answers, but not as ${NAMES[host]} does. ${ADDRESS[host]}`);
}

async function may(
  host: "github" | "gitlab",
  send: (path: string) => Promise<Response>,
  path: string,
): Promise<boolean | null> {
  try {
    await send(path);
    return true;
  } catch (error) {
    const status = statusOf(error);
    // An empty repository answers 409 to the question for its commits.
    if (status === 409) return true;
    if (status === 403) return false;
    // GitHub hides what a token may not see; at GitLab it is not there, or switched off.
    if (status === 404) return host === "github" ? false : null;
    if (status === 410) return null;
    throw error;
  }
}

const NAMES = { github: "GitHub", gitlab: "GitLab" };
const ADDRESS = {
  github:
    "Is the address that of the API? It is https://api.github.com, and for GitHub Enterprise it ends in /api/v3, such as https://ghe.example/api/v3.",
  gitlab: "Is the address that of GitLab itself, such as https://gitlab.com or https://gitlab.example?",
};

/** What to tell a person who has just entered a token. Nothing of the token is in it. */
function explained(host: "github" | "gitlab", url: string, error: unknown, waiting: Wait | null): unknown {
  const name = NAMES[host];
  const told = (reason: HostError["reason"], message: string) =>
    new HostError(host, reason, message, error instanceof HostError ? error.cause : error);
  if (!(error instanceof HostError)) {
    if (waiting !== null) return told("rate-limit", `${waiting.why}. Nothing was changed: check the token again then.`);
    return told(
      "unavailable",
      `${url} did not answer within ${WHOLE / SECOND} seconds. Check the address, the network and the proxy, and try again.`,
    );
  }
  const status = statusOf(error);
  if (status === 401)
    return told(
      "auth",
      `${name} does not accept this token: it is mistyped, expired or revoked. Copy it again in full, or create a new one.`,
    );
  if (status === 404) return told("not-found", `Nothing of ${name} is at ${url}. ${ADDRESS[host]}`);
  if (status === 403)
    return told(
      "auth",
      error.message.replace(/ What was collected before is kept\./, "").replace("and sync again", "and check it again"),
    );
  if (/web page instead of data/.test(error.message))
    return told(
      "unavailable",
      `${url} answers with a web page instead of data. ${ADDRESS[host]} A proxy's log-in page looks like this, too.`,
    );
  if (error.reason === "unavailable")
    return told(
      "unavailable",
      `${url} does not answer (${causeOf(error)}). Check the address, the network and the proxy, and try again.`,
    );
  return error;
}

function causeOf({ cause, message }: HostError): string {
  for (let at: unknown = cause; at instanceof Error; at = at.cause)
    if ("code" in at && typeof at.code === "string") return at.code;
  return /^\S+ (.*?) (?:each of the last|when it was asked)/.exec(message)?.[1] ?? "it broke off";
}
