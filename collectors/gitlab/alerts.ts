/** What scanners found. GitLab has no list of what changed of it: a look at the newest decides, and once a day all are read. */
import type { Instant } from "#metrics/time.ts";
import { DAY, MINUTE } from "#metrics/time.ts";
import { HostError } from "../collector.ts";
import type { Notice } from "../collector.ts";
import { statusOf } from "../polite/index.ts";
import { alertEvent } from "./alert-event.ts";
import type { Alerts, ProjectState } from "./cursor.ts";
import { looksOf } from "./looks.ts";
import { step } from "./reading.ts";
import type { Reading, Step } from "./reading.ts";
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
    const events = fresh.map((each) => alertEvent(place, options.url, each));
    if (events.length > 0) yield step(state, events);
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

function changedAt({ detectedAt, resolvedAt, dismissedAt, updatedAt }: Vulnerability): Instant {
  return Math.max(detectedAt, resolvedAt ?? 0, dismissedAt ?? 0, updatedAt ?? 0);
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
