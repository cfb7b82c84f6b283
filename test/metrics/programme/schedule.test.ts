import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { sum } from "#metrics/statistics/sum.ts";
import { circles, criticalPath, tooEarly } from "#metrics/programme/schedule.ts";

import { anInitiative, months } from "./declared.ts";

describe("initiatives that need each other", () => {
  it("in a circle are found once, wherever one begins to look", () => {
    const all = [
      { id: "a", needs: ["b"] },
      { id: "b", needs: ["c"] },
      { id: "c", needs: ["b"] },
      { id: "d", needs: ["a", "nothing"] },
    ];

    expect(circles(all)).toEqual([["b", "c"]]);
    expect(circles([{ id: "a", needs: ["a"] }])).toEqual([["a"]]);
  });

  it("never are a circle where each needs only those before it", () => {
    const steps = fc.array(fc.array(fc.nat(20), { maxLength: 4 }), { maxLength: 20 });
    fc.assert(
      fc.property(steps, (lists) => {
        const all = lists.map((needs, at) => ({
          id: String(at),
          needs: needs.filter((need) => need < at).map(String),
        }));
        expect(circles(all)).toEqual([]);
        const [last] = all.slice(-1);
        const closed = all.map(({ id, needs }) => ({ id, needs: [...needs, String(last?.id)] }));
        expect(circles(closed).length > 0).toBe(all.length > 0);
      }),
    );
  });
});

describe("a plan that begins before what it needs is finished", () => {
  const layer = anInitiative("layer", { plan: months("2027-01", 6, 1) });

  it("is told with both months", () => {
    const early = anInitiative("app", { needs: ["layer"], plan: months("2027-06", 3, 1) });
    const after = anInitiative("app", { needs: ["layer"], plan: months("2027-07", 3, 1) });

    expect(tooEarly([layer, early])).toEqual([{ id: "app", needs: "layer", begins: "2027-06", ends: "2027-06" }]);
    expect(tooEarly([layer, after])).toEqual([]);
  });

  it("waits for nothing that is done, stopped or not planned", () => {
    const early = anInitiative("app", { needs: ["layer"], plan: months("2027-02", 3, 1) });

    expect(tooEarly([{ ...layer, state: "done" }, early])).toEqual([]);
    expect(tooEarly([{ ...layer, state: "stopped" }, early])).toEqual([]);
    expect(tooEarly([{ ...layer, plan: [] }, early])).toEqual([]);
    expect(tooEarly([layer, { ...early, state: "stopped" }])).toEqual([]);
  });
});

describe("the critical path", () => {
  it("is the longest chain of what is ahead, not the one with most links", () => {
    const all = [
      anInitiative("a", { plan: months("2027-01", 2, 1) }),
      anInitiative("b", { plan: months("2027-03", 2, 1), needs: ["a"] }),
      anInitiative("c", { plan: months("2027-05", 2, 1), needs: ["b"] }),
      anInitiative("long", { plan: months("2027-01", 12, 1) }),
      anInitiative("end", { plan: months("2028-01", 1, 1), needs: ["long", "c"] }),
    ];

    expect(criticalPath(all)).toEqual({ ids: ["long", "end"], months: 13 });
  });

  it("is the first of chains that are equally long", () => {
    const plan = months("2027-01", 3, 1);
    const all = ["a", "b"].map((id) => anInitiative(id, { plan }));

    expect(criticalPath(all)).toEqual({ ids: ["a"], months: 3 });
    expect(criticalPath([...all, anInitiative("end", { plan, needs: ["b", "a"] })])).toEqual({
      ids: ["b", "end"],
      months: 6,
    });
  });

  it("leaves out what is done, and is none where nothing is ahead or nothing can begin", () => {
    const done = anInitiative("a", { state: "done" });

    expect(criticalPath([done, anInitiative("b", { needs: ["a"] })])).toEqual({ ids: ["b"], months: 6 });
    expect(criticalPath([done])).toBeNull();
    expect(criticalPath([anInitiative("a", { needs: ["b"] }), anInitiative("b", { needs: ["a"] })])).toBeNull();
  });

  it("is never shorter than any initiative and never longer than all of them", () => {
    const lengths = fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(lengths, fc.infiniteStream(fc.boolean()), (all, coins) => {
        const initiatives = all.map((length, at) =>
          anInitiative(String(at), {
            plan: months("2027-01", length, 1),
            needs: Array.from({ length: at }, (_, before) => String(before)).filter(() => coins.next().value),
          }),
        );
        const found = criticalPath(initiatives)?.months;
        expect(found).toBeGreaterThanOrEqual(Math.max(...all));
        expect(found).toBeLessThanOrEqual(sum(all));
      }),
    );
  });
});
