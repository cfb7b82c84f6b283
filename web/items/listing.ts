/** Which rows of a list are looked at: all of it in the address, what is default left out. Pure, so that it can be tested. */
import { type Filters, link } from "../filters.ts";
import type { ItemKind } from "../types.ts";

export interface Listing<State extends string = string, Sort extends string = string> {
  readonly state: State;
  readonly sort: Sort;
  readonly direction: "descending" | "ascending";
  readonly q: string | null;
  readonly offset: number;
}

/** The first of each is the usual one. */
export type Words<Word> = readonly [Word, ...Word[]];

/** What cannot be understood is as if it were not there. */
export function readListing<State extends string, Sort extends string>(
  search: string,
  states: Words<State>,
  sorts: Words<Sort>,
): Listing<State, Sort> {
  const query = new URLSearchParams(search);
  const offset = Number(query.get("offset") ?? 0);
  return {
    state: states.find((state) => state === query.get("state")) ?? states[0],
    sort: sorts.find((sort) => sort === query.get("sort")) ?? sorts[0],
    direction: query.get("direction") === "ascending" ? "ascending" : "descending",
    q: query.get("q") || null,
    offset: Number.isSafeInteger(offset) && offset >= 0 ? offset : 0,
  };
}

export function listingLink(path: string, filters: Filters, { state, sort, direction, q, offset }: Listing): string {
  return link(path, filters, {
    state: state === "all" ? null : state,
    sort: sort === "at" ? null : sort,
    direction: direction === "descending" ? null : direction,
    q,
    offset: offset === 0 ? null : String(offset),
  });
}

/** The address of one item. It keeps the filters, so that the way back leads to what was looked at. */
export function itemLink(filters: Filters, kind: ItemKind, { id, service }: { id: string; service: string }): string {
  return link(kind, filters, { id, of: service });
}
