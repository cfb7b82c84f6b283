import { describe, expect, it } from "vitest";
import { practices, readWeeks } from "#metrics/programme/practices/index.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import type { Reading } from "#metrics/programme/practices/practice.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import { aChangeFact, aCommitFact, aDeploymentFact, aRunFact } from "#test/support/builders.ts";
import type { Known } from "./reading.ts";
import { hour, known, read, said, week } from "./reading.ts";

const open = (id: string, ready: number, has = {}) =>
  aChangeFact({
    id,
    openedAt: hour(ready),
    readyAt: hour(ready),
    mergedAt: null,
    closedAt: null,
    isIntegrated: false,
    ...has,
  });
const step = (sha: string, at: number) => aCommitFact({ sha, committedAt: hour(at) });
const deployed = (id: string, at: number, has = {}) =>
  aDeploymentFact({ id, deployedAt: hour(at), previousDeployedAt: hour(-500), ...has });
const frozen = (facts: NonNullable<Known["facts"]>, declared: NonNullable<Known["declared"]> = {}) =>
  said(read("trunk-based", "no-freeze", { facts, declared }));

describe("a freeze", () => {
  it("is of days before which a change was ready, and no draft", () => {
    const commits = [step("a", 3 * 24)];

    expect(frozen({ commits, changes: [open("1", 0)] })).toBe("1 of 1");
    expect(frozen({ commits, changes: [open("1", -0.001)] })).toBe("0 of 1");
    expect(frozen({ commits, changes: [open("1", -5, { readyAt: null })] })).toBe("1 of 1");
  });

  it("may be at the end of a week, and is none where what waited was closed", () => {
    const commits = [step("a", 1), step("b", 25)];

    expect(frozen({ commits, changes: [open("1", 47)] })).toBe("0 of 1");
    expect(frozen({ commits, changes: [open("1", 47, { closedAt: hour(4 * 24) })] })).toBe("1 of 1");
    expect(frozen({ commits: [...commits, step("c", 4 * 24)], changes: [open("1", 47)] })).toBe("1 of 1");
  });

  it("names what waited", () => {
    const changes = [open("1", -3), open("2", -2), open("3", 30)];

    expect(read("trunk-based", "no-freeze", { facts: { changes } })).toMatchObject({
      rows: [
        { id: "1", isMet: false },
        { id: "2", isMet: false },
      ],
    });
  });

  it("that was declared is of the weeks in which it holds", () => {
    const facts = { changes: [open("1", 1)], commits: [step("a", 1), step("b", 50)] };
    const declared = (from: number, to: number) => frozen(facts, { freezes: [{ from, to }] });

    expect(declared(week.from - DAY, week.from)).toBe("1 of 1");
    expect(declared(week.from - DAY, week.from + 1)).toBe("0 of 1");
    expect(declared(week.to - 1, week.to + DAY)).toBe("0 of 1");
    expect(declared(week.to, week.to + DAY)).toBe("1 of 1");
  });
});

describe("a week without work", () => {
  const branches = (facts: NonNullable<Known["facts"]>) => said(read("trunk-based", "active-branches", { facts }));
  const hosted = open("later", 300);
  const closed = (from: number, to: number) => open("1", from, { closedAt: hour(to) });

  it("has nothing open at its beginning or end, nothing opened in it and nothing integrated", () => {
    expect(branches({ changes: [hosted] })).toBe("0 of 0");
    expect(branches({ changes: [hosted, closed(-5, 2)] })).toBe("1 of 1");
    expect(branches({ changes: [hosted, closed(3, 9)] })).toBe("1 of 1");
    expect(branches({ changes: [hosted, open("1", 100)] })).toBe("1 of 1");
    expect(branches({ changes: [hosted], commits: [step("a", 5)] })).toBe("1 of 1");
    expect(branches({ changes: [hosted], commits: [step("a", 7 * 24)] })).toBe("0 of 0");
  });
});

describe("recovery", () => {
  it("is asked for once something was deployed", () => {
    const proven = (at: number) =>
      said(
        read("recovery", "rollback-proven", { facts: { deployments: [deployed("a", at)] }, declared: { drills: [] } }),
      );

    expect(proven(7 * 24)).toBe("0 of 0");
    expect(proven(7 * 24 - 0.001)).toBe("0 of 1");
  });

  it("says of a drill that it was declared, and of none nothing", () => {
    const noteOf = (drills: readonly number[]) =>
      read("recovery", "rollback-proven", { facts: { deployments: [deployed("a", 1)] }, declared: { drills } });

    expect(noteOf([hour(-10)])).toMatchObject({ met: 1, note: "A drill is declared." });
    expect(noteOf([])).toMatchObject({ met: 0, note: null });
  });

  it("is not what was over before it began", () => {
    const failed = (back: number) => deployed("a", 5, { failedBy: ["incident"], recoveredAt: hour(back) });
    const recovered = (back: number) =>
      said(read("recovery", "recovery-time", { facts: { deployments: [failed(back)] } }));

    expect(recovered(5)).toBe("1 of 1");
    expect(recovered(4)).toBe("0 of 1");
    expect(recovered(29)).toBe("0 of 1");
  });
});

describe("release on demand", () => {
  const merged = (id: string, at: number, has = {}) =>
    aChangeFact({ id, openedAt: hour(at - 1), mergedAt: hour(at), closedAt: hour(at), mergeCommit: id, ...has });
  const run = (sha: string, at: number, has = {}) =>
    aRunFact({ id: sha, sha, begunAt: hour(at - 1), finishedAt: hour(at), ...has });
  const toProduction = (facts: NonNullable<Known["facts"]>) =>
    read("release-on-demand", "green-to-production", { facts: { deployments: [deployed("a", -200)], ...facts } });

  it("takes less than a day, and a green run before the merge or after the deployment says nothing", () => {
    const changes = [merged("1", 10, { deployedAt: hour(34) }), merged("2", 10, { deployedAt: hour(33.9) })];
    const early = toProduction({ changes: [merged("1", 10, { deployedAt: hour(33.9) })], pipelines: [run("1", 9)] });
    const late = toProduction({ changes: [merged("1", 10, { deployedAt: hour(34) })], pipelines: [run("1", 34.5)] });
    const there = toProduction({ changes: [merged("1", 10, { deployedAt: hour(34) })], pipelines: [run("1", 34)] });

    expect(said(toProduction({ changes }))).toBe("1 of 2");
    expect([early, late, there].map(said)).toEqual(["1 of 1", "0 of 1", "1 of 1"]);
  });

  it("waits for a pipeline that is green long after the merge", () => {
    const changes = [merged("1", -24 * 20, { deployedAt: hour(3) })];

    expect(said(toProduction({ changes, pipelines: [run("1", 2)] }))).toBe("1 of 1");
    expect(said(toProduction({ changes, pipelines: [run("1", 2, { outcome: "failure" })] }))).toBe("0 of 0");
  });

  it("is not asked for of changes whose deployments nobody recorded yet, nor before the first one", () => {
    expect(said(toProduction({ changes: [merged("1", 10, { deployedAt: hour(11), isBeforeRecord: true })] }))).toBe(
      "0 of 0",
    );
    expect(said(read("release-on-demand", "deploys-often", { facts: { deployments: [deployed("a", 7 * 24)] } }))).toBe(
      "0 of 0",
    );
    expect(said(read("release-on-demand", "deploys-often", { facts: { deployments: [deployed("a", 0)] } }))).toBe(
      "1 of 1",
    );
    expect(said(read("release-on-demand", "deploys-often", { facts: { deployments: [deployed("a", -0.001)] } }))).toBe(
      "0 of 1",
    );
  });
});

/** Each part with what it says beside its number, or why there is none. */
function notes(from: Known): readonly string[] {
  return practices.flatMap((practice) =>
    readWeeks(practice, known(from), [week], LIMITS.cloud).map(
      ({ part, readings: [reading] }) => `${practice.id}, ${part.id}: ${noteOf(reading)}`,
    ),
  );
}

function noteOf(reading: Reading | undefined): string | null {
  return reading?.kind === "measured" ? `${said(reading)}, ${reading.note}` : `– ${reading?.reason}`;
}

describe("what is said beside a number", () => {
  const change = aChangeFact({
    id: "1",
    openedAt: hour(1),
    readyAt: hour(1),
    firstReviewAt: hour(2),
    mergedAt: hour(3),
    closedAt: hour(3),
  });
  const facts = { changes: [change], commits: [step("a", 3)] };

  it("is what is missing where nobody told anything", () => {
    expect(notes({})).toMatchInlineSnapshot(`
      [
        "trunk-based, branch-lifetime: – Connect the repository's host: plain git does not tell when the branch of a squashed change began.",
        "trunk-based, active-branches: – Connect the repository's host: plain git does not tell which branches are worked on.",
        "trunk-based, daily-integration: 0 of 0, null",
        "trunk-based, no-freeze: – Connect the repository's host: plain git does not tell what waited while nothing was integrated.",
        "continuous-integration, checked-before-merge: – Connect the repository's host: plain git does not tell which commit of a change was checked.",
        "continuous-integration, red-to-green: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "continuous-integration, checked-trunk: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "fast-feedback, pipeline-time: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "fast-feedback, flaky-runs: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "small-batches, change-size: – Connect the repository's host: plain git does not tell how many lines a change has.",
        "small-batches, deployment-batch: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "review, first-review: – Connect the repository's host: plain git does not tell who reviewed what.",
        "review, late-review: – Connect the repository's host: plain git does not tell who reviewed what.",
        "review, reviewed: – Connect the repository's host: plain git does not tell who reviewed what.",
        "work-in-progress, changes-per-author: – Connect the repository's host: plain git does not tell which changes are open.",
        "work-in-progress, old-changes: – Connect the repository's host: plain git does not tell which changes are open.",
        "deployment-automation, by-pipeline: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "deployment-automation, approval-wait: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "release-on-demand, green-to-production: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "release-on-demand, deploys-often: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "release-on-demand, no-timetable: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "recovery, recovery-time: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "recovery, rollback-proven: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "security, scanned-merges: – Connect the repository's host: plain git does not tell which changes were scanned.",
        "security, alert-age: – No alert of a scanner is known here: nobody knows whether there was none or nobody looked.",
        "security, dependency-age: – Connect the repository's host: plain git does not tell when a change was opened.",
        "infrastructure-as-code, reviewed-infrastructure: – Connect the repository's host: plain git does not tell who reviewed what.",
        "ownership, code-owners: – The files of the repository were not listed, or not all of them, so nobody knows whether there is a CODEOWNERS file: the next sync lists them where its host lets it.",
      ]
    `);
  });

  it("is in what the number differs from the condition", () => {
    const deployments = [deployed("a", -200), deployed("b", 4, { changes: 1, isTrain: false })];
    const pipelines = [aRunFact({ sha: "a", begunAt: hour(1), finishedAt: hour(1) + HOUR / 10 })];

    expect(notes({ facts })).toMatchInlineSnapshot(`
      [
        "trunk-based, branch-lifetime: 0 of 1, Without what bots do.",
        "trunk-based, active-branches: 1 of 1, A branch is seen once a change is opened for it, and those of bots are left out: the branches before that are not collected.",
        "trunk-based, daily-integration: 0 of 1, null",
        "trunk-based, no-freeze: 1 of 1, null",
        "continuous-integration, checked-before-merge: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "continuous-integration, red-to-green: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "continuous-integration, checked-trunk: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "fast-feedback, pipeline-time: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "fast-feedback, flaky-runs: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "small-batches, change-size: 0 of 0, 1 unknown, Generated files are in it, since hosts tell the lines of a change as a whole: without them it can only be smaller. Without the changes of bots.",
        "small-batches, deployment-batch: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "review, first-review: 1 of 1, Nobody said when work is done here, so elapsed hours are taken, which can only be more than working hours.",
        "review, late-review: 1 of 1, Nobody said when work is done here: within 24 elapsed hours.",
        "review, reviewed: 1 of 1, A direct push is integrated without a review.",
        "work-in-progress, changes-per-author: 0 of 0, calm, null",
        "work-in-progress, old-changes: 0 of 0, calm, Against the 26 weeks before; without the changes of bots.",
        "deployment-automation, by-pipeline: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "deployment-automation, approval-wait: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "release-on-demand, green-to-production: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "release-on-demand, deploys-often: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "release-on-demand, no-timetable: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "recovery, recovery-time: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "recovery, rollback-proven: – No deployment to production is known here: say by a rule what one is, or push deployments.",
        "security, scanned-merges: – No run of a pipeline is known here: connect the host of the pipelines, or push their runs.",
        "security, alert-age: – No alert of a scanner is known here: nobody knows whether there was none or nobody looked.",
        "security, dependency-age: 0 of 0, Of those that were merged: one that is closed because a newer one came is not in it.",
        "infrastructure-as-code, reviewed-infrastructure: – Which files a change touches is not in the facts, and it is read from the host only where a service is a part of its repository: nobody told it here.",
        "ownership, code-owners: – The files of the repository were not listed, or not all of them, so nobody knows whether there is a CODEOWNERS file: the next sync lists them where its host lets it.",
      ]
    `);
    expect(notes({ facts: { ...facts, deployments, pipelines } }).filter((one) => !notes({ facts }).includes(one)))
      .toMatchInlineSnapshot(`
      [
        "continuous-integration, checked-before-merge: – Facts of changes do not name the last commit of a change: it is in the events, from which nobody told it here.",
        "continuous-integration, red-to-green: 0 of 0, calm, null",
        "continuous-integration, checked-trunk: 1 of 1, null",
        "fast-feedback, pipeline-time: 1 of 1, All workflows together, on any branch; of a run that was tried again its last attempt.",
        "fast-feedback, flaky-runs: 1 of 1, By runs, since hosts do not tell of single tests.",
        "small-batches, deployment-batch: 1 of 1, null",
        "deployment-automation, by-pipeline: – Releases and pushes do not say what made them, nor do records of deployments that were read before that was collected. New records say it, and so does a rule that counts jobs or runs of pipelines as deployments.",
        "deployment-automation, approval-wait: – No pause within a run is known: the jobs of a run are read only where a rule counts jobs as deployments.",
        "release-on-demand, green-to-production: 0 of 1, From the merge where no run on its merge commit was green before its deployment, which can only be longer. A change counts when it is there, or when its time is over.",
        "release-on-demand, deploys-often: 1 of 1, null",
        "release-on-demand, no-timetable: 1 of 1, A timetable is told by the four deployments before; before these nobody knows.",
        "recovery, recovery-time: 0 of 0, calm, null",
        "recovery, rollback-proven: – Nothing was rolled back, and hosts do not tell of drills: declare on which days it was tried to take a deployment back.",
        "security, scanned-merges: – No workflow has a name that says it scans (CodeQL, Trivy, SAST, …): scans that are a job of another workflow are not collected.",
      ]
    `);
  });
});
