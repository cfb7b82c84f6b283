/** What practices need and only events say: the last commits of changes, the files they touched, who or what asked for deployments, and how many people were at work. */
import type { ActorKind, Change } from "../../events.ts";
import type { ChangeFact, CommitFact } from "../../facts.ts";
import type { History } from "../../history.ts";
import type { Instant, Window } from "../../time.ts";
import { within } from "../../time.ts";
import { hasCodeOwners } from "../elements.ts";
import type { Told } from "./evidence.ts";
import { UNTOLD } from "./evidence.ts";

/** Of fewer people no number is made. */
const LEAST_PEOPLE = 5;

/**
 * @param history all events of the service's repository.
 * @param facts of the service: in a repository of several, only its own changes and commits are told of.
 */
export function toldBy(
  history: Pick<History, "changes" | "commits" | "deployments" | "layouts">,
  facts: { readonly changes: readonly Pick<ChangeFact, "id">[]; readonly commits: readonly Pick<CommitFact, "sha">[] },
): Told {
  const [ours, shas] = [new Set(facts.changes.map(({ id }) => id)), new Set(facts.commits.map(({ sha }) => sha))];
  const changes = history.changes.filter(({ id }) => ours.has(id));
  const commits = history.commits.filter(({ id }) => shas.has(id));
  return {
    ...UNTOLD,
    heads: headsIn(changes),
    changePaths: pathsOf(changes),
    pushPaths: pathsOf(commits),
    deployers: deployersOf(history.deployments),
    codeOwners: ownersIn(history.layouts),
    authors: authorsOf(
      changes.map(({ author, authorKind, openedAt: at }) => ({ author, authorKind, at })),
      commits.map(({ author, authorKind, committedAt: at }) => ({ author, authorKind, at })),
    ),
  };
}

/** The last commits of changes by their ids; `null` where nobody tells of any. */
export function headsIn(changes: readonly Change[]): Told["heads"] {
  const heads = changes.flatMap((change) => headOf(change) ?? []);
  return heads.length === 0 ? null : new Map(heads);
}

/** Hosts list the commits of a change in order. One that lists only some may lack the last. */
function headOf({ id, commits, truncated }: Change): readonly (readonly [string, string])[] | null {
  const last = commits.at(-1);
  return last === undefined || truncated ? null : [[id, last.sha]];
}

function pathsOf(
  events: readonly { readonly id: string; readonly paths: readonly string[] | null }[],
): ReadonlyMap<string, readonly string[]> | null {
  const known = events.flatMap(({ id, paths }): (readonly [string, readonly string[]])[] =>
    paths === null ? [] : [[id, paths]],
  );
  return known.length === 0 ? null : new Map(known);
}

/** Who or what asked for deployments, by their ids; `null` where no event tells. */
export function deployersOf(deployments: History["deployments"]): Told["deployers"] {
  const known = deployments.flatMap(({ id, deployerKind }): (readonly [string, ActorKind])[] =>
    deployerKind === undefined ? [] : [[id, deployerKind]],
  );
  return known.length === 0 ? null : new Map(known);
}

/** Which files its lines name is not known: no file is opened. */
function ownersIn([layout]: History["layouts"]): Told["codeOwners"] {
  const exists = layout === undefined ? null : hasCodeOwners(layout);
  return exists === null ? null : { exists, covered: null };
}

interface Work {
  readonly author: string | null;
  readonly authorKind: string;
  readonly at: Instant | null;
}

/**
 * Counts people and forgets them: a number of at least five is all that leaves this function. A person has one pseudonym as the author of changes and
 * may have another one as the author of commits, so both are counted apart, and the larger number is taken.
 */
function authorsOf(...ways: readonly (readonly Work[])[]): Told["authors"] {
  if (!ways.flat().some(({ author }) => author !== null)) return null;
  return (week: Window) => {
    const people = Math.max(...ways.map((work) => peopleIn(work, week)));
    return people < LEAST_PEOPLE ? null : people;
  };
}

function peopleIn(work: readonly Work[], week: Window): number {
  const people = new Set<string>();
  for (const { author, authorKind, at } of work)
    if (author !== null && authorKind !== "bot" && within(at, week)) people.add(author);
  return people.size;
}
