/** Incidents: those of deployments, and those that no deployment caused. */
import type { Incident } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Scene } from "./scene.ts";
import { identity } from "./scene.ts";
import { INCIDENT_TITLES, OTHER_INCIDENT_TITLES } from "./titles.ts";

/** Per week and service. */
const OTHERS = 0.006;
const FALSE_ALARMS = 0.004;

export function openIncident(
  scene: Scene,
  at: Instant,
  cause: Pick<Incident, "deployment" | "causedBy">,
  titles: readonly [string, ...string[]] = INCIDENT_TITLES,
): string {
  const number = 100_000 + (scene.production.incidents += 1);
  const title = scene.chance("incident", number).pick(titles);
  scene.host.keep(
    {
      kind: "incident",
      ...identity(scene, String(number)),
      number,
      url: null,
      title,
      labels: ["incident"],
      openedAt: at,
      resolvedAt: null,
      falseAlarm: false,
      ...cause,
    },
    at,
  );
  return String(number);
}

export function resolveIncident(scene: Scene, at: Instant, id: string, falseAlarm = false): void {
  scene.host.change("incident", id, at, (before) => ({ ...before, resolvedAt: at, falseAlarm }));
}

/** What breaks elsewhere, and what turns out to be nothing. */
export function planOtherIncidents(scene: Scene, monday: Instant, week: number): void {
  scene.agenda.plan(monday, (now) => {
    if (!scene.isOpen(now)) return;
    const drawn = scene.chance("others", week);
    const [others, alarms] = [drawn.count(OTHERS), drawn.count(FALSE_ALARMS)];
    for (let turn = 0; turn < others + alarms; turn += 1) {
      const isFalse = turn >= others;
      const causedBy = isFalse ? null : scene.sha("elsewhere", week, turn);
      scene.agenda.plan(now + drawn.between(0, 7) * DAY, (at) => {
        const id = openIncident(scene, at, { deployment: null, causedBy }, OTHER_INCIDENT_TITLES);
        scene.agenda.plan(at + drawn.around(3, 0.8) * HOUR, (end) => resolveIncident(scene, end, id, isFalse));
      });
    }
    planOtherIncidents(scene, monday + 7 * DAY, week + 1);
  });
}
