/** What a stage asks of a service beside its practices: that failures have not become more, and that its numbers are calm. */
import type { RateChange } from "#metrics/programme/gate.ts";
import type { Condition } from "#metrics/programme/stage.ts";
import { outcomeConditions } from "#metrics/programme/outcomes.ts";
import type { Instant } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { ScopedService } from "./asked-scope.ts";
import { rateChanges, referenceOf } from "./compared-with-baseline.ts";
import type { Memory } from "./memory.ts";
import { steadinessOf } from "./steadiness.ts";

/** In the order of the services. @param until the end of the last complete week. */
export async function outcomesOf(
  installation: Installation,
  services: readonly ScopedService[],
  until: Instant,
  memory: Memory,
): Promise<readonly (readonly Condition[])[]> {
  if (services.length === 0) return [];
  const reference = await referenceOf(installation, "organisation", until);
  const steady = await steadinessOf(installation, services, until, memory);
  const { worseBy } = installation.config.thresholds.gate;
  const found: (readonly Condition[])[] = [];
  for (const [index, service] of services.entries()) {
    const rates: { readonly fail: RateChange | null; readonly rework: RateChange | null } | null =
      reference === null ? null : await rateChanges(installation, [service], { reference, isWhole: false }, memory);
    const baseline = reference?.stored.content.name ?? null;
    found.push(outcomeConditions({ baseline, rates, calm: steady[index]?.calm ?? null }, worseBy));
  }
  return found;
}
