/** All that is known of one change, deployment or incident. */
import type { ChangeFact, DeploymentFact, IncidentFact } from "#metrics/facts.ts";
import { changeAge, changeState, deploymentState, incidentState } from "#metrics/items/states.ts";
import type { Timeline } from "#metrics/items/timeline.ts";
import { changeTimeline, deploymentTimeline, incidentTimeline } from "#metrics/items/timeline.ts";
import { changeWords, deploymentWords, incidentWords, LINK_RULES } from "#metrics/items/words.ts";
import type { Instant } from "#metrics/time.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { FactOf } from "../store/finding.ts";
import type { ScopedService } from "./asked-scope.ts";
import { askedScope, nearest } from "./asked-scope.ts";
import type { Subject } from "./counting.ts";
import { countsOf } from "./counting.ts";
import type { Memory } from "./memory.ts";
import { BadRequest } from "./problem.ts";
import { reaches, summariesOf } from "./scope.ts";

type Item = Reply<"/api/item">;
type Link = Item["links"][number];

/** What is asked of whoever tells of one item. */
interface Known {
  readonly installation: Installation;
  readonly place: ScopedService;
  /** How far the facts reach. */
  readonly until: Instant;
  readonly isDeploying: boolean;
}

const MOST_CARRIED = 200;

export async function answerItem(
  installation: Installation,
  { kind, id, service }: Query<"/api/item">,
  memory: Memory,
): Promise<Item> {
  const { services } = await askedScope(installation, { service });
  const { fact, place } = await find(installation, kind, services, id);
  const { until } = await reaches(installation, [place], memory);
  const [summary] = await summariesOf([place], memory);
  const known = { installation, place, until, isDeploying: (summary?.firstDeployedAt ?? null) !== null };
  const told = await tell(fact, known);
  return { ...told, counts: await countsOf(installation, place, fact, memory) };
}

async function find(
  { store }: Installation,
  kind: keyof FactOf,
  services: readonly ScopedService[],
  id: string,
): Promise<{ readonly fact: Subject; readonly place: ScopedService }> {
  const fact: Subject | null = await subjectOf(store, kind, services, id);
  const place = services.find(({ source, service }) => source === fact?.fact.source && service === fact.fact.service);
  if (fact !== null && place !== undefined) return { fact, place };
  const where = services.length === 1 ? ` of ${services[0]?.service ?? ""}` : "";
  const alike = await store.search(services, id, 5);
  const names = alike[kind].map((one) => one.id);
  throw new BadRequest(
    `There is no ${kind} "${id}"${where}. ${nearest(id, names, "Look for it on the page of all of them; it may have been deleted at its host.")}`,
  );
}

async function subjectOf(
  store: Installation["store"],
  kind: keyof FactOf,
  services: readonly ScopedService[],
  id: string,
): Promise<Subject | null> {
  switch (kind) {
    case "change": {
      const fact = await store.find(kind, services, id);
      return fact && { kind, fact };
    }
    case "deployment": {
      const fact = await store.find(kind, services, id);
      return fact && { kind, fact };
    }
    case "incident": {
      const fact = await store.find(kind, services, id);
      return fact && { kind, fact };
    }
  }
}

type Told = Omit<Item, "counts">;

async function tell(subject: Subject, known: Known): Promise<Told> {
  switch (subject.kind) {
    case "change":
      return tellChange(subject.fact, known);
    case "deployment":
      return tellDeployment(subject.fact, known);
    case "incident":
      return tellIncident(subject.fact, known);
  }
}

async function tellChange(
  fact: ChangeFact,
  { installation: { store }, place, until, isDeploying }: Known,
): Promise<Told> {
  const state = changeState(fact, isDeploying);
  const deployment = fact.deploymentId === null ? null : await store.find("deployment", [place], fact.deploymentId);
  const reverting = fact.revertedBy === null ? null : await store.changeOfCommit(place, fact.revertedBy);
  const { additions, deletions, mergeCommit, revertedBy, authorKind } = fact;
  return {
    ...said(fact, { kind: "change", name: `#${fact.number}`, title: fact.title }),
    state,
    sentence: changeWords(fact, state, changeAge(fact, state, until)),
    facts: [
      ...(additions === null || deletions === null ? [] : [{ term: "Lines", value: `+${additions} −${deletions}` }]),
      ...(authorKind === "human" ? [] : [{ term: "By", value: authorKind === "bot" ? "a bot" : "an agent" }]),
      ...(mergeCommit === null ? [] : [{ term: "Merged as", value: mergeCommit.slice(0, 12) }]),
      ...(revertedBy === null ? [] : [{ term: "Taken back by", value: revertedBy.slice(0, 12) }]),
    ],
    ...timeline(changeTimeline(fact, state, until)),
    links: [
      ...(deployment === null ? [] : [deploymentLink(deployment, "The first production deployment that contains it.")]),
      ...(reverting === null ? [] : [changeLink(reverting, "Took it back.")]),
    ],
    carried: null,
  };
}

async function tellDeployment(fact: DeploymentFact, { installation: { store }, place, until }: Known): Promise<Told> {
  const state = deploymentState(fact);
  const incidents = await store.incidentsOf(place, fact.id);
  const carried = await store.carriedBy(place, fact.id);
  const { before, after } = await around(fact, store, place);
  const isBack = (one: DeploymentFact) => fact.failedBy.length > 0 && one.deployedAt === fact.recoveredAt;
  const recovery = after.find(isBack) ?? null;
  const rollback = fact.failedBy.includes("rollback")
    ? (after.find((one) => one.isRollback && one.environment === fact.environment) ?? null)
    : null;
  const [next] = after;
  const { sha, overruled, failedBy } = fact;
  return {
    ...said(fact, { kind: "deployment", name: fact.id, title: `${fact.id} to ${fact.environment}` }),
    state,
    sentence: deploymentWords(fact, state),
    facts: [
      { term: "Known from", value: ROUTES[fact.route] },
      ...(sha === null ? [] : [{ term: "Commit", value: sha.slice(0, 12) }]),
      ...failedBy.map((signal) => ({
        term: "Failed by",
        value: signal === "incident" ? incidentSignal(incidents) : SIGNALS[signal],
      })),
      ...overruled.map((signal) => ({ term: "Overruled", value: SIGNALS[signal] })),
    ],
    ...timeline(deploymentTimeline(fact, { incidents, rollback, recovery }, until)),
    links: [
      ...incidents.map((one) => incidentLink(one, LINK_RULES[one.linkedBy])),
      ...(rollback === null ? [] : [deploymentLink(rollback, "Put back an older commit in its place.")]),
      ...(recovery === null || recovery === rollback ? [] : [deploymentLink(recovery, "By this one it was back.")]),
      ...(before === null ? [] : [deploymentLink(before, "The deployment before it.")]),
      ...(next === undefined || next === rollback || next === recovery
        ? []
        : [deploymentLink(next, "The deployment after it.")]),
    ],
    carried:
      fact.changes === null
        ? null
        : {
            total: carried.length,
            rows: carried
              .slice(0, MOST_CARRIED)
              .map((one) => changeLink(one, one.revertedBy === null ? "" : "Taken back later.")),
          },
  };
}

/** Those before and after it; none of one that is no deployment to production. */
async function around(fact: DeploymentFact, store: Installation["store"], place: ScopedService) {
  if (fact.deployedAt === null || fact.tier !== "production") return { before: null, after: [] };
  const { before, after } = await store.deploymentsAround(place, fact.deployedAt);
  const own = after.findIndex(({ id }) => id === fact.id);
  return { before, after: after.slice(own + 1) };
}

async function tellIncident(fact: IncidentFact, { installation: { store }, place, until }: Known): Promise<Told> {
  const state = incidentState(fact);
  const cause = fact.deploymentId === null ? null : await store.find("deployment", [place], fact.deploymentId);
  return {
    ...said(fact, {
      kind: "incident",
      name: fact.number === null ? fact.id : `#${fact.number}`,
      title: fact.title,
    }),
    state,
    sentence: incidentWords(fact, state),
    facts: [{ term: "Linked by", value: LINK_RULES[fact.linkedBy] }],
    ...timeline(incidentTimeline(fact, cause, until)),
    links: cause === null ? [] : [deploymentLink(cause, LINK_RULES[fact.linkedBy])],
    carried: null,
  };
}

/** What an incident names is known; that it came soon after is a guess, and must not read like more. */
function incidentSignal(incidents: readonly IncidentFact[]): string {
  return incidents.some(({ linkedBy }) => linkedBy === "id" || linkedBy === "sha")
    ? SIGNALS.incident
    : "an incident within 72 h after it, which names no deployment";
}

function said(
  { id, service, url }: ChangeFact | DeploymentFact | IncidentFact,
  named: Pick<Item, "kind" | "name" | "title">,
) {
  return { ...named, id, service, url };
}

function timeline({ moments, stages }: Timeline): Pick<Item, "moments" | "spans"> {
  return {
    moments: moments.map(({ at, what, note }) => ({ at: new Date(at).toISOString(), what, note })),
    spans: stages.map(({ title, from, to, hours, isOpen }) => ({
      title,
      from: new Date(from).toISOString(),
      to: new Date(to).toISOString(),
      hours,
      isOpen,
    })),
  };
}

function changeLink({ id, service, number, title, mergedAt }: ChangeFact, words: string): Link {
  return { kind: "change", id, service, title: `#${number} ${title}`, at: iso(mergedAt), words };
}

function deploymentLink({ id, service, deployedAt }: DeploymentFact, words: string): Link {
  return { kind: "deployment", id, service, title: id, at: iso(deployedAt), words };
}

function incidentLink({ id, service, title, openedAt }: IncidentFact, words: string): Link {
  return { kind: "incident", id, service, title, at: iso(openedAt), words };
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

const ROUTES = {
  deployment: "the host's record of deployments",
  job: "a job of a pipeline, by the rule of its service",
  run: "a run of a pipeline, by the rule of its service",
  release: "a published release that stands in for it",
  tag: "a tag that stands in for it",
  push: "a push",
  merge: "a merge to the default branch, as a proxy",
} as const satisfies Record<DeploymentFact["route"], string>;

const SIGNALS = {
  incident: "an incident that names it",
  rollback: "the next deployment there, which put back an older commit",
  revert: "another deployment within 7 days, which took back what it carried",
  hotfix: "a hotfix of it, by its label, its branch or what it says",
  manual: "somebody who said so by hand: the journal on the Data page says who and why",
} as const satisfies Record<DeploymentFact["failedBy"][number], string>;
