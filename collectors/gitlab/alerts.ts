/** What scanners found. GitLab has no list of what changed of it: a look at the newest decides, and once a day all are read. */
import type { Alert } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, MINUTE } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import type { Notice } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import type { Alerts, ProjectState } from "./cursor.ts";
import { shortened } from "./events.ts";
import { looksOf } from "./looks.ts";
import { step } from "./reading.ts";
import type { Place, Reading, Step } from "./reading.ts";
import type { Vulnerabilities, Vulnerability } from "./vulnerabilities.ts";

/** Updates that were being stored while others were already shown carry an older instant. */
const OVERLAP = 5 * MINUTE;

export async function* alerts(reading: Reading, state: ProjectState): AsyncGenerator<Step> {
  const { place, options, now } = reading;
  const known = state.alerts;
  const isDue = known === null || now() - known.readAt >= DAY;
  if (!options.alerts || (known?.refused === true && !isDue)) return;
  const first = await look(reading, null);
  if ("refusal" in first) {
    const refused: Alerts = { looks: "", at: known?.at ?? 0, readAt: now(), refused: true };
    yield step({ ...state, alerts: refused }, [], { notices: refusal(reading, first.refusal) });
    return;
  }
  const looks = looksOf(first.items);
  if (!isDue && known.looks === looks) return;

  let at = known?.at ?? 0;
  const since = at - OVERLAP;
  for (let page: Vulnerabilities = first; ;) {
    if ("refusal" in page) return;
    const fresh = page.items.filter((each) => changedAt(each) >= since);
    at = Math.max(at, ...fresh.map(changedAt));
    yield step(
      state,
      fresh.map((each) => alertEvent(place, options.url, each)),
    );
    if (page.next === null || (!isDue && fresh.length === 0)) break;
    page = await look(reading, page.next);
  }
  yield step({ ...state, alerts: { looks, at, readAt: isDue ? now() : known.readAt, refused: false } }, []);
}

/** It is left out where it fails: everything else of the project was read by then. */
async function look({ api, project }: Reading, after: string | null): Promise<Vulnerabilities> {
  try {
    return await api.vulnerabilities(project.path_with_namespace, after);
  } catch (error) {
    if (!(error instanceof HostError) || error.reason === "rate-limit") throw error;
    const status = statusOf(error);
    return { refusal: status === null ? "it did not answer the question" : `it answered ${status}` };
  }
}

function changedAt({ detectedAt, updatedAt }: Vulnerability): Instant {
  return Math.max(detectedAt, updatedAt ?? 0);
}

/** One that the scanner no longer finds stays open until somebody, or a rule in GitLab, calls it resolved: only that has a date. */
function alertEvent(place: Place, url: string, found: Vulnerability): Alert {
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

/** Once for all projects of the source: mostly it is the plan, which they share. */
function refusal({ place, said }: Reading, why: string): readonly Notice[] {
  const code = "alerts-unreadable";
  if (said.has(code)) return [];
  said.add(code);
  return [
    {
      level: "info",
      code,
      message: `GitLab does not show what scanners found in ${place.repository} (${why}), nor perhaps in other projects: it needs the plan Ultimate and an account with the role Developer. The age of alerts is not measured there, and everything else is. It is tried again tomorrow; \`alerts: false\` stops that.`,
    },
  ];
}
