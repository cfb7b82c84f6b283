import { describe, expect, it } from "vitest";
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import type { Panel } from "#metrics/programme/savings/effect/index.ts";
import { WEEK } from "#metrics/time.ts";
import { known } from "#test/metrics/statistics/known.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";

const quick = { ...OPTIONS, draws: 400, orders: 99 };
const eight = { ...USUAL_PANEL, teams: 8, adopters: 5 };

describe("the effect of adopting", () => {
  it("is found where teams that adopted can be held against teams that had not", () => {
    const { panel, truthOf } = simulatedPanel(3, USUAL_PANEL);
    const { method, effect, size, counts } = estimateEffect(panel, quick);

    expect([method, effect]).toEqual(["difference-in-differences", "yes"]);
    expect(counts).toMatchObject({ teams: 20, adopted: 13, notYet: 7, weeks: 104, missing: 0, leftOut: [] });
    expect(known(size).saving).toBeCloseTo(
      truthOf(() => true),
      1,
    );
    expect(known(size).low).toBeLessThan(truthOf(() => true));
    expect(known(size).high).toBeGreaterThan(truthOf(() => true));
  });

  it("is not found where there is none, and that is said", () => {
    const { panel } = simulatedPanel(3, { ...USUAL_PANEL, saving: 0, spread: 0 });
    const { effect, detectable, words } = estimateEffect(panel, quick);

    expect(effect).toBe("no");
    expect(known(detectable)).toBeLessThan(0.1);
    expect(words.effect).toMatch(/^No saving is shown, though one of 10 % would have lifted the interval above 0/);
  });

  it("is held against each team's own past where there are few teams", () => {
    const { panel } = simulatedPanel(3, { ...USUAL_PANEL, teams: 3, adopters: 3 });
    const { method, why, grade } = estimateEffect(panel, quick);

    expect(method).toBe("interrupted-time-series");
    expect(why).toBe(
      "3 teams are fewer than the 8 that it takes to compare teams with others. So each team is compared with its own past, as its level and trend would have gone on, for as long as they had been watched.",
    );
    expect(grade >= "C").toBe(true);
  });

  it("is never told apart from what came to everybody, where nobody is left to compare with", () => {
    const all = { ...USUAL_PANEL, teams: 4, adopters: 4, first: 78, weeks: 130, saving: 0, spread: 0 };
    const { panel } = simulatedPanel(3, { ...all, shift: { at: 78, by: -0.2 } });
    const { effect, size, words, caps, earliest } = estimateEffect(panel, quick);

    expect(known(size).low).toBeGreaterThan(0);
    expect([effect, earliest]).toEqual(["not yet", null]);
    expect(words.effect).toMatch(/cannot be told apart from what came to everybody at the same time\.$/);
    expect(caps.map(({ grade }) => grade)).toContain("C");
  });

  it("is found by few teams beside few others, and what came to all of them is not taken for it", () => {
    const few = { ...USUAL_PANEL, teams: 6, adopters: 4, first: 78, weeks: 130, shift: { at: 78, by: -0.2 } };
    const [found, nothing] = [few, { ...few, saving: 0, spread: 0 }].map((world) =>
      estimateEffect(simulatedPanel(3, world).panel, quick),
    );

    expect(found).toMatchObject({ method: "interrupted-time-series", effect: "yes" });
    expect(known(found).why).toContain("than 2 others that had not adopted");
    expect(known(nothing).effect).not.toBe("yes");
    expect(Math.abs(known(known(nothing).size).saving)).toBeLessThan(0.1);
  });

  it("takes those that adopt last for others, as long as they had not", () => {
    const { panel } = simulatedPanel(3, { ...USUAL_PANEL, teams: 4, adopters: 4, apart: 0, weeks: 130 });
    const adoptions = panel.adoptions.map(({ team }, index) => ({ team, at: known([52, 52, 104, 104][index]) * WEEK }));
    const { why, counts } = estimateEffect({ ...panel, adoptions }, quick);

    expect(why).toContain("than 2 others that had not adopted");
    expect(counts).toMatchObject({ adopted: 2, teamWeeks: 2 * 44 });
  });

  it("is not claimed where an outcome moved that the programme cannot have moved", () => {
    const { panel } = simulatedPanel(3, eight);
    const other = { ...eight, saving: 0, spread: 0 };
    const control = simulatedPanel(3, other).panel.rows;
    const moved = simulatedPanel(3, { ...other, beside: { by: -0.3, isKnown: false } }).panel.rows;
    const effectOf = (rows: Panel["control"]) => estimateEffect({ ...panel, control: rows }, quick);

    expect(effectOf(control)).toMatchObject({ effect: "yes", grade: "A" });
    expect(effectOf(moved)).toMatchObject({ effect: "not yet", grade: "C" });
    expect(effectOf(moved).words.effect).toMatch(
      /but an outcome that the programme cannot have moved moved as well\.$/,
    );
    expect(effectOf(control.map((row) => ({ ...row, outcome: 0 }))).checks).toContainEqual({
      id: "negative-control",
      passed: null,
      words: "The outcome that the programme cannot have moved has too few weeks, or is always the same.",
    });
  });

  it("is not claimed without weeks before", () => {
    const { panel } = simulatedPanel(3, { ...eight, first: 2 });
    const { method, effect, size, grade, draws } = estimateEffect(panel, quick);

    expect([method, effect, size, grade]).toEqual(["descriptive", "not yet", null, "D"]);
    expect(draws).toHaveLength(0);
  });

  it("says that nothing is known of an empty panel", () => {
    const nothing: Panel = { rows: [], adoptions: [], disturbances: [], control: [] };

    expect(estimateEffect(nothing, quick).why).toBe("No week of these teams is known. Nothing is claimed.");
  });

  it("is graded C at best where something else came with it", () => {
    const { panel } = simulatedPanel(3, { ...eight, beside: { by: -0.03, isKnown: true } });
    const { grade, caps } = estimateEffect(panel, quick);

    expect(grade).toBe("C");
    expect(caps.map(({ words }) => words)).toContain(
      "Within 8 weeks of adopting the same teams had something else, whose effect cannot be told apart: Assistants for everybody.",
    );
  });

  it("is the same to the last digit whenever it is asked for, whatever the order of the rows", () => {
    const { panel } = simulatedPanel(5, eight);
    const turned = { ...panel, rows: panel.rows.toReversed() };

    expect(estimateEffect(turned, quick)).toEqual(estimateEffect(panel, quick));
  });

  it("counts only the weeks that are asked about", () => {
    const { panel, truthOf } = simulatedPanel(7, { ...eight, noise: 0, common: 0, season: 0, spread: 0 });
    const window = { from: 91 * WEEK, to: 104 * WEEK };
    const { size, counts, cumulative } = estimateEffect(panel, { ...quick, window });

    expect(counts.teamWeeks).toBe(13 * 5);
    expect(known(size).saving).toBeCloseTo(
      truthOf((_, week) => week >= 91),
      1,
    );
    expect(known(cumulative).sum).toBeCloseTo(-known(size).saving * 65, 9);
  });

  it("is a share of the time on the scale of logarithms", () => {
    const { panel } = simulatedPanel(7, { ...eight, saving: Math.log(2), spread: 0, noise: 0, season: 0 });
    const { size } = estimateEffect(panel, { ...quick, scale: "log", window: { from: 70 * WEEK, to: 104 * WEEK } });

    expect(known(size).saving).toBeCloseTo(0.5, 1);
  });

  it("says which weeks are missing, and of which teams nothing is known", () => {
    const { panel } = simulatedPanel(5, { ...eight, missing: 0.3 });
    const found = estimateEffect(panel, quick);
    const missing = found.checks.find(({ id }) => id === "missing");

    expect(known(missing).passed).toBe(false);
    expect(known(missing).words).toMatch(/of 8\d\d team-weeks are missing .*; nothing is put in their place\.$/);
    expect(found.grade).toBe("C");
  });
});
