import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ConfigError } from "#config/errors.ts";
import { parseConfig } from "#config/parse.ts";
import { unusual } from "#config/thresholds.ts";
import { USUAL_TERMS } from "#metrics/programme/business-case.ts";
import { GATE_TERMS } from "#metrics/programme/gate.ts";
import { LIMITS } from "#metrics/programme/practices/limits.ts";
import { problem } from "./support.ts";

const parse = (text: string) => parseConfig(`${text}\nsources: [{ host: git, path: . }]`, "/srv/headway.yaml", {});
const refusal = (text: string) => problem(() => parse(text), ConfigError);

describe("thresholds", () => {
  it("are the usual ones where nobody says otherwise, for each release class", () => {
    const { thresholds } = parse("");

    expect(thresholds.practices).toEqual(LIMITS);
    expect(GATE_TERMS).toMatchObject({ ...thresholds.gate, ...thresholds.backbone });
    expect(USUAL_TERMS).toMatchObject(thresholds.cases);
    expect(unusual(thresholds)).toEqual([]);
  });

  it("change where the file says so and nowhere else, which is told by name", () => {
    const { thresholds } = parse(
      "thresholds: { practices: { regulated: { changedLines: 400 } }, gate: { parties: [sponsor, finance] }, cases: { rate: 0.08 } }",
    );

    expect(thresholds.practices).toEqual({ ...LIMITS, regulated: { ...LIMITS.regulated, changedLines: 400 } });
    expect(unusual(thresholds)).toEqual([
      { name: "practices.regulated.changedLines", value: "400", usual: "200" },
      {
        name: "gate.parties",
        value: "sponsor, finance",
        usual: "sponsor, finance, system-owner, works-council, security",
      },
      { name: "cases.rate", value: "0.08", usual: "0.1" },
    ]);
  });

  it.each([
    ["thresholds: { practices: { cloud: { changedLine: 300 } } }", "changedLines"],
    ["thresholds: { practices: { cloud: { reviewedShare: 90 } } }", "Write a number from 0 to 1."],
    ["thresholds: { gate: { parties: [] } }", "Somebody must agree"],
    ["thresholds: { habit: { recentWeeks: 8 } }", "Unknown key `habit`"],
    ["thresholds: { cases: { years: 2.5 } }", "Write a whole number from 1 to 20."],
  ])("are refused as %s, with what to write instead", (text, expected) => {
    expect(refusal(text)).toContain(expected);
  });

  it("are all in the documentation by their names", () => {
    const text = readFileSync(new URL("../../docs/configuration.md", import.meta.url), "utf8");
    const { gate, backbone, cases } = parse("").thresholds;
    const names = [
      ...Object.keys(LIMITS.cloud),
      ...Object.keys(gate).map((key) => `gate.${key}`),
      ...Object.keys(backbone).map((key) => `backbone.${key}`),
      ...Object.keys(cases).map((key) => `cases.${key}`),
    ];

    expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
  });
});
