/**
 * What changes wait for: each hour that a change waits is given once to a system and a part of its backbone, or it is unknown for what. Hours of several changes add
 * up: they are hours of waiting work, not of people.
 */
import type { ChangeFact, PipelineFact } from "../facts.ts";
import { sum } from "../statistics/sum.ts";
import type { Instant, Window } from "../time.ts";
import { HOUR } from "../time.ts";
import type { Element } from "./programme.ts";
import { attributionWords } from "./waits-words.ts";

/** In the order in which they are believed: what people declare knows more than what hosts leave behind. */
export const WAIT_KINDS = [
  "declared",
  "runner-queue",
  "pause",
  "dependency",
  "review",
  "release-window",
  "unknown",
] as const;
export type WaitKind = (typeof WAIT_KINDS)[number];

/** Which part of a system each wait is for, where nothing more is known. Beliefs: configuration with visible defaults. */
export const WAITS_FOR: Readonly<Record<WaitKind, Element | null>> = {
  declared: null,
  "runner-queue": "infrastructure",
  // Hosts do not say for what a run paused: an approval, a manual step, an environment.
  pause: "delivery",
  dependency: "integration",
  review: "delivery",
  "release-window": "delivery",
  unknown: null,
};

/** That changes of some services wait for a system, as somebody says. */
export interface DeclaredWait extends Window {
  readonly system: string;
  readonly element: Element | null;
  readonly services: readonly string[];
}

export interface WaitingService {
  readonly service: string;
  /** Which it is a part of; `null`: nobody said. */
  readonly system: string | null;
  readonly changes: readonly ChangeFact[];
  readonly pipelines: readonly PipelineFact[];
  /** The system in whose declared release days it is deployed; `null`: it is bound to none. */
  readonly boundTo: string | null;
  /** The last commits of changes by their ids, from `toldBy`; `null`: only runs on merge commits are seen. */
  readonly heads: ReadonlyMap<string, string> | null;
}

export interface Wait extends Window {
  readonly service: string;
  /** By its id. */
  readonly change: string;
  readonly kind: WaitKind;
  /** `null`: nobody knows for what. */
  readonly system: string | null;
  readonly element: Element | null;
  readonly certainty: Certainty;
  readonly hours: number;
}

export type Certainty = "measured" | "declared" | "unknown";

/**
 * What the changes of some services waited for in a window. A change waits from when it is ready to its first review, and from its merge to its deployment; while it carries
 * a label `blocked:SYSTEM` or a wait is declared, it waits all the time until it is merged or deployed. Changes of bots are left out, and those deployed before
 * the record of deployments begins.
 *
 * @param window ends where the facts end at the latest: what waits still has waited until then.
 */
export function waitsOf(
  services: readonly WaitingService[],
  declared: readonly DeclaredWait[],
  window: Window,
): readonly Wait[] {
  return services.flatMap((one) => {
    const runs = byCommit(one.pipelines);
    const own = declared.filter(({ services: whose }) => whose.includes(one.service));
    return one.changes
      .filter(
        ({ authorKind, isBeforeRecord, openedAt }) => authorKind !== "bot" && !isBeforeRecord && openedAt !== null,
      )
      .flatMap((change) => waitsOfChange(one, change, { runs, declared: own }, window));
  });
}

interface Known {
  readonly runs: ReadonlyMap<string, readonly PipelineFact[]>;
  readonly declared: readonly DeclaredWait[];
}

/** Something a change may have waited for in a span. */
interface Claim extends Window {
  readonly kind: WaitKind;
  readonly system: string | null;
  readonly element: Element | null;
}

/** Between two boundaries of claims the most believed of them has all of it. */
function waitsOfChange(one: WaitingService, change: ChangeFact, known: Known, window: Window): readonly Wait[] {
  const { ready, arrived } = waitingTime(change, window.to);
  if (arrived <= window.from || ready >= window.to) return [];
  const claims = claimsOf(one, change, known, window.to).flatMap((claim) => clipped(claim, window));
  const bounds = [...new Set(claims.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b);
  const found: Wait[] = [];
  for (const [index, from] of bounds.slice(0, -1).entries()) {
    const to = bounds[index + 1] ?? from;
    const claim = mostBelieved(claims.filter((each) => each.from <= from && each.to >= to));
    if (claim === null) continue;
    const { kind, system, element } = claim;
    const certainty = certaintyOf(claim, one);
    const last = found.at(-1);
    // A bound of another claim does not cut a wait in two.
    const isSame = last?.to === from && last.kind === kind && last.system === system && last.element === element;
    if (isSame) found.pop();
    const begun = isSame ? last.from : from;
    found.push({
      service: one.service,
      change: change.id,
      from: begun,
      to,
      kind,
      system,
      element,
      certainty,
      hours: (to - begun) / HOUR,
    });
  }
  return found;
}

function mostBelieved(claims: readonly Claim[]): Claim | null {
  for (const kind of WAIT_KINDS) {
    const found = claims.find((claim) => claim.kind === kind);
    if (found !== undefined) return found;
  }
  return null;
}

function clipped(claim: Claim, { from, to }: Window): readonly Claim[] {
  const part = { ...claim, from: Math.max(claim.from, from), to: Math.min(claim.to, to) };
  return part.to > part.from ? [part] : [];
}

/** A wait of which the system is not known is for nobody knows what, however well its length is measured. */
function certaintyOf({ kind, system }: Claim, { boundTo }: WaitingService): Certainty {
  if (kind === "unknown" || system === null) return "unknown";
  if (kind === "release-window" && boundTo !== null) return "declared";
  return kind === "declared" || kind === "dependency" ? "declared" : "measured";
}

function claimsOf(
  one: WaitingService,
  change: ChangeFact,
  { runs, declared }: Known,
  until: Instant,
): readonly Claim[] {
  const { ready, left, isWaiting, arrived } = waitingTime(change, until);
  const own = (kind: WaitKind, from: Instant, to: Instant): Claim => {
    return { kind, from, to, system: one.system, element: WAITS_FOR[kind] };
  };
  const claims = [
    ...declared.map((wait): Claim => ({ ...wait, kind: "declared" })),
    ...runsOf(one, change, runs).flatMap((run) => runClaims(run, own)),
    ...blockers(change).map((system): Claim => ({
      kind: "dependency",
      from: ready,
      to: left,
      system,
      element: WAITS_FOR.dependency,
    })),
    own("review", ready, reviewedAt(change, ready, left)),
    ...(isWaiting ? [released(one, change, own, { from: left, to: arrived })] : []),
  ];
  // A run or a system that is waited for although the change is through keeps nobody waiting.
  return claims.map((claim) => ({ ...claim, from: Math.max(claim.from, ready), to: Math.min(claim.to, arrived) }));
}

/** From when to when a change waits at all, and when it left its reviewers. */
function waitingTime({ readyAt, openedAt, mergedAt, closedAt, isIntegrated, deployedAt }: ChangeFact, until: Instant) {
  const left = mergedAt ?? closedAt ?? until;
  const isWaiting = isIntegrated && mergedAt !== null;
  return { ready: readyAt ?? openedAt ?? until, left, isWaiting, arrived: isWaiting ? (deployedAt ?? until) : left };
}

/** Where its deployments keep to the days on which another system can change, it waits for that one, as somebody declares. */
function released(
  { boundTo, system }: WaitingService,
  { isByTrain }: ChangeFact,
  own: (kind: WaitKind, from: Instant, to: Instant) => Claim,
  { from, to }: Window,
): Claim {
  if (boundTo !== null && boundTo !== system)
    return { kind: "release-window", from, to, system: boundTo, element: WAITS_FOR["release-window"] };
  return own(boundTo !== null || isByTrain === true ? "release-window" : "unknown", from, to);
}

/** Until when it waited for a review; what was merged without one waited for none. */
function reviewedAt({ firstReviewAt, mergedAt }: ChangeFact, ready: Instant, left: Instant): Instant {
  if (firstReviewAt !== null) return Math.min(firstReviewAt, left);
  return mergedAt === null ? left : ready;
}

function runClaims(
  { begunAt, startedAt, pausedAt, resumedAt }: PipelineFact,
  own: (kind: WaitKind, from: Instant, to: Instant) => Claim,
): readonly Claim[] {
  return [
    ...(begunAt === null || startedAt === null ? [] : [own("runner-queue", begunAt, startedAt)]),
    ...(pausedAt === null || resumedAt === null ? [] : [own("pause", pausedAt, resumedAt)]),
  ];
}

function runsOf(
  { heads }: WaitingService,
  { id, mergeCommit }: ChangeFact,
  runs: Known["runs"],
): readonly PipelineFact[] {
  const shas = new Set([mergeCommit, heads?.get(id) ?? null]);
  return [...shas].flatMap((sha) => (sha === null ? [] : (runs.get(sha) ?? [])));
}

/** Systems that a change says it waits for, by a label. Labels do not say since when: the whole time until the merge is taken. */
function blockers({ labels }: ChangeFact): readonly string[] {
  return (labels ?? []).flatMap((label) => /^blocked:\s*(.+)$/i.exec(label)?.[1]?.trim() ?? []);
}

function byCommit(runs: readonly PipelineFact[]): Known["runs"] {
  const found = new Map<string, PipelineFact[]>();
  for (const run of runs) {
    const known = found.get(run.sha);
    if (known === undefined) found.set(run.sha, [run]);
    else known.push(run);
  }
  return found;
}

/** A part of a system's backbone, and what waits for it. */
export interface WaitedFor {
  readonly system: string;
  readonly element: Element | null;
  readonly hours: number;
  readonly measured: number;
  readonly declared: number;
  /** How many changes. */
  readonly changes: number;
  readonly kinds: readonly { readonly kind: WaitKind; readonly hours: number }[];
}

export interface Attribution {
  /** All hours that changes waited. */
  readonly hours: number;
  /** Shares of them, which add up to 1; `null` where nothing waited. */
  readonly shares: Readonly<Record<Certainty, number>> | null;
  readonly rows: readonly WaitedFor[];
  /** Whether the rows may be ranked: else the one that is unknown may be the first. */
  readonly isRanked: boolean;
  readonly words: string;
}

/** Above this share of unknown hours nothing is ranked. */
export const MOST_UNKNOWN = 0.3;

/** Each hour once: what the rows have and what is unknown add up to all hours. Most hours first, where they may be ranked; else by name. */
export function attribution(waits: readonly Wait[], mostUnknown = MOST_UNKNOWN): Attribution {
  const hours = sum(waits.map((wait) => wait.hours));
  const of = (certainty: Certainty) =>
    sum(waits.filter((wait) => wait.certainty === certainty).map((wait) => wait.hours));
  const shares =
    hours === 0
      ? null
      : { measured: of("measured") / hours, declared: of("declared") / hours, unknown: of("unknown") / hours };
  const isRanked = shares !== null && shares.unknown <= mostUnknown;
  const rows = rowsOf(waits).toSorted((a, b) => (isRanked ? b.hours - a.hours : 0) || byName(a, b));
  return { hours, shares, rows, isRanked, words: attributionWords({ hours, shares, rows, isRanked }, mostUnknown) };
}

function rowsOf(waits: readonly Wait[]): readonly WaitedFor[] {
  const groups = new Map<string, Wait[]>();
  for (const wait of waits) {
    if (wait.certainty === "unknown") continue;
    const key = JSON.stringify([wait.system, wait.element]);
    const known = groups.get(key);
    if (known === undefined) groups.set(key, [wait]);
    else known.push(wait);
  }
  return [...groups.values()].flatMap((group): WaitedFor[] => {
    const [first] = group;
    if (first === undefined || first.system === null) return [];
    const hoursOf = (isOne: (wait: Wait) => boolean) => sum(group.filter(isOne).map(({ hours }) => hours));
    const kinds = WAIT_KINDS.map((kind) => ({ kind, hours: hoursOf((wait) => wait.kind === kind) }));
    return [
      {
        system: first.system,
        element: first.element,
        hours: hoursOf(() => true),
        measured: hoursOf(({ certainty }) => certainty === "measured"),
        declared: hoursOf(({ certainty }) => certainty === "declared"),
        changes: new Set(group.map(({ service, change }) => JSON.stringify([service, change]))).size,
        kinds: kinds.filter(({ hours }) => hours > 0),
      },
    ];
  });
}

function byName(a: WaitedFor, b: WaitedFor): number {
  const [one, other] = [`${a.system} ${a.element ?? ""}`, `${b.system} ${b.element ?? ""}`];
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
