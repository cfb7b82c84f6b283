import { describe, expect, it } from "vitest";
import { demoConfig } from "#config/demo.ts";
import { parseConfig } from "#config/parse.ts";

const options = { seed: 1, since: "2023-11-27", years: 3 };
const parse = (text: string) => parseConfig(text, "/srv/demo/headway.yaml", {});

describe("the configuration of a demo organisation", () => {
  const config = parse(demoConfig(options));

  it("is one that anybody could write: teams in groups, systems, calendars with holidays, services with owners", () => {
    expect(config.teams.filter(({ parent }) => parent !== undefined)).toHaveLength(12);
    expect(config.teams.filter(({ parent }) => parent === undefined)).toHaveLength(3);
    expect(config.services).toHaveLength(40);
    expect(config.systems.map(({ element }) => element)).toContain("core");
    expect(config.calendars.map(({ name }) => name)).toEqual(["Berlin", "Lisbon"]);
    expect(config.calendars[0]?.holidays).toContainEqual({ date: "2026-12-25" });
    expect(new Set(config.teams.flatMap(({ services }) => services.map(({ service }) => service))).size).toBe(40);
  });

  it("lies in its own folder", () => {
    expect(config.database).toBe("/srv/demo/headway.db");
  });

  it("says the day on which a service changes hands, to both teams", () => {
    const owned = config.teams.flatMap(({ name, services }) =>
      services.filter(({ service }) => service === "risk-model").map(({ since, until }) => ({ name, since, until })),
    );

    expect(owned).toEqual([
      { name: "Partners", until: owned[1]?.since },
      { name: "Data", since: "2025-05-26" },
    ]);
  });

  it("holds a demo organisation and nothing else", () => {
    const both = "sources: [{ host: demo, since: 2023-11-27 }, { host: git, path: . }]";

    expect(() => parse(both)).toThrow("A demo organisation stands alone, so that nobody takes its numbers for theirs.");
  });
});
