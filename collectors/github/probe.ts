/** What a GitHub token may do and see. */
import { DAY } from "#metrics/time.ts";
import { z } from "zod";
import { HostError } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import { asking, orNothing, OUTLOOK_DAYS } from "../probe.ts";
import type { Asking, Outlook, Probed, ProbeOptions } from "../probe.ts";
import { classicGrants, triedGrants } from "./grants.ts";
import { installedOn, MaybeAt, tryOnOf, visibleTo } from "./visible.ts";

const User = z.object({ login: z.string() });
const Deployment = z.object({ environment: z.string(), created_at: MaybeAt });
const Release = z.object({ published_at: MaybeAt, draft: z.boolean() });

export async function probe(options: ProbeOptions): Promise<Probed> {
  const asked = toGitHub(options);
  const user = await orForbidden(asked.ask("/user", User));
  if (user instanceof HostError) return probeInstallation(asked, options.tryOn, user);
  const account = user.data.login;
  const scopes = scopesOf(user.headers);
  const visible = await visibleTo(account, asked);
  const tryOn = options.tryOn ?? tryOnOf(visible.repositories);
  const isTold = scopes !== null;
  return {
    account,
    kind: isTold ? "personal access token (classic)" : "fine-grained token",
    expiresAt: expiryOf(user.headers),
    scopes,
    grants: isTold ? classicGrants(scopes) : await triedGrants(asked, tryOn),
    triedOn: isTold ? null : tryOn,
    ...visible,
  };
}

/**
 * The token that an app has for an hour stands for no account, sees what the app was installed on, and does not say what it may.
 *
 * @throws HostError the refusal, where it is not such a token.
 */
async function probeInstallation(asked: Asking, wanted: string | null, refusal: HostError): Promise<Probed> {
  const installed = await orForbidden(installedOn(asked));
  if (installed instanceof HostError) throw refusal;
  const tryOn = wanted ?? tryOnOf(installed.repositories);
  return {
    ...installed,
    kind: "token of a GitHub App, good for an hour; a source with `app` gets its own",
    expiresAt: null,
    scopes: null,
    grants: await triedGrants(asked, tryOn),
    triedOn: tryOn,
  };
}

async function orForbidden<Answer>(asked: Promise<Answer>): Promise<Answer | HostError> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HostError && statusOf(error) === 403) return error;
    throw error;
  }
}

/** The deployments and releases of the last 90 days, as far as one page of each reaches. */
export async function outlook(options: ProbeOptions, repository: string, now: number): Promise<Outlook> {
  const asked = toGitHub(options);
  const since = now - OUTLOOK_DAYS * DAY;
  const deployments = await orNothing(asked.ask(`/repos/${repository}/deployments?per_page=100`, z.array(Deployment)));
  const releases = await orNothing(asked.ask(`/repos/${repository}/releases?per_page=100`, z.array(Release)));
  const environments = new Map<string, number>();
  for (const { environment, created_at } of deployments)
    if ((created_at ?? 0) >= since) environments.set(environment, (environments.get(environment) ?? 0) + 1);
  const recent = releases.filter(({ draft, published_at }) => !draft && (published_at ?? 0) >= since);
  return { repository, environments, releases: recent.length };
}

/** How to ask GitHub with a token. */
export function toGitHub(options: ProbeOptions): Asking {
  return asking("github", options, options.url, {
    authorization: `token ${options.token}`,
    accept: "application/vnd.github+json",
  });
}

/** Classic tokens say their scopes with every answer, even when they have none; others never do. */
function scopesOf(headers: Headers): string[] | null {
  const text = headers.get("x-oauth-scopes");
  return text === null
    ? null
    : text
        .split(",")
        .map((scope) => scope.trim())
        .filter((scope) => scope !== "");
}

/** `2026-12-31 12:00:00 UTC`. */
function expiryOf(headers: Headers): number | null {
  const text = headers.get("github-authentication-token-expiration");
  const at = text === null ? Number.NaN : Date.parse(text.replace(" UTC", "Z").replace(" ", "T"));
  return Number.isNaN(at) ? null : at;
}
