import { describe, expect, it } from "vitest";
import { forUseCase } from "#metrics/programme/assessment.ts";
import { flaws } from "#metrics/programme/check.ts";
import { declaredDay, isInWave } from "#metrics/programme/roadmap.ts";
import type { Adoption, Exemption, PlannedMilestone, Wave } from "#metrics/programme/roadmap.ts";
import { aProgramme, aSystem, aUseCase } from "./declared.ts";

const known = { services: ["shop", "till"], teams: ["money", "goods"], systems: [] };

function aWave(id: string, rest: Partial<Wave> = {}): Wave {
  return { id, title: id, useCase: null, teams: ["money"], services: [], from: "2026-03-02", practices: [], ...rest };
}

const milestone: PlannedMilestone = {
  id: "weekly",
  title: "Weekly",
  owner: "Office",
  scope: "team:money",
  metric: "deployment-frequency",
  setOn: "2026-01-01",
  from: 0.5,
  target: 1,
  due: "2026-12-31",
};

const exemption: Exemption = {
  id: "shop-iac",
  service: "shop",
  practice: "infrastructure-as-code",
  part: null,
  reason: "It runs on a machine of the vendor.",
  owner: "money",
};

function messagesOf(has: Parameters<typeof aProgramme>[0]): readonly string[] {
  return flaws(aProgramme(has), known).map(({ message }) => message);
}

describe("the course of a programme", () => {
  it("has teams, services, practices, metrics and scopes that are there", () => {
    const adoption: Adoption = { id: "a", team: "money", practice: "review", day: "2026-03-02" };
    const drill = { id: "d", service: "shop", day: "2026-03-02" };

    expect(
      messagesOf({
        waves: [aWave("one")],
        adoptions: [adoption],
        milestones: [milestone],
        exemptions: [exemption],
        drills: [drill],
      }),
    ).toEqual([]);
    expect(messagesOf({ waves: [aWave("one", { teams: [] })] })).toEqual([
      "Say which teams or services are in this wave.",
    ]);
    expect(messagesOf({ waves: [aWave("one", { teams: ["sales"], practices: ["standups"] })] })).toEqual([
      'There is no team "sales". There are "money", "goods".',
      expect.stringMatching(/^There is no practice "standups"\. There are "trunk-based"/),
    ]);
    expect(messagesOf({ milestones: [{ ...milestone, metric: "velocity", scope: "team:sales" }] })).toEqual([
      expect.stringMatching(/^There is no metric "velocity"/),
      'There is no team "sales". There are "money", "goods".',
    ]);
    expect(messagesOf({ milestones: [{ ...milestone, scope: "money", due: "2025-12-31" }] })).toEqual([
      expect.stringMatching(/^"money" is no scope/),
      "It is due before it was set.",
    ]);
    expect(messagesOf({ exemptions: [{ ...exemption, part: "standups" }] })).toEqual([
      'The practice "infrastructure-as-code" has no part "standups". It has reviewed-infrastructure.',
    ]);
  });

  it("names what is not there, each where it stands", () => {
    const found = flaws(
      aProgramme({
        systems: [aSystem("ledger")],
        waves: [aWave("one", { useCase: "late", services: ["shp"], practices: ["standups"] })],
        adoptions: [{ id: "a", team: "sales", practice: "standups", day: "2026-03-02" }],
        milestones: [
          { ...milestone, id: "a", scope: "organisation" },
          { ...milestone, id: "b", scope: "system:crm" },
          { ...milestone, id: "c", scope: "service:shp" },
        ],
        exemptions: [{ ...exemption, service: "shp", practice: "standups" }],
        drills: [{ id: "d", service: "shp", day: "2026-03-02" }],
      }),
      known,
    );

    expect(found.map(({ path, message }) => `${path.join(".")}: ${message.split(". There")[0]}`)).toEqual([
      'waves.0.useCase: There is no use case "late": none is there yet. Add it first.',
      'waves.0.services: There is no service "shp"',
      'waves.0.practices: There is no practice "standups"',
      'adoptions.0.team: There is no team "sales"',
      'adoptions.0.practice: There is no practice "standups"',
      'milestones.1.scope: There is no system "crm"',
      'milestones.2.scope: There is no service "shp"',
      'exemptions.0.service: There is no service "shp"',
      'exemptions.0.practice: There is no practice "standups"',
      'drills.0.service: There is no service "shp"',
    ]);
  });

  it("contradicts itself in a wave of nobody, a milestone due on the day on which it was set, and a part that is not there", () => {
    const found = flaws(
      aProgramme({
        waves: [
          aWave("both", { services: ["shop"] }),
          aWave("till", { teams: [], services: ["till"] }),
          aWave("none", { teams: [] }),
        ],
        milestones: [milestone, { ...milestone, id: "same", due: milestone.setOn, scope: "money" }],
        exemptions: [
          { ...exemption, part: "reviewed-infrastructure" },
          { ...exemption, id: "two", practice: "recovery", part: "standups" },
        ],
      }),
      known,
    );

    expect(found.map(({ path, message }) => `${path.join(".")}: ${message}`)).toEqual([
      "waves.2.teams: Say which teams or services are in this wave.",
      'milestones.1.scope: "money" is no scope. Write `organisation`, `team:NAME`, `system:NAME` or `service:NAME`.',
      "milestones.1.due: It is due before it was set.",
      'exemptions.1.part: The practice "recovery" has no part "standups". It has recovery-time, rollback-proven.',
    ]);
  });

  it("says of a practice that is not there no more than that, whatever part of it is meant", () => {
    expect(messagesOf({ exemptions: [{ ...exemption, practice: "standups", part: "daily" }] })).toEqual([
      expect.stringMatching(/^There is no practice "standups"/),
    ]);
  });

  it("tells the day on which a practice is adopted: the team's own, else the first of its waves", () => {
    const waves = [
      aWave("later", { from: "2026-06-01" }),
      aWave("first", { from: "2026-03-02", practices: ["review"] }),
      aWave("till", { teams: [], services: ["till"], from: "2026-01-05" }),
    ];
    const adoptions = [{ id: "a", team: "money", practice: "recovery", day: "2026-09-07" }];
    const dayOf = (team: string | null, service: string, practice: string) =>
      declaredDay(aProgramme({ waves, adoptions }), { team, service }, practice);

    expect(dayOf("money", "shop", "review")).toBe("2026-03-02");
    expect(dayOf("money", "shop", "security")).toBe("2026-06-01");
    expect(dayOf("money", "shop", "recovery")).toBe("2026-09-07");
    expect(dayOf(null, "till", "review")).toBe("2026-01-05");
    expect(dayOf(null, "shop", "review")).toBeNull();
    expect(dayOf("goods", "shop", "recovery")).toBeNull();
    expect(isInWave(aWave("one"), { team: null, service: "shop" })).toBe(false);
    expect(isInWave(aWave("one"), { team: "money", service: "shop" })).toBe(true);
  });

  it("is read for one use case with its waves and who agreed to them", () => {
    const consent = { party: "sponsor", snapshot: null, answer: "agreed", day: "2026-01-05" } as const;
    const programme = aProgramme({
      useCases: [aUseCase("instant"), aUseCase("advice")],
      waves: [aWave("one", { useCase: "instant" }), aWave("two", { useCase: "advice" })],
      consents: [
        { ...consent, id: "a", about: "one" },
        { ...consent, id: "b", about: "two" },
      ],
    });
    const { waves, consents } = forUseCase(programme, "instant");

    expect([waves.map(({ id }) => id), consents.map(({ id }) => id)]).toEqual([["one"], ["a"]]);
    expect(flaws(programme, known)).toEqual([]);
  });
});
