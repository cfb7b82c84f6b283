import { describe, expect, it } from "vitest";
import {
  changesWords,
  changeWords,
  deploymentsWords,
  deploymentWords,
  incidentsWords,
  incidentWords,
} from "#metrics/items/words.ts";
import { CHANGE_STATES, DEPLOYMENT_STATES, INCIDENT_STATES } from "#metrics/items/states.ts";
import { HOUR } from "#metrics/time.ts";
import { aChangeFact, aDeploymentFact, anIncidentFact } from "#test/support/builders.ts";

describe("a list", () => {
  it("says nothing of what is not there", () => {
    expect(changesWords([], "26 weeks")).toBe("No changes in 26 weeks.");
    expect(changesWords([{ state: "pickup", n: 1 }], "7 days")).toBe("1 change in 7 days: 1 waits for review.");
    expect(changesWords([{ state: "waiting", n: 1200 }], "1 year")).toBe(
      "1,200 changes in 1 year: 1,200 wait for deployment.",
    );
  });

  it("of deployments says that none failed, where none did", () => {
    expect(deploymentsWords([{ state: "good", n: 2 }], "26 weeks")).toBe(
      "2 deployments to production in 26 weeks: none is known to have failed.",
    );
    expect(deploymentsWords([{ state: "attempt", n: 2 }], "26 weeks")).toBe(
      "No deployments to production in 26 weeks; 2 attempts never reached it.",
    );
    expect(deploymentsWords([], "26 weeks")).toBe("No deployments to production in 26 weeks.");
  });

  it("of incidents tells false alarms apart", () => {
    const counts = [
      { state: "unlinked", n: 2 },
      { state: "false-alarm", n: 1 },
    ];

    expect(incidentsWords(counts, "26 weeks")).toBe(
      "3 incidents in 26 weeks: 2 with no deployment known to have caused it, 1 false alarm.",
    );
    expect(incidentsWords([], "26 weeks")).toBe("No incidents in 26 weeks.");
  });
});

describe("one item", () => {
  it("that is a change says how long it has waited, or how long it took", () => {
    expect(changeWords(aChangeFact(), "pickup", 30)).toBe("Open for 30 h, and nobody has reviewed it yet.");
    expect(changeWords(aChangeFact({ revertedBy: "c0ffee" }), "waiting", 50)).toBe(
      "Merged, and waiting for deployment for 2.08 d. It was taken back later.",
    );
    expect(changeWords(aChangeFact({ leadTimeHours: 5 }), "deployed", null)).toBe(
      "In production 5 h after its first commit.",
    );
    expect(changeWords(aChangeFact({ leadTimeHours: null }), "deployed", null)).toBe("In production.");
  });

  it("that is a deployment says whether it failed, and when it was back", () => {
    const failed = aDeploymentFact({ failedBy: ["revert"], recoveredAt: 3 * HOUR });

    expect(deploymentWords(failed, "failed")).toBe(
      "It failed, as a revert of what it carried shows, and was back after 3 h. It first carried 1 change and 1 commit.",
    );
    expect(deploymentWords({ ...failed, recoveredAt: null, changes: null }, "failed")).toBe(
      "It failed, as a revert of what it carried shows, and is not known to be back. Nobody knows what it carried.",
    );
    expect(deploymentWords(aDeploymentFact(), "good")).toBe(
      "It first carried 1 change and 1 commit. It is not known to have failed.",
    );
  });

  it("that is an incident says what it is linked to", () => {
    expect(incidentWords(anIncidentFact({ deploymentId: "v1", recoveryHours: 2 }), "linked")).toBe(
      "Over after 2 h; linked to v1.",
    );
    expect(incidentWords(anIncidentFact({ deploymentId: null }), "open")).toBe(
      "Not over yet; no deployment is known to have caused it.",
    );
  });
});

describe("a list of everything", () => {
  const one = (...states: readonly string[]) => states.map((state) => ({ state, n: 1 }));
  const two = (...states: readonly string[]) => states.map((state) => ({ state, n: 2 }));

  it("of changes says how many stand where, those in production first", () => {
    const all = [...CHANGE_STATES];

    expect(changesWords(one(...all), "7 days")).toBe(
      "8 changes in 7 days: 2 in production, 1 merged, 1 waits for deployment, 1 waits for review, 1 in review, 1 still coded on, 1 closed without a merge.",
    );
    expect(changesWords(two(...all), "7 days")).toBe(
      "16 changes in 7 days: 4 in production, 2 merged, 2 wait for deployment, 2 wait for review, 2 in review, 2 still coded on, 2 closed without a merge.",
    );
  });

  it("of deployments says which failed, which repaired, and which were none to production", () => {
    const all = [...DEPLOYMENT_STATES];

    expect(deploymentsWords(one(...all), "7 days")).toBe(
      "3 deployments to production in 7 days: 1 failed, 1 was a repair; 1 attempt never reached it, 1 went elsewhere.",
    );
    expect(deploymentsWords(two(...all), "7 days")).toBe(
      "6 deployments to production in 7 days: 2 failed, 2 were repairs; 2 attempts never reached it, 2 went elsewhere.",
    );
    expect(deploymentsWords(one("repair"), "7 days")).toBe("1 deployment to production in 7 days: 1 was a repair.");
    expect(deploymentsWords(one("elsewhere"), "7 days")).toBe(
      "No deployments to production in 7 days; 1 went elsewhere.",
    );
  });

  it("of incidents says which are not over", () => {
    const all = [...INCIDENT_STATES];

    expect(incidentsWords(one(...all), "7 days")).toBe(
      "4 incidents in 7 days: 1 is not over, 1 linked to a deployment, 1 with no deployment known to have caused it, 1 false alarm.",
    );
    expect(incidentsWords(two(...all), "7 days")).toBe(
      "8 incidents in 7 days: 2 are not over, 2 linked to a deployment, 2 with no deployment known to have caused it, 2 false alarms.",
    );
  });
});

describe("one item in each state", () => {
  it("that is a change", () => {
    const said = CHANGE_STATES.map((state) => changeWords(aChangeFact({ leadTimeHours: 5 }), state, null));

    expect(said).toEqual([
      "A draft: not ready for review yet.",
      "Open, and nobody has reviewed it yet.",
      "Open and in review.",
      "Merged, and waiting for deployment.",
      "In production 5 h after its first commit.",
      "In production, since before the record of deployments begins.",
      "Merged; nothing is known to be deployed here.",
      "Closed without a merge.",
    ]);
  });

  it("that is a change taken back later", () => {
    const change = aChangeFact({ revertedBy: "c0ffee", isIntegrated: false });

    expect(changeWords(change, "merged", null)).toBe(
      "Merged to another branch than the default one. It was taken back later.",
    );
    expect(changeWords(change, "deployed", null)).toBe("In production. It was taken back later.");
    expect(changeWords({ ...change, leadTimeHours: 5 }, "deployed", null)).toBe(
      "In production 5 h after its first commit. It was taken back later.",
    );
    expect(changeWords(change, "coding", 3)).toBe("A draft for 3 h: not ready for review yet.");
    expect(changeWords(change, "review", 3)).toBe("Open for 3 h and in review.");
  });

  it("that is a deployment", () => {
    const carried = "It first carried 2 changes and 3 commits";
    const fact = aDeploymentFact({ changes: 2, commits: 3, environment: "staging" });

    expect(deploymentWords(fact, "repair")).toBe(`It was made to repair. ${carried}.`);
    expect(deploymentWords({ ...fact, isRollback: true }, "repair")).toBe(
      `A rollback: it put back an older commit. ${carried}.`,
    );
    expect(deploymentWords(fact, "elsewhere")).toBe(
      "A deployment to staging, which is not production: it counts in no number.",
    );
    expect(deploymentWords({ ...fact, commits: null }, "good")).toBe(
      "Nobody knows what it carried. It is not known to have failed.",
    );
  });

  it("that is an attempt says how it ended", () => {
    const said = (["failure", "inactive", "running", "success"] as const).map((status) =>
      deploymentWords(aDeploymentFact({ status }), "attempt"),
    );

    expect(said).toEqual([
      "It failed and never reached production.",
      "It was cancelled or skipped and never reached production.",
      "It is not over, as far as its host says.",
      "It is not over, as far as its host says.",
    ]);
  });

  it("that is an incident", () => {
    expect(incidentWords(anIncidentFact({ deploymentId: "v1" }), "open")).toBe("Not over yet; linked to v1.");
    expect(incidentWords(anIncidentFact(), "unlinked")).toBe("Over; no deployment is known to have caused it.");
    expect(incidentWords(anIncidentFact(), "false-alarm")).toBe("A false alarm: it fails no deployment.");
  });
});
