/** What can save something, and in which of four ledgers it stands. They are never added to each other. */
import type { Bucket } from "../../assumptions.ts";

export const LEVERS = ["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8"] as const;
export type LeverId = (typeof LEVERS)[number];

/** What is saved in cash, what can be done with hours that are free again, what was not lost, what came sooner. */
export const LEDGERS = ["cashable", "capacity", "avoided-loss", "value"] as const;
export type LedgerName = (typeof LEDGERS)[number];

export const LEVER_WORDS: Readonly<
  Record<LeverId, { readonly title: string; readonly ledger: LedgerName; readonly bucket: Bucket | null }>
> = {
  L1: { title: "Handling of failed changes", ledger: "capacity", bucket: "unplanned-rework" },
  L2: { title: "Other rework", ledger: "capacity", bucket: "unplanned-rework" },
  L3: { title: "Deployments and approvals by hand", ledger: "capacity", bucket: "toil" },
  L4: { title: "Coming back to work that waited", ledger: "capacity", bucket: "toil" },
  L5: { title: "Pipelines and infrastructure", ledger: "cashable", bucket: null },
  L6: { title: "Licences, contractors, overtime", ledger: "cashable", bucket: null },
  L7: { title: "Downtime", ledger: "avoided-loss", bucket: null },
  L8: { title: "Delay of what the business waits for", ledger: "value", bucket: null },
};
