/** A rule is looked at before it is saved: what it would have counted, on what was collected. */
import { describe, expect, it } from "vitest";
import type { Collector } from "#collectors/collector.ts";
import { GitHubOptions } from "#collectors/github/options.ts";
import type { DeliveryEvent } from "#metrics/events.ts";
import { DAY, HOUR } from "#metrics/time.ts";
import type { Reply } from "#server/contract.ts";
import {
  aCommit,
  aDeployment,
  aJob,
  aLine,
  aRelease,
  aRepository,
  aRun,
  statuses,
  usualRules,
} from "#test/support/builders.ts";
import { aBatch } from "#test/support/events.ts";
import { at } from "#test/support/fake-host.ts";
import type { InstallationDraft } from "#test/support/installation.ts";
import { anInstallation, serve, synced } from "#test/support/installation.ts";

type Preview = Reply<"/api/rules/preview">;

/** The clock of an installation stands at the end of June. */
const FEBRUARY = at("2026-02-10");
const MAY = at("2026-05-04");

const commits = aLine(
  aCommit("a", { authoredAt: FEBRUARY - DAY, paths: ["apps/checkout/a.ts"] }),
  aCommit("b", { authoredAt: MAY - DAY, paths: ["apps/pay/a.ts"] }),
  aCommit("c", { authoredAt: MAY, paths: ["README.md"] }),
);

const shop: DeliveryEvent[] = [
  aRepository({ head: "c" }),
  ...commits,
  aDeployment("100", "a", FEBRUARY),
  aDeployment("101", "a", FEBRUARY, { environment: "staging" }),
  aDeployment("102", "b", 0, { createdAt: MAY, statuses: statuses(MAY, "failure") }),
  aRelease("v1.0.0", { sha: "a", publishedAt: FEBRUARY }),
  aRelease("nightly", { sha: "b", publishedAt: MAY }),
  aRun("1", "a", FEBRUARY + HOUR, {
    jobs: [aJob("11", "deploy prod", FEBRUARY + HOUR), aJob("12", "build", FEBRUARY)],
  }),
  aRun("2", "b", MAY + HOUR, { jobs: [aJob("21", "deploy prod", MAY + HOUR)] }),
  aRun("3", "c", MAY + DAY, { jobs: [aJob("31", "deploy prod", MAY + DAY)] }),
  aRun("4", "c", MAY + DAY, { jobs: [aJob("41", "deploy prod", MAY + DAY, { outcome: "failure" })] }),
  aRun("5", "c", MAY + DAY, { name: "CI", jobs: [aJob("51", "deploy prod", MAY + DAY)] }),
  aRun("6", "c", MAY + DAY, { branch: "side", jobs: [aJob("61", "deploy prod", MAY + DAY)] }),
];

function telling(events: readonly DeliveryEvent[]): Collector {
  return {
    source: "git:shop",
    name: "acme on GitHub",
    async *collect() {
      yield aBatch({ events, cursor: "all" });
    },
  };
}

async function asked(
  question: string,
  events: readonly DeliveryEvent[] = shop,
  services: NonNullable<InstallationDraft["services"]> = [],
) {
  const installation = await anInstallation({ collectors: [telling(events)], services });
  const options = GitHubOptions.parse({ host: "github", token: "t", repositories: ["acme/shop"] });
  const sources = installation.sources.map((source) => ({ ...source, options, rules: usualRules }));
  await synced({ ...installation, sources });
  const { get } = await serve({ ...installation, sources });
  return get(`/api/rules/preview?service=acme/shop${question}`);
}

const previewed = async (...question: Parameters<typeof asked>) => (await asked(...question)).json<Preview>();

const deployJobs = "&from=jobs&name=^deploy&workflow=^CD$&branch=^main$";

describe("the preview of a rule", () => {
  it("says how many it would have counted: of late, in all, and month by month", async () => {
    const { counted, last90Days, perMonth, route } = await previewed(deployJobs);

    expect({ counted, last90Days, route }).toEqual({ counted: 3, last90Days: 2, route: "job" });
    expect(perMonth).toEqual([
      { month: "2026-02", count: 1 },
      { month: "2026-03", count: 0 },
      { month: "2026-04", count: 0 },
      { month: "2026-05", count: 2 },
      { month: "2026-06", count: 0 },
    ]);
  });

  it("says the rule in words, and what the rule in force counts", async () => {
    const { rule, inForce } = await previewed(deployJobs);

    expect(rule).toBe(
      "successful jobs matching ^deploy of workflows matching ^CD$ on branches matching ^main$, and what is pushed for production",
    );
    expect(inForce).toEqual({ rule: "deployments to production, from GitHub", counted: 1, last90Days: 0 });
  });

  it("shows the newest ten, each with what opens it", async () => {
    const { newest } = await previewed(deployJobs);

    expect(newest.map(({ id }) => id)).toEqual(["31", "21", "11"]);
    expect(newest[1]).toEqual({
      id: "21",
      name: "deploy prod",
      route: "job",
      at: new Date(MAY + HOUR).toISOString(),
      sha: "b",
      url: "https://acme.example/runs/2",
    });
  });

  it("says what is not counted and why, by the names by which people choose", async () => {
    expect((await previewed(deployJobs)).skipped).toEqual([
      { reason: "its name does not match", count: 1, examples: ["build"] },
      { reason: "did not succeed", count: 1, examples: ["deploy prod"] },
      { reason: "its workflow does not match", count: 1, examples: ["CI"] },
      { reason: "its branch does not match", count: 1, examples: ["side"] },
    ]);
  });

  it.each([
    ["", "deployment", 1],
    ["&production=^staging$", "deployment", 1],
    ["&from=deployments", "deployment", 1],
    ["&from=runs&name=^CD$", "run", 5],
    ["&from=tags", "tag", 1],
    ["&from=releases", null, 0],
    ["&from=merges", "merge", 3],
    ["&from=pushes", null, 0],
    ["&tags=.", "tag", 2],
    ["&releaseBranch=default", "tag", 1],
  ])("counts by every way: %s", async (question, route, counted) => {
    expect(await previewed(question)).toMatchObject({ route, counted });
  });

  it("says why deployments do not count", async () => {
    expect((await previewed("")).skipped).toEqual([
      { reason: "to an environment that is not production", count: 1, examples: ["staging"] },
      { reason: "never succeeded", count: 1, examples: ["102"] },
    ]);
  });

  it("labels merges a proxy", async () => {
    expect((await previewed("&from=merges")).rule).toContain("merges to the default branch as a proxy for deployments");
  });

  it("says what belongs to a part of the repository", async () => {
    const { commits: own, counted, rule } = await previewed("&from=merges&paths=apps/**&paths=!apps/pay/**");

    expect({ own, counted }).toEqual({ own: 1, counted: 1 });
    expect(rule).toContain("; commits and changes of apps/** but not apps/pay/**");
  });

  it("begins with the rule of the configured service", async () => {
    const services = [
      { name: "acme/shop", paths: ["apps/pay/**"], deployments: { from: "runs", name: "^CD$", branch: "^main$" } },
    ];

    expect(await previewed("", shop, services)).toMatchObject({ counted: 4, route: "run", commits: 1 });
    expect(await previewed("&from=merges", shop, services)).toMatchObject({ counted: 1, inForce: { counted: 4 } });
  });
});

describe("the preview of a rule on what is not collected", () => {
  const without = (kind: string) => shop.filter((event) => event.kind !== kind);

  it("says how to have jobs read", async () => {
    const bare = [...without("pipeline"), aRun("1", "a", FEBRUARY)];

    const { counted, missing } = await previewed(deployJobs, bare);

    expect(counted).toBe(0);
    expect(missing).toContain("No job has been read here");
    expect(missing).toContain("Save this rule under services: in headway.yaml and sync");
  });

  it("says how to have runs read", async () => {
    expect((await previewed("&from=runs&name=x", without("pipeline"))).missing).toContain("No run has been read here");
  });

  it("says how to have files read", async () => {
    const unread = [...without("commit"), ...commits.map((commit) => ({ ...commit, paths: null }))];

    expect((await previewed("&paths=apps/**", unread)).missing).toContain("Which files 3 of 3 commits changed");
  });

  it("says nothing of it where everything is there", async () => {
    expect((await previewed(`${deployJobs}&paths=apps/**`)).missing).toBeNull();
  });
});

describe("a pattern that takes centuries", () => {
  const slow = encodeURIComponent("^(([a-z])+.)+[A-Z]([a-z])+$");

  it.each(["&tags=", "&production=", "&from=runs&name=", "&from=jobs&name=x&workflow=", "&from=jobs&name=x&branch="])(
    "is refused in time, and the server goes on: %s",
    async (field) => {
      const long = "a".repeat(200);
      const events = [
        ...shop,
        aRelease(long, { sha: "a" }),
        aDeployment("9", "a", MAY, { environment: long }),
        aRun("9", "a", MAY, { name: long, branch: long }),
      ];

      const answer = await asked(field + slow, events);

      expect(answer.status).toBe(400);
      expect(answer.json()).toMatchObject({ detail: expect.stringContaining("takes too long") });
    },
  );
});
