/** From what somebody asks to see of a rule to the rule, with patterns that can be matched in a reasonable time. */
import type { Service } from "#metrics/derive.ts";
import { fileMatcher } from "#metrics/globs.ts";
import { graph } from "#metrics/graph.ts";
import type { History } from "#metrics/history.ts";
import { onDefault } from "#metrics/origins/releases.ts";
import type { ReleaseRule } from "#metrics/releases.ts";
import { standIns } from "#metrics/releases.ts";
import type { Origin } from "#metrics/rules.ts";
import { reachable } from "#metrics/walk.ts";
import type { Query } from "../contract.ts";
import { BadRequest } from "./problem.ts";
import { within } from "./time-budget.ts";

type Asked = Query<"/api/rules/preview">;

/** For all patterns of a question together, milliseconds: matching what is stored takes a few. */
const BUDGET = 1000;

/** The rule in force with what is asked instead. @throws BadRequest when that is no rule. */
export function askedRule(asked: Asked, { name, rules, part }: Service, history: History): Service {
  const releases: ReleaseRule = {
    tags: asked.tags ?? rules.releases.tags,
    branch: asked.releaseBranch ?? rules.releases.branch,
  };
  const paths = asked.paths === undefined ? part.paths : [asked.paths].flat();
  refuseBadPatterns(asked, paths ?? [], history);
  return {
    name,
    rules: {
      ...rules,
      origins: askedOrigins(asked, releases, history) ?? rules.origins,
      releases,
      production: asked.production ?? rules.production,
    },
    part: { ...part, paths },
  };
}

/** `null` where the way is not asked for. Who asks for tags asks what would stand in for deployments, whatever else there is. */
function askedOrigins(asked: Asked, releases: ReleaseRule, history: History): readonly Origin[] | null {
  const { from, name, workflow = null, branch = null, environment = "production" } = asked;
  const { tags, releaseBranch } = asked;
  if (from !== "jobs" && from !== "runs") {
    const stray = Object.entries({
      name,
      workflow: asked.workflow,
      branch: asked.branch,
      environment: asked.environment,
    });
    const given = stray.find(([, value]) => value !== undefined);
    if (given !== undefined)
      throw new BadRequest(`\`${given[0]}\` belongs to a rule on jobs or runs. Add \`from=jobs\` or \`from=runs\`.`);
    if (from !== undefined) return [{ from }];
    return tags === undefined && releaseBranch === undefined ? null : [{ from: standIn(releases, history) }];
  }
  if (name === undefined)
    throw new BadRequest(
      `A rule on ${from} needs \`name\`, a regular expression on the ${from === "jobs" ? "job" : "workflow"}'s name: else whatever runs would count as a deployment.`,
    );
  return [from === "jobs" ? { from, name, workflow, branch, environment } : { from, name, branch, environment }];
}

/** Published releases where any counts, else tags. */
function standIn(rule: ReleaseRule, { commits, releases, repository }: History): "releases" | "tags" {
  const walked = graph(commits);
  const found = standIns(releases, rule, onDefault({ graph: walked, onDefault: reachable(walked, repository.head) }));
  return found.some(({ prerelease }) => prerelease !== null) ? "releases" : "tags";
}

/**
 * Patterns come from whoever asks, and some regular expressions take centuries. Each is matched here, within a budget of time, with
 * everything that it will be matched with: what is over in time now is so again.
 */
function refuseBadPatterns(asked: Asked, paths: readonly string[], history: History): void {
  const { releases, pipelines, deployments, commits, changes } = history;
  const tags = asked.tags === "stable" || asked.tags === "prerelease" ? undefined : asked.tags;
  const jobs = () => pipelines.flatMap((pipeline) => pipeline.jobs.map(({ name }) => name));
  const workflows = () => pipelines.map(({ name }) => name);
  const trials: readonly (readonly [string, string | undefined, () => readonly (string | null)[]])[] = [
    ["tags", tags, () => releases.map(({ name }) => name)],
    ["production", asked.production, () => deployments.map(({ environment }) => environment)],
    ["name", asked.name, () => [...jobs(), ...workflows()]],
    ["workflow", asked.workflow, workflows],
    ["branch", asked.branch, () => pipelines.map(({ branch }) => branch)],
  ];
  const matchers = trials.flatMap(([field, pattern, texts]) =>
    pattern === undefined ? [] : [{ matches: expressionOf(field, pattern), texts }],
  );
  const files = () => [...commits, ...changes].flatMap((one) => one.paths ?? []);
  const globs = asked.paths === undefined ? [] : [{ matches: globsOf(paths), texts: files }];
  const isDone = within(BUDGET, () => {
    for (const { matches, texts } of [...matchers, ...globs])
      for (const text of new Set(texts())) if (text !== null) matches(text);
    return true;
  });
  if (isDone === null)
    throw new BadRequest(
      "Matching these patterns with what was collected takes too long. Patterns with a repetition inside a repetition, such as (a+)+, do: write them without.",
    );
}

function expressionOf(field: string, pattern: string): (text: string) => boolean {
  try {
    const expression = new RegExp(pattern);
    return (text) => expression.test(text);
  } catch (error) {
    const [why, example] = [
      error instanceof Error ? error.message : "syntax",
      field === "tags" ? "`stable`, `prerelease`, or a pattern such as ^release-" : "a pattern such as ^prod",
    ];
    throw new BadRequest(`"${pattern}" is not a regular expression (${why}). Write ${example}.`);
  }
}

function globsOf(paths: readonly string[]): (path: string) => boolean {
  try {
    return fileMatcher(paths);
  } catch (error) {
    throw new BadRequest(
      `"${paths.join(", ")}" is no pattern of files (${error instanceof Error ? error.message : "syntax"}). Write paths such as apps/checkout/**.`,
    );
  }
}
