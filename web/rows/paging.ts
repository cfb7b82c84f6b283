import { type Filters, link } from "../filters.ts";
import type { Order } from "../types.ts";

/** Rows on one page. */
export const PAGE = 100;

export const ORDERS: readonly Order[] = ["newest", "oldest", "largest", "smallest"];

export interface Paging {
  readonly metric: string | null;
  /** Of runs of pipelines: only those of one workflow. */
  readonly pipeline: string | null;
  readonly order: Order;
  readonly offset: number;
}

/** Which rows, in which order, from which on; what cannot be understood is as if it were not there. */
export function readPaging(search: string): Paging {
  const query = new URLSearchParams(search);
  const offset = Number(query.get("offset") ?? 0);
  return {
    metric: query.get("metric") || null,
    pipeline: query.get("pipeline") || null,
    order: ORDERS.find((order) => order === query.get("order")) ?? "newest",
    offset: Number.isSafeInteger(offset) && offset >= 0 ? offset : 0,
  };
}

/** The address of some rows; what is default is left out. */
export function pagingLink(filters: Filters, { metric, pipeline, order, offset }: Paging): string {
  return link("rows", filters, {
    metric,
    pipeline,
    order: order === "newest" ? null : order,
    offset: offset === 0 ? null : String(offset),
  });
}
