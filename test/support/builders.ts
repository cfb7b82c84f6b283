/**
 * Events, facts and observations by name: a test says what matters to it, the rest is ordinary. Whatever is not given
 * is human, on the default branch, successful and of one repository called `acme/shop`.
 */
import fc from "fast-check";
import { derive } from "#metrics/derive.ts";
import type {
  Alert,
  Change,
  Commit,
  Deployment,
  Incident,
  Job,
  Outcome,
  Pipeline,
  Release,
  Repository,
  Reverted,
  Review,
} from "#metrics/events.ts";
import type {
  AlertFact,
  ChangeFact,
  CommitFact,
  DeploymentFact,
  IncidentFact,
  PipelineFact,
  ServiceFacts,
} from "#metrics/facts.ts";
import { DEFAULT_LENS, elapsed, looksAt } from "#metrics/lens.ts";
import type { Metric, Observation } from "#metrics/metric.ts";
import { metrics } from "#metrics/index.ts";
import { timeBetweenDeployments } from "#metrics/context/time-between-deployments.ts";
import type { DetailRows } from "#metrics/details.ts";
import type { Facts } from "#metrics/lists.ts";
import type { QualityRows } from "#metrics/quality.ts";
import { sampleOf } from "#metrics/sample.ts";
import { traitsOfAll } from "#metrics/traits.ts";
import { defaultRule } from "#metrics/releases.ts";
import type { ReleaseRule } from "#metrics/releases.ts";
import type { DeploymentRules, Part } from "#metrics/rules.ts";
import { NO_HOTFIX, WHOLE } from "#metrics/rules.ts";
import { HOUR, MINUTE } from "#metrics/time.ts";
import type { Instant } from "#metrics/time.ts";
import type { History } from "#metrics/history.ts";

const place = { source: "git:shop", repository: "acme/shop" };

/** `2026-03-01` or `2026-03-01T10:00`, in UTC. */
export function utc(text: string): Instant {
  return Date.parse(text.includes("T") ? `${text}Z` : `${text}T00:00Z`);
}

export function aRepository(has: Partial<Repository> = {}): Repository {
  return {
    ...place,
    kind: "repository",
    id: "acme/shop",
    url: null,
    defaultBranch: "main",
    head: null,
    archivedAt: null,
    truncated: false,
    ...has,
  };
}

/** Committed when it was authored, unless it says otherwise. */
export function aCommit(id: string, has: Partial<Commit> = {}): Commit {
  const authoredAt = has.authoredAt === undefined ? 0 : has.authoredAt;
  return {
    ...place,
    kind: "commit",
    id,
    parents: [],
    author: null,
    authorKind: "human",
    authoredAt,
    committedAt: authoredAt,
    title: `Make ${id}`,
    changeNumber: null,
    reverts: [],
    cherryPickedFrom: [],
    paths: null,
    ...has,
  };
}

/** Commits one upon the other: the first is the root. */
export function aLine(...commits: readonly Commit[]): readonly Commit[] {
  return commits.map((commit, index) => ({ ...commit, parents: commits.slice(index - 1, index).map(({ id }) => id) }));
}

export function aRelease(name: string, has: Partial<Release> = {}): Release {
  return {
    ...place,
    kind: "release",
    id: name,
    name,
    url: null,
    sha: null,
    publishedAt: 0,
    draft: false,
    prerelease: null,
    ...has,
  };
}

/** The default branch ends at `head`: the last commit, unless it says otherwise. */
export function aHistory(
  commits: readonly Commit[],
  releases: readonly Release[] = [],
  head: string | null = commits.at(-1)?.id ?? null,
): History {
  return {
    repository: aRepository({ head }),
    commits,
    releases,
    changes: [],
    deployments: [],
    incidents: [],
    pipelines: [],
    alerts: [],
    layouts: [],
  };
}

/** A history of a host: whatever is not given is not there. The default branch ends at the last commit. */
export function aHosted(commits: readonly Commit[], has: Partial<History> = {}): History {
  return { ...aHistory(commits), ...has };
}

/** Successful in production, an hour after it was made, unless it says otherwise. */
export function aDeployment(id: string, sha: string | null, at: Instant, has: Partial<Deployment> = {}): Deployment {
  return {
    ...place,
    kind: "deployment",
    id,
    url: null,
    environment: "production",
    tier: null,
    sha,
    createdAt: at - HOUR,
    statuses: [{ outcome: "success", at }],
    fixesVersion: null,
    ...has,
  };
}

/** The statuses of a deployment, an hour apart. */
export function statuses(from: Instant, ...outcomes: readonly Outcome[]): Deployment["statuses"] {
  return outcomes.map((outcome, hours) => ({ outcome, at: from + hours * HOUR }));
}

/** Successful, an hour long, of the workflow `CD` on the default branch, unless it says otherwise. */
export function aRun(id: string, sha: string, at: Instant, has: Partial<Pipeline> = {}): Pipeline {
  return {
    ...place,
    kind: "pipeline",
    id,
    name: "CD",
    url: `https://acme.example/runs/${id}`,
    sha,
    branch: "main",
    outcome: "success",
    attempt: 1,
    earlier: [],
    createdAt: at - HOUR,
    startedAt: at - HOUR,
    finishedAt: at,
    jobs: [],
    ...has,
  };
}

/** Successful, a minute long, unless it says otherwise. */
export function aJob(id: string, name: string, at: Instant, has: Partial<Job> = {}): Job {
  return {
    id,
    name,
    outcome: "success",
    allowedToFail: false,
    environment: null,
    startedAt: at - MINUTE,
    finishedAt: at,
    ...has,
  };
}

/** Opened at 0 and open. */
export function aChange(number: number, has: Partial<Change> = {}): Change {
  const openedAt = has.openedAt ?? 0;
  return {
    ...place,
    kind: "change",
    id: String(number),
    number,
    url: null,
    title: `Change ${number}`,
    author: "somebody",
    authorKind: "human",
    labels: [],
    targetBranch: "main",
    sourceBranch: null,
    requestedAt: null,
    openedAt,
    readyAt: openedAt,
    mergedAt: null,
    closedAt: has.mergedAt ?? null,
    reopenedAt: [],
    mergeCommit: null,
    commits: [],
    reviews: [],
    additions: null,
    deletions: null,
    paths: null,
    truncated: false,
    ...has,
  };
}

/** By a person who is not the author of the change. */
export function aReview(at: Instant, has: Partial<Review> = {}): Review {
  return { kind: "review", at, author: "reviewer", authorKind: "human", byChangeAuthor: false, ...has };
}

/** Open, and naming nothing. */
export function anIncident(id: string, openedAt: Instant, has: Partial<Incident> = {}): Incident {
  return {
    ...place,
    kind: "incident",
    id,
    number: null,
    url: null,
    title: `Incident ${id}`,
    labels: [],
    openedAt,
    resolvedAt: null,
    falseAlarm: false,
    deployment: null,
    causedBy: null,
    ...has,
  };
}

/** Found in the code, and open. */
export function anAlert(id: string, openedAt: Instant, has: Partial<Alert> = {}): Alert {
  return {
    ...place,
    kind: "alert",
    id,
    scan: "code",
    severity: null,
    url: null,
    title: `Alert ${id}`,
    openedAt,
    fixedAt: null,
    dismissedAt: null,
    ...has,
  };
}

export function factsOf(history: History, rule: Partial<ReleaseRule> = {}): ServiceFacts {
  return factsBy({ releases: { ...defaultRule, ...rule } }, history);
}

/** Those of a service of which nothing is configured. */
export const usualRules: DeploymentRules = {
  origins: null,
  releases: defaultRule,
  production: null,
  backfillDays: 90,
  hotfix: NO_HOTFIX,
};

/** By the usual rules and of the whole repository, unless told otherwise. */
export function factsBy(
  rules: Partial<DeploymentRules>,
  history: History,
  part: Partial<Part> = {},
  name = "shop",
): ServiceFacts {
  return derive(history, { name, rules: { ...usualRules, ...rules }, part: { ...WHOLE, ...part } });
}

export function aCommitFact(has: Partial<CommitFact> = {}): CommitFact {
  return {
    ...place,
    service: "shop",
    sha: "c0ffee1",
    title: "Make it",
    authorKind: "human",
    authoredAt: 0,
    committedAt: 0,
    isMerge: false,
    onDefaultBranch: true,
    integrated: 1,
    isRevert: false,
    isDirect: null,
    changeNumber: null,
    deployedAt: null,
    deploymentId: null,
    isBeforeRecord: false,
    leadTimeHours: null,
    ...has,
  };
}

export function aDeploymentFact(has: Partial<DeploymentFact> = {}): DeploymentFact {
  return {
    ...place,
    service: "shop",
    id: "v1.0.0",
    url: null,
    environment: "production",
    tier: "production",
    route: "deployment",
    sha: "c0ffee1",
    isCommitKnown: true,
    status: "success",
    createdAt: 0,
    deployedAt: 0,
    previousDeployedAt: null,
    isRollback: false,
    isRework: false,
    failedBy: [],
    overruled: [],
    incidents: [],
    recoveredAt: null,
    commits: 1,
    changes: 1,
    patchedAt: null,
    isFeatureRelease: false,
    isTrain: null,
    beganAt: null,
    ...has,
  };
}

/** What data quality is judged by: nothing, unless told otherwise. */
export function qualityFacts({
  deployed,
  committed,
  deployments,
  merged,
  opened,
  incidents,
  alerts,
}: Partial<Facts>): QualityRows {
  return {
    deployed: traitsOfAll("deployed", deployed ?? [], (fact) => fact.deployedAt),
    committed: traitsOfAll("committed", committed ?? [], (fact) => fact.committedAt),
    deployments: traitsOfAll("deployments", deployments ?? [], (fact) => fact.deployedAt),
    merged: traitsOfAll("merged", merged ?? [], (fact) => fact.mergedAt),
    opened: traitsOfAll("opened", opened ?? [], (fact) => fact.openedAt),
    incidents: traitsOfAll("incidents", incidents ?? [], (fact) => fact.openedAt),
    alerts: traitsOfAll("alerts", alerts ?? [], (fact) => fact.openedAt),
    unplacedCommits: null,
  };
}

export function detailRows({ deployments = [], delivered = [] }: Partial<Facts>): DetailRows {
  const inTime = delivered
    .filter(({ deployedAt }) => deployedAt !== null)
    .toSorted((a, b) => Number(a.deployedAt) - Number(b.deployedAt));
  const gaps = deployments.flatMap((fact) => timeBetweenDeployments.observe(fact, elapsed(Infinity)) ?? []);
  return {
    deployments: traitsOfAll("deployments", deployments, (fact) => fact.deployedAt),
    delivered: traitsOfAll("delivered", delivered, (fact) => fact.deployedAt),
    waits: Float64Array.from(inTime, ({ deployHours }) => deployHours ?? Number.NaN),
    gaps: sampleOf(gaps),
  };
}

/** Opened, ready, reviewed and merged at 0, and not deployed. */
export function aChangeFact(has: Partial<ChangeFact> = {}): ChangeFact {
  return {
    ...place,
    service: "shop",
    id: "12",
    number: 12,
    url: null,
    title: "Make it",
    authorKind: "human",
    requestedAt: null,
    openedAt: 0,
    readyAt: 0,
    firstCommitAt: 0,
    firstReviewAt: 0,
    firstResponseAt: 0,
    firstApprovalAt: null,
    mergedAt: 0,
    closedAt: 0,
    mergeCommit: "c0ffee1",
    isIntegrated: true,
    deployedAt: null,
    deploymentId: null,
    isBeforeRecord: false,
    leadTimeHours: null,
    codingHours: 0,
    pickupHours: 0,
    reviewHours: 0,
    deployHours: null,
    additions: null,
    deletions: null,
    labels: [],
    revertedBy: null,
    truncated: false,
    workType: null,
    reviewRounds: null,
    isByTrain: null,
    ...has,
  };
}

export function anIncidentFact(has: Partial<IncidentFact> = {}): IncidentFact {
  return {
    ...place,
    service: "shop",
    id: "7",
    number: 7,
    url: null,
    title: "It is down",
    openedAt: 0,
    resolvedAt: null,
    falseAlarm: false,
    linkedBy: "none",
    deploymentId: null,
    recoveryHours: null,
    ...has,
  };
}

export function anAlertFact(has: Partial<AlertFact> = {}): AlertFact {
  return {
    ...place,
    service: "shop",
    id: "3",
    scan: "code",
    severity: "high",
    url: null,
    title: "It can be broken into",
    openedAt: 0,
    fixedAt: null,
    dismissedAt: null,
    hoursToFix: null,
    ...has,
  };
}

/** A successful run of the default branch, an hour long. */
export function aRunFact(has: Partial<PipelineFact> = {}): PipelineFact {
  return {
    ...place,
    service: "shop",
    id: "7",
    name: "CI",
    url: null,
    sha: "a",
    branch: "main",
    onDefaultBranch: true,
    outcome: "success",
    attempts: 1,
    createdAt: 0,
    begunAt: 0,
    startedAt: null,
    finishedAt: HOUR,
    pausedAt: null,
    resumedAt: null,
    isFlaky: false,
    brokeAt: null,
    greenAt: null,
    runnerMinutes: null,
    ...has,
  };
}

export function theMetric(id: string): Metric {
  const found = metrics.find((metric) => metric.id === id);
  if (found === undefined) throw new Error(`There is no metric ${id}.`);
  return found;
}

/** What a metric observes in the facts of a service, in order of time, knowing everything before `until`. */
export function observationsOf(metric: Metric, facts: ServiceFacts, until: Instant): readonly Observation[] {
  return eachObserved(metric, facts, until)
    .filter((observation) => observation !== null)
    .sort((a, b) => a.at - b.at);
}

function eachObserved(metric: Metric, facts: ServiceFacts, until: Instant): readonly (Observation | null)[] {
  switch (metric.of) {
    case "commit":
      return facts.commits
        .filter(({ authorKind }) => looksAt(metric, authorKind, DEFAULT_LENS))
        .map((fact) => metric.observe(fact, elapsed(until)));
    case "change":
      return facts.changes
        .filter(({ authorKind }) => looksAt(metric, authorKind, DEFAULT_LENS))
        .map((fact) => metric.observe(fact, elapsed(until)));
    case "incident":
      return facts.incidents.map((fact) => metric.observe(fact, elapsed(until)));
    case "alert":
      return facts.alerts.map((fact) => metric.observe(fact, elapsed(until)));
    case "pipeline":
      return facts.pipelines.map((fact) => metric.observe(fact, elapsed(until)));
    case "deployment":
    case "attempt":
      return facts.deployments.map((fact) => metric.observe(fact, elapsed(until)));
  }
}

/** One observation of 1 at each instant. */
export function eachAt(...instants: readonly Instant[]): readonly Observation[] {
  return instants.map((at) => ({ at, value: 1 }));
}

/** Numbers from 0 to 1 that look like chance and are the same every time (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Few instants, so that dates collide. */
export const instants = fc.integer({ min: 0, max: 20 }).map((hours) => hours * HOUR);
const perhapsAt = fc.option(instants, { freq: 8 });

/** Two letters only, so that abbreviations are often ambiguous. */
const shas = fc.string({ unit: fc.constantFrom("a", "b"), minLength: 6, maxLength: 6 });

const versions = fc.constantFrom(
  "v1.0.0",
  "v1.0.1",
  "v1.1.0",
  "1.1.0",
  "v1.1.1",
  "shop@1.0.0",
  "shop@1.0.1",
  "v2.0.0",
  "v2.0.1",
  "v2.0.2-rc.1",
);

const picks = fc.nat({ max: 60 });
/** How far back a parent is: mostly the commit just before. */
const steps = fc.constantFrom(1, 1, 1, 2, 2, 3, 5);

interface Sketch {
  readonly parents: readonly number[];
  readonly missing: boolean;
  readonly authoredAt: Instant | null;
  readonly committedAt: Instant | null;
  readonly changeNumber: number | null;
  readonly reverts: readonly (number | { readonly pick: number; readonly length: number })[];
}

const sketches: fc.Arbitrary<Sketch> = fc.record({
  parents: fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 4, arbitrary: fc.tuple(steps) },
    { weight: 3, arbitrary: fc.tuple(steps, steps) },
    { weight: 1, arbitrary: fc.tuple(steps, steps, steps) },
  ),
  missing: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 0),
  authoredAt: perhapsAt,
  committedAt: perhapsAt,
  changeNumber: fc.option(fc.integer({ min: 1, max: 4 }), { freq: 2 }),
  reverts: fc.array(
    fc.oneof(fc.integer({ min: 1, max: 4 }), fc.record({ pick: picks, length: fc.integer({ min: 3, max: 6 }) })),
    { maxLength: 2 },
  ),
});

function toReverted(named: Sketch["reverts"][number], ids: readonly string[]): Reverted {
  return typeof named === "number"
    ? { changeNumber: named, path: null }
    : { sha: (ids[named.pick % ids.length] ?? "bbbbbb").slice(0, named.length) };
}

function toCommit(id: string, index: number, ids: readonly string[], sketch: Sketch): Commit {
  const earlier = sketch.parents.flatMap((step) => ids.slice(Math.max(0, index - step), index).slice(0, 1));
  const parents = [...new Set(earlier), ...(sketch.missing ? ["beyond"] : [])];
  const { authoredAt, committedAt, changeNumber } = sketch;
  const reverts = sketch.reverts.map((named) => toReverted(named, ids));
  return aCommit(id, { parents, authoredAt, committedAt, changeNumber, reverts });
}

/**
 * Histories in which everything happens at once: merges, several roots, parents and tagged commits that are missing,
 * tags on side branches, on one commit, at one instant or on nothing, dates that run backwards or are unknown, and
 * reverts of anything.
 */
export const histories: fc.Arbitrary<History> = fc
  .record({
    ids: fc.uniqueArray(shas, { maxLength: 12, size: "max" }),
    sketches: fc.array(sketches, { minLength: 12, maxLength: 12 }),
    head: fc.option(steps, { freq: 9 }),
    tags: fc.uniqueArray(fc.record({ name: versions, pick: fc.option(picks, { freq: 9 }), publishedAt: perhapsAt }), {
      maxLength: 8,
      size: "max",
      selector: ({ name }) => name,
    }),
  })
  .map(({ ids, sketches: drawn, head, tags }) => {
    const commits = ids.flatMap((id, index) => {
      const sketch = drawn[index];
      return sketch === undefined ? [] : [toCommit(id, index, ids, sketch)];
    });
    const releases = tags.map(({ name, pick, publishedAt }) =>
      aRelease(name, { sha: pick === null ? null : (ids[pick % (ids.length + 1)] ?? "unknown"), publishedAt }),
    );
    return aHistory(commits, releases, head === null ? null : (ids.at(-head) ?? "unknown"));
  });

/** A history with its events in another order. */
export const shuffledHistories: fc.Arbitrary<readonly [History, History]> = histories.chain((history) =>
  fc
    .tuple(
      fc.shuffledSubarray([...history.commits], { minLength: history.commits.length }),
      fc.shuffledSubarray([...history.releases], { minLength: history.releases.length }),
    )
    .map(([commits, releases]) => [history, { ...history, commits, releases }] as const),
);

/** The ids a commit contains, itself included, by the plainest walk there is. */
export function contained({ commits }: History, id: string | null): ReadonlySet<string> {
  const byId = new Map(commits.map((commit) => [commit.id, commit]));
  const found = new Set<string>();
  const visit = (sha: string): void => {
    const commit = byId.get(sha);
    if (commit === undefined || found.has(sha)) return;
    found.add(sha);
    for (const parent of commit.parents) visit(parent);
  };
  if (id !== null) visit(id);
  return found;
}
