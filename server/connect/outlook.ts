/** What the rules would count, looked up at the host before anything is collected. */
import { outlook, tokenOf } from "#collectors/index.ts";
import type { Outlook } from "#collectors/probe.ts";
import { OUTLOOK_DAYS } from "#collectors/probe.ts";
import { isProduction } from "#metrics/production.ts";
import type { Instant } from "#metrics/time.ts";
import { counted } from "#metrics/words.ts";
import type { Body, CommandReply } from "../contract.ts";
import type { Held } from "./held.ts";

type Preview = CommandReply<"/api/connect">["outlook"][number];

/** Repositories that are looked at: those that changed last. */
const MOST = 3;

export async function previewRules(
  held: Held,
  { owner, repositories, production }: Body<"/api/connect">,
  now: Instant,
  signal: AbortSignal,
): Promise<Preview[]> {
  const { host, url, credentials, probed } = held;
  const owned = probed.repositories.filter(({ name, isArchived }) => !isArchived && name.startsWith(`${owner}/`));
  const names = (repositories ?? owned.map(({ name }) => name)).slice(0, MOST);
  const given = { url, tryOn: null, signal };
  const options = { ...given, token: await tokenOf(credentials, given) };
  const outlooks = await Promise.all(names.map((name) => outlook(host, options, name, now)));
  return outlooks.map((one) => previewOf(one, production === undefined || production === "" ? null : production));
}

function previewOf({ repository, environments, releases }: Outlook, production: string | null): Preview {
  const listed = [...environments].map(([name, deployments]) => ({
    name,
    deployments,
    isProduction: isProduction({ environment: name, tier: null }, production),
  }));
  return { repository, environments: listed, releases, words: words(listed, releases) };
}

function words(environments: Preview["environments"], releases: number): string {
  const toProduction = environments.filter((one) => one.isProduction);
  let deployments = 0;
  for (const one of toProduction) deployments += one.deployments;
  const when = `in the last ${OUTLOOK_DAYS} days`;
  if (deployments > 0)
    return `${counted(deployments, "deployment")} to ${toProduction.map(({ name }) => name).join(", ")} ${when}.`;
  const elsewhere =
    environments.length === 0
      ? `No deployments ${when}`
      : `Deployments ${when} went to ${environments.map(({ name }) => name).join(", ")}, and none of these is production under this rule`;
  return releases > 0
    ? `${elsewhere}; ${counted(releases, "release")} would stand in for them.`
    : `${elsewhere}, and no releases that could stand in for them. Tags that are versions count, too.`;
}
