/** What may happen to a Headway that runs: things come late, change, go away, mean something else, and people judge and take it back. */
import fc from "fast-check";
import type { DeliveryEvent } from "#metrics/events.ts";
import type { Judgement } from "#metrics/judgements.ts";
import { HOUR } from "#metrics/time.ts";
import { aChange, aCommit, aDeployment, anAlert, anIncident, aRepository, aReview, aRun, utc } from "./builders.ts";

export type Happening =
  | { readonly kind: "learn"; readonly events: readonly DeliveryEvent[] }
  /** One of the events that are there goes away. */
  | { readonly kind: "lose"; readonly pick: number }
  | { readonly kind: "configure"; readonly config: object }
  | { readonly kind: "judge"; readonly judgement: Omit<Judgement, "id" | "madeAt"> }
  /** One of the judgements in force is taken back. */
  | { readonly kind: "withdraw"; readonly pick: number }
  /** Its host was asked again, some hours later. */
  | { readonly kind: "look"; readonly hours: number }
  | { readonly kind: "restart" };

export const REPOSITORIES = ["acme/shop", "acme/pay"] as const;
const COMMITS = 14;
const FIRST = utc("2026-02-20");

/** Few instants of three months, so that they collide. */
const instants = fc.integer({ min: 0, max: 50 }).map((part) => FIRST + part * 36 * HOUR);
const lengths = fc.constantFrom(0, 1, 5, 30, 200);
const repositories = fc.constantFrom(...REPOSITORIES);

/** A change of a line: each by its own commit. */
const changes = fc
  .record({
    number: fc.integer({ min: 1, max: 8 }),
    openedAt: instants,
    review: fc.option(lengths),
    merge: fc.option(lengths, { freq: 6 }),
    labels: fc.constantFrom([], [], ["Chore"], ["chore", "ci"], ["hotfix"]),
    authorKind: fc.constantFrom("human", "human", "bot", "agent"),
    additions: fc.option(fc.integer({ min: 0, max: 9 })),
  })
  .map(({ number, openedAt, review, merge, labels, authorKind, additions }) => {
    const mergedAt = merge === null ? null : openedAt + merge * HOUR;
    return aChange(number, {
      openedAt,
      mergedAt,
      mergeCommit: mergedAt === null ? null : shaOf(number),
      commits: [{ sha: shaOf(number), authoredAt: openedAt - 2 * HOUR }],
      reviews: review === null ? [] : [aReview(openedAt + review * HOUR)],
      labels,
      authorKind,
      additions,
      deletions: 1,
    });
  });

const deployments = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    commit: fc.nat({ max: COMMITS }),
    at: instants,
    environment: fc.constantFrom("production", "production", "staging"),
    outcome: fc.constantFrom("success", "success", "failure"),
  })
  .map(({ id, commit, at, environment, outcome }) =>
    aDeployment(`d${id}`, shaOf(commit), at, { environment, statuses: [{ outcome, at }] }),
  );

const incidents = fc
  .record({ id: fc.integer({ min: 1, max: 3 }), at: instants, hours: fc.option(lengths), of: fc.integer({ max: 6 }) })
  .map(({ id, at, hours, of }) =>
    anIncident(`i${id}`, at, { resolvedAt: hours === null ? null : at + hours * HOUR, deployment: `d${of}` }),
  );

const runs = fc
  .record({
    id: fc.integer({ min: 1, max: 6 }),
    commit: fc.nat({ max: COMMITS }),
    at: instants,
    name: fc.constantFrom("CI", "CD"),
    outcome: fc.constantFrom("success", "failure"),
  })
  .map(({ id, commit, at, name, outcome }) => aRun(`r${id}`, shaOf(commit), at, { name, outcome }));

const alerts = fc
  .record({ id: fc.integer({ min: 1, max: 3 }), at: instants, hours: fc.option(lengths) })
  .map(({ id, at, hours }) => anAlert(`a${id}`, at, { fixedAt: hours === null ? null : at + hours * HOUR }));

/** The default branch now ends here; its commits may come to be dated otherwise. */
const branches = fc
  .record({
    head: fc.integer({ min: 4, max: COMMITS }),
    late: fc.nat({ max: 2 }),
    archivedAt: fc.option(instants, { freq: 1 }),
  })
  .map(({ head, late, archivedAt }): readonly DeliveryEvent[] => [
    ...lineOf(head, late),
    aRepository({ head: shaOf(head), archivedAt: late === 2 ? archivedAt : null }),
  ]);

function lineOf(head: number, late: number): readonly DeliveryEvent[] {
  return Array.from({ length: head + 1 }, (_, index) =>
    aCommit(shaOf(index), {
      parents: index === 0 ? [] : [shaOf(index - 1)],
      authoredAt: FIRST + (index * 60 - late) * HOUR,
      committedAt: FIRST + (index * 60 + late * 7) * HOUR,
      changeNumber: index % 3 === 2 ? null : index,
      paths: index % 2 === 0 ? ["web/a.ts"] : ["api/b.ts"],
    }),
  );
}

function shaOf(index: number): string {
  return String(index).padStart(40, "0");
}

function inRepository(repository: string, events: readonly DeliveryEvent[]): readonly DeliveryEvent[] {
  return events.map((event) => ({ ...event, repository, ...(event.kind === "repository" && { id: repository }) }));
}

const anything = fc
  .array(fc.oneof(changes, changes, deployments, incidents, runs, alerts), { minLength: 1, maxLength: 6 })
  .map((events): readonly DeliveryEvent[] => events);

const learning = fc
  .tuple(repositories, fc.oneof({ weight: 4, arbitrary: anything }, { weight: 1, arbitrary: branches }))
  .map(([repository, events]): Happening => ({ kind: "learn", events: inRepository(repository, events) }));

/** With what everything begins: both repositories, and some of everything in each. */
const beginning = fc
  .tuple(
    ...REPOSITORIES.map(() =>
      fc.tuple(branches, fc.array(fc.oneof(changes, deployments, runs), { minLength: 25, maxLength: 25 })),
    ),
  )
  .map((parts): Happening => ({
    kind: "learn",
    events: parts.flatMap(([line, events], index) => inRepository(REPOSITORIES[index] ?? "", [...line, ...events])),
  }));

const teams = [
  { name: "payments", services: ["acme/pay", { service: "acme/shop", since: "2026-03-20" }] },
  { name: "selling", services: [{ service: "acme/shop", until: "2026-03-20" }] },
];
const calendars = { calendar: "usual", calendars: [{ name: "usual", hours: "09:00-17:00", holidays: ["2026-03-17"] }] };

/** What is owned, what a day is, when work is done, what a deployment is, and what a service is. */
export const CONFIGURATIONS: readonly object[] = [
  {},
  { teams },
  { teams: [{ name: "payments", services: ["acme/shop", "acme/pay"] }], timezone: "Asia/Tokyo" },
  { teams, ...calendars, systems: [{ name: "tills" }], services: [{ name: "acme/shop", system: "tills" }] },
  { teams, services: [{ name: "acme/shop", production: "^staging$", hotfix: { labels: ["hotfix"] } }] },
  {
    services: [
      { name: "web", repository: "acme/shop", paths: ["web/**"], team: "payments" },
      { name: "api", repository: "acme/shop", paths: ["api/**"], team: "payments" },
    ],
  },
];

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

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 5, arbitrary: learning },
  { weight: 2, arbitrary: picks.map((pick): Happening => ({ kind: "lose", pick })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(...CONFIGURATIONS).map((config): Happening => ({ kind: "configure", config })),
  },
  { weight: 5, arbitrary: judgements.map((judgement): Happening => ({ kind: "judge", judgement })) },
  { weight: 3, arbitrary: picks.map((pick): Happening => ({ kind: "withdraw", pick })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 30).map((hours): Happening => ({ kind: "look", hours })) },
  { weight: 1, arbitrary: fc.constant<Happening>({ kind: "restart" }) },
);

export const happenings: fc.Arbitrary<readonly Happening[]> = fc
  .tuple(beginning, fc.array(happening, { minLength: 1, maxLength: 6, size: "max" }))
  .map(([first, others]) => [first, ...others]);
