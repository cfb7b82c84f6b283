import { describe, expect, it } from "vitest";
import { firstDeploymentTime } from "#metrics/context/first-deployment-time.ts";
import type { History } from "#metrics/history.ts";
import { elapsed } from "#metrics/lens.ts";
import { DAY } from "#metrics/time.ts";
import { aCommit, aDeployment, aHosted, aLine, aRelease, aRepository, factsOf } from "#test/support/builders.ts";

const commits = aLine(
  aCommit("a", { authoredAt: 3 * DAY, committedAt: 4 * DAY }),
  aCommit("b", { authoredAt: 2 * DAY, committedAt: 5 * DAY }),
  aCommit("c", { authoredAt: 1 * DAY, committedAt: 20 * DAY }),
);
const deployments = [aDeployment("1", "b", 12 * DAY), aDeployment("2", "c", 22 * DAY)];

const observed = (history: History) =>
  factsOf(history).deployments.map((fact) => firstDeploymentTime.observe(fact, elapsed(100 * DAY)));

describe("the time to a service's first deployment", () => {
  it("is from the smallest author date of what it carried, and of the first deployment only", () => {
    expect(observed(aHosted(commits, { deployments }))).toEqual([{ at: 12 * DAY, value: 240 }, null]);
  });

  it("is unknown where the record of deployments begins later than the repository", () => {
    const old = aLine(aCommit("root", { authoredAt: -200 * DAY }), ...commits);

    expect(observed(aHosted(old, { deployments }))).toEqual([{ at: 12 * DAY, value: null }, null]);
  });

  it("is known at any age where tags are the record, which is complete", () => {
    const old = aLine(aCommit("root", { authoredAt: -200 * DAY }), ...commits);
    const releases = [aRelease("v1.0.0", { sha: "b", publishedAt: 12 * DAY })];

    expect(observed(aHosted(old, { releases }))).toEqual([{ at: 12 * DAY, value: 212 * 24 }]);
  });

  it("is unknown where the history is cut off, or the deployment has no known commit", () => {
    const shallow = aHosted(commits, { deployments, repository: aRepository({ head: "c", truncated: true }) });
    const lost = [aDeployment("1", "lost", 12 * DAY)];

    expect(observed(shallow)).toEqual([{ at: 12 * DAY, value: null }, null]);
    expect(observed(aHosted(commits, { deployments: lost }))).toEqual([{ at: 12 * DAY, value: null }]);
  });

  it("is nothing of a service that was never deployed", () => {
    expect(observed(aHosted(commits))).toEqual([]);
  });
});
