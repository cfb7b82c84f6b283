/** Turns what git complains about into a sentence for a person: what happened, why it matters, what to do. */
import { HostError } from "../collector.ts";
import { withoutCredentials } from "./remote.ts";

interface Explanation {
  readonly when: RegExp;
  readonly reason: HostError["reason"];
  readonly because: string;
  readonly so: string;
}

const UNCHANGED = "What was collected before is kept.";

/** The first that matches is meant; special complaints stand before general ones. */
const EXPLANATIONS: readonly Explanation[] = [
  {
    when: /spawn git ENOENT|spawn git EACCES/,
    reason: "unavailable",
    because: "git was not found on this machine, and plain repositories are read with it",
    so: "Install git 2.25 or newer and make sure that it is in the PATH.",
  },
  {
    when: /promisor remote|lazy fetching disabled/,
    reason: "unavailable",
    because: "it is a clone that left out folders, and which files a commit changed is told by them",
    so: "Run `git fetch --refetch --filter=blob:none` there (git 2.36 or newer), or clone it again without `--filter=tree:0`.",
  },
  {
    when: /No space left on device|Disk quota exceeded/,
    reason: "unavailable",
    because: "the disk is full, so the clone could not be written",
    so: "Free some space and sync again.",
  },
  {
    when: /Read-only file system|could not create (leading|work tree)|cannot mkdir/,
    reason: "unavailable",
    because: "the data folder cannot be written, so there is no place for the clone",
    so: "Make the data folder writable and sync again.",
  },
  {
    when: /Authentication failed|could not read (Username|Password)|terminal prompts disabled|returned error: 40[13]|Permission denied \(|Host key verification failed|Access denied|HTTP Basic/i,
    reason: "auth",
    because: "the server asked for credentials that git does not have, or refused those it has",
    so: "Give the URL a user and token, set up a credential helper or an SSH key for the user who runs Headway, and sync again.",
  },
  {
    when: /Permission denied/i,
    reason: "auth",
    because: "the user who runs Headway may not read it",
    so: "Give that user the right to read the folder and everything in it.",
  },
  {
    when: /Repository not found|repository .* not found|returned error: (?:404|30\d)|does not appear to be a git repository|(could|can) ?not find repository/i,
    reason: "not-found",
    because: "there is no git repository at that address (deleted, moved, or hidden from these credentials)",
    so: "Correct the address or remove the source from the configuration.",
  },
  {
    when: /No such file or directory|Not a directory/,
    reason: "not-found",
    because: "there is no such folder",
    so: "Correct the path or remove the source from the configuration.",
  },
  {
    when: /not a git repository/i,
    reason: "not-found",
    because: "the folder is no git repository (or its .git folder cannot be read)",
    so: "Give the path of a folder made by `git init` or `git clone`.",
  },
  {
    when: /transport '.*' not allowed/,
    reason: "unavailable",
    because: "git would have to use a transport that Headway does not allow",
    so: "Use an https, http, ssh, git or file address.",
  },
  {
    when: /Could not resolve|unable to access|Connection (refused|reset|timed out)|timed out|Could not read from remote|early EOF|RPC failed|hung up|unable to connect|Network is unreachable|returned error: 5\d\d/i,
    reason: "unavailable",
    because: "the server did not answer",
    so: "Nothing needs to be done if this is temporary: the next sync goes on from here. Otherwise check the address, the network and the proxy.",
  },
  {
    when: /bad object|corrupt|Could not read|unable to read|Failed to traverse|inflate|missing (commit|object|tree|tag)|packfile|bad tree|unable to (parse|find)|loose object|invalid sha1|not a valid object/i,
    reason: "unavailable",
    because:
      "the repository is damaged: git could not read a part of its history, so every number would rest on the rest alone",
    so: "Run `git fsck` there, then restore the missing objects with `git fetch` from a good copy or clone it again.",
  },
];

/** @param cause what git's own error was, where it could not be run at all. */
export function explain(source: string, code: number, complaint: string, cause?: Error): HostError {
  const said = withoutCredentials(complaint).trim();
  const owner = /safe\.directory|dubious ownership|unsafe repository/.exec(said);
  if (owner !== null) return refused(source, said);
  const found = EXPLANATIONS.find(({ when }) => when.test(said));
  const origin = cause ?? new Error(`git (exit code ${code}): ${said}`);
  if (found !== undefined) return hostError(source, found.reason, found.because, found.so, origin);
  const line = said.split("\n").find((text) => text.startsWith("fatal:")) ?? said.split("\n")[0] ?? "";
  return hostError(
    source,
    "unavailable",
    `git stopped (exit code ${code}) and said “${line}”`,
    "Run `git log` there to see the same, mend it and sync again.",
    origin,
  );
}

export function hostError(
  source: string,
  reason: HostError["reason"],
  because: string,
  so: string,
  cause?: Error,
): HostError {
  return new HostError(source, reason, `${source} cannot be read: ${because}. ${UNCHANGED} ${so}`, cause);
}

function refused(source: string, said: string): HostError {
  const folder = /repository (?:at )?'([^']+)'/.exec(said)?.[1] ?? source.replace(/^git:/, "");
  return hostError(
    source,
    "auth",
    "the folder belongs to another user, and git refuses to read such repositories",
    `If you trust it, run: git config --global --add safe.directory '${folder}'`,
    new Error(said),
  );
}
