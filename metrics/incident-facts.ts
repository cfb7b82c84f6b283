/** Incidents and the roll-outs they belong to. */
import type { Aftermath } from "./aftermath.ts";
import type { Place } from "./derive.ts";
import type { IncidentFact } from "./facts.ts";
import { hoursBetween } from "./time.ts";
import type { Walk } from "./walk.ts";

/** A false alarm keeps its link, but nothing was to be recovered. */
export function incidentFacts(
  place: Place,
  { rollouts }: Walk,
  { incidents, links }: Aftermath,
): readonly IncidentFact[] {
  return incidents.map(({ id, number, url, title, openedAt, resolvedAt, falseAlarm }, index) => {
    const { linkedBy, deployment } = links[index] ?? { linkedBy: "none", deployment: null };
    return {
      ...place,
      id,
      number,
      url,
      title,
      openedAt,
      resolvedAt,
      falseAlarm,
      linkedBy,
      deploymentId: deployment === null ? null : (rollouts[deployment]?.id ?? null),
      recoveryHours: falseAlarm ? null : hoursBetween(openedAt, resolvedAt),
    };
  });
}
