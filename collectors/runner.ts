/**
 * What a job ran on, told as a kind of runner and never as a machine: names of machines often are names of people, and there is a new one for each job of
 * a pool. A kind has the words of its host, such as `GitHub-hosted: Linux`, `self-hosted: gpu, linux` or `GitLab instance: docker`. What stands before
 * the colon is the class, of which prices may be said for all kinds together.
 */

import { GITHUB_HOSTED } from "#metrics/runners.ts";

/** Longer kinds are cut: a price is said of a handful of them. */
const LONGEST = 120;

/** Images that GitHub itself offers: https://docs.github.com/actions/reference/runners/github-hosted-runners */
const IMAGE = /^(ubuntu|windows|macos)-(?:latest|slim|\d+(?:\.\d+)?)(?:-(arm|intel|large|xlarge|vs\d+))?$/i;
const SYSTEMS: Readonly<Record<string, string>> = { ubuntu: "Linux", windows: "Windows", macos: "macOS" };
/** The groups in which GitHub keeps runners of its own. */
const GITHUB_GROUPS: readonly string[] = ["GitHub Actions", "Default Larger Runners"];

/** What GitHub says of where a job ran. Servers of earlier versions leave some of it out. */
export interface GitHubRunner {
  readonly labels?: readonly string[] | null | undefined;
  readonly runner_id?: number | null | undefined;
  readonly runner_name?: string | null | undefined;
  readonly runner_group_name?: string | null | undefined;
}

/** @returns `undefined`: it is not told; `null`: no runner took the job. */
export function gitHubRunner({
  labels,
  runner_id: id,
  runner_name: name,
  runner_group_name: group,
}: GitHubRunner): string | null | undefined {
  if (name === undefined && id === undefined) return undefined;
  if ((name ?? "") === "" && (id ?? 0) === 0) return null;
  if (labels === undefined || labels === null) return undefined;
  if (GITHUB_GROUPS.includes(group ?? "")) return kind(GITHUB_HOSTED, labels.map(imageOf));
  const isOwn = labels.some((label) => label.toLowerCase() === "self-hosted");
  const others = labels.filter((label) => label.toLowerCase() !== "self-hosted").map((label) => label.toLowerCase());
  return kind(isOwn ? "self-hosted" : "by label", others);
}

/** `ubuntu-24.04-arm` is Linux arm: versions of an image cost the same. */
function imageOf(label: string): string {
  const [, image = "", variant] = IMAGE.exec(label) ?? [];
  const system = SYSTEMS[image.toLowerCase()];
  if (system === undefined) return label.toLowerCase();
  const size = /-slim$/i.test(label) ? "slim" : variant?.toLowerCase().replace(/^vs\d+$/, "");
  return (size ?? "") === "" ? system : `${system} ${size}`;
}

/** What GitLab says of where a job ran: the runner, and the tags by which the job asked for one. */
export interface GitLabRunner {
  readonly runner?:
    | { readonly runner_type?: string | null | undefined; readonly is_shared?: boolean | null | undefined }
    | null
    | undefined;
  readonly tag_list?: readonly string[] | null | undefined;
}

/** @returns `undefined` where it is not told, as of a runner that was removed since. */
export function gitLabRunner({ runner, tag_list: tags }: GitLabRunner): string | undefined {
  if (runner === undefined || runner === null) return undefined;
  const type = runner.runner_type?.replace(/_type$/, "") ?? (runner.is_shared === true ? "instance" : null);
  return type === null
    ? undefined
    : kind(
        `GitLab ${type}`,
        (tags ?? []).map((tag) => tag.toLowerCase()),
      );
}

/** In one order, each once, and without what is of this one run alone, such as its number: else no two jobs were of one kind. */
function kind(of: string, labels: readonly string[]): string {
  const parts = labels.flatMap((label) => label.split("/")).map((part) => part.trim().replaceAll(/[:,]/g, " "));
  const lasting = parts.filter((part) => part !== "" && !/\d{6}|[0-9a-f]{8}-[0-9a-f]{4}/i.test(part));
  const told = [...new Set(lasting)].toSorted().join(", ");
  return (told === "" ? of : `${of}: ${told}`).slice(0, LONGEST);
}
