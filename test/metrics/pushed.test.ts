import { describe, expect, it } from "vitest";
import type { PushedDeployment } from "#metrics/events.ts";
import { graph } from "#metrics/graph.ts";
import type { PushedEvents } from "#metrics/pushed.ts";
import { isPushed, PUSH, pushedCommits, withPushed } from "#metrics/pushed.ts";
import {
  aChange,
  aCommit,
  aDeployment,
  aHosted,
  anAlert,
  anIncident,
  aRelease,
  aRepository,
  aRun,
} from "#test/support/builders.ts";

const nothing: PushedEvents = { deployments: [], incidents: [], changes: [], pipelines: [], alerts: [] };

const pushed = (id: string, has: Partial<PushedDeployment> = {}): PushedDeployment => ({
  ...aDeployment(id, null, 0, { source: PUSH }),
  version: null,
  includedCommits: [],
  ...has,
});

const ids = (events: readonly { readonly id: string }[]): readonly string[] => events.map(({ id }) => id);

describe("what was pushed for a service", () => {
  it("is joined to what its host tells", () => {
    const events = {
      deployments: [pushed("d")],
      incidents: [anIncident("i", 0)],
      changes: [],
      pipelines: [aRun("p", "a", 0)],
      alerts: [anAlert("a", 0)],
    };
    const { deployments, incidents, pipelines, alerts } = withPushed(aHosted([]), events);

    expect([deployments, incidents, pipelines, alerts].map(ids)).toEqual([["d"], ["i"], ["p"], ["a"]]);
    expect(deployments.filter(isPushed)).toHaveLength(1);
    expect(isPushed(aDeployment("1", "a", 0))).toBe(false);
  });

  it("keeps its id where that is free, and else has the name it was pushed for before it", () => {
    const history = aHosted([], {
      deployments: [aDeployment("1", "a", 0)],
      releases: [aRelease("v1")],
      incidents: [anIncident("1", 0)],
      pipelines: [aRun("1", "a", 0)],
    });
    const joined = withPushed(history, {
      ...nothing,
      deployments: [pushed("1"), pushed("v1"), pushed("2")],
      incidents: [anIncident("1", 0)],
      pipelines: [aRun("1", "a", 0)],
    });

    expect(ids(joined.deployments)).toEqual(["1", "push/acme/shop/1", "push/acme/shop/v1", "2"]);
    expect(ids(joined.incidents)).toEqual(["1", "push/acme/shop/1"]);
    expect(ids(joined.pipelines)).toEqual(["1", "push/acme/shop/1"]);
  });

  it("for two names has the same ids in whatever order it came", () => {
    const [one, other] = [pushed("1", { repository: "acme/a" }), pushed("1", { repository: "acme/b" })];
    const joined = (...deployments: readonly PushedDeployment[]) =>
      ids(withPushed(aHosted([]), { ...nothing, deployments }).deployments);

    expect(joined(one, other)).toEqual(["1", "push/acme/b/1"]);
    expect(joined(other, one)).toEqual(["1", "push/acme/b/1"]);
  });

  it("has changes only where no host tells of any", () => {
    const changes = [aChange(1)];

    expect(withPushed(aHosted([]), { ...nothing, changes }).changes).toEqual([]);
    expect(
      ids(withPushed(aHosted([], { repository: aRepository({ source: PUSH }) }), { ...nothing, changes }).changes),
    ).toEqual(["1"]);
  });
});

describe("the commit of a deployment that was pushed", () => {
  const commits = [aCommit("aaaaaaa1"), aCommit("aaaaaaa2"), aCommit("bbbbbbb1")];
  const releases = [aRelease("v1", { sha: "aaaaaaa1" }), aRelease("2", { sha: "aaaaaaa2" }), aRelease("v3")];
  const { commitOf, positionsOf } = pushedCommits(aHosted(commits, { releases }), graph(commits));
  const by = (sha: string | null, version: string | null = null) => commitOf(pushed("1", { sha, version }));

  it("is the one that is named, by its sha or by a beginning that no other has", () => {
    expect(by("bbbbbbb1")).toBe("bbbbbbb1");
    expect(by("bbbbbbb")).toBe("bbbbbbb1");
  });

  it("is as it was named where nobody knows it, or where it may be several", () => {
    expect(by("aaaaaaa")).toBe("aaaaaaa");
    expect(by("bbbbbb")).toBe("bbbbbb");
    expect(by("main")).toBe("main");
  });

  it("is that of the tag of its version, with or without a v, or of a version that is a commit", () => {
    expect(by(null, "v1")).toBe("aaaaaaa1");
    expect(by(null, "1")).toBe("aaaaaaa1");
    expect(by(null, "2")).toBe("aaaaaaa2");
    expect(by(null, "bbbbbbb")).toBe("bbbbbbb1");
  });

  it("is not known where its version is no tag with a commit, or it names nothing", () => {
    expect(by(null, "v3")).toBeNull();
    expect(by(null, "4")).toBeNull();
    expect(by(null)).toBeNull();
  });

  it("is before all the one that is named, where there is a version as well", () => {
    expect(by("bbbbbbb1", "v1")).toBe("bbbbbbb1");
  });

  it("is among the commits that it is said to carry, as far as they are known", () => {
    expect(positionsOf(["bbbbbbb", "unknown", "aaaaaaa", "aaaaaaa1"])).toEqual([2, 0]);
  });
});
