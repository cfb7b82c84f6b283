/** What may be collected from, and which collector does it. */
import { z } from "zod";
import type { Collector } from "./collector.ts";
import { demo, demoName } from "./demo/index.ts";
import type { DemoContext } from "./demo/index.ts";
import { DemoOptions } from "./demo/options.ts";
import { git, repositoryName } from "./git/index.ts";
import type { GitContext } from "./git/index.ts";
import { GitOptions } from "./git/options.ts";
import { github, githubName } from "./github/index.ts";
import type { GitHubContext } from "./github/index.ts";
import { GitHubOptions } from "./github/options.ts";
import type { App } from "./github/probe-app.ts";
import { probeApp, tokenOfApp } from "./github/probe-app.ts";
import { gitlab, gitlabName } from "./gitlab/index.ts";
import { GitLabOptions } from "./gitlab/options.ts";
import * as githubProbe from "./github/probe.ts";
import * as gitlabProbe from "./gitlab/probe.ts";
import type { Outlook, Probed, ProbeOptions } from "./probe.ts";

/** What the configuration may say of one source. A new host is a folder beside `git/` and a line in each list. */
export const SourceOptions = z.discriminatedUnion("host", [GitOptions, GitHubOptions, GitLabOptions, DemoOptions]);
export type SourceOptions = z.infer<typeof SourceOptions>;

/** What collectors need of the world around them. */
export type CollectorContext = GitContext & GitHubContext & DemoContext;

export function createCollector(options: SourceOptions, context: CollectorContext): Collector {
  switch (options.host) {
    case "git":
      return git(options, context);
    case "github":
      return github(options, context);
    case "gitlab":
      return gitlab(options, context);
    case "demo":
      return demo(options, context);
  }
}

/** What people call a source; two sources must not share it. */
export function sourceName(options: SourceOptions): string {
  switch (options.host) {
    case "git":
      return repositoryName(options);
    case "github":
      return githubName(options);
    case "gitlab":
      return gitlabName(options);
    case "demo":
      return demoName();
  }
}

/** Hosts that want a token. */
export type TokenHost = Exclude<SourceOptions["host"], "git" | "demo">;

/** What a token is worth at its host. @throws HostError in words for the person who entered it. */
export async function probe(host: TokenHost, options: ProbeOptions): Promise<Probed> {
  switch (host) {
    case "github":
      return githubProbe.probe(options);
    case "gitlab":
      return gitlabProbe.probe(options);
  }
}

/** What the token or the app of a configured source is worth. @throws HostError in words for the person who wrote it. */
export async function probeSource(
  options: Extract<SourceOptions, { host: TokenHost }>,
  given: Omit<ProbeOptions, "url" | "token">,
): Promise<Probed> {
  const { host, url, token = "" } = options;
  if (host === "github" && options.app !== undefined) return probeApp(options.app, { ...given, url }, options.alerts);
  return probe(host, { ...given, url, token });
}

/** What lets Headway in at a host: a token, or an app, which gets its tokens itself. */
export type Credentials = { readonly token: string } | { readonly app: App };

/** What they are worth at the host. @throws HostError in words for the person who entered them. */
export async function probeCredentials(
  host: TokenHost,
  credentials: Credentials,
  given: Omit<ProbeOptions, "token">,
): Promise<Probed> {
  return "app" in credentials
    ? probeApp(credentials.app, given, true)
    : probe(host, { ...given, token: credentials.token });
}

/** A token to look with now. @throws HostError */
export async function tokenOf(credentials: Credentials, given: Omit<ProbeOptions, "token">): Promise<string> {
  return "app" in credentials ? tokenOfApp(credentials.app, given) : credentials.token;
}

/** What the last 90 days of a repository hold, before anything is collected. */
export async function outlook(
  host: TokenHost,
  options: ProbeOptions,
  repository: string,
  now: number,
): Promise<Outlook> {
  switch (host) {
    case "github":
      return githubProbe.outlook(options, repository, now);
    case "gitlab":
      return gitlabProbe.outlook(options, repository, now);
  }
}
