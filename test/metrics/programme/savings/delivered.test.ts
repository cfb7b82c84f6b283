import { describe, expect, it } from "vitest";

import { periods } from "#metrics/calendar.ts";
import { delaysOf, deliveredBy } from "#metrics/programme/savings/delivered.ts";
import { aChangeFact } from "#test/support/builders.ts";
import { at } from "#test/support/fake-host.ts";

const weeks = periods({ from: at("2026-03-02"), to: at("2026-03-16") }, "week", "UTC");
const days = { before: { from: "2026-03-02", to: "2026-03-09" }, now: { from: "2026-03-09", to: "2026-03-16" } };
const services = [
  { service: "shop", system: "Tills" },
  { service: "stock", system: null },
  { service: "bots", system: null },
];

function shipped(service: string, day: string, hours: readonly number[], authorKind: "human" | "bot" = "human") {
  const changes = hours.map((leadTimeHours) => aChangeFact({ authorKind, deployedAt: at(day), leadTimeHours }));
  return deliveredBy({ service, changes }, weeks, "UTC");
}

const delivered = [
  ...shipped("shop", "2026-03-04", [42, 672]),
  ...shipped("shop", "2026-03-11", [84]),
  ...shipped("stock", "2026-03-04", [1]),
  ...shipped("bots", "2026-03-04", [500], "bot"),
];

function waits(has: { readonly services?: readonly string[]; readonly systems?: readonly string[] }) {
  return delaysOf([{ id: "pay", services: [], systems: [], ...has }], { services, delivered }, days)[0];
}

describe("what a use case waits for", () => {
  it("is the geometric mean of the lead times of its own services, in weeks", () => {
    expect(waits({ services: ["shop"] })).toEqual({
      id: "pay",
      before: expect.closeTo(1, 12),
      now: expect.closeTo(0.5, 12),
    });
    expect(waits({ systems: ["Tills"] })).toEqual({
      id: "pay",
      before: expect.closeTo(1, 12),
      now: expect.closeTo(0.5, 12),
    });
  });

  it("is that of all services where it names none", () => {
    expect(waits({})?.before).toBeLessThan(0.5);
  });

  it("is not known of bots, of weeks in which nothing came, and of services that are not there", () => {
    expect(waits({ services: ["stock"] })?.now).toBeNull();
    expect(waits({ services: ["bots"] })).toEqual({ id: "pay", before: null, now: null });
    expect(waits({ services: ["gone"] })).toEqual({ id: "pay", before: null, now: null });
  });
});
