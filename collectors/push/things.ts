/** From what was said of a thing to the thing. */
import type { Change, Identity, Incident, Pipeline, PushedDeployment, Review } from "#metrics/events.ts";
import { PUSH } from "#metrics/pushed.ts";
import type { Instant } from "#metrics/time.ts";
import { alert } from "./alert-thing.ts";
import type { ChangeSaying, DeploymentSaying, IncidentSaying, PipelineSaying, PushedThing, Told } from "./sayings.ts";
import { first, join } from "./sayings.ts";

/** The thing after a message, given what was known of it before. The same message again changes nothing. */
export function told(known: PushedThing | null, message: Told): PushedThing {
  const identity = { source: PUSH, repository: message.service, id: message.id };
  switch (message.kind) {
    case "deployment": {
      const said = known?.kind === "deployment" ? known.said : [];
      return deployment(identity, join(said, dated(said, message)));
    }
    case "incident": {
      const said = known?.kind === "incident" ? known.said : [];
      return incident(identity, join(said, datedIncident(known, message)));
    }
    case "change":
      return change(identity, join(known?.kind === "change" ? known.said : [], message.says));
    case "pipeline":
      return pipeline(identity, join(known?.kind === "pipeline" ? known.said : [], message.says));
    case "alert": {
      const said = known?.kind === "alert" ? known.said : [];
      return alert(identity, join(said, dated(said, message)));
    }
  }
}

/** A message that does not say when, sent again, tells of the same moment. */
function dated<S extends { readonly part: string; readonly at: Instant }>(
  said: readonly S[],
  { dated: isDated, says }: { readonly dated: boolean; readonly says: S },
): S {
  const known = isDated ? undefined : said.find(({ part }) => part === says.part);
  return known === undefined ? says : { ...says, at: known.at };
}

/** What is over already and is resolved again, nobody says when, was resolved then. */
function datedIncident(
  known: PushedThing | null,
  message: { readonly dated: boolean; readonly says: IncidentSaying },
): IncidentSaying {
  if (known?.kind !== "incident") return message.says;
  const { said, resolvedAt } = known;
  const { type } = message.says;
  if (message.dated || type === "triggered") return dated(said, message);
  const before = type === "resolved" ? resolvedAt : said.findLast((saying) => saying.type === type)?.at;
  if (before === undefined || before === null || (type === "reopened" && resolvedAt !== null)) return message.says;
  return { ...message.says, part: `${type} ${new Date(before).toISOString()}`, at: before };
}

function deployment(identity: Identity, said: readonly DeploymentSaying[]): PushedThing & PushedDeployment {
  const latest = said.toReversed(); // the end of a roll-out knows best what was rolled out
  const starts = said.flatMap(({ startedAt, at }) => [startedAt ?? at]);
  return {
    kind: "deployment",
    ...identity,
    url: first(latest, ({ url }) => url),
    environment: first(latest, ({ environment }) => environment) ?? "production",
    tier: null,
    sha: first(latest, ({ sha }) => sha),
    version: first(latest, ({ version }) => version),
    createdAt: Math.min(...starts),
    statuses: said.map(({ outcome, at }) => ({ outcome, at })),
    fixesVersion: first(latest, ({ fixesVersion }) => fixesVersion),
    includedCommits: first(latest, ({ includedCommits }) => includedCommits) ?? [],
    said,
  };
}

function incident(identity: Identity, said: readonly IncidentSaying[]): PushedThing & Incident {
  const begun = said.filter(({ type }) => type !== "resolved").map(({ at }) => at);
  const ended = said.flatMap(({ type, at, endedAt }) =>
    type === "resolved" ? [at] : endedAt === null ? [] : [endedAt],
  );
  const lastEnd = ended.length === 0 ? null : Math.max(...ended);
  const isOpen = lastEnd === null || begun.some((at) => at > lastEnd);
  return {
    kind: "incident",
    ...identity,
    number: null,
    url: first(said, ({ url }) => url),
    title: first(said, ({ title }) => title) ?? identity.id,
    labels: first(said, ({ labels }) => labels) ?? [],
    openedAt: begun.length === 0 ? (lastEnd ?? 0) : Math.min(...begun),
    resolvedAt: isOpen ? null : lastEnd,
    falseAlarm: first(said.toReversed(), ({ falseAlarm }) => falseAlarm) ?? false,
    deployment: first(said, (saying) => saying.deployment),
    causedBy: first(said, ({ causedBy }) => causedBy),
    said,
  };
}

/** Whether its beginning is known: an end that came first is kept, and counts for nothing until then. */
export function hasBegun(thing: PushedThing): boolean {
  switch (thing.kind) {
    case "incident":
      return thing.said.some(({ type }) => type !== "resolved");
    case "alert":
      return thing.said.some(({ part }) => part === "opened");
    case "change":
    case "deployment":
    case "pipeline":
      return true;
  }
}

function change(identity: Identity, said: readonly ChangeSaying[]): PushedThing & Change {
  const at = (part: ChangeSaying["part"]) => said.find((saying) => saying.part === part)?.at ?? null;
  const openedAt = Math.min(...said.map((saying) => saying.at));
  return {
    kind: "change",
    ...identity,
    number: Number(/(\d{1,15})\D*$/.exec(identity.id)?.[1] ?? 0),
    url: first(said, ({ url }) => url),
    title: first(said, ({ title }) => title) ?? identity.id,
    author: null,
    authorKind: "human",
    labels: [],
    targetBranch: "",
    sourceBranch: null,
    requestedAt: null,
    openedAt,
    readyAt: openedAt,
    mergedAt: at("merged"),
    closedAt: at("merged") ?? at("abandoned"),
    reopenedAt: [],
    mergeCommit: first(said, ({ mergeCommit }) => mergeCommit),
    commits: [],
    reviews: said.filter(({ part }) => part === "reviewed").map(review),
    additions: null,
    deletions: null,
    paths: null,
    truncated: false,
    said,
  };
}

/** Who reviewed is not told, only that somebody did; without any author it would pass for one whose account is gone. */
function review({ at }: ChangeSaying): Review {
  return { kind: "review", at, author: PUSH, authorKind: "human", byChangeAuthor: false };
}

function pipeline(identity: Identity, said: readonly PipelineSaying[]): PushedThing & Pipeline {
  const at = (part: PipelineSaying["part"]) => said.find((saying) => saying.part === part)?.at ?? null;
  const outcomeOf = (part: PipelineSaying["part"]) => said.find((saying) => saying.part === part)?.outcome;
  const outcome = outcomeOf("finished") ?? outcomeOf("started") ?? "waiting";
  const runner = first(said, (saying) => saying.runner ?? null);
  const [startedAt, finishedAt] = [at("started"), at("finished")];
  // CDEvents tells of no jobs: a run that says on what it ran is one.
  const whole = {
    id: identity.id,
    name: "run",
    outcome,
    allowedToFail: false,
    environment: null,
    startedAt,
    finishedAt,
  };
  return {
    kind: "pipeline",
    ...identity,
    name: first(said, ({ name }) => name) ?? identity.repository,
    url: first(said, ({ url }) => url),
    sha: first(said, ({ sha }) => sha) ?? "",
    branch: null,
    outcome,
    attempt: 1,
    earlier: [],
    createdAt: Math.min(...said.map((saying) => saying.at)),
    startedAt,
    finishedAt,
    jobs: runner === null ? [] : [{ ...whole, runner }],
    said,
  };
}
