/** One thing after another that is new in a history of which most is settled: told by the recent part alone, or by all of it. */
import { describe, expect, it } from "vitest";
import { study } from "#metrics/derive.ts";
import type { Commit, Pipeline } from "#metrics/events.ts";
import type { History } from "#metrics/history.ts";
import { questions, recentFacts } from "#metrics/recent.ts";
import type { Settled } from "#metrics/settled.ts";
import { settle } from "#metrics/settled.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, aHosted, anIncident, aRepository, aRun } from "#test/support/builders.ts";
import { answers, byId, news, recentOf, replaced, service, sorted } from "#test/support/recent-part.ts";

const DAYS = 60;
/** The days whose roll-outs are settled: more than two weeks before the last one. */
const OLD = 10;
const NEW = DAYS - 3;

/** The sha of a day's commit, of 40 letters. */
function sha(day: number): string {
  return `${String(day).padStart(4, "0")}${"abcdef".repeat(6)}`;
}

const commitOf = (day: number, has: Partial<Commit> = {}) =>
  aCommit(sha(day), {
    parents: [sha(day - 1)].slice(Number(day === 1)),
    authoredAt: day * DAY,
    committedAt: day * DAY,
    ...has,
  });
const changeOf = (day: number, has: Parameters<typeof aChange>[1] = {}) =>
  aChange(day, { openedAt: day * DAY - HOUR, mergedAt: day * DAY, mergeCommit: sha(day), ...has });
const deploymentOf = (day: number, has: Parameters<typeof aDeployment>[3] = {}) =>
  aDeployment(`d${day}`, sha(day), day * DAY + 2 * HOUR, has);
const runOf = (day: number, has: Partial<Pipeline> = {}) => aRun(`r${day}`, sha(day), day * DAY + HOUR, has);

/** A change, a run and a roll-out each day, and an incident that is over. */
function lived(days: number): History {
  const all = Array.from({ length: days }, (_, index) => index + 1);
  return aHosted(
    all.map((day) => commitOf(day)),
    {
      repository: aRepository({ head: sha(days) }),
      changes: all.map((day) => changeOf(day)),
      deployments: all.map((day) => deploymentOf(day)),
      pipelines: all.map((day) => runOf(day)),
      incidents: [anIncident("old", OLD * DAY + 3 * HOUR, { resolvedAt: OLD * DAY + 4 * HOUR, deployment: `d${OLD}` })],
    },
  );
}

type More = { readonly [Kind in "commits" | "changes" | "deployments" | "pipelines" | "incidents"]?: History[Kind] };

/** A history to which more came; what has the id of something takes its place. */
function plus(history: History, more: More, head = history.repository.head): History {
  const both = <E extends { readonly id: string }>(known: readonly E[], added: readonly E[] = []) => [
    ...new Map([...known, ...added].map((event) => [event.id, event])).values(),
  ];
  return {
    ...history,
    repository: { ...history.repository, head },
    commits: both(history.commits, more.commits),
    changes: both(history.changes, more.changes),
    deployments: both(history.deployments, more.deployments),
    pipelines: both(history.pipelines, more.pipelines),
    incidents: both(history.incidents, more.incidents),
  };
}

function settledOf(before: History): Settled {
  return settle(study(before, service), null) ?? expect.fail("Nothing is settled.");
}

/** What the recent part says of what came after, with all that was told before; `null` where it says nothing. */
function told(before: History, after: History) {
  const [stored, settled] = [study(before, service), settledOf(before)];
  const recent = recentOf(after, settled, news(before, after));
  const found = recentFacts(recent, service, [], answers(questions(recent), stored.facts));
  return found === null ? null : sorted(replaced(stored.facts, found));
}

const before = lived(DAYS);
const next = commitOf(DAYS + 1);
const today = { at: (DAYS + 1) * DAY, head: next.id };

describe("of a history of which most is settled", () => {
  it("only the last two weeks are open, and what they are told by is at their edge", () => {
    const { cut, open, edge } = settledOf(before);

    expect(cut).toBe((DAYS - 14) * DAY + 2 * HOUR);
    expect(open.commit).toHaveLength(15);
    expect(open.change).toHaveLength(15);
    expect(open.deployment).toHaveLength(15);
    expect(open.incident).toEqual([]);
    expect(edge).toMatchObject({ commit: [], incident: [], deployment: [`d${DAYS - 15}`], change: [`${DAYS - 15}`] });
  });

  it.each<[string, More, string?]>([
    ["another day", { commits: [next], changes: [changeOf(DAYS + 1)], deployments: [deploymentOf(DAYS + 1)] }, next.id],
    ["a change that is opened", { changes: [aChange(99, { openedAt: today.at })] }],
    ["a change that is closed without a merge", { changes: [aChange(99, { openedAt: today.at, closedAt: today.at })] }],
    ["a run", { pipelines: [runOf(DAYS, { id: "again" })] }],
    [
      "a run that failed and another that succeeded",
      {
        pipelines: [
          runOf(DAYS, { id: "x", outcome: "failure" }),
          runOf(DAYS, { id: "y", createdAt: today.at, finishedAt: today.at }),
        ],
      },
    ],
    [
      "an attempt that failed",
      { deployments: [deploymentOf(DAYS, { id: "x", statuses: [{ outcome: "failure", at: today.at }] })] },
    ],
    [
      "a deployment to somewhere else",
      { deployments: [aDeployment("x", sha(DAYS), today.at, { environment: "staging" })] },
    ],
    ["a roll-out of the commit that is there", { deployments: [aDeployment("x", sha(DAYS), today.at)] }],
    ["a rollback to a recent commit", { deployments: [aDeployment("x", sha(DAYS - 2), today.at)] }],
    ["an incident of a recent roll-out", { incidents: [anIncident("x", today.at, { deployment: `d${NEW}` })] }],
    ["an incident that names nothing", { incidents: [anIncident("x", today.at)] }],
    [
      "an incident of a deployment that nobody knows",
      { incidents: [anIncident("x", today.at, { deployment: "none" })] },
    ],
    ["what takes back a recent commit", { commits: [{ ...next, reverts: [{ sha: sha(NEW) }] }] }, next.id],
    [
      "what takes back a recent change",
      { commits: [{ ...next, reverts: [{ changeNumber: NEW, path: null }] }] },
      next.id,
    ],
    [
      "what takes back a commit that nobody knows",
      { commits: [{ ...next, reverts: [{ sha: "f".repeat(40) }] }] },
      next.id,
    ],
    ["another title of a recent change", { changes: [changeOf(NEW, { title: "Another" })] }],
    [
      "a merge of a branch",
      {
        commits: [
          aCommit("side", { parents: [sha(DAYS)], committedAt: today.at }),
          { ...next, parents: [sha(DAYS), "side"] },
        ],
      },
      next.id,
    ],
  ])("the recent part tells %s as all of it does", (_, more, head) => {
    const after = plus(before, more, head);

    expect(told(before, after)).toEqual(sorted(byId(study(after, service).facts)));
  });

  it.each<[string, More, string?]>([
    ["another title of a settled change", { changes: [changeOf(OLD, { title: "Another" })] }],
    [
      "a settled change that was found to be merged elsewhere",
      { changes: [changeOf(OLD, { targetBranch: "release/1" })] },
    ],
    ["another environment of a settled roll-out", { deployments: [deploymentOf(OLD, { environment: "staging" })] }],
    [
      "another end of a settled incident",
      { incidents: [anIncident("old", OLD * DAY + 3 * HOUR, { deployment: `d${OLD}` })] },
    ],
    ["another outcome of a settled run", { pipelines: [runOf(OLD, { outcome: "failure" })] }],
    ["another date of a settled commit", { commits: [commitOf(OLD, { authoredAt: OLD * DAY - HOUR })] }],
    ["what takes back a settled commit", { commits: [{ ...next, reverts: [{ sha: sha(OLD) }] }] }, next.id],
    [
      "what takes back a commit by the beginning of its name, which may be that of a settled one",
      { commits: [{ ...next, reverts: [{ sha: sha(OLD).slice(0, 8) }] }] },
      next.id,
    ],
    [
      "what takes back a settled change",
      { commits: [{ ...next, reverts: [{ changeNumber: OLD, path: null }] }] },
      next.id,
    ],
    ["a rollback to a settled commit", { deployments: [aDeployment("x", sha(OLD), today.at)] }],
    ["a roll-out among the settled ones", { deployments: [aDeployment("x", sha(OLD), (OLD + 1) * DAY)] }],
    [
      "a roll-out among the settled ones that carries a commit of now",
      { deployments: [aDeployment("x", sha(DAYS), OLD * DAY)] },
    ],
    [
      "a roll-out that repairs a settled one",
      { deployments: [aDeployment("x", sha(DAYS), today.at, { fixesVersion: `d${OLD}` })] },
    ],
    [
      "a roll-out that was pushed",
      {
        deployments: [
          {
            ...aDeployment("x", sha(DAYS), today.at),
            source: "push",
            version: null,
            includedCommits: [sha(OLD)],
          } as never,
        ],
      },
    ],
    ["an incident of a settled roll-out", { incidents: [anIncident("x", today.at, { deployment: `d${OLD}` })] }],
    ["an incident caused by a settled commit", { incidents: [anIncident("x", today.at, { causedBy: sha(OLD) })] }],
    ["an incident among the settled ones", { incidents: [anIncident("x", (OLD + 1) * DAY)] }],
    [
      "an incident just after the last settled roll-out",
      { incidents: [anIncident("x", (DAYS - 15) * DAY + 3 * HOUR)] },
    ],
    [
      "a change that a settled commit brought",
      { changes: [aChange(99, { openedAt: 0, mergedAt: today.at, mergeCommit: sha(OLD) })] },
    ],
    ["a run among the settled ones", { pipelines: [runOf(OLD, { id: "x", outcome: "failure" })] }],
    [
      "a run that began among the settled ones and failed now",
      { pipelines: [aRun("x", sha(OLD), today.at, { createdAt: OLD * DAY, outcome: "failure" })] },
    ],
    [
      "a branch that leaves the default branch before",
      { commits: [commitOf(DAYS + 1, { parents: [sha(OLD)] })] },
      next.id,
    ],
    ["a default branch that lost its recent commits", {}, sha(DAYS - 2)],
  ])("all of it must tell %s", (_, more, head) => {
    const after = plus(before, more, head);

    expect(told(before, after)).toBeNull();
  });

  it("all of it must tell what became of a repository: that it was renamed, archived or has another default branch", () => {
    for (const has of [{ url: "https://acme.example/new" }, { archivedAt: today.at }, { defaultBranch: "trunk" }])
      expect(told(before, { ...before, repository: { ...before.repository, ...has } })).toBeNull();
    expect(told(before, before)).toEqual(sorted(byId(study(before, service).facts)));
  });
});

describe("what was not known when something was settled", () => {
  const lost = "e".repeat(40);
  const late = aCommit(lost, { committedAt: OLD * DAY });

  it.each<[string, More, More]>([
    [
      "a parent of a settled commit",
      { commits: [commitOf(OLD, { parents: [sha(OLD - 1), lost] })] },
      { commits: [late] },
    ],
    ["the commit of a settled roll-out", { deployments: [deploymentOf(OLD, { sha: lost })] }, { commits: [late] }],
    [
      "the commit of a settled attempt",
      {
        deployments: [deploymentOf(OLD, { id: "x", sha: lost, statuses: [{ outcome: "failure", at: OLD * DAY }] })],
      },
      { commits: [late] },
    ],
    ["the merge commit of a settled change", { changes: [changeOf(OLD, { mergeCommit: lost })] }, { commits: [late] }],
    [
      "a commit of a settled change",
      { changes: [changeOf(OLD, { commits: [{ sha: lost, authoredAt: 0 }] })] },
      { commits: [late] },
    ],
    ["the commit of a settled run", { pipelines: [runOf(OLD, { id: "x", sha: lost })] }, { commits: [late] }],
    [
      "a commit that a settled one takes back",
      { commits: [commitOf(OLD, { reverts: [{ sha: lost }] })] },
      { commits: [late] },
    ],
    [
      "a change that a settled commit takes back",
      { commits: [commitOf(OLD, { reverts: [{ changeNumber: 99, path: null }] })] },
      {
        changes: [aChange(99, { openedAt: today.at })],
      },
    ],
    [
      "a deployment that a settled incident names",
      {
        incidents: [anIncident("x", OLD * DAY, { resolvedAt: OLD * DAY + HOUR, deployment: "late" })],
      },
      { deployments: [aDeployment("late", sha(DAYS), today.at)] },
    ],
    [
      "the success without a change of a settled run that failed",
      { pipelines: [runOf(OLD, { outcome: "failure" })] },
      {
        pipelines: [aRun("x", sha(OLD), today.at)],
      },
    ],
  ])("is watched for: %s", (_, odd, more) => {
    const known = plus(before, odd);

    expect(told(known, known)).not.toBeNull();
    expect(told(known, plus(known, more))).toBeNull();
  });
});

describe("the border between what is settled and what is open", () => {
  /** The day of the first open roll-out; `null` where nothing can be settled. */
  const borderOf = (history: History): number | null => {
    const settled = settle(study(history, service), null);
    return settled === null ? null : (settled.cut - 2 * HOUR) / DAY;
  };
  const USUAL = DAYS - 14;
  const EARLIER = USUAL - 2;
  const INSIDE = USUAL + 4;
  const failed = { outcome: "failure" } as const;
  const nightly = (day: number, has: Partial<Pipeline> = {}) => runOf(day, { id: `n${day}`, name: "nightly", ...has });
  const takesBack = (by: number, target: number) => commitOf(by, { reverts: [{ sha: sha(target) }] });

  it("lies two weeks before the last roll-out", () => {
    expect(borderOf(before)).toBe(USUAL);
  });

  it.each<[string, number, More]>([
    ["takes back an earlier commit", EARLIER, { commits: [takesBack(INSIDE, EARLIER)] }],
    [
      "takes back an earlier change",
      EARLIER,
      { commits: [commitOf(INSIDE, { reverts: [{ changeNumber: EARLIER, path: null }] })] },
    ],
    [
      "takes back an earlier commit and is rolled out nowhere yet",
      EARLIER,
      { commits: [takesBack(DAYS + 1, EARLIER)] },
    ],
    [
      "takes back what took back something",
      EARLIER - 5,
      {
        commits: [takesBack(INSIDE, EARLIER), takesBack(EARLIER + 1, EARLIER - 5)],
      },
    ],
    ["puts back an earlier commit", EARLIER, { deployments: [deploymentOf(INSIDE, { id: "x", sha: sha(EARLIER) })] }],
    [
      "is an incident of an earlier roll-out",
      EARLIER,
      {
        incidents: [anIncident("x", INSIDE * DAY, { resolvedAt: INSIDE * DAY + HOUR, deployment: `d${EARLIER}` })],
      },
    ],
    [
      "is an incident from before that is not over",
      EARLIER,
      {
        incidents: [anIncident("x", EARLIER * DAY + 3 * HOUR, { deployment: `d${EARLIER}` })],
      },
    ],
    ["is a workflow that is red since before", EARLIER - 1, { pipelines: [nightly(OLD), nightly(EARLIER, failed)] }],
    [
      "is a run that began before and failed",
      EARLIER - 1,
      {
        pipelines: [nightly(EARLIER, { ...failed, finishedAt: INSIDE * DAY }), nightly(INSIDE + 1)],
      },
    ],
    [
      "is a run that began before and was tried again",
      EARLIER - 1,
      {
        pipelines: [
          nightly(EARLIER, {
            attempt: 2,
            finishedAt: INSIDE * DAY,
            earlier: [{ number: 1, outcome: "failure", startedAt: EARLIER * DAY, finishedAt: EARLIER * DAY + HOUR }],
          }),
        ],
      },
    ],
  ])("lies earlier where something recent %s, on day %d", (_, day, more) => {
    expect(borderOf(plus(before, more))).toBe(day);
  });

  it.each<[string, More]>([
    ["takes back what is recent, too", { commits: [takesBack(INSIDE + 1, INSIDE)] }],
    ["took back something earlier before the border", { commits: [takesBack(EARLIER, OLD)] }],
    ["takes back what nobody knows", { commits: [commitOf(INSIDE, { reverts: [{ sha: "f".repeat(40) }] })] }],
    ["takes back the first of the recent ones", { commits: [takesBack(INSIDE, USUAL)] }],
    ["is an incident without a roll-out", { incidents: [anIncident("x", EARLIER * DAY, { deployment: "none" })] }],
    [
      "is an incident that began before the border and was over later",
      {
        incidents: [anIncident("x", EARLIER * DAY + 3 * HOUR, { resolvedAt: INSIDE * DAY, deployment: `d${EARLIER}` })],
      },
    ],
    [
      "is a workflow that was red before and is green again",
      {
        pipelines: [nightly(OLD), nightly(EARLIER, failed), nightly(EARLIER + 1)],
      },
    ],
    [
      "is a run that began before and succeeded at once",
      { pipelines: [nightly(EARLIER, { finishedAt: INSIDE * DAY })] },
    ],
    [
      "is a run that began before and is not over",
      {
        pipelines: [nightly(EARLIER, { outcome: "running", finishedAt: null })],
      },
    ],
  ])("stays where something %s", (_, more) => {
    expect(borderOf(plus(before, more))).toBe(USUAL);
  });

  it("goes back eight weeks at most, else it stays: then all of it must tell what is about the settled part", () => {
    expect(borderOf(plus(before, { commits: [takesBack(INSIDE, DAYS - 56)] }))).toBe(DAYS - 56);
    expect(borderOf(plus(before, { commits: [takesBack(INSIDE, DAYS - 57)] }))).toBe(USUAL);
  });

  it("is none where nothing was rolled out, or no commit that is known before the last two weeks", () => {
    const { deployments } = before;
    const only = (kept: History["deployments"]) => borderOf({ ...before, deployments: kept });

    expect(only([])).toBeNull();
    expect(only(deployments.slice(USUAL))).toBeNull();
    expect(only(deployments.slice(USUAL - 2))).toBe(USUAL);
    expect(only([deploymentOf(1, { sha: "e".repeat(40) }), ...deployments.slice(USUAL)])).toBeNull();
  });

  it("moves on with each day, and never back before what was settled already", () => {
    const tomorrow = plus(
      before,
      { commits: [next], changes: [changeOf(DAYS + 1)], deployments: [deploymentOf(DAYS + 1)] },
      next.id,
    );
    const recent = recentOf(tomorrow, settledOf(before), news(before, tomorrow));
    const asked = answers(questions(recent), study(before, service).facts);

    expect(recentFacts(recent, service, [], asked)?.settled).toMatchObject({
      cut: (USUAL + 1) * DAY + 2 * HOUR,
      head: next.id,
      open: settledOf(tomorrow).open,
      edge: settledOf(tomorrow).edge,
    });
  });
});
