/** In which order pipelines are listed: in the address, what is default left out. */
const SORTS = [
  "pipeline-duration",
  "name",
  "runs",
  "pipeline-queue-time",
  "pipeline-success-rate",
  "time-to-green",
  "pipeline-flakiness",
  "approval-wait",
] as const;

export interface PipelineOrder {
  readonly sort: (typeof SORTS)[number];
  readonly direction: "descending" | "ascending";
  readonly offset: number;
}

/** What cannot be understood is as if it were not there. */
export function readOrder(search: string): PipelineOrder {
  const query = new URLSearchParams(search);
  const offset = Number(query.get("offset") ?? 0);
  return {
    sort: SORTS.find((sort) => sort === query.get("sort")) ?? SORTS[0],
    direction: query.get("direction") === "ascending" ? "ascending" : "descending",
    offset: Number.isSafeInteger(offset) && offset >= 0 ? offset : 0,
  };
}
