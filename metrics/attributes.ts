/** What rows can be chosen by, beside what metrics observe in them: it is kept with them, so that nobody reads facts to choose. */
import type { ActorKind } from "./events.ts";
import type { ChangeFact, CommitFact, PipelineFact } from "./facts.ts";
import { isLabelled } from "./incident-links.ts";
import type { FactOf, ListName } from "./lists.ts";

/** `null` where rows of the list have no such thing, or it is not known. */
export interface Attributes {
  readonly authorKind: ActorKind | null;
  readonly labels: readonly string[] | null;
  /** Added and deleted. */
  readonly lines: number | null;
  /** The name of a workflow. */
  readonly pipeline: string | null;
}

/** `null`: any. Each only of rows that have such a thing. */
export interface RowFilter {
  /** In any case. */
  readonly label: string | null;
  readonly authorKind: ActorKind | null;
  /** Lines added and deleted: an unknown number never matches. */
  readonly minLines: number | null;
  readonly maxLines: number | null;
  /** The name of a workflow. */
  readonly pipeline: string | null;
}

const NOTHING: Attributes = { authorKind: null, labels: null, lines: null, pipeline: null };

type Of = { readonly [L in ListName]: (fact: FactOf<L>) => Attributes };

const nothing = (): Attributes => NOTHING;
const ofCommit = ({ authorKind }: CommitFact): Attributes => ({ ...NOTHING, authorKind });
const ofRun = ({ name }: PipelineFact): Attributes => ({ ...NOTHING, pipeline: name });
const ofChange = ({ authorKind, labels, additions, deletions }: ChangeFact): Attributes => ({
  authorKind,
  labels,
  lines: additions === null || deletions === null ? null : additions + deletions,
  pipeline: null,
});

const OF: Of = {
  deployments: nothing,
  attempts: nothing,
  deployed: ofCommit,
  committed: ofCommit,
  delivered: ofChange,
  merged: ofChange,
  opened: ofChange,
  incidents: nothing,
  alerts: nothing,
  fixedAlerts: nothing,
  finishedRuns: ofRun,
  breaks: ofRun,
};

export function attributesOf<L extends ListName>(list: L, fact: FactOf<L>): Attributes {
  return OF[list](fact);
}

/** Whether rows that have this in common are asked for, as far as it goes: how many lines they have is another question. */
export function isKindAsked(filter: RowFilter, { authorKind, labels, pipeline }: Omit<Attributes, "lines">): boolean {
  return (
    (filter.label === null || isLabelled(labels ?? [], [filter.label])) &&
    (filter.authorKind === null || filter.authorKind === authorKind) &&
    (filter.pipeline === null || filter.pipeline === pipeline)
  );
}

export function areLinesAsked({ minLines, maxLines }: RowFilter, lines: number | null): boolean {
  if (minLines === null && maxLines === null) return true;
  return lines !== null && lines >= (minLines ?? -Infinity) && lines <= (maxLines ?? Infinity);
}

export function isAsked(filter: RowFilter, attributes: Attributes): boolean {
  return isKindAsked(filter, attributes) && areLinesAsked(filter, attributes.lines);
}
