import { describe, expect, it } from "vitest";
import { truthOf } from "#collectors/demo/truth.ts";
import { demoBaseline, demoProgramme } from "#config/demo-programme.ts";
import { parseProgramme } from "#config/programme.ts";
import { cautions } from "#metrics/programme/check.ts";
import { declaredDay } from "#metrics/programme/roadmap.ts";

function declared(years: number, seed = 1) {
  const truth = truthOf({ seed, since: "2023-11-27", years });
  const known = {
    services: truth.services.map(({ name }) => name),
    teams: truth.teams.map(({ name }) => name),
    systems: truth.systems.map(({ name, element }) => ({ name, element, technology: "it" as const })),
  };
  return { truth, programme: parseProgramme(demoProgramme(truth), "The demo", known) };
}

describe("the programme of the demo organisation", () => {
  it.each([1, 2, 3, 4, 5])("fits together over %i years, and says when who began what as it is true", (years) => {
    const { truth, programme } = declared(years, years);

    expect(cautions(programme)).toEqual([]);
    for (const { name, adoptedOn } of truth.teams)
      expect(declaredDay(programme, { team: name, service: "" }, "review")).toBe(adoptedOn);
  });

  it("speaks of a baseline that ends before anybody adopts anything", () => {
    const { truth } = declared(3);

    expect(demoBaseline(truth)).toEqual({ from: "2024-02-26", to: "2024-08-26" });
    expect(demoBaseline({ ...truth, teams: [] })).toBeNull();
  });
});
