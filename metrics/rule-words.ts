/** What counts as a deployment of a service, in words people can agree to. */
import type { Route } from "./facts.ts";
import { describeRule, describeTags } from "./releases.ts";
import type { DeploymentRules, JobOrigin, Origin, RunOrigin } from "./rules.ts";
import { inOrder } from "./rules.ts";

type Told = Pick<DeploymentRules, "origins" | "releases" | "production">;

/**
 * @param route by which way the service's deployments are known; `null` while there are none.
 * @param host whose record of deployments there is, as in `GitHub`; `null` for a plain git history, which has none.
 */
export function ruleWords(route: Route | null, rules: Told, host: string | null): string {
  if (rules.origins !== null) return ruledWords(rules.origins, rules, host);
  switch (route) {
    case "push":
      return `deployments to ${where(rules)}, as they were pushed`;
    case "release":
      return `${published(rules, host)} stand in for deployments`;
    case "tag":
      return describeRule(rules.releases);
    case null:
      return host === null
        ? describeRule(rules.releases)
        : `${recorded(rules, host)}; as long as there are none, published releases or else ${describeRule(rules.releases)}`;
    case "deployment":
    case "job":
    case "run":
    case "merge":
      return recorded(rules, host);
  }
}

/** Which files a service is made of, as an ending of a sentence; empty for a whole repository. */
export function pathWords(paths: readonly string[] | null): string {
  if (paths === null) return "";
  const [wanted, unwanted] = [
    paths.filter((path) => !path.startsWith("!")),
    paths.filter((path) => path.startsWith("!")),
  ];
  const but = unwanted.map((path) => path.slice(1));
  return `; commits and changes of ${wanted.length === 0 ? "all files" : wanted.join(", ")}${but.length === 0 ? "" : ` but not ${but.join(", ")}`}`;
}

/** Each way that counts, best first, and pushes beside them. */
function ruledWords(origins: readonly Origin[], rules: Told, host: string | null): string {
  const ways = inOrder(origins).filter(({ from }) => from !== "pushes");
  const pushed = originWords({ from: "pushes" }, rules, host);
  if (ways.length === 0) return pushed;
  const words = [...ways.map((origin) => originWords(origin, rules, host)), `and ${pushed}`].join(", ");
  return ways.length > 1 ? `${words}; the same roll-out counts once` : words;
}

function originWords(origin: Origin, rules: Told, host: string | null): string {
  switch (origin.from) {
    case "deployments":
      return recorded(rules, host);
    case "jobs":
      return `successful jobs matching ${origin.name}${ofRuns(origin)}`;
    case "runs":
      return `successful runs of workflows matching ${origin.name}${ofRuns(origin)}`;
    case "releases":
      return published(rules, host);
    case "tags":
      return describeTags(rules.releases);
    case "pushes":
      return `what is pushed for ${where(rules)}`;
    case "merges":
      return "merges to the default branch as a proxy for deployments";
  }
}

function ofRuns(origin: JobOrigin | RunOrigin): string {
  const workflow =
    origin.from === "jobs" && origin.workflow !== null ? ` of workflows matching ${origin.workflow}` : "";
  const branch = origin.branch === null ? "" : ` on branches matching ${origin.branch}`;
  const environment = origin.environment === "production" ? "" : `, as deployments to ${origin.environment}`;
  return `${workflow}${branch}${environment}`;
}

function recorded(rules: Told, host: string | null): string {
  return `deployments to ${where(rules)}, from ${host ?? "their host"}`;
}

function where({ production }: Told): string {
  return production === null ? "production" : `environments matching ${production}`;
}

function published({ releases: { tags } }: Told, host: string | null): string {
  const on = host === null ? "" : ` on ${host}`;
  if (tags === "stable") return `published releases${on}`;
  return tags === "prerelease" ? `published releases and prereleases${on}` : `published releases matching ${tags}${on}`;
}
