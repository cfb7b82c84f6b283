import { describe, expect, it } from "vitest";
import {
  changesWords,
  changeWords,
  deploymentsWords,
  deploymentWords,
  incidentsWords,
  incidentWords,
} from "#metrics/items/words.ts";
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
      "It failed (revert), and was back after 3 h. It first carried 1 change and 1 commit.",
    );
    expect(deploymentWords({ ...failed, recoveredAt: null, changes: null }, "failed")).toBe(
      "It failed (revert), and is not known to be back. Nobody knows what it carried.",
    );
    expect(deploymentWords(aDeploymentFact(), "good")).toBe(
      "It first carried 1 change and 1 commit, and is not known to have failed.",
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
