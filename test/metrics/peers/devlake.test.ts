/**
 * The tables of Apache DevLake's DORA tests (change lead time, previous successful deployment, incident to deployment; figures only).
 * It calculates in minutes, rounded up. Its comments are reviews here, as those of GitLab are.
 */
import { describe, expect, it } from "vitest";
import type { Change, Deployment, Incident } from "#metrics/events.ts";
import type { ChangeFact, ServiceFacts } from "#metrics/facts.ts";
import { quality } from "#metrics/quality.ts";
import type { Instant } from "#metrics/time.ts";
import { MINUTE } from "#metrics/time.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aHosted,
  aLine,
  anIncident,
  aReview,
  factsBy,
  factsOf,
  qualityFacts,
  utc,
} from "#test/support/builders.ts";

const april = (text: string) => utc(`2023-04-${text}`);

/** Merged with its own number, by an author called a; reviewed by others at these instants. */
function pullRequest(
  number: number,
  openedAt: Instant,
  mergedAt: Instant | null,
  commits: readonly Instant[],
  reviewedAt: readonly Instant[] = [],
): Change {
  return aChange(number, {
    author: "a",
    openedAt,
    mergedAt,
    mergeCommit: mergedAt === null ? null : `merge${number}`,
    commits: commits.map((authoredAt, index) => ({ sha: `${number}.${index}`, authoredAt })),
    reviews: reviewedAt.map((at) => aReview(at)),
  });
}

const own = { author: "a", byChangeAuthor: true };

const pr1 = pullRequest(1, april("11T04:51:47"), april("11T05:51:47"), [
  april("10T04:51:47"),
  april("11T04:51:47"),
  april("12T04:51:47"),
]);

const changes = [
  {
    ...pullRequest(0, utc("2022-01-11T04:51:47"), utc("2022-02-10T04:51:47"), [utc("2022-01-10T04:51:47")]),
    reviews: [aReview(utc("2022-01-11T08:51:47"), own)],
  },
  {
    ...pr1,
    reviews: [aReview(april("11T04:53:47"), own), aReview(april("11T04:56:47")), aReview(april("11T04:59:47"))],
  },
  pullRequest(
    2,
    april("12T04:51:47"),
    april("12T05:51:47"),
    [april("13T04:51:47"), april("14T04:51:47"), april("15T04:51:47")],
    [april("12T04:51:49"), april("12T05:51:47"), april("12T08:51:47")],
  ),
  pullRequest(
    3,
    april("11T06:53:51"),
    april("14T06:53:51"),
    [april("09T04:51:47"), april("08T04:51:47"), april("07T04:51:47")],
    [april("10T06:53:51"), april("12T06:53:51"), april("12T06:53:51")],
  ),
  pullRequest(
    4,
    april("13T07:55:01"),
    april("13T08:55:01"),
    [april("06T04:51:47"), april("05T04:51:47")],
    [april("14T08:55:01"), april("14T08:55:01")],
  ),
  pullRequest(5, april("13T07:55:01"), april("13T08:55:01"), [april("04T04:51:47")], [utc("2022-09-07T23:07:13")]),
  pullRequest(6, april("13T07:55:01"), null, []),
];

const day = april("13");

/** What each deployment was the first to bring: its own commit upon the merges, one line per place. */
const commits = [
  ...aLine(
    aCommit("merge0", { authoredAt: utc("2022-02-10T04:51:47") }),
    aCommit("commit1", { authoredAt: april("10") }),
  ),
  ...aLine(
    aCommit("commit2", { authoredAt: april("10") }),
    aCommit("merge3", { authoredAt: day }),
    aCommit("commit6", { authoredAt: day }),
  ),
  ...aLine(
    aCommit("commit7", { authoredAt: day }),
    aCommit("merge4", { authoredAt: day }),
    aCommit("commit8", { authoredAt: day }),
  ),
  ...aLine(aCommit("merge5", { authoredAt: day }), aCommit("commit11", { authoredAt: day })),
  aCommit("merge1", { authoredAt: april("11T05:51:47"), parents: ["commit1"] }),
  aCommit("merge2", { authoredAt: april("12T05:51:47"), parents: ["merge1"] }),
  aCommit("commit5", { authoredAt: day, parents: ["merge2"] }),
];

const rollout = (id: number, at: Instant, has: Partial<Deployment> = {}) =>
  aDeployment(String(id), `commit${id}`, at, { createdAt: at - MINUTE, ...has });

const deployments = [
  rollout(1, april("10T06:52:47")),
  rollout(2, april("10T06:54:51")),
  rollout(5, april("13T07:29:14")),
  rollout(6, april("13T07:30:34")),
  rollout(7, april("13T07:32:53"), { environment: "staging" }),
  rollout(8, april("13T07:37:30"), { environment: "staging" }),
  rollout(11, 0, { createdAt: april("13T07:54:39"), statuses: [{ outcome: "failure", at: april("13T07:55:39") }] }),
];

const history = aHosted(commits, { changes, deployments });
const facts = factsOf(history);

/** Hours as they print them: minutes, rounded up. */
const minutes = (hours: number | null) => (hours === null ? null : Math.ceil(Math.round(hours * 3600) / 60));

function stagesOf({ codingHours, pickupHours, reviewHours, deployHours, leadTimeHours, deploymentId }: ChangeFact) {
  return [...[codingHours, pickupHours, reviewHours, deployHours, leadTimeHours].map(minutes), deploymentId];
}

const change = (number: number, { changes: all }: ServiceFacts = facts) => all.filter((one) => one.number === number);
const stages = (number: number) => change(number).map(stagesOf);

describe("DevLake's change lead times", () => {
  it("pr1: are ours, coding to deployment, where nothing is odd; what the author says to their own change is no review", () => {
    expect(stages(1)).toEqual([[1440, 5, 55, 2978, 4478, "5"]]);
  });

  it("pr0: leave a change without the first deployment, as ours do with one merged a year before it", () => {
    expect(change(0)).toMatchObject([{ codingHours: 24, pickupHours: null, deploymentId: null, isBeforeRecord: true }]);
  });

  it("pr0: never match a first deployment; ours is better: one that is complete from its first day on can say so", () => {
    expect(change(0, factsBy({ backfillDays: 0 }, history))).toMatchObject([{ deploymentId: "1" }]);
  });

  it("pr0: call 31 days to the merge the cycle of what was not deployed; ours is better: it has no lead time yet", () => {
    expect(stages(0)).toEqual([[1440, null, null, null, null, null]]);
  });

  it("pr2: round 2 s up to a minute; ours is better: durations are rounded when they are shown, not before they are added", () => {
    expect(change(2)).toMatchObject([{ pickupHours: 2 / 3600, reviewHours: 3598 / 3600, deploymentId: "5" }]);
  });

  it("pr2: have no coding where the first commit is dated after the opening, as ours", () => {
    expect(change(2)).toMatchObject([{ codingHours: null }]);
  });

  it("pr2: begin at the opening where the first commit is dated after it (1598 min); theirs is better: ours believes the date, and counts the span", () => {
    const merged = change(2);
    const found = quality(qualityFacts({ merged }), { from: april("01"), to: april("30") });

    expect(merged.map(({ leadTimeHours }) => minutes(leadTimeHours))).toEqual([158]);
    expect(found.filter(({ id }) => id === "negative-spans")).toMatchObject([{ value: 1 }]);
  });

  it("pr3: have no pickup where somebody reviewed before the opening, and no deploy time before the merge, as ours", () => {
    expect(change(3)).toMatchObject([{ pickupHours: null, reviewHours: 96, deployHours: null, deploymentId: "6" }]);
    expect(change(3).map(({ codingHours }) => minutes(codingHours))).toEqual([5883]);
  });

  it("pr3: end at the merge, which came after the deployment (10203 min); ours is better: DORA's clock ends in production", () => {
    expect(change(3).map(({ leadTimeHours }) => minutes(leadTimeHours))).toEqual([8799]);
  });

  it("pr4: are none for a change that only staging has, as ours", () => {
    expect(change(4)).toMatchObject([{ deployedAt: null, leadTimeHours: null }]);
    expect(change(4).map(({ codingHours }) => minutes(codingHours))).toEqual([11704]);
  });

  it("pr4: take a comment a day after the merge for the pickup (1500 min); ours is better: nobody reviewed it", () => {
    expect(change(4)).toMatchObject([{ firstReviewAt: null, pickupHours: null, reviewHours: null }]);
  });

  it("pr5: are none for a change whose deployment failed, as ours", () => {
    expect(stages(5)).toEqual([[13144, null, 313_068, null, null, null]]);
  });

  it("pr6: are none for a change that is open, as ours", () => {
    expect(stages(6)).toEqual([[null, null, null, null, null, null]]);
  });
});

/** Finished at ten to seven on a day of September 2022. */
const september = (date: number) => utc(`2022-09-${date}T06:51:47`);
const made = (id: number, date: number, has: Partial<Deployment> = {}) =>
  aDeployment(String(id), `${id}`, september(date), { createdAt: utc("2022-09-10T06:50") + id * MINUTE, ...has });
const failedAt = (date: number) => ({ statuses: [{ outcome: "failure" as const, at: september(date) }] });

/** Each repository of each of their scopes is a service of ours. */
const services = {
  "cicd1 REPO111": [
    made(1, 11),
    made(5, 16),
    made(7, 18, { environment: "staging" }),
    made(8, 19, { environment: "staging" }),
    made(9, 20),
  ],
  "cicd1 REPO222": [made(2, 12), made(6, 17), made(10, 21)],
  "cicd2 REPO111": [made(3, 14), made(11, 22, failedAt(22)), made(13, 24)],
  "cicd2 REPO333": [made(4, 15), made(12, 23)],
  "cicd3 REPO111": [made(14, 20, failedAt(20)), made(15, 14)],
  "cicd3 REPO333": [made(16, 15, { environment: "" })],
};

/** By id: the id of the deployment before it. */
function previous(deployments: readonly Deployment[]) {
  const known = factsOf(aHosted([], { deployments })).deployments;
  const ids = new Map(known.map(({ deployedAt, id }) => [deployedAt, Number(id)]));
  return Object.fromEntries(
    known.map(({ id, previousDeployedAt: at }) => [id, at === null ? null : (ids.get(at) ?? null)]),
  );
}

describe("DevLake's previous successful deployments", () => {
  it.each([
    ["cicd1 REPO222", { 2: null, 6: 2, 10: 6 }],
    ["cicd2 REPO111", { 3: null, 11: null, 13: 3 }],
    ["cicd2 REPO333", { 4: null, 12: 4 }],
    ["cicd3 REPO111", { 14: null, 15: null }],
    ["cicd3 REPO333", { 16: null }],
  ] as const)("of %s are ours: failed ones, and those to no environment, are passed over", (name, expected) => {
    expect(previous(services[name])).toEqual(expected);
  });

  it("of cicd1 REPO111 are ours in production; they have 7 before 8 on staging, where we measure nothing", () => {
    expect(previous(services["cicd1 REPO111"])).toEqual({ 1: null, 5: 1, 9: 5, 7: null, 8: null });
  });
});

const incident = (number: string, at: Instant, resolvedAt: Instant): Incident => anIncident(number, at, { resolvedAt });

/** All deployments of their project, which two scopes share, and the incidents of its repositories and board. */
const project = factsOf(
  aHosted([], {
    deployments: [
      ...services["cicd1 REPO111"],
      ...services["cicd1 REPO222"],
      ...services["cicd2 REPO111"],
      ...services["cicd2 REPO333"],
    ],
    incidents: [
      incident("1367714738", utc("2022-11-13T23:37:21"), utc("2022-11-15T22:37:21")),
      incident("1370816458", utc("2022-11-13T01:07:21"), utc("2022-11-14T00:07:21")),
      incident("1371320153", utc("2022-11-02T08:21:09"), utc("2022-11-04T07:21:09")),
      incident("1372381019", utc("2022-11-28T01:46:47"), utc("2022-11-29T00:46:47")),
      incident("1372644519", utc("2022-11-16T21:34:01"), utc("2022-11-19T20:34:01")),
      incident("1373792478", utc("2022-09-15T01:56:16"), utc("2022-09-15T02:13:18")),
    ],
  }),
);
const linked = (id: string) =>
  project.incidents.filter((one) => one.id === id).map(({ linkedBy, deploymentId }) => [linkedBy, deploymentId]);

describe("DevLake's deployments of incidents", () => {
  it("1373792478: is the last one before it, 19 h earlier, as ours", () => {
    expect(linked("1373792478")).toEqual([["service-window", "3"]]);
  });

  it.each(["1367714738", "1370816458", "1371320153", "1372381019", "1372644519"])(
    "%s: blame the last deployment, five to nine weeks old; ours is better: without a reference nothing older than 72 h is",
    (id) => {
      expect(linked(id)).toEqual([["none", null]]);
    },
  );

  it("1373792477: is none of another project's, as ours: another repository is another service", () => {
    const incidents = [incident("1373792477", utc("2022-09-15T01:56:06"), utc("2022-09-15T02:13:18"))];

    expect(factsOf(aHosted([], { incidents })).incidents).toMatchObject([{ linkedBy: "none" }]);
  });
});
