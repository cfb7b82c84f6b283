/**
 * Cases of Pelorus' own tests (dora-metrics/pelorus at f0010df, `_test/prometheus/test.yaml`; figures only). It joins a deployment to
 * the commit with exactly its sha, a failure to an application by name, and shows means, and means of means for groups.
 */
import { describe, expect, it } from "vitest";
import type { Commit, Deployment, Incident } from "#metrics/events.ts";
import type { ServiceFacts } from "#metrics/facts.ts";
import { HOUR, SECOND } from "#metrics/time.ts";
import { aCommit, aDeployment, aHosted, aLine, anIncident, factsOf } from "#test/support/builders.ts";
import { answer } from "./builds.ts";

/** Their clock is Unix seconds. */
const commit = (sha: string, seconds: number) => aCommit(sha, { authoredAt: seconds * SECOND });
const deployed = (sha: string, seconds: number, has: Partial<Deployment> = {}) =>
  aDeployment(`to ${sha}`, sha, seconds * SECOND, has);
const failure = (from: number, to: number | null) =>
  anIncident(`at ${from}`, from * SECOND, { resolvedAt: to === null ? null : to * SECOND });

const all = { from: 1_580_000_000 * SECOND, to: 1_610_000_000 * SECOND };
const seconds = (hours: number | null) => (hours === null ? null : Math.round((hours * HOUR) / SECOND));

function service(commits: readonly Commit[], deployments: readonly Deployment[], incidents: readonly Incident[]) {
  return factsOf(aHosted(aLine(...commits), { deployments, incidents }));
}

/** Five deployments to production, two of them of commits that anybody knows, and one to a namespace for tests. */
const nginx = service(
  [
    commit("A", 1594759624),
    commit("X", 1594759788),
    commit("B", 1594760778),
    commit("C", 1594760961),
    commit("Y", 1594760961),
  ],
  [
    deployed("D", 1594164059),
    deployed("E", 1594759265),
    deployed("F", 1594759432),
    deployed("A", 1594759735),
    deployed("B", 1594761060, { environment: "dev" }),
    deployed("C", 1597679100),
  ],
  [failure(1588262309, 1588262346), failure(1597170899, 1597175474)],
);

const boot = service(
  [commit("W", 1590532194), commit("G", 1590750291), commit("H", 1590767500), commit("I", 1590767500)],
  [deployed("G", 1591796089), deployed("H", 1591813199), deployed("I", 1591814663)],
  [failure(1587750306, 1587750584)],
);

/** Known by a failure that goes on, and by nothing else. */
const foo = service([], [], [failure(1600719815, null)]);

const leadTimes = ({ commits }: ServiceFacts) =>
  Object.fromEntries(commits.map(({ sha, leadTimeHours }) => [sha, seconds(leadTimeHours)]));

describe("Pelorus' lead times", () => {
  it("of a deployment's own commit are ours, to the second", () => {
    expect(leadTimes(nginx)).toMatchObject({ A: 111, C: 2_918_139 });
    expect(leadTimes(boot)).toMatchObject({ G: 1_045_798, H: 1_045_699, I: 1_047_163 });
  });

  it("leave out a commit between two deployed ones; ours is better: it was deployed with the second", () => {
    expect(leadTimes(nginx)).toMatchObject({ X: 1597679100 - 1594759788 });
    expect(leadTimes(boot)).toMatchObject({ W: 1591796089 - 1590532194 });
  });

  it("take a deployment to `dev` for one (282 s); ours is better: B reached production with C, a month later", () => {
    expect(leadTimes(nginx)).toMatchObject({ B: 1597679100 - 1594760778, Y: null });
  });

  it("of many applications are means of their means; ours is better: a median of all, each commit with the weight of one", () => {
    const { value, n } = answer("lead-time-commit", [nginx, boot, foo], all);

    // 111, 1045699, 1045798, 1047163, 1263895, 2918139, 2918322 and 2919312 s, where theirs is 1009532 s of six.
    expect([seconds(value), n]).toEqual([(1_047_163 + 1_263_895) / 2, 8]);
  });
});

describe("Pelorus' change failure rate", () => {
  it("counts failures from before the first deployment (67 % and 33 %); ours is better: they are no deployment's", () => {
    const rates = [nginx, boot, foo].map((one) => answer("change-fail-rate", [one], all));

    expect(rates.map(({ value, k, n }) => [value, k, n])).toEqual([
      [0, 0, 5],
      [0, 0, 3],
      [null, null, 0],
    ]);
    expect([nginx, boot, foo].flatMap(({ incidents }) => incidents.map(({ linkedBy }) => linkedBy))).toEqual([
      "none",
      "none",
      "none",
      "none",
    ]);
  });
});

describe("Pelorus' time to restore", () => {
  it("of an application is ours, which also counts what is open", () => {
    const found = [nginx, boot, foo].map((one) => answer("incident-recovery-time", [one], all));

    expect(found.map(({ value, n, open }) => [seconds(value), n, open])).toEqual([
      [2306, 2, 0],
      [278, 1, 0],
      [null, 0, 1],
    ]);
  });

  it("of all is a mean of means (1292 s); ours is better: a median of the incidents, of which one in four is open and longer than the others so far", () => {
    const { value, mean, n, open } = answer("incident-recovery-time", [nginx, boot, foo], all);

    expect([seconds(value), seconds(mean), n, open]).toEqual([2427, 1630, 3, 1]);
  });
});

const one = service(
  [commit("a", 1594759435), commit("b", 1594759935)],
  [deployed("a", 1594759735), deployed("b", 1594760485)],
  [failure(1594759835, 1594760500)],
);
const two = service([commit("a", 1594753745)], [deployed("a", 1594759745)], []);
const three = service([commit("a", 1594759740)], [deployed("a", 1594759750)], [failure(1594759890, null)]);

/** As they nest: a group has what its subgroups have. */
const groups = { one: [one], two: [two], three: [three], subgroup: [one, two], group: [one, two, three] };

describe("Pelorus' groups of applications", () => {
  it.each([
    ["one", 2, 425, 0.5, 665],
    ["two", 1, 6000, 0, null],
    ["three", 1, 10, 1, null],
  ] as const)("agree for application %s alone", (name, deployments, leadTime, failRate, restored) => {
    const asked = (id: string) => answer(id, groups[name], all).value;

    expect(asked("deployment-frequency")).toBe(deployments);
    expect(seconds(asked("lead-time-commit"))).toBe(leadTime);
    expect(asked("change-fail-rate")).toBe(failRate);
    expect(seconds(asked("incident-recovery-time"))).toBe(restored);
  });

  it.each([
    ["subgroup", 3],
    ["group", 4],
  ] as const)("agree on the deployments of the %s, and on its one recovery", (name, deployments) => {
    expect(answer("deployment-frequency", groups[name], all).value).toBe(deployments);
    expect(seconds(answer("incident-recovery-time", groups[name], all).value)).toBe(665);
  });

  it.each([
    ["subgroup", 3212.5, 550],
    ["group", 2145, 425],
  ] as const)(
    "average the averages of the %s (%d s); ours is better: a median of its commits, each with the weight of one",
    (name, _theirs, ours) => {
      expect(seconds(answer("lead-time-commit", groups[name], all).value)).toBe(ours);
    },
  );

  it.each([
    ["subgroup", 0.25, 1, 3],
    ["group", 0.5, 2, 4],
  ] as const)(
    "take the mean of shares for the fail rate of the %s (%d); ours is better: a share of the deployments",
    (name, _theirs, k, n) => {
      expect(answer("change-fail-rate", groups[name], all)).toMatchObject({ k, n });
    },
  );
});
