/** Three services of a company that deploys all days of the week, each at its own pace, for half a year. */
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aLine, anIncident, aRepository, aReview } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway } from "#test/support/headway.ts";

export const REPOSITORIES = ["acme/shop", "acme/site", "acme/books"] as const;
export const sources = [{ host: "github", token: "t", repositories: REPOSITORIES }];

/** Every few days a change that is deployed six hours after its merge, and now and then an incident. */
function historyOf(repository: string, every: number): readonly DeliveryEvent[] {
  const days = Array.from({ length: Math.floor(180 / every) }, (_, index) => at("2026-01-01") + index * every * DAY);
  const commits = aLine(
    ...days.map((day, index) => aCommit(`${repository.slice(5)}-${index}`, { authoredAt: day + 10 * HOUR })),
  );
  const events = [
    aRepository({ head: commits.at(-1)?.id ?? null }),
    ...commits,
    ...days.flatMap((day, index) => [
      aChange(index + 1, {
        openedAt: day + 11 * HOUR,
        mergedAt: day + 12 * HOUR,
        mergeCommit: `${repository.slice(5)}-${index}`,
        commits: [{ sha: `${repository.slice(5)}-${index}`, authoredAt: day + 10 * HOUR }],
        reviews: [aReview(day + 11.5 * HOUR)],
      }),
      aDeployment(String(index), `${repository.slice(5)}-${index}`, day + 18 * HOUR),
    ]),
    ...days.slice(3, 6).map((day, index) => anIncident(`i${index}`, day + 20 * HOUR, { resolvedAt: day + 22 * HOUR })),
  ];
  return events.map((event) => ({
    ...event,
    source: "github:https://api.github.com acme",
    repository,
    id: event.kind === "repository" ? repository : event.id,
  }));
}

const history = [...historyOf("acme/shop", 3), ...historyOf("acme/site", 5), ...historyOf("acme/books", 7)];

/** @param config beside its sources. */
export async function anAcme(config: object): Promise<Headway> {
  return aHeadway({ config: { sources, ...config }, tells: [history] });
}
