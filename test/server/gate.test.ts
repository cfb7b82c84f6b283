import { describe, expect, it } from "vitest";
import { GATE_TERMS } from "#metrics/programme/gate.ts";
import type { Reply } from "#server/contract.ts";
import { aSystem, aUseCase } from "#test/metrics/programme/declared.ts";
import { times } from "#test/support/daily-work.ts";
import { at } from "#test/support/fake-host.ts";
import type { Headway } from "#test/support/headway.ts";
import { aHeadway, told } from "#test/support/headway.ts";
import {
  agree,
  aSeriousAlert,
  aTeamThatGotFaster,
  aTeamThatStoppedDeploying,
  declare,
  weeksOfOneTeam,
} from "#test/support/one-team.ts";

type Gate = Reply<"/api/gate">;

async function gateOf({ get }: Headway, question = ""): Promise<Gate> {
  const answer = await get(`/api/gate?${question}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.json();
}

function conditionOf({ conditions }: Gate, id: string) {
  return conditions.find((one) => one.id === id);
}

describe("the gate", () => {
  it("says of nothing that it is there where nothing is known, and holds", async () => {
    const headway = await aHeadway({ config: told, tells: [[]] });
    const gate = await gateOf(headway);

    expect(gate.outcome).toBe("hold");
    expect(gate.against).toBeNull();
    expect(gate.conditions.map(({ state }) => state)).not.toContain("met");
    expect(gate.notes[0]).toContain("compared with nothing");
  });

  it("holds lead times of teams against the frozen window, with the interval of the ratio", async () => {
    const gate = await gateOf(await aTeamThatGotFaster());

    expect(gate.against).toMatchObject({ baseline: "Before", window: { from: "2025-07-14T00:00:00.000Z" } });
    // 5 hours now and 51 then, each of them an hour after the merge.
    expect(gate.teams).toMatchObject([{ team: "money", changes: 60, before: 90 }]);
    expect(gate.teams[0]?.leadTime?.ratio).toBeCloseTo(5 / 51);
    expect(gate.teams[0]?.leadTime?.high).toBeLessThan(1);
    expect(conditionOf(gate, "lead-time")).toMatchObject({ state: "met", missing: [] });
  });

  it("has an interval without an end where half of what was merged may never arrive, and says how far the rest is", async () => {
    const gate = await gateOf(await aTeamThatStoppedDeploying(5));

    expect(gate.teams[0]?.leadTime).toMatchObject({ ratio: expect.any(Number), high: null });
    expect(conditionOf(gate, "lead-time")).toMatchObject({
      state: "not-met",
      shortfalls: [{ kind: "team", name: "money", words: expect.stringContaining("to nobody knows how much)") }],
    });
    expect(conditionOf(gate, "stability")?.shortfalls[0]).toMatchObject({ kind: "rate", name: "change-fail-rate" });
    expect(conditionOf(gate, "consent")?.shortfalls.map(({ words }) => words)).toEqual(
      conditionOf(gate, "consent")?.missing,
    );
  });

  it("tells cadence, calm and rates from what happened", async () => {
    const gate = await gateOf(await aTeamThatGotFaster());

    expect(gate.services).toMatchObject([{ service: "acme/shop", deploymentsPerWeek: 5, isCalm: true }]);
    expect(conditionOf(gate, "cadence")?.state).toBe("met");
    expect(conditionOf(gate, "calm")?.state).toBe("met");
    // None of 60 failed, and none of 90 before: by chance up to 4.3 points more may.
    expect(gate.rates.fail?.change).toBe(0);
    expect(gate.rates.fail?.high).toBeGreaterThan(0.02);
    expect(conditionOf(gate, "stability")?.missing).toContain(
      "that the change fail rate has not become higher is not shown",
    );
  });

  it("sees a service that was slow lately as not calm, and not as faster than it was", async () => {
    const hours = [...times(48, 4), 400, 400, 400];
    const headway = await aHeadway({ config: told, tells: [weeksOfOneTeam("2025-07-07", hours)] });
    const gate = await gateOf(headway);

    expect(gate.services).toMatchObject([{ isCalm: false, calm: expect.stringContaining("Change lead time") }]);
    expect(gate.notes.join(" ")).toContain("1 service without a team");
    expect(conditionOf(gate, "lead-time")?.state).toBe("cannot-be-said");
  });

  it("compares how long serious alerts are open, and decides nothing where there are none", async () => {
    const before = aSeriousAlert("a", at("2025-09-01"), at("2025-09-11"));
    const now = aSeriousAlert("b", at("2026-05-01"), null);
    const headway = await aTeamThatGotFaster([[before, now]]);
    const none = await gateOf(headway);
    await headway.sync();
    const some = await gateOf(headway);

    expect(conditionOf(none, "stability")?.evidence).toContain("no alerts are known");
    expect(conditionOf(some, "stability")).toMatchObject({
      state: "not-met",
      evidence: expect.stringContaining("open for 59 days, 10 days before"),
    });
  });

  it("lists who must still agree, and what those saw who have", async () => {
    const headway = await aTeamThatGotFaster();
    const [baseline]: Reply<"/api/baselines"> = (await headway.get("/api/baselines")).json();
    await agree(headway, "sponsor", { snapshot: baseline?.hash });
    await agree(headway, "finance", { answer: "asked" });
    const gate = await gateOf(headway);

    expect(conditionOf(gate, "consent")).toMatchObject({
      state: "not-met",
      missing: [
        "finance has not answered",
        "system owner was not asked",
        "works council was not asked",
        "security was not asked",
      ],
    });
    expect(gate.consents.map(({ party, saw }) => [party, saw])).toEqual([
      ["sponsor", "The baseline “Before”."],
      ["finance", "Nobody wrote down what they saw."],
    ]);
  });

  it("asks those for their consent whom the configuration names", async () => {
    const headway = await aHeadway({
      config: { ...told, thresholds: { gate: { parties: ["sponsor"] } } },
      tells: [[]],
    });
    const before = conditionOf(await gateOf(headway), "consent");
    await agree(headway, "sponsor");
    const after = conditionOf(await gateOf(headway), "consent");

    expect(before).toMatchObject({ state: "not-met", missing: ["sponsor was not asked"] });
    expect(after).toMatchObject({ state: "met", evidence: "1 of 1 have agreed." });
  });

  it("says of each service which practices it lacks, and what somebody must do until savings are told", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "waves", { id: "first", title: "First wave", from: "2026-01-05", teams: ["money"] });
    const gate = await gateOf(headway, "wave=first");
    const [shop] = gate.services;
    const open = shop?.practices
      .filter(({ practice }) => GATE_TERMS.practices.includes(practice))
      .filter(({ status }) => !["adopted", "not-applicable"].includes(status));

    expect(shop?.lacks.map(({ practice, status }) => ({ practice, status }))).toEqual(open);
    expect(open?.length).toBeGreaterThan(0);
    expect(gate.savings.missing.map(({ what }) => what)).toContain("What an hour of work costs is not known.");
    expect((await headway.get("/api/savings")).json()).toMatchObject(gate.savings);
  });

  it("is read for a use case, and refused for one that is not there", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "useCases", aUseCase("instant", { services: ["acme/shop"] }));
    await declare(headway, "systems", aSystem("elsewhere"));
    await declare(headway, "useCases", aUseCase("other", { systems: ["elsewhere"] }));
    const [instant, other] = [await gateOf(headway, "useCase=instant"), await gateOf(headway, "useCase=other")];

    expect(instant.about).toEqual({ kind: "use-case", id: "instant", title: "Use case instant" });
    expect(instant.services).toHaveLength(1);
    expect(instant.rates.fail).toEqual((await gateOf(headway)).rates.fail);
    expect(other.services).toEqual([]);
    expect((await headway.get("/api/gate?useCase=none")).status).toBe(400);
  });

  it("is read of every service for a use case that names neither services nor systems, as what changes waited for is", async () => {
    const headway = await aTeamThatGotFaster();
    await declare(headway, "useCases", aUseCase("anything"));
    const [anything, whole] = [await gateOf(headway, "useCase=anything"), await gateOf(headway)];

    expect(anything.services).toEqual(whole.services);
    expect(anything.services).toHaveLength(1);
  });
});
