/** From items to the reading of a week. */
import type { ChangeFact, CommitFact, DeploymentFact, PipelineFact } from "../../facts.ts";
import type { Measured, NotMeasurable, Row } from "./practice.ts";

const EMPTY: Measured = { kind: "measured", met: 0, of: 0, unknown: 0, isCalm: false, rows: [], note: null };

/** A week in which nothing of the kind happened: neither met nor missed. */
export const NO_ITEMS: Measured = EMPTY;

/** The share of items that meet a condition; those of which nobody knows are counted apart. */
export function shareOf(rows: readonly Row[], note: string | null = null): Measured {
  const met = rows.filter(({ isMet }) => isMet === true).length;
  const unknown = rows.filter(({ isMet }) => isMet === null).length;
  return { ...EMPTY, met, of: rows.length - unknown, unknown, rows, note };
}

/** The same of what has to be answered when it happens: a week of work in which it did not is calm. */
export function answered(rows: readonly Row[], hasWork: boolean, note: string | null = null): Measured {
  return { ...shareOf(rows, note), isCalm: rows.length === 0 && hasWork };
}

/** A condition on the week itself. */
export function weekly(isMet: boolean, rows: readonly Row[], note: string | null = null): Measured {
  return { ...EMPTY, met: isMet ? 1 : 0, of: 1, rows, note };
}

export function unmeasurable(reason: string): NotMeasurable {
  return { kind: "not-measurable", reason };
}

export function changeRow({ id }: Pick<ChangeFact, "id">, isMet: boolean | null): Row {
  return { kind: "change", id, isMet };
}

export function commitRow({ sha }: Pick<CommitFact, "sha">, isMet: boolean | null): Row {
  return { kind: "commit", id: sha, isMet };
}

export function deploymentRow({ id }: Pick<DeploymentFact, "id">, isMet: boolean | null): Row {
  return { kind: "deployment", id, isMet };
}

export function runRow({ id }: Pick<PipelineFact, "id">, isMet: boolean | null): Row {
  return { kind: "pipeline", id, isMet };
}

/** Whether a length stays below a limit; `null` where it is not known. */
export function isBelow(length: number | null, limit: number): boolean | null {
  return length === null ? null : length < limit;
}

/** Whether a length is at most a limit; `null` where it is not known. */
export function isWithin(length: number | null, limit: number): boolean | null {
  return length === null ? null : length <= limit;
}
