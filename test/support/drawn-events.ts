/** Events of two repositories that come in any order, change, and are about each other: drawn so that they collide. */
import fc from "fast-check";
import type { DeliveryEvent } from "#metrics/events.ts";
import { HOUR } from "#metrics/time.ts";
import type { Instant } from "#metrics/time.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aJob,
  anAlert,
  anIncident,
  aRelease,
  aRepository,
  aReview,
  aRun,
  utc,
} from "./builders.ts";
import { aLayout } from "./layouts.ts";

export const REPOSITORIES = ["acme/shop", "acme/pay"] as const;
const COMMITS = 14;
const FIRST = utc("2026-02-20");

/** Few instants of three months, so that they collide. */
const instants = fc.integer({ min: 0, max: 50 }).map((part) => FIRST + part * 36 * HOUR);
const lengths = fc.constantFrom(0, 1, 5, 30, 200);
const after = (at: Instant, hours: number | null): Instant | null => (hours === null ? null : at + hours * HOUR);

/** A change of a line: each by its own commit. */
const changes = fc
  .record({
    number: fc.integer({ min: 1, max: 8 }),
    openedAt: instants,
    review: fc.option(lengths),
    looked: fc.constantFrom("review", "approval", "comment"),
    merge: fc.option(lengths, { freq: 6 }),
    close: fc.option(lengths),
    labels: fc.constantFrom([], [], ["Chore"], ["chore", "ci"], ["hotfix"], ["blocked:tills"]),
    authorKind: fc.constantFrom("human", "human", "bot", "agent"),
    author: fc.constantFrom("somebody", "another", null),
    sourceBranch: fc.constantFrom("topic", "hotfix/1", null),
    additions: fc.option(fc.integer({ min: 0, max: 9 })),
  })
  .map(({ number, openedAt, review, looked, merge, close, additions, ...has }) => {
    const mergedAt = after(openedAt, merge);
    return aChange(number, {
      openedAt,
      mergedAt,
      closedAt: mergedAt ?? after(openedAt, close),
      mergeCommit: mergedAt === null ? null : shaOf(number),
      commits: [{ sha: shaOf(number), authoredAt: openedAt - 2 * HOUR }],
      reviews: review === null ? [] : [aReview(openedAt + review * HOUR, { kind: looked })],
      additions,
      deletions: 1,
      ...has,
    });
  });

const deployments = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    commit: fc.nat({ max: COMMITS }),
    at: instants,
    environment: fc.constantFrom("production", "production", "staging"),
    outcomes: fc.constantFrom(["success"], ["success"], ["failure"], ["running", "success"], ["running"]),
    deployerKind: fc.constantFrom("human", "bot", undefined),
  })
  .map(({ id, commit, at, environment, outcomes, deployerKind }) => {
    const statuses = outcomes.map((outcome, hours) => ({ outcome, at: at + hours * HOUR }));
    return aDeployment(`d${id}`, shaOf(commit), at, { environment, statuses, deployerKind });
  });

const incidents = fc
  .record({
    id: fc.integer({ min: 1, max: 3 }),
    at: instants,
    hours: fc.option(lengths),
    of: fc.option(fc.integer({ max: 6 })),
    by: fc.option(fc.nat({ max: COMMITS })),
    labels: fc.constantFrom([], ["web"], ["api"]),
    falseAlarm: fc.constantFrom(false, false, true),
  })
  .map(({ id, at, hours, of, by, labels, falseAlarm }) =>
    anIncident(`i${id}`, at, {
      resolvedAt: after(at, hours),
      deployment: of === null ? null : `d${of}`,
      causedBy: by === null ? null : shaOf(by),
      labels,
      falseAlarm,
    }),
  );

const runs = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    commit: fc.nat({ max: COMMITS }),
    at: instants,
    name: fc.constantFrom("CI", "CD"),
    outcome: fc.constantFrom("success", "success", "failure", "running"),
    branch: fc.constantFrom("main", "main", "topic"),
    again: fc.boolean(),
    runner: fc.constantFrom("GitHub-hosted: Linux", "self-hosted: gpu", null),
  })
  .map(({ id, commit, at, name, outcome, branch, again, runner }) => {
    const begunAt = at - HOUR;
    const first = { number: 1, outcome: "failure" as const, startedAt: begunAt - HOUR, finishedAt: begunAt };
    return aRun(`r${id}`, shaOf(commit), at, {
      name,
      outcome,
      branch,
      finishedAt: outcome === "running" ? null : at,
      earlier: again ? [first] : [],
      attempt: again ? 2 : 1,
      jobs: [aJob(`j${id}`, name === "CD" ? "deploy production" : "test", at, { outcome, runner })],
    });
  });

const alerts = fc
  .record({ id: fc.integer({ min: 1, max: 3 }), at: instants, hours: fc.option(lengths), isFixed: fc.boolean() })
  .map(({ id, at, hours, isFixed }) =>
    anAlert(`a${id}`, at, {
      fixedAt: isFixed ? after(at, hours) : null,
      dismissedAt: isFixed ? null : after(at, hours),
    }),
  );

const releases = fc
  .record({ id: fc.integer({ min: 1, max: 4 }), at: instants, commit: fc.nat({ max: COMMITS }), draft: fc.boolean() })
  .map(({ id, at, commit, draft }) => aRelease(`v1.${id}.0`, { publishedAt: at, sha: shaOf(commit), draft }));

const layouts = fc
  .subarray(["openapi.yaml", "main.tf", ".github/workflows/ci.yml", "src/a.ts"])
  .map((paths) => aLayout(paths));

/** The default branch now ends here; its commits may come to be dated otherwise. */
const branches = fc
  .record({
    head: fc.integer({ min: 4, max: COMMITS }),
    late: fc.nat({ max: 2 }),
    archivedAt: fc.option(instants, { freq: 1 }),
  })
  .map(({ head, late, archivedAt }): readonly DeliveryEvent[] => [
    ...lineOf(head, late),
    aRepository({ head: shaOf(head), archivedAt: late === 2 ? archivedAt : null }),
  ]);

/** A repository is archived and comes back, or its branch ends elsewhere: its commits are the same. */
const states = fc
  .record({ head: fc.integer({ min: 4, max: COMMITS }), archivedAt: fc.option(instants, { freq: 2 }) })
  .map(({ head, archivedAt }): readonly DeliveryEvent[] => [aRepository({ head: shaOf(head), archivedAt })]);

/** History is written anew from a commit on: the old commits stay, since others may have them still. */
const rewritten = fc
  .record({ from: fc.integer({ min: 2, max: 6 }), head: fc.integer({ min: 7, max: COMMITS }) })
  .map(({ from, head }): readonly DeliveryEvent[] => [
    ...lineOf(head, 0, from).slice(from + 1),
    aRepository({ head: shaOf(head + COPY) }),
  ]);

/** What commits are called that take the place of others. */
const COPY = 100;

/** @param kept the last commit that is as it was. */
function lineOf(head: number, late: number, kept = head): readonly DeliveryEvent[] {
  const named = (index: number) => shaOf(index > kept ? index + COPY : index);
  return Array.from({ length: head + 1 }, (_, index) =>
    aCommit(named(index), {
      parents: index === 0 ? [] : [named(index - 1)],
      authoredAt: FIRST + (index * 60 - late) * HOUR,
      committedAt: FIRST + (index * 60 + late * 7) * HOUR,
      changeNumber: index % 3 === 2 ? null : index,
      reverts: index % 7 === 6 ? [{ sha: named(index - 2) }] : [],
      author: index % 2 === 0 ? "somebody" : "another",
      paths: index % 2 === 0 ? ["web/a.ts"] : ["api/b.ts"],
    }),
  );
}

export function shaOf(index: number): string {
  return String(index).padStart(40, "0");
}

function inRepository(repository: string, events: readonly DeliveryEvent[]): readonly DeliveryEvent[] {
  return events.map((event) => ({
    ...event,
    repository,
    ...((event.kind === "repository" || event.kind === "layout") && { id: repository }),
  }));
}

const some = fc
  .array(fc.oneof(changes, changes, deployments, incidents, runs, alerts, releases), { minLength: 1, maxLength: 6 })
  .map((events): readonly DeliveryEvent[] => events);

/** What is told of one of the repositories at once. */
export const telling: fc.Arbitrary<readonly DeliveryEvent[]> = fc
  .tuple(
    fc.constantFrom(...REPOSITORIES),
    fc.oneof(
      { weight: 8, arbitrary: some },
      { weight: 1, arbitrary: branches },
      { weight: 1, arbitrary: states },
      { weight: 1, arbitrary: rewritten },
      { weight: 1, arbitrary: layouts.map((layout) => [layout]) },
    ),
  )
  .map(([repository, events]) => inRepository(repository, events));

/** With what everything begins: both repositories, and some of everything in each. */
export const beginnings: fc.Arbitrary<readonly DeliveryEvent[]> = fc
  .tuple(
    ...REPOSITORIES.map(() =>
      fc.tuple(branches, fc.array(fc.oneof(changes, deployments, runs), { minLength: 25, maxLength: 25 })),
    ),
  )
  .map((parts) =>
    parts.flatMap(([line, events], index) => inRepository(REPOSITORIES[index] ?? "", [...line, ...events])),
  );

/** A change that is the next of its repository, upon whatever is there: merged, and deployed behind everything else or not. */
export function nextWork(
  told: readonly DeliveryEvent[],
  repository: string,
  { number, isDeployed }: { readonly number: number; readonly isDeployed: boolean },
): readonly DeliveryEvent[] {
  const own = told.filter((event) => event.repository === repository);
  const [state] = own.flatMap((event) => (event.kind === "repository" ? [event] : []));
  const head = own.flatMap((event) => (event.kind === "commit" && event.id === state?.head ? [event] : []));
  const deployed = own.flatMap((event) => (event.kind === "deployment" ? event.statuses.map(({ at }) => at) : []));
  const begunAt = Math.max(FIRST, ...head.flatMap(({ committedAt }) => committedAt ?? []));
  const mergedAt = begunAt + 20 * HOUR;
  const deployedAt = Math.max(mergedAt, ...deployed) + 3 * HOUR;
  const sha = shaOf(10 * COPY + number);
  const parents = head.map(({ id }) => id);
  return inRepository(repository, [
    aCommit(sha, {
      parents,
      authoredAt: begunAt + HOUR,
      committedAt: mergedAt,
      changeNumber: number,
      author: "another",
    }),
    aChange(number, {
      openedAt: begunAt + 2 * HOUR,
      mergedAt,
      mergeCommit: sha,
      commits: [{ sha, authoredAt: begunAt + HOUR }],
    }),
    aRun(`r${number}`, sha, mergedAt + HOUR, { name: "CI" }),
    aRepository({ archivedAt: null, ...state, head: sha }),
    ...(isDeployed ? [aDeployment(`d${number}`, sha, deployedAt)] : []),
  ]);
}
