/**
 * DEFINITIONS §2 once more, from its words alone and without care for speed: by sets of shas, where `metrics/` walks a graph once. Whoever changes a rule there has
 * to change it here, too.
 */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { Commit, Deployment, Incident } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import type { Instant } from "#metrics/time.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { factsOf } from "#test/support/builders.ts";
import { lives } from "#test/support/lives.ts";

interface Rollout {
  readonly id: string;
  readonly sha: string;
  readonly environment: string;
  readonly at: Instant;
  readonly contains: ReadonlySet<string>;
}

function contained(commits: ReadonlyMap<string, Commit>, tip: string | null): ReadonlySet<string> {
  const found = new Set<string>();
  const left = [tip ?? ""];
  for (let sha = left.pop(); sha !== undefined; sha = left.pop()) {
    const commit = found.has(sha) ? undefined : commits.get(sha);
    found.add(commit?.id ?? sha);
    left.push(...(commit?.parents ?? []));
  }
  return new Set([...found].filter((sha) => commits.has(sha)));
}

/** The first success, in production by its name; in order. */
function rolloutsOf({ deployments }: History, commits: ReadonlyMap<string, Commit>): readonly Rollout[] {
  const firstSuccess = ({ statuses }: Deployment) =>
    Math.min(...statuses.filter(({ outcome }) => outcome === "success").map(({ at }) => at));
  return deployments
    .filter((one) => /^(prod|production|live)([-_/ ].*)?$/i.test(one.environment) && firstSuccess(one) < Infinity)
    .map((one) => {
      const { id, sha, environment } = one;
      return { id, sha: sha ?? "", environment, at: firstSuccess(one), contains: contained(commits, sha) };
    })
    .toSorted((a, b) => a.at - b.at || Number(a.id) - Number(b.id));
}

/** Of each rollout the one that took it back: the next one there, of a commit that it contains and is not. */
function rollbacksOf(rollouts: readonly Rollout[]): ReadonlyMap<Rollout, Rollout> {
  const pairs = rollouts.flatMap((back, index) => {
    const had = rollouts.slice(0, index).findLast(({ environment }) => environment === back.environment);
    const isBack = had !== undefined && had.sha !== back.sha && had.contains.has(back.sha);
    return isBack ? [[had, back] as const] : [];
  });
  return new Map(pairs);
}

/** What non-merge commits of the default branch say that they take back, and what that is. */
function revertsOf({ repository, changes }: History, commits: ReadonlyMap<string, Commit>) {
  const branch = contained(commits, repository.head);
  const merges = changes.filter(({ mergedAt, targetBranch }) => mergedAt !== null && targetBranch === "main");
  const startingWith = (text: string) => [...branch].filter((sha) => sha.startsWith(text));
  const named = (text: string) => (branch.has(text) ? [text] : startingWith(text));
  const one = (found: readonly string[]) => (found.length === 1 ? found : []);
  return [...branch].flatMap((by) => {
    const { parents = [], reverts = [] } = commits.get(by) ?? {};
    const targets = reverts.flatMap((reverted) =>
      "sha" in reverted
        ? one(named(reverted.sha))
        : merges.filter(({ number }) => number === reverted.changeNumber).map(({ mergeCommit }) => mergeCommit ?? ""),
    );
    const known = targets.filter((target) => target !== by && branch.has(target));
    return parents.length > 1 ? [] : known.map((target) => ({ by, target }));
  });
}

/** By id, else by commit, else the latest within 72 hours before. */
function causeOf({ deployment, causedBy, openedAt }: Incident, rollouts: readonly Rollout[]): Rollout | undefined {
  const before = rollouts.filter(({ at }) => at <= openedAt);
  if (deployment !== null) return rollouts.find(({ id }) => id === deployment);
  if (causedBy !== null) return before.findLast(({ sha }) => sha === causedBy);
  return before.slice(-1).find(({ at }) => openedAt - at <= 72 * HOUR);
}

function deploymentsOf(history: History) {
  const commits = new Map(history.commits.map((commit) => [commit.id, commit]));
  const rollouts = rolloutsOf(history, commits);
  const carrier = (sha: string | null) => rollouts.find(({ contains }) => contains.has(sha ?? ""));
  const backs = rollbacksOf(rollouts);
  const reverts = revertsOf(history, commits).map(({ by, target }) => ({ by: carrier(by), of: carrier(target) }));
  const merged = history.changes.filter(({ mergedAt, targetBranch }) => mergedAt !== null && targetBranch === "main");
  return rollouts.map((rollout, index) => {
    const incidents = history.incidents.filter((one) => causeOf(one, rollouts) === rollout);
    const real = incidents.filter(({ falseAlarm }) => !falseAlarm);
    const back = backs.get(rollout);
    const undone = reverts
      .filter(({ of, by }) => of === rollout && by !== undefined && rollouts.indexOf(by) > index)
      .map(({ by }) => by?.at ?? Infinity)
      .filter((at) => at - rollout.at <= 7 * DAY);
    const ends = real.map(({ resolvedAt }) => resolvedAt ?? Infinity);
    const recovered = real.length > 0 ? Math.max(...ends) : (back?.at ?? Math.min(Infinity, ...undone));
    const isRollback = [...backs.values()].includes(rollout);
    const carries = (sha: string | null) => carrier(sha) === rollout;
    const isKnown = rollout.contains.size > 0;
    return {
      id: rollout.id,
      deployedAt: rollout.at,
      isRollback,
      isRework: isRollback || reverts.some(({ by }) => by === rollout),
      failedBy: [
        ...real.slice(0, 1).map(() => "incident"),
        ...[back].flatMap((one) => (one === undefined ? [] : ["rollback"])),
        ...undone.slice(0, 1).map(() => "revert"),
      ],
      recoveredAt: Number.isFinite(recovered) ? recovered : null,
      incidents: incidents.map(({ id }) => id).toSorted(),
      commits: isKnown ? history.commits.filter(({ id, parents }) => parents.length < 2 && carries(id)).length : null,
      changes: isKnown ? merged.filter(({ mergeCommit }) => carries(mergeCommit)).length : null,
    };
  });
}

it("gives every deployment of a life what its definition says", () => {
  fc.assert(
    fc.property(lives, (life) => {
      for (const history of life.slice(-1)) {
        const expected = deploymentsOf(history);
        const found = factsOf(history)
          .deployments.slice(0, expected.length)
          .map((fact) => ({ ...fact, incidents: fact.incidents.toSorted() }));

        expect(found).toMatchObject(expected);
      }
    }),
    { numRuns: 40 },
  );
});
