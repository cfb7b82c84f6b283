/** Releases and tags as the deployments they stand in for. */
import type { Release } from "../events.ts";
import type { Graph } from "../graph.ts";
import type { ReleaseRule } from "../releases.ts";
import { skipped, standIns } from "../releases.ts";
import type { Rollout, Seen } from "./sighting.ts";
import { positionOf } from "./sighting.ts";

/** Published releases where any counts, else tags. */
export function standingIn(seen: Seen, rule: ReleaseRule): readonly Rollout[] {
  return toRollouts(standIns(seen.history.releases, rule, onDefault(seen)), seen.graph);
}

export function published(seen: Seen, rule: ReleaseRule): readonly Rollout[] {
  return toRollouts(counting(publishedOnes(seen.history.releases), seen, rule), seen.graph);
}

/** @param except names of tags that count as releases already. */
export function tagged(seen: Seen, rule: ReleaseRule, except: ReadonlySet<string>): readonly Rollout[] {
  const tags = tagsAmong(seen.history.releases).filter(({ name }) => !except.has(name));
  return toRollouts(counting(tags, seen, rule), seen.graph);
}

export function publishedOnes(releases: readonly Release[]): readonly Release[] {
  return releases.filter(({ prerelease }) => prerelease !== null);
}

/** Tags by themselves: GitLab tells of a tag and of what was published for it in one event, whose id is the tag's name. */
export function tagsAmong(releases: readonly Release[]): readonly Release[] {
  return releases.flatMap((release) => {
    if (release.prerelease === null) return [release];
    return release.id === release.name ? [{ ...release, prerelease: null }] : [];
  });
}

/** Whether the default branch contains the commit of a release. */
export function onDefault({ graph, onDefault: contained }: Pick<Seen, "graph" | "onDefault">) {
  return ({ sha }: Release): boolean => contained[positionOf(graph, sha)] === 1;
}

function counting(releases: readonly Release[], seen: Seen, rule: ReleaseRule): readonly Release[] {
  const isOnDefault = onDefault(seen);
  return releases.filter((release) => skipped(release, rule, isOnDefault(release)) === null);
}

function toRollouts(releases: readonly Release[], graph: Graph): readonly Rollout[] {
  const found: Rollout[] = [];
  for (const { id, url, name, sha, publishedAt, prerelease } of releases) {
    if (publishedAt === null) continue;
    found.push({
      id,
      url,
      name,
      environment: "production",
      sha,
      createdAt: publishedAt,
      deployedAt: publishedAt,
      tip: positionOf(graph, sha),
      tag: name,
      version: null,
      fixes: [],
      route: prerelease === null ? "tag" : "release",
      includes: [],
      alsoKnownAs: [],
    });
  }
  return found;
}
