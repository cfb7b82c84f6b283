import { type Filters, link } from "../filters.ts";
import type { Order } from "../types.ts";

/** Rows on one page. */
export const PAGE = 100;

export const ORDERS: readonly Order[] = ["newest", "oldest", "largest", "smallest"];

export const AUTHORS = ["human", "bot", "agent"] as const;

/** Which rows, beside those of a number; `null`: all. */
export interface RowFilter {
  readonly label: string | null;
  readonly authorKind: (typeof AUTHORS)[number] | null;
  readonly minLines: number | null;
  readonly maxLines: number | null;
}

export interface Paging extends RowFilter {
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
    label: query.get("label") || null,
    authorKind: AUTHORS.find((kind) => kind === query.get("authorKind")) ?? null,
    minLines: linesIn(query.get("minLines")),
    maxLines: linesIn(query.get("maxLines")),
  };
}

function linesIn(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null;
}

/** What is asked of the API for it. */
export function rowQuery({
  pipeline,
  label,
  authorKind,
  minLines,
  maxLines,
}: Omit<Paging, "metric" | "order" | "offset">) {
  return {
    ...(pipeline !== null && { pipeline }),
    ...(label !== null && { label }),
    ...(authorKind !== null && { authorKind }),
    ...(minLines !== null && { minLines }),
    ...(maxLines !== null && { maxLines }),
  };
}

/** The address of some rows; what is default is left out. */
export function pagingLink(filters: Filters, paging: Paging): string {
  const { metric, pipeline, order, offset, label, authorKind, minLines, maxLines } = paging;
  return link("rows", filters, {
    metric,
    pipeline,
    order: order === "newest" ? null : order,
    offset: offset === 0 ? null : String(offset),
    label,
    authorKind,
    minLines: minLines === null ? null : String(minLines),
    maxLines: maxLines === null ? null : String(maxLines),
  });
}
