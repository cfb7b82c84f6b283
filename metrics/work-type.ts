/** What kind of work a change is, by what people say of it. A proxy: nobody is asked, and who follows no convention says nothing. */
import type { Change } from "./events.ts";

export type WorkType = "feature" | "fix" | "dependency" | "revert" | "upkeep";

/** What of a change its kind is read from. */
export type Described = Pick<Change, "title" | "labels" | "sourceBranch">;

const REVERT = /^revert(?:ed|s)?\b/i;
const DEPENDENCY = /^(?:\w+\(deps(?:-dev)?\)!?:|bump\s.+\sfrom\s|update dependency\s)/i;
/** Branches of the bots that update dependencies, and of people who name theirs by what they do. */
const BRANCHES: readonly (readonly [RegExp, WorkType])[] = [
  [/^(?:dependabot|renovate)[/-]/i, "dependency"],
  [/^(?:fix|bugfix|hotfix)[/-]/i, "fix"],
  [/^(?:feat|feature)[/-]/i, "feature"],
];
/** The types of https://www.conventionalcommits.org and of the convention of Angular that it names. */
const PREFIX = /^(feat|fix|build|chore|ci|docs|perf|refactor|style|test)(?:\([^)]*\))?!?:/i;
const LABELS: readonly (readonly [RegExp, WorkType])[] = [
  [/\bdependenc(?:y|ies)\b/i, "dependency"],
  [/\b(?:bug|bugfix|fix|hotfix|defect|regression)\b/i, "fix"],
  [/\b(?:feature|enhancement)\b/i, "feature"],
];

/**
 * The first that says something: a revert or an update of a dependency by its title or branch, the prefix of a conventional
 * commit, a label, the name of the branch, and `Fix …` as a title's first word.
 *
 * @returns `null` where none says anything.
 */
export function workType({ title, labels, sourceBranch }: Described): WorkType | null {
  const branch = BRANCHES.find(([pattern]) => pattern.test(sourceBranch ?? ""))?.[1] ?? null;
  if (REVERT.test(title)) return "revert";
  if (DEPENDENCY.test(title) || branch === "dependency") return "dependency";
  const prefix = PREFIX.exec(title)?.[1]?.toLowerCase();
  if (prefix !== undefined) return prefix === "feat" ? "feature" : prefix === "fix" ? "fix" : "upkeep";
  const labelled = LABELS.find(([pattern]) => labels.some((label) => pattern.test(label)))?.[1];
  return labelled ?? branch ?? (/^fix(?:e[sd])?\b/i.test(title) ? "fix" : null);
}
