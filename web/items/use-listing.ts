import { useMemo } from "preact/hooks";

import { type Filters, lookOf, type Span, spanOf } from "../filters.ts";
import { PAGE } from "../rows/paging.ts";
import type { Page } from "../views/view.ts";
import type { Context, ListColumn } from "./kinds.tsx";
import { type Listing, readListing, type Words } from "./listing.ts";

/** What every list has: which of its rows the address asks for, how to ask the API for them, and its columns. */
export function useListing<State extends string, Sort extends string, Row>(
  { filters, search, watch: { status }, scopes }: Page,
  states: Words<State>,
  sorts: Words<Sort>,
  columnsOf: (context: Context) => readonly ListColumn<Row>[],
) {
  const listing = readListing(search, states, sorts);
  const span = spanOf(filters, status);
  const zone = status?.zone ?? "UTC";
  const hasServices = (scopes?.services.length ?? 0) > 1;
  const columns = useMemo(() => columnsOf({ filters, zone, hasServices }), [filters, zone, hasServices]);
  return { listing, question: span && questionOf(span, filters, listing), columns, filters, status };
}

function questionOf<State extends string, Sort extends string>(
  span: Span,
  filters: Filters,
  { q, ...listing }: Listing<State, Sort>,
) {
  return { ...span, ...whose(filters), ...listing, ...(q !== null && { q }), limit: PAGE };
}

export function whose(filters: Filters): { readonly scope?: string; readonly service?: string } {
  const { scope, service } = lookOf(filters);
  return { ...(scope !== undefined && { scope }), ...(service !== undefined && { service }) };
}
