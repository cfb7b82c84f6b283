/** What a release rule counts, on the tags that are stored: a rule is previewed before it is saved. */
import { graph } from "#metrics/graph.ts";
import type { Release } from "#metrics/events.ts";
import type { ReleaseRule, Skipped } from "#metrics/releases.ts";
import { defaultRule, describeRule, skipped, standIns } from "#metrics/releases.ts";
import { DAY } from "#metrics/time.ts";
import { reachable } from "#metrics/walk.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { BadRequest } from "./problem.ts";
import { askedServices } from "./scope.ts";

const PREVIEW_DAYS = 90;
const EXAMPLES = 5;
/** Why a tag is left out that the rule would count. */
const PUBLISHED = "a tag, where published releases count";

export async function answerReleaseRule(
  installation: Installation,
  query: Query<"/api/rules/releases">,
): Promise<Reply<"/api/rules/releases">> {
  const [service] = await askedServices(installation, query.service);
  const history = service === undefined ? null : await installation.store.history(service);
  if (service === undefined || history === null)
    throw new BadRequest("Nothing has been collected for this service yet: sync first.");
  const configured =
    installation.sources.find(({ collector }) => collector.source === service.source)?.rules.releases ?? defaultRule;
  const rule: ReleaseRule = { tags: query.tags ?? configured.tags, branch: query.branch ?? configured.branch };
  refuseBadPattern(rule);

  const walked = graph(history.commits);
  const onDefault = reachable(walked, history.repository.head);
  const isOnDefault = ({ sha }: Release) => onDefault[walked.at.get(sha ?? "") ?? -1] === 1;
  const standing = new Set(standIns(history.releases, rule, isOnDefault));
  const counted: { name: string; at: number }[] = [];
  const left = new Map<Skipped | typeof PUBLISHED, string[]>();
  for (const release of history.releases) {
    const { name, publishedAt } = release;
    if (standing.has(release) && publishedAt !== null) counted.push({ name, at: publishedAt });
    if (standing.has(release)) continue;
    const why = skipped(release, rule, isOnDefault(release)) ?? PUBLISHED;
    left.set(why, [...(left.get(why) ?? []), name]);
  }
  counted.sort((a, b) => b.at - a.at);
  const since = installation.now() - PREVIEW_DAYS * DAY;
  return {
    rule: describeRule(rule),
    counted: counted.length,
    last90Days: counted.filter(({ at }) => at >= since).length,
    newest: counted.slice(0, EXAMPLES).map(({ name, at }) => ({ name, at: new Date(at).toISOString() })),
    skipped: [...left].map(([reason, names]) => ({ reason, count: names.length, examples: names.slice(-EXAMPLES) })),
  };
}

function refuseBadPattern({ tags }: ReleaseRule): void {
  try {
    new RegExp(tags);
  } catch (error) {
    throw new BadRequest(
      `"${tags}" is not a regular expression (${error instanceof Error ? error.message : "syntax"}). Write \`stable\`, \`prerelease\`, or a pattern such as ^release-.`,
    );
  }
}
