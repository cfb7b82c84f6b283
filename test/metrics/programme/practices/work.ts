/** Work of a service, by hours of the weeks that `reading.ts` reads. */
import { aChangeFact, aCommitFact, aDeploymentFact, aRunFact } from "#test/support/builders.ts";
import { hour } from "./reading.ts";

/** Opened, reviewed and merged within the hour before an hour. */
export const merged = (id: string, at: number, has = {}) =>
  aChangeFact({
    id,
    openedAt: hour(at - 1),
    readyAt: hour(at - 1),
    firstReviewAt: hour(at - 0.5),
    mergedAt: hour(at),
    closedAt: hour(at),
    mergeCommit: `merge-${id}`,
    ...has,
  });

/** Opened at an hour, and neither reviewed nor merged since. */
export const open = (id: string, at: number, has = {}) =>
  merged(id, at + 1, { firstReviewAt: null, mergedAt: null, closedAt: null, isIntegrated: false, ...has });

/** A commit of an hour. */
export const step = (sha: string, at: number, has = {}) => aCommitFact({ sha, committedAt: hour(at), ...has });

/** Not the first one of its service. */
export const deployed = (id: string, at: number, has = {}) =>
  aDeploymentFact({ id, deployedAt: hour(at), previousDeployedAt: hour(-500), ...has });

/** Took a few minutes. */
export const run = (id: string, sha: string, at: number, has = {}) =>
  aRunFact({ id, sha, begunAt: hour(at - 0.1), finishedAt: hour(at), ...has });
