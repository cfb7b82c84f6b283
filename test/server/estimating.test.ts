/** A thread works out what this one would have. */
import { describe, expect, it } from "vitest";
import { estimateEffect, OPTIONS } from "#metrics/programme/savings/effect/index.ts";
import { PLAN_OPTIONS, planSavings } from "#metrics/programme/savings/effect/plan.ts";
import { estimated, planned } from "#server/estimating.ts";
import { simulatedPanel, USUAL_PANEL } from "#test/support/panels.ts";

const { panel } = simulatedPanel(1, { ...USUAL_PANEL, teams: 8, adopters: 5 });
const options = { ...OPTIONS, draws: 300, orders: 19 };

describe("estimating in a thread", () => {
  it("gives the same digits, whoever asks at the same time", async () => {
    const here = estimateEffect(panel, options);

    expect(await Promise.all([estimated(panel, options), estimated(panel, options)])).toEqual([here, here]);
  });

  it("lets others be answered meanwhile", async () => {
    const order: string[] = [];
    const asked = estimated(panel, OPTIONS).then(() => order.push("estimated"));
    setImmediate(() => order.push("answered"));
    await asked;

    expect(order).toEqual(["answered", "estimated"]);
  });

  it("plans as well", async () => {
    const few = { ...PLAN_OPTIONS, worlds: 4, quarters: 1 };
    const schedules = [{ id: "waves", title: "In waves", adoptions: panel.adoptions }];

    expect(await planned(panel.rows, schedules, few)).toEqual(planSavings(panel.rows, schedules, few));
  });

  it("lets nobody who asks for an effect wait for a plan", async () => {
    const order: string[] = [];
    const schedules = [{ id: "waves", title: "In waves", adoptions: panel.adoptions }];
    const plan = planned(panel.rows, schedules, { ...PLAN_OPTIONS, worlds: 60, quarters: 2 }).then(() =>
      order.push("planned"),
    );
    await estimated(panel, { ...options, draws: 10 }).then(() => order.push("estimated"));
    await plan;

    expect(order).toEqual(["estimated", "planned"]);
  });

  it("tells what went wrong, and goes on", async () => {
    await expect(estimated(panel, { ...options, draws: Infinity })).rejects.toThrow();
    expect((await estimated(panel, { ...options, draws: 10 })).effect).toBeTypeOf("string");
  });
});
