/** What a GitHub App may do and see: https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app */
import { createAppAuth } from "@octokit/auth-app";
import { z } from "zod";
import { HostError } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import { asking } from "../probe.ts";
import type { Probed, ProbeOptions } from "../probe.ts";
import { unusableKey } from "./client.ts";
import { appGrants } from "./grants.ts";
import type { GitHubOptions } from "./options.ts";
import { toGitHub } from "./probe.ts";
import { installedOn } from "./visible.ts";

export type App = NonNullable<GitHubOptions["app"]>;

const Installation = z.object({ token: z.string(), permissions: z.record(z.string(), z.string()).default({}) });

/**
 * An app shows its key and gets a token for an hour, which says its permissions.
 *
 * @param withAlerts whether alerts are wanted, so that lacking their permissions matters.
 * @throws HostError in words for the person who wrote the configuration.
 */
export async function probeApp(app: App, options: Omit<ProbeOptions, "token">, withAlerts: boolean): Promise<Probed> {
  const { token, permissions } = await installationOf(app, options);
  return {
    ...(await installedOn(toGitHub({ ...options, token }))),
    kind: "GitHub App",
    // Each sync gets a new one.
    expiresAt: null,
    scopes: Object.entries(permissions).map(([name, level]) => `${name}: ${level}`),
    grants: appGrants(permissions, withAlerts),
    triedOn: null,
  };
}

/** A token of the app's installation, good for an hour. @throws HostError */
export async function tokenOfApp(app: App, options: Omit<ProbeOptions, "token">): Promise<string> {
  return (await installationOf(app, options)).token;
}

async function installationOf(app: App, options: Omit<ProbeOptions, "token">) {
  const headers = { authorization: `bearer ${await statement(app)}`, accept: "application/vnd.github+json" };
  const asked = asking("github", options, options.url, headers);
  try {
    return (await asked.ask(`/app/installations/${app.installation}/access_tokens`, Installation, "POST")).data;
  } catch (error) {
    throw refusedApp(app, error);
  }
}

/** The app's own word for who it is, signed with its key. */
async function statement({ id, privateKey }: App): Promise<string> {
  try {
    return (await createAppAuth({ appId: id, privateKey })({ type: "app" })).token;
  } catch (error) {
    throw unusableKey("github", error);
  }
}

function refusedApp({ id, installation }: App, error: unknown): unknown {
  const told = (what: string) =>
    new HostError("github", "auth", what, error instanceof HostError ? error.cause : error);
  switch (statusOf(error)) {
    case 401:
      return told(
        `GitHub does not accept the key of the app ${id}: it belongs to another app, was deleted, or the clock of this machine is wrong. Correct the app's id, or create a new key in its settings and use that.`,
      );
    case 404:
      return told(
        `The app ${id} has no installation ${installation}, or it was uninstalled. The number is at the end of the address of the installation's settings: correct it.`,
      );
    default:
      return error;
  }
}
