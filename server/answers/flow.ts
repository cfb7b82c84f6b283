/** What is in progress, how old it is, and when it may be done. */
import { dateOf, label, periods } from "#metrics/calendar.ts";
import type { Ageing } from "#metrics/flow/ageing.ts";
import { ageing, LATELY, usualTime } from "#metrics/flow/ageing.ts";
import { cumulativeFlow } from "#metrics/flow/cumulative.ts";
import { distribution } from "#metrics/flow/distribution.ts";
import { levelLimits } from "#metrics/flow/levels.ts";
import { finish, inProgress, stability, throughput } from "#metrics/flow/progress.ts";
import type { Opened, Passage } from "#metrics/flow/work.ts";
import { byName, hoursUntil, isWaitingAt, openedChanges } from "#metrics/flow/work.ts";
import { isMerged } from "#metrics/context/changes.ts";
import { isDuring } from "#metrics/scopes.ts";
import { sum } from "#metrics/statistics/sum.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import { counted, duration } from "#metrics/words.ts";
import type { Query, Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import { structureOf } from "../structure.ts";
import { annotations, rebasing } from "./annotations.ts";
import type { FoundScope, ScopedService } from "./asked-scope.ts";
import { absence, askedScope } from "./asked-scope.ts";
import type { TitleOf } from "./passages.ts";
import { passages, titlesOf } from "./passages.ts";
import { refuseTooMany } from "./measures.ts";
import type { Memory } from "./memory.ts";
import type { ScopedSummary } from "./scope.ts";
import { askedWindow, NOT_YET, reaches, summariesOf } from "./scope.ts";
import { byNumber } from "#metrics/plurals.ts";

type Flow = Reply<"/api/flow">;
const STAGES = ["coding", "pickup", "review"] as const;

/**
 * Of the services that belong to the scope where the facts end, with all their changes: what is stuck there is its owner's now. An
 * archived one has nothing in progress, since nobody can go on with it.
 */
export async function answerFlow(installation: Installation, query: Query<"/api/flow">, memory: Memory): Promise<Flow> {
  const zone = installation.config.timezone;
  const window = askedWindow(query, zone, installation.now());
  refuseTooMany({ window, interval: query.interval, zone });
  const found = await askedScope(installation, query);
  const { until, ended } = await reaches(installation, found.services, memory);
  const at = Math.max(window.from, Math.min(window.to, until));
  const services = found.services.filter(
    ({ source, service, times }) => isDuring(at - 1, times) && ended.get(source)?.has(service) !== true,
  );
  const summaries = await summariesOf(services, memory);
  const judged = await memory.judged(installation);
  const asked = {
    at,
    endedSince: window.from,
    openedSince: at - LATELY,
    first: 1 + judged.changesLeftOut(services),
  };
  const rebases = rebasing(annotations(judged, found, structureOf(installation.config), zone));
  const facts = await passages(installation.store, services, asked);
  const kept = judged.keptChanges(facts);
  const changes = openedChanges(kept, query.bots);
  const isDeployed = everDeployed(services, summaries, at);
  const isWaiting = (one: Opened): one is Waiting => isWaitingAt(one, at) && isDeployed(one);
  const waiting = changes.filter(isWaiting).toSorted(byMerge);
  // Lists have the changes of bots, too: who compares must read why there are more.
  const areBotsAside = openedChanges(kept, "in").filter(isWaiting).length > waiting.length;
  const usual = usualTime(changes, at);
  const open = ageing(changes, usual, at);
  const page = <Row>(rows: readonly Row[]) => rows.slice(query.offset, query.offset + query.limit);
  const [openPage, waitingPage] = [page(open), page(waiting)];
  const titleOf = await titlesOf(installation.store, services, [
    ...openPage.map(({ change }) => change),
    ...waitingPage,
  ]);
  // The running window ends after the facts do: what is told of it is so now.
  const isPast = window.to < until;
  const past = isPast ? `At the end of ${dateOf(at - 1, zone)}, ` : null;
  const reason = whyNothing(facts, found, window, summaries);
  return {
    window: iso(window),
    at: new Date(at).toISOString(),
    sentence: reason ?? sentence(open, { waiting: waiting.length, p85: usual.p85, areBotsAside, past }),
    isPast,
    reason,
    usual: { p85: usual.p85, n: usual.survival?.n ?? 0, open: usual.survival?.open ?? 0 },
    open: {
      total: open.length,
      old: open.filter(({ isOld }) => isOld === true).length,
      stages: STAGES.map((stage) => {
        const ages = open.filter((one) => one.stage === stage).map(({ ageHours }) => ageHours);
        return { stage, changes: ages.length, hours: sum(ages) };
      }),
      rows: openPage.map(({ change, stage, ageHours, isOld, left, words }) => ({
        ...rowOf(change, change.openedAt, titleOf),
        ageHours,
        stage,
        isOld,
        p50: left?.p50 ?? null,
        p85: left?.p85 ?? null,
        words,
      })),
    },
    waiting: { total: waiting.length, rows: waitingPage.map((one) => waitingRow(one, at, titleOf)) },
    kinds: kindsOf(
      facts.filter((fact) => isMerged(fact) && within(fact.mergedAt, window) && judged.keeps(fact, fact.mergedAt)),
      query.bots,
    ),
    ...overTime(changes, {
      window: { from: window.from, to: at },
      zone,
      query,
      open: open.length,
      isDeployed,
      rebasedAt: rebases.map(({ from }) => from),
    }),
  };
}

/** What bots merged is merged: they are in it unless they are left out. */
function kindsOf(merged: readonly Passage[], bots: Query<"/api/flow">["bots"]): Flow["kinds"] {
  const { kinds, ...rest } = distribution(merged.filter(({ authorKind }) => bots !== "out" || authorKind !== "bot"));
  return { ...rest, rows: [...kinds] };
}

interface Told {
  readonly window: Window;
  readonly zone: string;
  readonly query: Query<"/api/flow">;
  readonly open: number;
  readonly isDeployed: (change: Opened) => boolean;
  /** When the process changed, as somebody said. */
  readonly rebasedAt: readonly Instant[];
}

/** The window ends where the facts do; periods go on to their ends. */
function overTime(
  changes: readonly Opened[],
  { window, zone, query: { interval }, open, isDeployed, rebasedAt }: Told,
): Pick<Flow, "series" | "level" | "throughput" | "forecast" | "stability"> {
  const parts = periods(window, interval, zone);
  const counts = inProgress(changes, parts, window.to);
  const standing = cumulativeFlow(changes, parts, { window, isDeployed });
  const standings = parts.map((part, index) => ({
    ...part,
    partial: part.to > window.to,
    open: counts[index] ?? null,
  }));
  const { limits, signals, words: levelWords } = levelLimits(standings, interval, rebasedAt);
  const weeks = throughput(changes, window, zone);
  const { weeks: levels, test, words } = finish(weeks, open);
  const { law, words: lawWords } = stability(changes, window);
  return {
    series: standings.map(({ partial, open: inThem, ...part }, index) => ({
      label: label(interval, part.from, zone),
      ...iso(part),
      partial,
      open: inThem,
      signal: signals[index] ?? null,
      standing: standing[index] ?? null,
    })),
    level: { limits: limits && { ...limits, ...iso(limits) }, words: levelWords },
    throughput: weeks.map(({ merged, ...week }) => ({ label: label("week", week.from, zone), ...iso(week), merged })),
    forecast: { weeks: levels, covered: test?.covered ?? null, intervals: test?.intervals ?? 0, words },
    stability: { residual: law?.residual ?? null, stable: law?.stable ?? null, words: lawWords },
  };
}

type Waiting = Opened & { readonly mergedAt: Instant };

/** Where nothing was ever deployed, nobody can say what waits for it. */
function everDeployed(
  services: readonly ScopedService[],
  summaries: readonly ScopedSummary[],
  at: Instant,
): (change: Opened) => boolean {
  const deployed = new Set(
    services.flatMap(({ source, service }, index) =>
      (summaries[index]?.firstDeployedAt ?? Infinity) <= at ? [`${source}\n${service}`] : [],
    ),
  );
  return ({ source, service }) => deployed.has(`${source}\n${service}`);
}

function byMerge(a: Waiting, b: Waiting): number {
  return a.mergedAt - b.mergedAt || byName(a, b);
}

function rowOf(change: Opened, since: Instant, titleOf: TitleOf) {
  const { id, service } = change;
  return { id, ...titleOf(change), service, since: new Date(since).toISOString() };
}

function waitingRow(change: Waiting, at: Instant, titleOf: TitleOf): Flow["waiting"]["rows"][number] {
  const ageHours = hoursUntil(change.mergedAt, at);
  return {
    ...rowOf(change, change.mergedAt, titleOf),
    ageHours,
    words: `Merged ${duration(ageHours)} ago; no production deployment has it yet.`,
  };
}

function whyNothing(
  facts: readonly Passage[],
  found: FoundScope,
  window: Window,
  summaries: readonly ScopedSummary[],
): string | null {
  const absent = absence(found, window);
  if (absent !== null) return absent;
  if (summaries.every((summary) => summary.isUnderived)) return NOT_YET;
  if (facts.some((fact) => fact.openedAt !== null)) return null;
  return summaries.some(({ changes }) => changes > 0)
    ? "No change was opened before the end of this window. Choose a later one."
    : "Only a host knows what is open and since when: connect GitHub or GitLab.";
}

interface Standing {
  readonly waiting: number;
  /** Hours within which 85 % are merged; `null` where nobody knows. */
  readonly p85: number | null;
  readonly areBotsAside: boolean;
  /** When that was, if it is over; `null`: now. */
  readonly past: string | null;
}

function sentence(open: readonly Ageing[], { waiting, p85, areBotsAside, past }: Standing): string {
  const old = open.filter(({ isOld }) => isOld === true).length;
  const late =
    p85 === null ? "" : `, ${outside(old, open.length)} longer than the ${duration(p85)} within which 85 % are merged`;
  const aside = areBotsAside ? ", those of bots aside" : "";
  if (past !== null) {
    const were =
      open.length === 0
        ? "nothing was open"
        : `${counted(open.length, "change")} ${byNumber(open.length, "was", "were")} in progress${late}`;
    return `${past}${were}; ${waiting === 0 ? "none" : counted(waiting, "merged change")} waited for deployment${aside}.`;
  }
  const opened = open.length === 0 ? "Nothing is open" : `${counted(open.length, "change")} in progress${late}`;
  const waits =
    waiting === 0 ? "none waits" : `${counted(waiting, "merged change")} ${byNumber(waiting, "waits", "wait")}`;
  return `${opened}; ${waits} for deployment${aside}.`;
}

function outside(old: number, all: number): string {
  if (old === 0) return all === 1 ? "not" : "none of them";
  if (old < all) return `${old} of them`;
  return all === 1 ? "for" : "all of them";
}

function iso({ from, to }: Window): { from: string; to: string } {
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
