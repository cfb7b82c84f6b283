/** What counts as a deployment of a service, in words people can agree to. */
import type { Route } from "./facts.ts";
import { describeRule } from "./releases.ts";
import type { DeploymentRules } from "./rollouts.ts";

/**
 * @param route by which way the service's deployments are known; `null` while there are none.
 * @param host whose record of deployments there is, as in `GitHub`; `null` for a plain git history, which has none.
 */
export function ruleWords(
  route: Route | null,
  { releases, production }: Pick<DeploymentRules, "releases" | "production">,
  host: string | null,
): string {
  const where = production === null ? "production" : `environments matching ${production}`;
  switch (route) {
    case "deployment":
      return `deployments to ${where}, from ${host ?? "their host"}`;
    case "push":
      return `deployments to ${where}, as they were pushed`;
    case "release":
      return `${published(releases.tags)}${host === null ? "" : ` on ${host}`} stand in for deployments`;
    case "tag":
      return describeRule(releases);
    case null:
      return host === null
        ? describeRule(releases)
        : `deployments to ${where}, from ${host}; as long as there are none, published releases or else ${describeRule(releases)}`;
  }
}

function published(tags: string): string {
  if (tags === "stable") return "published releases";
  return tags === "prerelease" ? "published releases and prereleases" : `published releases matching ${tags}`;
}
