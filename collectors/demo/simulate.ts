/** One repository from its first day until an instant. */
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, WEEK } from "#metrics/time.ts";
import { planBots } from "./bots.ts";
import { DEFAULT_BRANCH } from "./checks.ts";
import { planReleases } from "./delivery.ts";
import type { Host } from "./host.ts";
import { planOtherIncidents } from "./incidents.ts";
import { mergedInto, planPeople } from "./people-work.ts";
import type { Scene } from "./scene.ts";
import { identity } from "./scene.ts";
import { land } from "./trunk.ts";

/** @returns what its host would tell at that instant. */
export function simulate(scene: Scene, until: Instant): Host {
  const { agenda, service, host } = scene;
  const begins = Date.parse(service.begins);
  agenda.plan(begins + 9 * HOUR, (now) => found(scene, now));
  planPeople(scene, begins + DAY);
  planBots(scene, begins + WEEK, 1);
  planReleases(scene, begins, 0);
  planOtherIncidents(scene, begins, 0);
  if (service.archivedOn !== null)
    agenda.plan(Date.parse(service.archivedOn), (archivedAt) =>
      host.change("repository", service.repository, archivedAt, (before) => ({ ...before, archivedAt })),
    );
  agenda.runUntil(until);
  return host;
}

/** The repository and its first commit. */
function found(scene: Scene, at: Instant): void {
  const { repository } = scene.service;
  scene.host.keep(
    {
      kind: "repository",
      ...identity(scene, repository),
      url: null,
      defaultBranch: DEFAULT_BRANCH,
      head: null,
      archivedAt: null,
      truncated: false,
    },
    at,
  );
  const [author] = scene.pair(scene.chance("founder"), at);
  const title = "Begin";
  const first = land(scene, at, {
    sha: scene.sha("first"),
    ...author,
    authoredAt: at,
    title,
    number: null,
    isRepair: true,
  });
  mergedInto(scene, at, first);
}
