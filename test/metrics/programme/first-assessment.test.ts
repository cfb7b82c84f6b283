import { describe, expect, it } from "vitest";

import { firstAssessment } from "#metrics/programme/first-assessment.ts";
import type { Programme } from "#metrics/programme/programme.ts";

import { aFinding, anInitiative, aProgramme, aSystem, aUseCase } from "./declared.ts";

const words = (programme: Programme) => firstAssessment(programme).map((step) => step.words);
const done = (programme: Programme) => firstAssessment(programme).filter(({ isDone }) => isDone);
const sponsor = (answer: "asked" | "agreed" | "refused") =>
  [{ id: answer, party: "sponsor", about: "programme", snapshot: null, answer, day: "2026-11-02" }] as const;

const whole = aProgramme({
  vision: { sentence: "A day.", targets: [{ id: "weekly", words: "Weekly", by: "2028" }] },
  systems: [aSystem("crm", { owner: "Sales" }), aSystem("ledger")],
  assessment: [aFinding("crm"), aFinding("ledger", { gap: "none", evidence: "" })],
  useCases: ["instant", "advice", "claims"].map((id) => aUseCase(id, { systems: ["crm"] })),
  initiatives: ["instant", "advice", "claims"].map((id) => anInitiative(id, { useCase: id, systems: ["crm"] })),
  consents: [...sponsor("agreed")],
});

describe("a first assessment", () => {
  it("begins with six things to do, in order", () => {
    expect(done(aProgramme())).toEqual([]);
    expect(words(aProgramme())).toEqual([
      "Say in one sentence what all of it is for, with targets for the next two to five years.",
      "Name the systems of the backbone, those without a repository as well.",
      "Look at each system, element by element: does it stand in the way?",
      "Name 3 to 10 use cases for the business, each with what it is worth: there is none yet.",
      "Write down what is to be done about what stands in the way: an idea is enough.",
      "Ask the sponsor whether they agree to the programme, and write down the answer.",
    ]);
  });

  it("is there once each has been said, however many parts of a system nobody knows", () => {
    expect(done(whole)).toHaveLength(6);
    expect(words(whole)).toEqual([
      "The vision is said, with 1 target.",
      "2 systems are named; of 1 nobody said who owns it.",
      "2 of 14 parts were looked at.",
      "3 use cases are named.",
      "3 initiatives, and each gap that blocks a use case has one.",
      "The sponsor has agreed to the programme.",
    ]);
  });

  it.each([
    ["a vision without a target", { vision: { sentence: "A day.", targets: [] } }, "The vision has no target yet"],
    ["systems nobody looked at", { assessment: [aFinding("crm")] }, "1 of 14 parts was looked at; of ledger none."],
    [
      "many of them",
      { systems: ["a", "b", "c", "d", "e"].map((name) => aSystem(name)), assessment: [] },
      "0 of 35 parts were looked at; of a, b, c and 2 more none.",
    ],
    ["two use cases", { useCases: whole.useCases.slice(0, 2) }, "there are 2."],
    [
      "a gap that blocks and nobody took up",
      { initiatives: whole.initiatives.slice(0, 1) },
      "2 gaps that block a use case have no initiative.",
    ],
    ["a sponsor who was asked", { consents: [...sponsor("asked")] }, "The sponsor was asked, and has not answered."],
    ["a sponsor who refused", { consents: [...sponsor("agreed"), ...sponsor("refused")] }, "The sponsor refused"],
  ])("is held up by %s", (_, rest, told) => {
    const steps = firstAssessment({ ...whole, ...rest });

    expect(steps.filter(({ isDone }) => !isDone)).toEqual([
      expect.objectContaining({ words: expect.stringContaining(told) }),
    ]);
  });

  it.each([
    ["one system with an owner", { systems: [aSystem("crm", { owner: "Sales" })] }, "1 system is named."],
    [
      "two without one",
      { systems: [aSystem("crm"), aSystem("ledger")] },
      "2 systems are named; of 2 nobody said who owns them.",
    ],
    ["one use case", { useCases: whole.useCases.slice(0, 1) }, "there is 1."],
    ["eleven", { useCases: Array.from({ length: 11 }, (_, index) => aUseCase(`${index}`)) }, "there are 11."],
    ["ten", { useCases: Array.from({ length: 10 }, (_, index) => aUseCase(`${index}`)) }, "10 use cases are named."],
    [
      "a gap without an initiative",
      { initiatives: whole.initiatives.slice(0, 2) },
      "1 gap that blocks a use case has no initiative.",
    ],
    [
      "a sponsor who agreed to something else",
      { consents: sponsor("agreed").map((one) => ({ ...one, about: "crm" })) },
      "Ask the sponsor whether",
    ],
    [
      "another who agreed",
      { consents: sponsor("agreed").map((one) => ({ ...one, party: "finance" as const })) },
      "Ask the sponsor whether",
    ],
  ])("says what there is: %s", (_, rest, told) => {
    expect(words({ ...whole, ...rest }).filter((one) => one.includes(told))).toHaveLength(1);
  });

  it("waits for nothing that only hinders", () => {
    const hinders = whole.assessment.map((finding) => ({ ...finding, gap: "hinders" as const }));

    expect(done({ ...whole, assessment: hinders, initiatives: whole.initiatives.slice(0, 1) })).toHaveLength(6);
  });
});
