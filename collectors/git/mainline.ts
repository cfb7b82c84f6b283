/** Which line of history is the delivered one, and where it ends. */
import type { Notice } from "../collector.ts";
import { hostError } from "./explain.ts";
import type { Refs } from "./refs.ts";
import { attempt } from "./run.ts";
import type { Git } from "./run.ts";

/** The default branch as the refs show it; equal text means equal mainline. */
export interface Candidate {
  readonly branch: string | null;
  readonly local: string | null;
  readonly origin: string | null;
  readonly checkedOut: boolean;
}

export interface Mainline {
  readonly head: string | null;
  readonly notices: readonly Notice[];
}

/**
 * The default branch: the configured one, else `origin`'s default, else (bare) HEAD's, else main, master or trunk,
 * else HEAD's, else the only one there is, else none but the commit that is checked out.
 */
export async function findCandidate(git: Git, refs: Refs, wanted: string | null, bare: boolean): Promise<Candidate> {
  const branch = wanted ?? defaultBranch(refs, bare);
  if (branch === null) return { branch, local: await detachedHead(git), origin: null, checkedOut: true };
  const local = refs.branches.get(branch) ?? null;
  const origin = refs.originBranches.get(branch) ?? null;
  if (local === null && origin === null) throw noSuchBranch(git, branch, refs);
  return { branch, local, origin, checkedOut: refs.checkedOut === branch };
}

/** Where the candidate ends: local work counts when it is checked out or ahead, `origin`'s copy when the local one lags behind. */
export async function findMainline(git: Git, candidate: Candidate): Promise<Mainline> {
  const { branch, local, origin, checkedOut } = candidate;
  if (branch === null) return { head: local, notices: [local === null ? noBranch() : detached(local)] };
  if (local === null || origin === null || local === origin) return { head: local ?? origin, notices: [] };
  if (checkedOut) return { head: local, notices: [differs(branch, "the checked-out branch")] };
  if (await contains(git, origin, local))
    return { head: origin, notices: [differs(branch, "origin's copy, which is ahead")] };
  const ahead = await contains(git, local, origin);
  const why = ahead ? "the local branch, which is ahead" : "the local branch, because each has commits the other lacks";
  return { head: local, notices: [differs(branch, why)] };
}

export function sameCandidate(a: Candidate, b: Candidate): boolean {
  return a.branch === b.branch && a.local === b.local && a.origin === b.origin && a.checkedOut === b.checkedOut;
}

function defaultBranch(refs: Refs, bare: boolean): string | null {
  const exists = (name: string | null): name is string =>
    name !== null && (refs.branches.has(name) || refs.originBranches.has(name));
  const only = refs.branches.size === 1 ? [...refs.branches.keys()] : [];
  const names = [
    refs.originDefault,
    bare ? refs.checkedOut : null,
    "main",
    "master",
    "trunk",
    refs.checkedOut,
    ...only,
  ];
  return names.find(exists) ?? null;
}

async function contains(git: Git, whole: string, part: string): Promise<boolean> {
  const { code } = await attempt(git, ["merge-base", "--is-ancestor", part, whole]);
  return code === 0;
}

async function detachedHead(git: Git): Promise<string | null> {
  const { code, stdout } = await attempt(git, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]);
  return code === 0 ? stdout.toString("latin1").trim() : null;
}

function noSuchBranch(git: Git, branch: string, refs: Refs): Error {
  const names = [...new Set([...refs.branches.keys(), ...refs.originBranches.keys()])];
  const some =
    names.length === 0
      ? "there are no branches yet"
      : `it has ${names.slice(0, 5).join(", ")}${names.length > 5 ? ", …" : ""}`;
  return hostError(
    git.source,
    "not-found",
    `it has no branch “${branch}” (${some}), so there is no line of history to follow`,
    "Correct `branch` in the configuration, or leave it out to use the repository's default.",
  );
}

function differs(branch: string, used: string): Notice {
  return {
    level: "info",
    code: "branch-differs-from-origin",
    message: `The local branch ${branch} and origin/${branch} point to different commits. Used: ${used}. Pull or push to make them equal.`,
  };
}

function detached(head: string): Notice {
  return {
    level: "warning",
    code: "detached-head",
    message: `No default branch was found, so the commit that is checked out (${head.slice(0, 10)}) is taken as the end of the delivered history. Name the branch with \`branch:\` in the configuration.`,
  };
}

function noBranch(): Notice {
  return {
    level: "warning",
    code: "no-branch",
    message:
      "No default branch with commits was found, so only what tags contain is known and nothing counts as delivered later. Name the branch with `branch:` in the configuration.",
  };
}
