/** How facts become rows and rows facts: flags are 0 or 1 in a row, lists are JSON, durations are computed from instants. */
import type { ActorKind } from "#metrics/events.ts";
import type { WorkType } from "#metrics/work-type.ts";
import type { ListName } from "#metrics/lists.ts";
import type { Scalar, Target } from "./bulk.ts";

/** Where a service's facts come from; the same for all of its rows, so it is not stored with each. */
export interface Place {
  readonly serviceId: number;
  readonly source: string;
  readonly repository: string;
  readonly service: string;
}

/** How facts of one kind are kept. */
export interface FactTable<Fact, Row> extends Target {
  readonly columns: readonly (keyof Row & string)[];
  /** Values in the order of `columns`, the service first and the fact's own key second. */
  readonly toRow: (serviceId: number, fact: Fact) => readonly Scalar[];
  /** The lists that its rows belong to, by the column of their instant. */
  readonly lists: readonly (readonly [keyof Row & string, ListName])[];
  readonly toFact: (row: Row, place: Omit<Place, "serviceId">) => Fact;
}

export function flag(value: boolean): 0 | 1 {
  return value ? 1 : 0;
}

export function actor(text: string): ActorKind {
  return text === "bot" || text === "agent" ? text : "human";
}

const WORK_TYPES: readonly WorkType[] = ["feature", "fix", "dependency", "revert", "upkeep"];

export function workType(text: string | null): WorkType | null {
  return WORK_TYPES.find((known) => known === text) ?? null;
}
