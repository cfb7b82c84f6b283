/** Whether there is an effect: one rule for estimates and for plans. */
import type { Decision } from "./method.ts";
import type { Check, Estimate, Options } from "./types.ts";

/** Checks that forbid a yes where they fail: in them shows what cannot be an effect. */
const DECISIVE: readonly Check["id"][] = ["permutation", "placebo", "negative-control"];

/** The checks that failed and forbid a yes. */
export function forbidding(checks: readonly Check[]): readonly Check["id"][] {
  return checks.flatMap(({ id, passed }) => (passed === false && DECISIVE.includes(id) ? [id] : []));
}

export function verdict(
  size: Estimate["size"],
  { isAlone }: Pick<Decision, "isAlone">,
  checks: readonly Check[],
  detectable: number | null,
  { line }: Pick<Options, "line">,
): Estimate["effect"] {
  if (size === null || isAlone) return "not yet";
  if (size.low > 0) return forbidding(checks).length === 0 ? "yes" : "not yet";
  if (size.high < 0) return "no";
  return detectable !== null && detectable <= line ? "no" : "not yet";
}
