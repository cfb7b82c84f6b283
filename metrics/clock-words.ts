/** In which window something counts, in words. */
import type { Metric } from "./metric.ts";

/** One sentence: by which of its instants what a metric counts belongs to a window. */
export function clockWords(metric: Metric): string {
  switch (metric.of) {
    case "change":
    case "commit":
    case "alert":
    case "pipeline":
      return CLOCKS[metric.clock];
    case "deployment":
      return CLOCKS.deployedAt;
    case "attempt":
      return "It counts when it was made.";
    case "incident":
      return "It counts when it began.";
  }
}

const CLOCKS = {
  deployedAt: "It counts when it reached production.",
  committedAt: "It counts when it was committed.",
  mergedAt: "It counts when it was merged.",
  openedAt: "It counts when it was opened.",
  fixedAt: "It counts when it was fixed.",
  finishedAt: "It counts when it finished.",
  brokeAt: "It counts when it broke.",
} as const;
