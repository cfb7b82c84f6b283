/** What is written into the configuration for a host that somebody connects. */
import type { SourceEntry } from "#config/edit.ts";
import type { App } from "#collectors/github/probe-app.ts";
import type { SourceOptions } from "#collectors/index.ts";
import { BadRequest } from "../answers/problem.ts";
import type { Body } from "../contract.ts";
import type { Held } from "./held.ts";

export const DEFAULT_URLS: Record<Held["host"], string> = {
  github: "https://api.github.com",
  gitlab: "https://gitlab.com",
};

/** @throws BadRequest when it does not say what to collect. */
export function entryOf(
  { host, url, credentials }: Held,
  { owner, repositories, production }: Body<"/api/connect">,
  variable: string,
): SourceEntry {
  if ((owner === undefined) === (repositories === undefined))
    throw new BadRequest("Choose either an organisation (a group), or repositories: nothing says what to collect.");
  return {
    host,
    ...(url !== DEFAULT_URLS[host] && { url }),
    ...("app" in credentials ? { app: appEntry(credentials.app, variable) } : { token: `\${${variable}}` }),
    ...(owner !== undefined && { [host === "github" ? "organization" : "group"]: owner }),
    ...(repositories !== undefined && { [host === "github" ? "repositories" : "projects"]: repositories }),
    ...(production !== undefined && production !== "" && { production }),
  };
}

/** In the words of the configuration; an id that is a number is written as one. */
function appEntry({ id, installation }: App, variable: string): Record<string, string | number> {
  const number = Number(id);
  return { id: Number.isSafeInteger(number) ? number : id, installation, privateKey: `\${${variable}}` };
}

/** Whether a source of a configuration is the one that an entry describes. */
export function isOf(source: SourceOptions, held: Held, { owner, repositories }: Body<"/api/connect">): boolean {
  if (source.host === "git" || source.host !== held.host || source.url !== held.url) return false;
  const what =
    source.host === "github" ? (source.organization ?? source.repositories) : (source.group ?? source.projects);
  return JSON.stringify(what) === JSON.stringify(owner ?? repositories);
}
