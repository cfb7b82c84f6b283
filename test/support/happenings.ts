/** What may happen to a Headway that runs: things come late, change, go away, mean something else, and people judge and take it back. */
import fc from "fast-check";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Judgement } from "#metrics/judgements.ts";
import type { Programme } from "#metrics/programme/programme.ts";
import { NOTHING as NO_PROGRAMME } from "#metrics/programme/programme.ts";
import { HOUR } from "#metrics/time.ts";
import { utc } from "./builders.ts";
import { configurations } from "./configurations.ts";
import { beginnings, REPOSITORIES, shaOf, telling } from "./drawn-events.ts";

export type Happening =
  | { readonly kind: "learn"; readonly events: readonly DeliveryEvent[] }
  /** Another change of a repository is merged, upon what is there. */
  | { readonly kind: "work"; readonly repository: string; readonly isDeployed: boolean }
  /** Some of the events that are there go away. */
  | { readonly kind: "lose"; readonly picks: readonly number[] }
  | { readonly kind: "configure"; readonly config: object }
  | { readonly kind: "judge"; readonly judgement: Omit<Judgement, "id" | "madeAt"> }
  /** One of the judgements in force is taken back. */
  | { readonly kind: "withdraw"; readonly pick: number }
  /** Somebody's program tells of a deployment or an incident, or tells otherwise of one. */
  | { readonly kind: "push"; readonly what: "deployment" | "incident"; readonly body: object }
  | { readonly kind: "declare"; readonly programme: Programme }
  /** Numbers are frozen, to be compared with later. */
  | { readonly kind: "freeze" }
  /** More than a day goes by in which nobody asks its host. */
  | { readonly kind: "wait" }
  /** Its host was asked again, some hours later. */
  | { readonly kind: "look"; readonly hours: number }
  | { readonly kind: "restart" };

const days = fc.constantFrom("2026-02-25", "2026-03-01", "2026-03-15", "2026-03-28", "2026-04-02", "2026-04-20");
const whose = fc.constantFrom(
  { service: null, scope: null },
  { service: "acme/shop", scope: null },
  { service: null, scope: "team:payments" },
  { service: null, scope: "system:tills" },
);
const NOTHING = { subject: null, from: null, to: null, recoveredAt: null, rebases: false, reason: "So.", actor: "Ada" };
const spans = fc.tuple(days, fc.constantFrom(undefined, "2026-04-10", "2026-05-10")).map(([from, to]) => ({
  from,
  to: to !== undefined && to > from ? to : dayAfter(from),
}));
const service = fc.constantFrom("acme/shop", "acme/pay", "web");

const judgements: fc.Arbitrary<Omit<Judgement, "id" | "madeAt">> = fc.oneof(
  fc.tuple(whose, spans).map(([whom, span]) => ({ ...NOTHING, kind: "days" as const, ...whom, ...span })),
  fc
    .tuple(whose, fc.constantFrom("chore", "CI"), fc.option(spans))
    .map(([whom, subject, span]) => ({ ...NOTHING, kind: "label" as const, ...whom, subject, ...span })),
  fc
    .tuple(service, fc.integer({ min: 1, max: 8 }))
    .map(([name, number]) => ({ ...NOTHING, kind: "change" as const, ...ofService(name), subject: String(number) })),
  fc
    .tuple(service, fc.integer({ min: 1, max: 6 }), fc.constantFrom("deployment", "failed", "not-failed"))
    .map(([name, id, kind]) => ({ ...NOTHING, kind, ...ofService(name), subject: `d${id}` })),
  fc.tuple(whose, days, fc.boolean()).map(([whom, from, rebases]) => ({
    ...NOTHING,
    kind: rebases ? ("adoption" as const) : ("note" as const),
    ...whom,
    from,
    to: dayAfter(from),
    subject: "Began anew",
    rebases,
  })),
);

function ofService(name: string) {
  return { service: name, scope: null };
}

function dayAfter(day: string): string {
  return new Date(utc(day) + 24 * HOUR).toISOString().slice(0, 10);
}

const picks = fc.nat({ max: 1000 });

const pushed = fc
  .record({
    id: fc.constantFrom("p1", "p2", "p3"),
    service: fc.constantFrom("acme/shop", "web", "elsewhere"),
    sha: fc.nat({ max: 14 }).map(shaOf),
    at: fc.constantFrom("2026-03-10", "2026-04-01", "2026-04-20").map((day) => `${day}T08:00:00Z`),
    status: fc.constantFrom("success", "failure"),
    what: fc.constantFrom("deployment", "deployment", "incident"),
  })
  .map(({ id, service, sha, at, status, what }): Happening => {
    const body =
      what === "incident"
        ? { id, service, sha, date: at }
        : { id, service, sha, deployedAt: at, startedAt: at, status };
    return { kind: "push", what, body };
  });

const useCase = {
  id: "instant",
  title: "Pay at once",
  owner: "Payments",
  value: { low: 1, likely: 2, high: 3 },
  elements: ["core" as const],
  by: "2027",
};
const frozen = { id: "f", kind: "freeze", title: "Year's end", teams: [], hours: 0, cost: 0 } as const;

const programmes: fc.Arbitrary<Programme> = fc
  .record({
    needs: fc.constantFrom(
      { systems: [], services: [] },
      { systems: ["tills"], services: [] },
      { systems: [], services: ["acme/pay", "web"] },
    ),
    freeze: fc.option(fc.constantFrom("2026-03-02", "2026-04-06")),
    drill: fc.option(fc.constantFrom("2026-03-12", "2026-05-01")),
  })
  .map(({ needs, freeze, drill }) => ({
    ...NO_PROGRAMME,
    useCases: [{ ...useCase, ...needs }],
    interventions: freeze === null ? [] : [{ ...frozen, from: freeze, to: "2026-04-12" }],
    drills: drill === null ? [] : [{ id: "d", service: "acme/shop", day: drill }],
  }));

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: telling.map((events): Happening => ({ kind: "learn", events })) },
  {
    weight: 4,
    arbitrary: fc
      .record({ repository: fc.constantFrom(...REPOSITORIES), isDeployed: fc.boolean() })
      .map((work): Happening => ({ kind: "work", ...work })),
  },
  {
    weight: 2,
    arbitrary: fc
      .array(picks, { minLength: 1, maxLength: 3 })
      .map((some): Happening => ({ kind: "lose", picks: some })),
  },
  { weight: 3, arbitrary: configurations.map((config): Happening => ({ kind: "configure", config })) },
  { weight: 4, arbitrary: judgements.map((judgement): Happening => ({ kind: "judge", judgement })) },
  { weight: 2, arbitrary: picks.map((pick): Happening => ({ kind: "withdraw", pick })) },
  { weight: 2, arbitrary: pushed },
  { weight: 1, arbitrary: programmes.map((programme): Happening => ({ kind: "declare", programme })) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: "freeze" }) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: "wait" }) },
  { weight: 1, arbitrary: fc.constantFrom(1, 30).map((hours): Happening => ({ kind: "look", hours })) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: "restart" }) },
);

export const happenings: fc.Arbitrary<readonly Happening[]> = fc
  .tuple(beginnings, configurations, fc.array(happening, { minLength: 1, maxLength: 6, size: "max" }))
  .map(([events, config, others]) => [{ kind: "learn", events }, { kind: "configure", config }, ...others]);
