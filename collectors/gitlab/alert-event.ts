/** A vulnerability becomes an alert. */
import type { Alert } from "#metrics/events.ts";
import { shortened } from "./events.ts";
import type { Place } from "./reading.ts";
import type { Vulnerability } from "./vulnerabilities.ts";

/** One that the scanner no longer finds stays open until somebody, or a rule in GitLab, calls it resolved: only that has a date. */
export function alertEvent(place: Place, url: string, found: Vulnerability): Alert {
  const { id, title, severity, state, reportType, detectedAt, resolvedAt, dismissedAt, vulnerabilityPath } = found;
  return {
    kind: "alert",
    ...place,
    id: id.slice(id.lastIndexOf("/") + 1),
    scan: scanOf(reportType ?? ""),
    severity: severityOf(severity ?? ""),
    url: vulnerabilityPath === null || vulnerabilityPath === undefined ? null : new URL(vulnerabilityPath, url).href,
    title: shortened(title ?? ""),
    openedAt: detectedAt,
    fixedAt: state === "RESOLVED" ? resolvedAt : null,
    dismissedAt: state === "DISMISSED" ? dismissedAt : null,
  };
}

/** Containers and clusters are scanned for what is installed in them; running applications for what is wrong with their code. */
function scanOf(reportType: string): Alert["scan"] {
  switch (reportType) {
    case "SECRET_DETECTION":
      return "secret";
    case "DEPENDENCY_SCANNING":
    case "CONTAINER_SCANNING":
    case "CONTAINER_SCANNING_FOR_REGISTRY":
    case "CLUSTER_IMAGE_SCANNING":
      return "dependency";
    default:
      return "code";
  }
}

/** What is only for information has no severity, nor has what nobody has judged. */
function severityOf(severity: string): Alert["severity"] {
  switch (severity) {
    case "CRITICAL":
      return "critical";
    case "HIGH":
      return "high";
    case "MEDIUM":
      return "medium";
    case "LOW":
      return "low";
    default:
      return null;
  }
}
