/** Which changes a metric looks at. */
import type { ChangeFact } from "../facts.ts";
import type { Instant } from "../time.ts";

/** One that its host tells of, merged to the default branch. A plain git history only names changes: nobody knows when they were opened. */
export function isMerged<Fact extends Pick<ChangeFact, "isIntegrated" | "openedAt" | "mergedAt">>(
  fact: Fact,
): fact is Fact & { readonly mergedAt: Instant } {
  return fact.isIntegrated && fact.openedAt !== null && fact.mergedAt !== null;
}

/** The same, and in production. */
export function isDelivered(fact: ChangeFact): fact is ChangeFact & { readonly deployedAt: Instant } {
  return isMerged(fact) && fact.deployedAt !== null;
}
