/**
 * The same organisation with more changes than there is room for events of: what would be derived of them is written as facts, by the
 * store itself. Each service has a first deployment and changes of five years, most of which reached production; the same size makes
 * the same facts.
 */
import type { ChangeFact, ServiceFacts } from "#metrics/facts.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR, MINUTE, SECOND } from "#metrics/time.ts";
import type { OpenInstallation } from "#server/installation.ts";
import { openInstallation, sourceKeys } from "#server/installation.ts";
import { aDeploymentFact } from "#test/support/builders.ts";
import { chanceFrom } from "./chance.ts";
import type { OrganisationSize } from "./organisation.ts";
import { configOf, LAST_DAY, repositoryName, START, weightsOf } from "./organisation.ts";

/** So that a database that holds all of them is told from one whose making was stopped. */
const WHOLE = "all facts are there";

/** In a database that is new, or that holds the same facts. */
export async function openManyFacts(
  database: string,
  { changes, services }: OrganisationSize,
): Promise<OpenInstallation> {
  const config = configOf(database, services);
  const installation = await openInstallation(config, { env: {}, now: () => LAST_DAY });
  const [key = ""] = sourceKeys(installation);
  const { store } = installation;
  const { id, cursor } = await store.openSource({ key, name: "acme", host: "github" });
  if (cursor === WHOLE) return installation;
  const wanted = weightsOf(services).map((_, index) => repositoryName(index));
  await store.settleServices(
    [key],
    wanted.map((name) => ({ sourceId: id, repository: name, name })),
  );
  await write(installation, changes);
  await store.save(id, { events: [], removed: [], notices: [], cursor: WHOLE, progress: null }, LAST_DAY);
  await store.finishSync(id, { syncedAt: LAST_DAY, notices: [] });
  return installation;
}

async function write(installation: OpenInstallation, changes: number): Promise<void> {
  const { store } = installation;
  const known = await store.services(sourceKeys(installation));
  const weights = weightsOf(known.length);
  for (const [index, { serviceId, source, repository, service }] of known.entries()) {
    const place = { source, repository, service };
    const count = Math.round(changes * (weights[index] ?? 0));
    const facts: ServiceFacts = {
      commits: [],
      changes: changesOf(place, index, count),
      deployments: [aDeploymentFact({ ...place, createdAt: START, deployedAt: START })],
      incidents: [],
      alerts: [],
      pipelines: [],
      unplacedCommits: null,
    };
    await store.saveFacts([{ serviceId, facts, derivedFrom: { definition: "facts", revision: 1 } }]);
  }
}

type Place = Pick<ChangeFact, "source" | "repository" | "service">;

/** In whole seconds, as hosts tell them. Written out in one piece: ten million that are put together of two objects take minutes. */
function changesOf({ source, repository, service }: Place, index: number, count: number): readonly ChangeFact[] {
  const { draw, isTrue, long } = chanceFrom(index);
  const gap = (LAST_DAY - START) / count;
  const facts: ChangeFact[] = [];
  for (let number = 1; number <= count; number++) {
    const mergedAt = whole(START + (number - draw()) * gap);
    const openedAt = whole(mergedAt - Math.min(9 * DAY, 10 * MINUTE + long(20 * HOUR)));
    const deployedAt = isTrue(0.95) ? whole(mergedAt + 10 * MINUTE + long(2 * HOUR)) : LAST_DAY;
    const firstReviewAt = whole(openedAt + (mergedAt - openedAt) * draw());
    const isBot = isTrue(0.15);
    facts.push({
      source,
      repository,
      service,
      id: String(number),
      number,
      url: null,
      title: "Make the service do more of what it is for",
      authorKind: isBot ? "bot" : "human",
      requestedAt: null,
      openedAt,
      readyAt: openedAt,
      firstCommitAt: whole(openedAt - long(8 * HOUR)),
      firstReviewAt,
      firstResponseAt: firstReviewAt,
      firstApprovalAt: firstReviewAt,
      mergedAt,
      closedAt: mergedAt,
      mergeCommit: `${index}-${number}`,
      isIntegrated: true,
      deployedAt: deployedAt < LAST_DAY ? deployedAt : null,
      deploymentId: null,
      isBeforeRecord: false,
      leadTimeHours: null,
      codingHours: null,
      pickupHours: null,
      reviewHours: null,
      deployHours: null,
      additions: 5 + Math.floor(long(120)),
      deletions: Math.floor(long(60)),
      labels: isBot ? BOT : NONE,
      revertedBy: null,
      truncated: false,
      workType: null,
      reviewRounds: null,
      isByTrain: null,
    });
  }
  return facts;
}

const BOT = ["dependencies"];
const NONE: readonly string[] = [];

function whole(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}
