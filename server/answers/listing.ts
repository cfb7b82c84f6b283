/** Changes, deployments and incidents as lists. */
import { overlap } from "#metrics/grid.ts";
import type { ChangeFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import {
  CHANGE_STATES,
  changeAge,
  changeState,
  DEPLOYMENT_STATES,
  deploymentState,
  INCIDENT_STATES,
  incidentState,
} from "#metrics/items/states.ts";
import { changesWords, deploymentsWords, incidentsWords } from "#metrics/items/words.ts";
import { isDuring } from "#metrics/scopes.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { hoursBetween } from "#metrics/time.ts";
import { spanWords } from "#metrics/words.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { ListedPlace, ListQuestion } from "../store/listing.ts";
import { absence, askedScope } from "./asked-scope.ts";
import type { Memory } from "./memory.ts";
import type { ScopedSummary } from "./scope.ts";
import { askedWindow, NOT_YET, reaches, summariesOf } from "./scope.ts";

type Path = "/api/changes" | "/api/deployments" | "/api/incidents";

interface Asked {
  readonly question: ListQuestion;
  readonly window: Window;
  readonly summaries: readonly ScopedSummary[];
  readonly absent: string | null;
  /** Services of which something was ever deployed. */
  readonly deploying: ReadonlySet<string>;
  readonly until: Instant;
}

async function ask(installation: Installation, query: Query<Path>, memory: Memory): Promise<Asked> {
  const window = askedWindow(query, installation.config.timezone, installation.now());
  const found = await askedScope(installation, query);
  const { until } = await reaches(installation, found.services, memory);
  const end = Math.max(window.from, Math.min(window.to, until));
  const summaries = await summariesOf(found.services, memory);
  const places = found.services.map((service): ListedPlace => ({
    ...service,
    windows: service.times.flatMap((time) => overlap(window, time) ?? []),
    isLast: isDuring(end - 1, service.times),
  }));
  return {
    question: {
      places,
      to: window.to,
      now: until,
      text: query.q ?? null,
      state: query.state,
      bots: "bots" in query ? query.bots : "in",
      sort: query.sort,
      direction: query.direction,
      limit: query.limit,
      offset: query.offset,
    },
    window,
    summaries,
    absent: absence(found, window) ?? (summaries.every((summary) => summary.isUnderived) ? NOT_YET : null),
    deploying: new Set(
      found.services.flatMap(({ source, service }, index) =>
        (summaries[index]?.firstDeployedAt ?? null) === null ? [] : [`${source}\n${service}`],
      ),
    ),
    until,
  };
}

export async function answerChanges(
  installation: Installation,
  query: Query<"/api/changes">,
  memory: Memory,
): Promise<Reply<"/api/changes">> {
  const asked = await ask(installation, query, memory);
  const { states, total, facts } = await installation.store.listChanges(asked.question);
  const isKnown = asked.summaries.some(({ changes }) => changes > 0) || states.length > 0;
  return {
    ...opening(asked, changesWords(states, spanWords(asked.window)), isKnown, NO_CHANGES),
    states: known(states, CHANGE_STATES),
    total,
    rows: facts.map((fact) => changeRow(fact, asked)),
  };
}

const NO_CHANGES = "Only a host knows how changes were opened, reviewed and merged: connect GitHub or GitLab.";
const NO_INCIDENTS =
  "No incident is known here: give issues the label of an incident at their host, or push incidents.";
const NO_DEPLOYMENTS = "No deployment is known here: the Data page says what counts as one, and how to tell of them.";

function changeRow(fact: ChangeFact, { deploying, until }: Asked): Reply<"/api/changes">["rows"][number] {
  const { additions, deletions, revertedBy } = fact;
  const state = changeState(fact, deploying.has(`${fact.source}\n${fact.service}`));
  return {
    ...common(fact, fact.title, fact.deployedAt ?? fact.mergedAt ?? fact.openedAt ?? 0),
    number: fact.number,
    state,
    authorKind: fact.authorKind,
    ageHours: changeAge(fact, state, until),
    leadTimeHours: fact.leadTimeHours,
    codingHours: fact.codingHours,
    pickupHours: fact.pickupHours,
    reviewHours: fact.reviewHours,
    deployHours: fact.deployHours,
    lines: additions === null || deletions === null ? null : additions + deletions,
    deploymentId: fact.deploymentId,
    isReverted: revertedBy !== null,
  };
}

export async function answerDeployments(
  installation: Installation,
  query: Query<"/api/deployments">,
  memory: Memory,
): Promise<Reply<"/api/deployments">> {
  const asked = await ask(installation, query, memory);
  const { states, total, facts } = await installation.store.listDeployments(asked.question);
  const isKnown = asked.deploying.size > 0 || states.length > 0;
  return {
    ...opening(asked, deploymentsWords(states, spanWords(asked.window)), isKnown, NO_DEPLOYMENTS),
    states: known(states, DEPLOYMENT_STATES),
    total,
    rows: facts.map(deploymentRow),
  };
}

function deploymentRow(fact: DeploymentFact): Reply<"/api/deployments">["rows"][number] {
  const { deployedAt, createdAt, failedBy, recoveredAt } = fact;
  const back = failedBy.length > 0 ? recoveredAt : null;
  return {
    ...common(fact, fact.id, deployedAt ?? createdAt),
    state: deploymentState(fact),
    environment: fact.environment,
    route: fact.route,
    sha: fact.sha,
    changes: fact.changes,
    commits: fact.commits,
    failedBy: [...failedBy],
    recoveredAt: iso(back),
    recoveryHours: hoursBetween(deployedAt, back),
    isRollback: fact.isRollback,
    isRework: fact.isRework,
  };
}

export async function answerIncidents(
  installation: Installation,
  query: Query<"/api/incidents">,
  memory: Memory,
): Promise<Reply<"/api/incidents">> {
  const asked = await ask(installation, query, memory);
  const { states, total, facts } = await installation.store.listIncidents(asked.question);
  const isKnown = asked.summaries.some(({ incidents }) => incidents > 0) || states.length > 0;
  return {
    ...opening(asked, incidentsWords(states, spanWords(asked.window)), isKnown, NO_INCIDENTS),
    states: known(states, INCIDENT_STATES),
    total,
    rows: facts.map(incidentRow),
  };
}

function incidentRow(fact: IncidentFact): Reply<"/api/incidents">["rows"][number] {
  return {
    ...common(fact, fact.title, fact.openedAt),
    number: fact.number,
    state: incidentState(fact),
    resolvedAt: iso(fact.resolvedAt),
    recoveryHours: fact.recoveryHours,
    linkedBy: fact.linkedBy,
    deploymentId: fact.deploymentId,
  };
}

function common({ id, service, url }: ChangeFact | DeploymentFact | IncidentFact, title: string, at: Instant) {
  return { id, title, service, url, at: new Date(at).toISOString() };
}

/** What the page opens with; where nothing can be known, why. */
function opening({ window, absent }: Asked, words: string, isKnown: boolean, lacking: string) {
  const reason = absent ?? (isKnown ? null : lacking);
  return {
    window: { from: new Date(window.from).toISOString(), to: new Date(window.to).toISOString() },
    sentence: reason ?? words,
    reason,
  };
}

/** The states in their order; only those that there are. */
function known<State extends string>(
  states: readonly { readonly state: string; readonly n: number }[],
  order: readonly State[],
): { state: State; n: number }[] {
  return order.flatMap((state) => {
    const found = states.find((one) => one.state === state);
    return found === undefined ? [] : [{ state, n: found.n }];
  });
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
