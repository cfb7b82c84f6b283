/** Whether a number of a change that a commit names (`acme/shop#12`) is one of this repository, which may have had other names. */
import type { Commit, Repository, Reverted } from "./events.ts";
import type { Graph } from "./graph.ts";
import type { History } from "./history.ts";

type Numbered = Extract<Reverted, { readonly changeNumber: number }>;

/** `Revert "title"`, also behind a type (`fix: `) and with the number of its own change after it. */
const QUOTED = /^(?:[\w-]+(?:\([^()]*\))?!?: *)?revert:? "(.*)"(?: \((?:!|#|pull request #)\d{1,9}\))?$/i;

const NUMBER = / \((?:!|#|pull request #)\d{1,9}\)$/;

/**
 * Without a path, or with this repository's own, the number is its own. A path that is not may be the name that it had before it was
 * renamed, transferred or forked, which nobody remembers: then the title must quote the title of that very change.
 *
 * @param integrations the position of the commit that integrated a change, by the change's number.
 */
export function ownNumbers(
  { repository, changes }: Pick<History, "repository" | "changes">,
  { commits }: Graph,
  integrations: ReadonlyMap<number, number>,
): (by: Commit, named: Numbered) => boolean {
  const names = namesOf(repository);
  let titles: ReadonlyMap<number, string> | null = null;
  return ({ title }, { changeNumber, path }) => {
    if (path === null || isAmong(path.toLowerCase(), names)) return true;
    const quoted = QUOTED.exec(title)?.[1];
    if (quoted === undefined) return false;
    titles ??= new Map(changes.map((change) => [change.number, change.title]));
    const integrated = commits[integrations.get(changeNumber) ?? -1]?.title;
    return [titles.get(changeNumber), integrated, integrated?.replace(NUMBER, "")].includes(quoted);
  };
}

/** The name it is known by and that of its address, which is the newer one; small letters. */
function namesOf({ repository, url }: Repository): readonly string[] {
  const address = /^\w+:\/\/[^/]+\/(.+?)\/*$/.exec(url ?? "")?.[1];
  const names = [repository, ...(address === undefined ? [] : [address])].map((name) => name.toLowerCase());
  const whole = names.filter((name) => name.includes("/"));
  return whole.length === 0 ? names : whole;
}

/** GitLab leaves out the group that both projects share, and a folder on this machine has no owner: then the last part decides. */
function isAmong(path: string, names: readonly string[]): boolean {
  return names.some((name) => {
    if (name.includes("/") === path.includes("/")) return name === path;
    return lastPart(name) === lastPart(path);
  });
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
