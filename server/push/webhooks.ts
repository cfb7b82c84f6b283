/** Webhooks say that something happened; what, the host is asked. So a forged, repeated or lost one changes no number. */
import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { SourceOptions } from "#collectors/index.ts";
import type { ConfiguredSource } from "../installation.ts";

export const GitHubHook = z.looseObject({ repository: z.looseObject({ full_name: z.string() }).nullish() });
export const GitLabHook = z.looseObject({ project: z.looseObject({ path_with_namespace: z.string() }).nullish() });

/** Of the sources with a secret: those that the signature of GitHub (`X-Hub-Signature-256`) fits. */
export function signedFor(
  sources: readonly ConfiguredSource[],
  body: Buffer,
  signature: string | undefined,
): readonly ConfiguredSource[] {
  const given = /^sha256=([0-9a-f]{64})$/i.exec(signature ?? "")?.[1];
  return sources.filter(({ options }) => {
    const secret = options.host === "github" ? options.webhookSecret : undefined;
    if (secret === undefined || given === undefined) return false;
    return timingSafeEqual(createHmac("sha256", secret).update(body).digest(), Buffer.from(given, "hex"));
  });
}

/** Of the sources with a secret: those whose secret it is, as GitLab sends it (`X-Gitlab-Token`). */
export function tokenFor(sources: readonly ConfiguredSource[], token: string | undefined): readonly ConfiguredSource[] {
  return sources.filter(({ options }) => {
    const secret = options.host === "gitlab" ? options.webhookSecret : undefined;
    if (secret === undefined || token === undefined) return false;
    return timingSafeEqual(digest(secret), digest(token)); // of one length, whatever is sent
  });
}

function digest(text: string): Buffer {
  return createHmac("sha256", "headway").update(text).digest();
}

/** Whether a source may read this repository; a webhook that names none is about all that a source reads. */
export function reads({ options }: ConfiguredSource, repository: string | null): boolean {
  return repository === null || isListed(options, repository.toLowerCase());
}

function isListed(options: SourceOptions, repository: string): boolean {
  const within = (owner: string | undefined) => owner !== undefined && repository.startsWith(`${owner.toLowerCase()}/`);
  const named = (names: readonly string[] | undefined) =>
    names?.some((name) => name.toLowerCase() === repository) === true;
  switch (options.host) {
    case "github":
      return named(options.repositories) || within(options.organization);
    case "gitlab":
      return named(options.projects) || within(options.group);
    case "git":
    case "demo":
      return false;
  }
}
