/**
 * What a commit message says of the change it integrates, takes back or copies. Pure text: whether any of it exists in
 * this repository is decided later, on the graph.
 */
import type { Reverted } from "#metrics/events.ts";

/** Abbreviated or full, SHA-1 or SHA-256. */
const SHA = "([0-9a-f]{7,64})(?![0-9a-z])";

const REVERTS_COMMIT = new RegExp(String.raw`\bthis\s+reverts\s+commit\s+${SHA}`, "gi");
const CHERRY_PICKED = new RegExp(String.raw`\(cherry\s+picked\s+from\s+commit\s+${SHA}`, "gi");

/** GitHub's revert button. A line of its own, and with its path: what update bots quote says the same of other repositories. */
const REVERTS_PULL_REQUEST = /^Reverts ([\w.-]+\/[\w.-]+)#(\d{1,9})[ \t\r]*$/gm;

/** GitLab's revert button, with or without the project's path. */
const REVERTS_MERGE_REQUEST = /^This reverts merge request ([\w./-]*)!(\d{1,9})(?!\d)/gm;

/** `Revert "title (#12)"`, also behind a type (`fix: `). The quote that closes it is not inside another revert's. */
const REVERT_TITLE = /^(?:[\w-]+(?:\([^()]*\))?!?: *)?revert:? ".*\(#(\d{1,9})\)"(?!")/i;

/** Sentences that hosts write at the start of a merge commit: GitHub, Bitbucket, Azure DevOps. */
const MERGED = [
  /^Merge pull request #(\d{1,9})\b/,
  /^Merged in .*\(pull request #(\d{1,9})\)$/,
  /^Merged PR (\d{1,9}):/,
];

/** GitLab's trailer, as a reference or as an address. */
const SEE_MERGE_REQUEST = /^See merge request:? (?:[\w./-]*!|https?:\/\/\S+\/merge_requests\/)(\d{1,9})[ \t\r]*$/gm;

/** The number that a squash leaves at the end of the title: `Title (#12)`, Bitbucket's `Title (pull request #12)`. */
const SQUASHED = /\((?:pull request )?#(\d{1,9})\)$/;

/**
 * The number of the change (pull or merge request) that this commit brought in; `null` when the message names none.
 *
 * A sentence of the host outranks the end of the title, where GitLab's users write issues (`Title (#12)`). Of several
 * GitLab trailers the last one is its own; those before it came with the description.
 */
export function changeNumber(message: string): number | null {
  const title = titleOf(message);
  for (const pattern of MERGED) {
    const merged = numberIn(pattern.exec(title));
    if (merged !== null) return merged;
  }
  if (message.includes("See merge request")) {
    const trailers = [...message.matchAll(SEE_MERGE_REQUEST)];
    const trailer = numberIn(trailers.at(-1) ?? null);
    if (trailer !== null) return trailer;
  }
  return numberIn(SQUASHED.exec(title));
}

/**
 * What the message says it takes back, each once: `This reverts commit <sha>` (not what follows in “reversing changes made
 * to <sha>”), `Reverts owner/repo#N`, `Revert "… (#N)"` as title, `This reverts merge request [path]!N`.
 *
 * Nothing else is a revert: `revert the colour` may mean anything. The title `Revert "Revert "… (#N)""` brings N back.
 */
export function reverted(message: string): Reverted[] {
  if (!message.includes("evert")) return [];
  const title = numberIn(REVERT_TITLE.exec(titleOf(message)));
  const changes = [
    ...(title === null ? [] : [{ changeNumber: title, path: null }]),
    ...[...message.matchAll(REVERTS_PULL_REQUEST)].map(numberAt),
    ...[...message.matchAll(REVERTS_MERGE_REQUEST)].map(numberAt),
  ];
  return [...shasIn(message, REVERTS_COMMIT).map((sha) => ({ sha })), ...eachOnce(changes)];
}

type ChangeNumber = Extract<Reverted, { readonly changeNumber: number }>;

function numberAt([, path = "", number]: RegExpExecArray): ChangeNumber {
  return { changeNumber: Number(number), path: path === "" ? null : path };
}

/** What the title names needs no path. */
function eachOnce(changes: readonly ChangeNumber[]): ChangeNumber[] {
  const own = new Set(changes.filter(({ path }) => path === null).map(({ changeNumber }) => changeNumber));
  const needed = changes.filter(({ changeNumber, path }) => path === null || !own.has(changeNumber));
  const found = new Map(needed.map((change) => [`${change.path ?? ""}!${change.changeNumber}`, change]));
  return [...found.values()];
}

/** The shas after `(cherry picked from commit …)`, each once, in order: the last one is the newest copy's origin. */
export function cherryPickedFrom(message: string): string[] {
  return message.includes("(cherry") ? shasIn(message, CHERRY_PICKED) : [];
}

/** The first line that is not blank, without the blanks around it. */
export function titleOf(message: string): string {
  const text = message.trimStart();
  const end = text.indexOf("\n");
  return (end === -1 ? text : text.slice(0, end)).trimEnd();
}

function shasIn(message: string, pattern: RegExp): string[] {
  const shas = [...message.matchAll(pattern)].flatMap(([, sha]) => (sha === undefined ? [] : [sha.toLowerCase()]));
  return [...new Set(shas)];
}

function numberIn(match: RegExpExecArray | null): number | null {
  return match?.[1] === undefined ? null : Number(match[1]);
}
