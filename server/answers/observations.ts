/** What each metric observes in the facts of some services. */
import type { AlertFact, ChangeFact, CommitFact, DeploymentFact, IncidentFact, PipelineFact } from "#metrics/facts.ts";
import type { Lens } from "#metrics/lens.ts";
import { looksAt, through, viewOf } from "#metrics/lens.ts";
import type { Metric, Observation, View } from "#metrics/metric.ts";
import type { Instant } from "#metrics/time.ts";
import type { Structure } from "../structure.ts";
import type { Facts } from "./memory.ts";
import { CHANGES, listOf } from "./memory.ts";

/** A fact with what it adds; only those that belong to the metric. */
export type Observed = { readonly observation: Observation } & (
  | { readonly kind: "commit"; readonly fact: CommitFact }
  | { readonly kind: "deployment"; readonly fact: DeploymentFact }
  | { readonly kind: "change"; readonly fact: ChangeFact }
  | { readonly kind: "incident"; readonly fact: IncidentFact }
  | { readonly kind: "alert"; readonly fact: AlertFact }
  | { readonly kind: "pipeline"; readonly fact: PipelineFact }
);

/** Until when what is not over is known to last. */
export interface Ends {
  readonly until: Instant;
  /** Of services that were archived: by source, then by name. */
  readonly ended: ReadonlyMap<string, ReadonlyMap<string, Instant>>;
}

/** How facts are looked at, and how far they reach. */
export interface Looking {
  readonly lens: Lens;
  readonly ends: Ends;
  /** Who works when. */
  readonly structure: Structure;
}

interface Known extends Looking {
  readonly observed: readonly Observed[];
}

/** Per list of facts, and metric and lens: the same list gives the same observations until somebody looks again. */
const known = new WeakMap<readonly unknown[], Map<string, Known>>();

/** @returns ordered by time. */
export function observed(metric: Metric, facts: Facts, looking: Looking): readonly Observed[] {
  const { lens, ends, structure } = looking;
  const list = facts[listOf(metric)];
  const ofList = known.get(list) ?? new Map<string, Known>();
  known.set(list, ofList);
  const key = `${metric.id} ${lens.bots} ${lens.open} ${lens.time}`;
  const before = ofList.get(key);
  if (before?.structure === structure && isSame(before.ends, ends)) return before.observed;
  const found = [...observe(metric, facts, looking)].sort((a, b) => a.observation.at - b.observation.at);
  ofList.set(key, { ...looking, observed: found });
  return found;
}

function isSame(before: Ends, { until, ended }: Ends): boolean {
  if (before.until !== until || before.ended.size !== ended.size) return false;
  return [...ended].every(([source, services]) => {
    const known = before.ended.get(source);
    return known?.size === services.size && [...services].every(([service, at]) => known.get(service) === at);
  });
}

/** How the facts of each service are looked at: by its owners' hours, and nothing of an archived one lasts beyond its end. */
function views({
  lens,
  ends: { until, ended },
  structure,
}: Looking): (fact: Pick<CommitFact, "source" | "service">) => View {
  const made = new Map<string, Map<string, View>>();
  return ({ source, service }) => {
    const ofSource = made.get(source) ?? new Map<string, View>();
    made.set(source, ofSource);
    const before = ofSource.get(service);
    if (before !== undefined) return before;
    const view = viewOf(ended.get(source)?.get(service) ?? until, structure.timeOf(service), lens);
    ofSource.set(service, view);
    return view;
  };
}

function observe(metric: Metric, facts: Facts, looking: Looking): Iterable<Observed> {
  const { lens } = looking;
  const view = views(looking);
  const isLookedAt = ({ authorKind }: CommitFact | ChangeFact) => looksAt(metric, authorKind, lens);
  switch (metric.of) {
    case "deployment":
      return each("deployment", facts.deployments, lens, (fact) => metric.observe(fact, view(fact)));
    case "attempt":
      return each("deployment", facts.attempts, lens, (fact) => metric.observe(fact, view(fact)));
    case "commit":
      return each("commit", metric.clock === "deployedAt" ? facts.deployed : facts.committed, lens, (fact) =>
        isLookedAt(fact) ? metric.observe(fact, view(fact)) : null,
      );
    case "change":
      return each("change", facts[CHANGES[metric.clock]], lens, (fact) =>
        isLookedAt(fact) ? metric.observe(fact, view(fact)) : null,
      );
    case "incident":
      return each("incident", facts.incidents, lens, (fact) => metric.observe(fact, view(fact)));
    case "alert":
      return each("alert", metric.clock === "openedAt" ? facts.alerts : facts.fixedAlerts, lens, (fact) =>
        metric.observe(fact, view(fact)),
      );
    case "pipeline":
      return each("pipeline", metric.clock === "finishedAt" ? facts.finishedRuns : facts.breaks, lens, (fact) =>
        metric.observe(fact, view(fact)),
      );
  }
}

function* each<Kind extends string, Fact>(
  kind: Kind,
  facts: readonly Fact[],
  lens: Lens,
  observeOne: (fact: Fact) => Observation | null,
): Generator<{ kind: Kind; fact: Fact; observation: Observation }> {
  for (const fact of facts) {
    const observation = observeOne(fact);
    if (observation !== null) yield { kind, fact, observation: through(observation, lens) };
  }
}
