import { describe, expect, it } from "vitest";
import type { Deployment } from "#metrics/events.ts";
import type { DeploymentFact, ServiceFacts } from "#metrics/facts.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aHosted,
  aLine,
  aRelease,
  factsBy,
  factsOf,
  statuses,
} from "#test/support/builders.ts";

const line = aLine(
  aCommit("a", { authoredAt: HOUR }),
  aCommit("b", { authoredAt: 2 * HOUR }),
  aCommit("c", { authoredAt: 3 * HOUR }),
);

const deployed = (...deployments: readonly Deployment[]): ServiceFacts => factsOf(aHosted(line, { deployments }));
const counted = ({ deployments }: ServiceFacts) =>
  deployments.filter(({ tier, deployedAt }) => tier === "production" && deployedAt !== null);
const told = (facts: readonly DeploymentFact[]) => facts.map(({ id, tier, status }) => [id, tier, status]);

describe("a deployment of a host", () => {
  it("counts at its first success, and a later end of its life undoes nothing", () => {
    const facts = deployed(
      aDeployment("1", "a", 0, {
        createdAt: 5 * HOUR,
        statuses: [
          ...statuses(6 * HOUR, "waiting", "running", "success", "success"),
          { outcome: "cancelled", at: 90 * HOUR },
        ],
      }),
    );

    expect(facts.deployments).toMatchObject([
      { id: "1", status: "success", createdAt: 5 * HOUR, deployedAt: 8 * HOUR, tier: "production" },
    ]);
  });

  it("counts whatever the order in which its statuses are told", () => {
    const said = statuses(6 * HOUR, "running", "failure", "success", "failure");

    const facts = deployed(aDeployment("1", "a", 0, { statuses: said.toReversed() }));

    expect(counted(facts).map(({ deployedAt }) => deployedAt)).toEqual([8 * HOUR]);
  });

  it.each<[string, Deployment["statuses"], DeploymentFact["status"]]>([
    ["failed", statuses(0, "waiting", "running", "failure"), "failure"],
    ["was cancelled", statuses(0, "running", "cancelled"), "inactive"],
    ["was skipped", statuses(0, "skipped"), "inactive"],
    ["runs", statuses(0, "waiting", "running"), "running"],
    ["waits for an approval", statuses(0, "waiting"), "running"],
    ["has said nothing yet", [], "running"],
    [
      "failed in the second in which it began, told first",
      [
        { outcome: "failure", at: 5 },
        { outcome: "running", at: 5 },
      ],
      "failure",
    ],
    [
      "failed in the second in which it began, told last",
      [
        { outcome: "running", at: 5 },
        { outcome: "failure", at: 5 },
      ],
      "failure",
    ],
  ])("is an attempt that carries nothing while it %s", (_, said, status) => {
    const facts = deployed(aDeployment("1", "c", 0, { statuses: said }), aDeployment("2", "a", 9 * HOUR));

    expect(told(facts.deployments)).toEqual([
      ["2", "production", "success"],
      ["1", "production", status],
    ]);
    expect(facts.deployments[1]).toMatchObject({ deployedAt: null, commits: 0, failedBy: [], isCommitKnown: true });
    expect(facts.commits.map(({ deploymentId }) => deploymentId)).toEqual(["2", null, null]);
  });

  it("counts in production and nowhere else", () => {
    const facts = deployed(
      aDeployment("1", "c", 5 * HOUR, { environment: "staging" }),
      aDeployment("2", "b", 6 * HOUR, { environment: "preprod" }),
      aDeployment("3", "a", 9 * HOUR),
    );

    expect(told(facts.deployments)).toEqual([
      ["3", "production", "success"],
      ["1", "other", "success"],
      ["2", "other", "success"],
    ]);
    expect(facts.commits.map(({ deploymentId }) => deploymentId)).toEqual(["3", null, null]);
  });

  it("counts where the configuration says so, alone", () => {
    const deployments = [
      aDeployment("1", "a", 5 * HOUR, { environment: "edge" }),
      aDeployment("2", "b", 6 * HOUR, { environment: "production" }),
      aDeployment("3", "c", 7 * HOUR, { environment: "gprd", tier: "production" }),
    ];

    expect(counted(factsBy({ production: "^edge$" }, aHosted(line, { deployments }))).map(({ id }) => id)).toEqual([
      "1",
    ]);
    expect(counted(factsOf(aHosted(line, { deployments }))).map(({ id }) => id)).toEqual(["2", "3"]);
  });

  it("has its place by time and then by id, as a number where it is one", () => {
    const at = 9 * HOUR;
    const [two, ...rest] = [aDeployment("2", "a", at), ...["10", "9", "b", "1a"].map((id) => aDeployment(id, "c", at))];

    for (const order of [
      [two, ...rest],
      [...rest, two],
      [...rest.toReversed(), two],
    ]) {
      const facts = deployed(...order);
      expect(facts.deployments.map(({ id }) => id)).toEqual(["2", "9", "10", "1a", "b"]);
      expect(facts.deployments.map(({ commits }) => commits)).toEqual([1, 2, 0, 0, 0]);
    }
  });

  it("of the same commit again counts, carries nothing and is no rollback", () => {
    const facts = deployed(aDeployment("1", "b", 5 * HOUR), aDeployment("2", "b", 9 * HOUR));

    expect(facts.deployments).toMatchObject([
      { id: "1", commits: 2, failedBy: [] },
      { id: "2", commits: 0, isRollback: false, isRework: false, failedBy: [], previousDeployedAt: 5 * HOUR },
    ]);
  });

  it("of a commit that is not in the history carries nobody knows what, and says so", () => {
    const facts = deployed(
      aDeployment("1", "gone", 5 * HOUR),
      aDeployment("2", null, 6 * HOUR),
      aDeployment("3", "b", 9 * HOUR),
    );

    expect(facts.deployments.map(({ id, commits, isCommitKnown }) => [id, commits, isCommitKnown])).toEqual([
      ["1", null, false],
      ["2", null, false],
      ["3", 2, true],
    ]);
  });

  it("needs no run that made it, and one that made it is not another deployment", () => {
    const [b] = [aDeployment("1", "b", 9 * HOUR, { url: null })];
    const pipelines = [
      {
        ...b,
        kind: "pipeline" as const,
        id: "77",
        name: "Deploy to production",
        sha: "b",
        branch: "main",
        outcome: "success" as const,
        attempt: 1,
        earlier: [],
        createdAt: 8 * HOUR,
        startedAt: 8 * HOUR,
        finishedAt: 9 * HOUR,
        jobs: [],
      },
    ];

    const facts = factsOf(aHosted(line, { deployments: [b], pipelines }));

    expect(told(facts.deployments)).toEqual([["1", "production", "success"]]);
  });
});

describe("several production environments", () => {
  const facts = factsOf(
    aHosted(line, {
      deployments: [
        aDeployment("eu-1", "b", 5 * HOUR, { environment: "prod-eu" }),
        aDeployment("us-1", "b", 7 * HOUR, { environment: "prod-us" }),
        aDeployment("eu-2", "c", 9 * HOUR, { environment: "prod-eu" }),
      ],
      changes: [aChange(1, { mergedAt: 3 * HOUR, mergeCommit: "b", commits: [{ sha: "b", authoredAt: HOUR }] })],
    }),
  );

  it("give a commit and a change one lead time, of the earliest", () => {
    expect(facts.commits.map(({ deploymentId, leadTimeHours }) => [deploymentId, leadTimeHours])).toEqual([
      ["eu-1", 4],
      ["eu-1", 3],
      ["eu-2", 6],
    ]);
    expect(facts.changes).toMatchObject([{ deploymentId: "eu-1", leadTimeHours: 4 }]);
  });

  it("each have their deployments counted", () => {
    expect(facts.deployments.map(({ id, commits, changes }) => [id, commits, changes])).toEqual([
      ["eu-1", 2, 1],
      ["us-1", 0, 0],
      ["eu-2", 1, 0],
    ]);
  });
});

describe("the source of deployments", () => {
  const tags = [
    aRelease("v1.0.0", { sha: "a", publishedAt: 4 * HOUR }),
    aRelease("v1.1.0", { sha: "b", publishedAt: 5 * HOUR }),
  ];
  const published = aRelease("v1.1.0", { id: "501", sha: "b", publishedAt: 6 * HOUR, prerelease: false });
  const routes = (facts: ServiceFacts) => counted(facts).map(({ id, route, deployedAt }) => [id, route, deployedAt]);

  it("is the host's deployments as soon as one reached production", () => {
    const history = aHosted(line, { releases: [...tags, published], deployments: [aDeployment("1", "c", 9 * HOUR)] });

    expect(routes(factsOf(history))).toEqual([["1", "deployment", 9 * HOUR]]);
  });

  it.each<[string, Deployment]>([
    ["never succeeded", aDeployment("1", "c", 9 * HOUR, { statuses: statuses(8 * HOUR, "running", "failure") })],
    ["went elsewhere", aDeployment("1", "c", 9 * HOUR, { environment: "staging" })],
  ])("is published releases where deployments %s", (_, deployment) => {
    const history = aHosted(line, { releases: [...tags, published], deployments: [deployment] });

    expect(routes(factsOf(history))).toEqual([["501", "release", 6 * HOUR]]);
  });

  it("is tags where nothing was published that counts", () => {
    const unpublished = [
      aRelease("v1.1.0", { id: "501", sha: "b", publishedAt: null, draft: true, prerelease: false }),
      aRelease("v1.2.0-rc.1", { id: "502", sha: "c", publishedAt: 9 * HOUR, prerelease: true }),
    ];

    expect(routes(factsOf(aHosted(line, { releases: [...tags, ...unpublished] })))).toEqual([
      ["v1.0.0", "tag", 4 * HOUR],
      ["v1.1.0", "tag", 5 * HOUR],
    ]);
  });

  it("never counts a release and its tag, also where prereleases count and only such were published", () => {
    const releases = [
      aRelease("v2.0.0-rc.1", { sha: "b", publishedAt: 5 * HOUR }),
      aRelease("v2.0.0-rc.1", { id: "502", sha: "b", publishedAt: 6 * HOUR, prerelease: true }),
    ];

    expect(routes(factsOf(aHosted(line, { releases }), { tags: "prerelease" }))).toEqual([
      ["502", "release", 6 * HOUR],
    ]);
  });

  it("is tags where releases were published of something else only", () => {
    const other = aRelease("docs@1.0.0", { id: "503", sha: "a", publishedAt: DAY, prerelease: false });
    const own = aRelease("shop@1.0.0", { sha: "b", publishedAt: 2 * DAY });

    expect(routes(factsOf(aHosted(line, { releases: [other, own] }), { tags: "^shop@" }))).toEqual([
      ["shop@1.0.0", "tag", 2 * DAY],
    ]);
  });

  it("leaves out the attempts of a host where releases stand in", () => {
    const attempt = aDeployment("1", "c", 0, { statuses: statuses(0, "failure") });

    expect(factsOf(aHosted(line, { releases: tags, deployments: [attempt] })).deployments.map(({ id }) => id)).toEqual([
      "v1.0.0",
      "v1.1.0",
    ]);
  });
});
