import { describe, expect, it } from "vitest";

import type { Programme } from "#metrics/programme/programme.ts";
import { backboneSentence } from "#metrics/programme/words.ts";

import { aFinding, anInitiative, aProgramme, aSystem, aUseCase } from "./declared.ts";

const systems = [aSystem("crm"), aSystem("mainframe")];
const assessment = [aFinding("mainframe"), aFinding("crm", { gap: "hinders" })];
const useCases = [aUseCase("instant", { title: "Instant payments" })];
const hub = anInitiative("hub", { systems: ["mainframe"] });
const layer = anInitiative("layer", { systems: ["crm"] });

const cases: readonly (readonly [Partial<Programme>, string])[] = [
  [{}, "Nobody has said which systems the backbone has. Add the first ones and look at each."],
  [{ systems }, "The backbone has 2 systems, and nobody has looked yet at what stands in the way."],
  [
    { systems, assessment },
    "1 system blocks something, 1 other hinders. No use case says yet what that is in the way of. 2 parts of 14 were looked at.",
  ],
  [
    { systems: [aSystem("a"), aSystem("b"), ...systems], assessment: [aFinding("a"), aFinding("b")] },
    "2 systems block something, 0 others hinder. No use case says yet what that is in the way of. 2 parts of 28 were looked at.",
  ],
  [
    {
      systems,
      assessment: [aFinding("crm", { element: "api", gap: "hinders" })],
      useCases: [aUseCase("instant", { title: "Instant payments", elements: ["api"] })],
    },
    "API of crm hinders “Instant payments”; no initiative has taken it up. 1 gap of 1 has no initiative. 1 part of 14 was looked at.",
  ],
  [
    { systems, assessment: [aFinding("crm", { gap: "none" })], useCases },
    "Nothing that was looked at stands in the way of a use case. 1 part of 14 was looked at.",
  ],
  [
    { systems, assessment, useCases },
    "Integration of mainframe blocks “Instant payments”; no initiative has taken it up. 2 gaps of 2 have no initiative. 2 parts of 14 were looked at.",
  ],
  [
    { systems, assessment, useCases, initiatives: [hub] },
    "Integration of mainframe blocks “Instant payments”; an initiative has taken it up. 1 gap of 2 has no initiative. 2 parts of 14 were looked at.",
  ],
  [
    { systems, assessment, useCases, initiatives: [hub, layer] },
    "Integration of mainframe blocks “Instant payments”; an initiative has taken it up. Every gap has an initiative. 2 parts of 14 were looked at.",
  ],
];

describe("the sentence of the backbone", () => {
  it.each(cases)("says what stands in the way most: case %#", (rest, words) => {
    expect(backboneSentence(aProgramme(rest))).toBe(words);
  });
});
