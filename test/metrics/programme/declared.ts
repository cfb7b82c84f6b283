/** Programmes for tests: what a test is not about has a value that works. */
import type { Assumed, Assumption, Bucket, Cost, CostKind, TimeStudy } from "#metrics/programme/assumptions.ts";
import type { Finding, Initiative, Programme, System, UseCase } from "#metrics/programme/programme.ts";
import { BUCKETS } from "#metrics/programme/assumptions.ts";
import { NOTHING } from "#metrics/programme/programme.ts";

export function aSystem(name: string, rest: Partial<System> = {}): System {
  return { name, element: null, technology: "it", owner: null, vendor: null, releases: null, needs: [], ...rest };
}

export function aFinding(system: string, rest: Partial<Finding> = {}): Finding {
  return {
    system,
    element: "integration",
    gap: "blocks",
    evidence: "Two weeks for each new interface.",
    confidence: "medium",
    day: "2026-11-02",
    ...rest,
  };
}

export function aUseCase(id: string, rest: Partial<UseCase> = {}): UseCase {
  return {
    id,
    title: `Use case ${id}`,
    owner: "Retail",
    value: { low: 500_000, likely: 1_000_000, high: 1_500_000 },
    elements: ["integration"],
    systems: [],
    services: [],
    by: "2028",
    ...rest,
  };
}

export function anInitiative(id: string, rest: Partial<Initiative> = {}): Initiative {
  return {
    id,
    title: `Initiative ${id}`,
    owner: "Platform",
    state: "approved",
    element: "integration",
    systems: [],
    useCase: "instant",
    strategy: "abstract",
    whyNot: "The core cannot be replaced within five years.",
    hypothesis: { metric: "lead-time", from: "9 days", to: "2 days", by: "2027-06-30", because: "No release train." },
    plan: months("2027-01", 6, 10_000),
    capitalised: 0,
    benefit: { low: 100_000, likely: 100_000, high: 100_000 },
    ramp: 0,
    affected: null,
    chance: 1,
    needs: [],
    grade: "C",
    kill: "No interface in use after three months.",
    checkpoint: "2027-04-01",
    actuals: [],
    ...rest,
  };
}

/** Known for sure unless a test says otherwise. */
export function anAssumption(what: Assumed, value: number, rest: Partial<Assumption> = {}): Assumption {
  return {
    id: [what, ...(rest.of === undefined ? [] : [rest.of])].join("-"),
    what,
    of: null,
    value,
    low: value,
    high: value,
    source: "Controlling",
    owner: "Finance",
    validFrom: "2020-01-01",
    ...rest,
  };
}

/** A month after the other. */
export function aCost(kind: CostKind, first: string, amounts: readonly number[], rest: Partial<Cost> = {}): Cost {
  const dates = months(first, amounts.length, 0);
  return {
    id: kind,
    kind,
    title: kind,
    team: null,
    source: "Invoices",
    owner: "Finance",
    months: dates.map(({ month }, index) => ({ month, cost: amounts[index] ?? 0 })),
    ...rest,
  };
}

export function aTimeStudy(
  team: string,
  hours: Readonly<Partial<Record<Bucket, number>>>,
  rest: Partial<TimeStudy> = {},
): TimeStudy {
  return {
    id: `study-${team}`,
    kind: "time-study",
    team,
    from: "2026-11-02",
    to: "2026-11-13",
    hours: BUCKETS.flatMap((bucket) => {
      const spent = hours[bucket];
      return spent === undefined ? [] : [{ bucket, hours: spent }];
    }),
    ...rest,
  };
}

/** That many months from one on, each with the same cost. */
export function months(first: string, count: number, cost: number): { month: string; cost: number }[] {
  const [year = NaN, month = NaN] = first.split("-").map(Number);
  return Array.from({ length: count }, (_, index) => ({
    month: new Date(Date.UTC(year, month - 1 + index, 1)).toISOString().slice(0, 7),
    cost,
  }));
}

export function aProgramme(rest: Partial<Programme> = {}): Programme {
  return { ...NOTHING, ...rest };
}
