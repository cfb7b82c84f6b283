/** What a rule does not count, and why: whoever writes a rule looks there first. */
import type { History } from "#metrics/history.ts";
import { onDefault, publishedOnes, tagsAmong } from "#metrics/origins/releases.ts";
import { matching } from "#metrics/origins/runs.ts";
import type { ReleaseRule } from "#metrics/releases.ts";
import { skipped, standIns } from "#metrics/releases.ts";
import type { DeploymentRules, JobOrigin, Origin, RunOrigin } from "#metrics/rules.ts";
import type { Sight } from "#metrics/walk.ts";
import type { Reply } from "../contract.ts";

const EXAMPLES = 5;
/** Why a tag is left out that the rule would count. */
const PUBLISHED = "a tag, where published releases count";

/** One thing that does not count, by the name by which people would choose it. */
interface Left {
  readonly reason: string;
  readonly name: string;
}

/** By reason, in the order in which they are met; the examples are distinct. */
export function leftOut(sight: Sight, rules: DeploymentRules): Reply<"/api/rules/preview">["skipped"] {
  const groups = new Map<string, string[]>();
  for (const { reason, name } of leftovers(sight, rules)) {
    const names = groups.get(reason);
    if (names === undefined) groups.set(reason, [name]);
    else names.push(name);
  }
  return [...groups].map(([reason, names]) => ({
    reason,
    count: names.length,
    examples: [...new Set(names)].slice(-EXAMPLES),
  }));
}

function leftovers(sight: Sight, rules: DeploymentRules): readonly Left[] {
  const { rollouts } = sight;
  if (rules.origins !== null) return rules.origins.flatMap((origin) => ofOrigin(origin, sight, rules));
  const isRecorded = rollouts.some(({ route }) => route === "deployment");
  return isRecorded ? deployments(sight) : standingIn(sight, rules.releases);
}

function ofOrigin(origin: Origin, sight: Sight, { releases }: DeploymentRules): readonly Left[] {
  switch (origin.from) {
    case "deployments":
      return deployments(sight);
    case "jobs":
      return jobs(sight.history, origin);
    case "runs":
      return runs(sight.history, origin);
    case "releases":
      return named(publishedOnes(sight.history.releases), sight, releases);
    case "tags":
      return named(tagsAmong(sight.history.releases), sight, releases);
    case "pushes":
    case "merges":
      return [];
  }
}

function deployments({ attempts }: Sight): readonly Left[] {
  return attempts
    .filter(({ route }) => route === "deployment")
    .map(({ tier, environment, id }) =>
      tier === "other"
        ? { reason: "to an environment that is not production", name: environment }
        : { reason: "never succeeded", name: id },
    );
}

function standingIn(sight: Sight, rule: ReleaseRule): readonly Left[] {
  const isOnDefault = onDefault(sight);
  const standing = new Set(standIns(sight.history.releases, rule, isOnDefault));
  return sight.history.releases
    .filter((release) => !standing.has(release))
    .map((release) => ({ reason: skipped(release, rule, isOnDefault(release)) ?? PUBLISHED, name: release.name }));
}

function named(releases: Sight["history"]["releases"], sight: Sight, rule: ReleaseRule): readonly Left[] {
  const isOnDefault = onDefault(sight);
  return releases.flatMap((release) => {
    const reason = skipped(release, rule, isOnDefault(release));
    return reason === null ? [] : [{ reason, name: release.name }];
  });
}

function jobs({ pipelines }: History, rule: JobOrigin): readonly Left[] {
  const [isJob, isWorkflow, isBranch] = [matching(rule.name), matching(rule.workflow), matching(rule.branch)];
  return pipelines.flatMap(({ name: workflow, branch, jobs: all }) => {
    if (!isWorkflow(workflow)) return all.map(() => ({ reason: "its workflow does not match", name: workflow }));
    if (!isBranch(branch)) return all.map(() => ({ reason: "its branch does not match", name: branch ?? "unknown" }));
    return all.flatMap(({ name, outcome }) => {
      if (!isJob(name)) return [{ reason: "its name does not match", name }];
      return outcome === "success" ? [] : [{ reason: "did not succeed", name }];
    });
  });
}

function runs({ pipelines }: History, rule: RunOrigin): readonly Left[] {
  const [isWorkflow, isBranch] = [matching(rule.name), matching(rule.branch)];
  return pipelines.flatMap(({ name, branch, outcome, earlier }) => {
    if (!isWorkflow(name)) return [{ reason: "its name does not match", name }];
    if (!isBranch(branch)) return [{ reason: "its branch does not match", name: branch ?? "unknown" }];
    const isSuccess = [outcome, ...earlier.map((attempt) => attempt.outcome)].includes("success");
    return isSuccess ? [] : [{ reason: "did not succeed", name }];
  });
}
