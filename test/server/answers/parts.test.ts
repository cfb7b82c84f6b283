import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Rows } from "#server/answers/columns.ts";
import { partsOf } from "#server/answers/parts.ts";

const COUNT = 4;
const none: Rows = { at: new Float64Array(), bits: new Uint16Array(), place: new Uint32Array(), columns: new Map() };
const nothing = {
  deployments: none,
  attempts: none,
  deployed: none,
  committed: none,
  merged: none,
  opened: none,
  incidents: none,
  alerts: none,
  fixedAlerts: none,
  finishedRuns: none,
  breaks: none,
};

const rows = fc
  .array(
    fc.record({
      at: fc.nat(1000),
      bits: fc.nat(15),
      place: fc.nat(COUNT - 1),
      value: fc.nat(50),
      waits: fc.boolean(),
    }),
    { maxLength: 30 },
  )
  .map((made) => made.toSorted((a, b) => a.at - b.at));

interface Made {
  readonly value: number;
  readonly waits: boolean;
}

const waitingIn = (made: readonly Made[]) =>
  made
    .map(({ waits, value }, row) => ({ waits, one: { row, value, at: null } }))
    .filter(({ waits }) => waits)
    .map(({ one }) => one);

describe("the rows of several services", () => {
  it("are those of each, in their order, with what is pending", () => {
    fc.assert(
      fc.property(rows, (made) => {
        const pending = waitingIn(made);
        const delivered: Rows = {
          at: Float64Array.from(made, ({ at }) => at),
          bits: Uint16Array.from(made, ({ bits }) => bits),
          place: Uint32Array.from(made, ({ place }) => place),
          columns: new Map([["lead-time", { values: Float64Array.from(made, ({ value }) => value), pending }]]),
        };

        const parts = partsOf({ ...nothing, delivered }, COUNT).map((part) => part.delivered);

        const own = Array.from({ length: COUNT }, (_, index) => made.filter(({ place }) => place === index));
        expect(parts.map(({ at }) => [...at])).toEqual(own.map((some) => some.map(({ at }) => at)));
        expect(parts.map(({ bits }) => [...bits])).toEqual(own.map((some) => some.map(({ bits }) => bits)));
        expect(parts.map(({ place }) => [...place])).toEqual(own.map((some) => some.map(() => 0)));
        expect(parts.map(({ columns }) => columns.get("lead-time")?.values)).toEqual(
          own.map((some) => Float64Array.from(some, ({ value }) => value)),
        );
        expect(parts.map(({ columns }) => columns.get("lead-time")?.pending)).toEqual(own.map(waitingIn));
      }),
    );
  });
});
