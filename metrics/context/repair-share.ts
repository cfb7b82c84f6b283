import type { ChangeMetric } from "../metric.ts";
import { isMerged } from "./changes.ts";

export const repairShare: ChangeMetric = {
  id: "repair-share",
  title: "Fixes and reverts (proxy)",
  of: "change",
  clock: "mergedAt",
  bots: "kept",
  definition:
    "Share of the changes merged in the window that fix or take back something, of those that say what they are: by the title (`fix: …`, `Revert …`, `Fix …`), a label such as bug, or the name of the branch. Those that say nothing are unknown.",
  source: "https://dora.dev/guides/value-stream-management/",
  differs:
    "Other tools take the type of a linked ticket, or let a model guess. A proxy: conventions differ between teams, so compare a team with its own past only.",
  factor: "context",
  statistic: "rate",
  unit: "share",
  better: "lower",
  version: 1,
  counts: "change",
  needs: "changes",

  observe: (fact) => {
    if (!isMerged(fact)) return null;
    const { mergedAt, workType } = fact;
    return { at: mergedAt, value: workType === null ? null : workType === "fix" || workType === "revert" ? 1 : 0 };
  },
};
