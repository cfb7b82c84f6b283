/** What scanners found, and how long it took to fix. */
import type { Place } from "./derive.ts";
import type { Alert } from "./events.ts";
import type { AlertFact } from "./facts.ts";
import type { History } from "./history.ts";
import { PUSH } from "./pushed.ts";
import type { Part } from "./rules.ts";
import { hoursBetween } from "./time.ts";

/** Where services share a repository, a host does not tell whose an alert is, and it is nobody's; who pushes one says it. */
export function alertFacts(place: Place, { alerts }: History, { incidents: shared }: Part): readonly AlertFact[] {
  return alerts.filter(({ source }) => shared === null || source === PUSH).map((alert) => alertFact(place, alert));
}

/** A dismissed alert has no hours: nothing was fixed. */
function alertFact(place: Place, { id, scan, severity, url, title, openedAt, fixedAt, dismissedAt }: Alert): AlertFact {
  return {
    ...place,
    id,
    scan,
    severity,
    url,
    title,
    openedAt,
    fixedAt,
    dismissedAt,
    hoursToFix: hoursBetween(openedAt, fixedAt),
  };
}
