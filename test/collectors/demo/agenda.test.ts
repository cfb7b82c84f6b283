import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Agenda } from "#collectors/demo/agenda.ts";

/** Seconds that collide often. */
const seconds = fc.array(fc.nat(20), { maxLength: 40 });

describe("an agenda", () => {
  it("lets things happen in the order of time, and in the order of planning at the same instant", () => {
    fc.assert(
      fc.property(seconds, (planned) => {
        const agenda = new Agenda();
        const happened: [number, number][] = [];
        for (const [turn, second] of planned.entries())
          agenda.plan(second * 1000, (at) => happened.push([at / 1000, turn]));

        agenda.runUntil(Infinity);

        const inOrder = [...planned.entries()].map(([turn, second]) => [second, turn]);
        expect(happened).toEqual(inOrder.toSorted(([a = 0], [b = 0]) => a - b));
      }),
    );
  });

  it("is the same whether it runs at once or in two parts", () => {
    fc.assert(
      fc.property(seconds, fc.nat(20), (planned, pause) => {
        const run = (...until: readonly number[]) => {
          const agenda = new Agenda();
          const happened: number[] = [];
          const act = (at: number) => {
            happened.push(at);
            agenda.plan(at + 3000, (next) => happened.push(next));
          };
          for (const second of planned) agenda.plan(second * 1000, act);
          for (const instant of until) agenda.runUntil(instant * 1000);
          return happened;
        };

        expect(run(pause, 30)).toEqual(run(30));
      }),
    );
  });

  it("plans nothing into the past", () => {
    const agenda = new Agenda();
    const happened: number[] = [];

    agenda.plan(5000, () => agenda.plan(1000, (at) => happened.push(at)));
    agenda.runUntil(9000);

    expect(happened).toEqual([5000]);
  });
});
