/** The numbers of a window against a baseline. */
import { compareFrozen, freeze, incomparable, isUnchanged } from "#metrics/baselines/baseline.ts";
import type { Baseline } from "#metrics/baselines/baseline.ts";
import type { Drifted } from "#metrics/baselines/words.ts";
import { baselineWords, driftWords, overlapWords, weaknesses } from "#metrics/baselines/words.ts";
import { metrics } from "#metrics/index.ts";
import { inTime } from "#metrics/lens.ts";
import type { Lens } from "#metrics/lens.ts";
import type { Metric } from "#metrics/metric.ts";
import type { Window } from "#metrics/time.ts";
import type { Told } from "#metrics/words.ts";
import type { Reply } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { FoundScope } from "./asked-scope.ts";
import { scopeText } from "#metrics/scopes.ts";
import { askedScope } from "./asked-scope.ts";
import type { StoredBaseline } from "./frozen.ts";
import { baselineNamed, comparable, foreign } from "./frozen.ts";
import type { Memory } from "./memory.ts";
import { BadRequest } from "./problem.ts";
import { sidesOf } from "./sides.ts";

export type Compared = NonNullable<Reply<"/api/measures">["measures"][number]["baseline"]>;

export interface AgainstBaseline {
  readonly info: NonNullable<Reply<"/api/measures">["against"]>;
  readonly of: (metric: Metric) => Compared;
  /** The same analyses, as if the baseline were the window before. */
  readonly told: (told: readonly Told[]) => readonly Told[];
}

interface Asked extends Lens {
  readonly against?: string | undefined;
}

/**
 * @param wanted as the lens shows them.
 * @returns `null` where no baseline is asked for.
 * @throws BadRequest when there is no such baseline, or none that can be compared with.
 */
export async function againstBaseline(
  installation: Installation,
  asked: Asked,
  {
    found,
    wanted,
    window,
  }: { readonly found: FoundScope; readonly wanted: readonly Metric[]; readonly window: Window },
  memory: Memory,
): Promise<AgainstBaseline | null> {
  if (asked.against === undefined) return null;
  const stored = await baselineNamed(installation.store, asked.against);
  comparable(stored);
  const { content: baseline } = stored;
  const whose = { ...asked, scope: scopeText(found.scope), service: found.service };
  const reason = foreign(baseline, whose);
  const seen =
    reason === null ? await sidesOf(installation, found.services, { wanted, window, lens: asked }, memory) : [];
  const changes = new Map(
    seen.map(({ metric, side, measure }) => [metric.id, compareOne(baseline, metric, { side, measure })]),
  );
  const shared = overlapWords(baseline.window, window);
  const notes = [
    ...(reason === null ? [] : [reason]),
    ...(shared === null ? [] : [shared]),
    ...(await notesOf(installation, stored, memory)),
  ];
  const nothing: Compared = { measure: null, verdict: null, words: reason ?? "", low: null, high: null, change: null };
  return {
    info: infoOf(stored, notes),
    of: ({ id }) => changes.get(id)?.compared ?? nothing,
    told: (told) =>
      told.map(({ metric, analysis }) => ({
        metric,
        analysis: { ...analysis, previous: changes.get(metric.id)?.previous ?? null },
      })),
  };
}

function compareOne(
  baseline: Baseline,
  metric: Metric,
  { side, measure }: Pick<Awaited<ReturnType<typeof sidesOf>>[number], "side" | "measure">,
): { readonly compared: Compared; readonly previous: Told["analysis"]["previous"] } {
  const frozen = baseline.metrics.find((one) => one.metric === metric.id) ?? null;
  const reason = incomparable(metric, frozen);
  const nothing = { verdict: null, low: null, high: null, change: null };
  if (frozen === null || reason !== null)
    return { compared: { ...nothing, measure: frozen?.measure ?? null, words: reason ?? "" }, previous: null };
  const change = compareFrozen(metric, side, frozen);
  return {
    compared: {
      measure: frozen.measure,
      verdict: change?.verdict ?? "too-few",
      words: baselineWords(metric, measure, frozen.measure, change),
      low: change?.low ?? null,
      high: change?.high ?? null,
      change: change?.change ?? null,
    },
    previous: { window: baseline.window, measure: frozen.measure, change },
  };
}

function infoOf({ content, hash }: StoredBaseline, notes: readonly string[]): AgainstBaseline["info"] {
  const { name, scope, service, window, frozenAt, signer } = content;
  return {
    name,
    scope,
    service,
    window: { from: iso(window.from), to: iso(window.to) },
    frozenAt: iso(frozenAt),
    signer,
    hash,
    notes: [...notes],
  };
}

/** What weakens a baseline, and what has changed since. */
export async function notesOf(
  installation: Installation,
  { content }: StoredBaseline,
  memory: Memory,
): Promise<readonly string[]> {
  const drift = await driftOf(installation, content, memory);
  return [...(drift === null ? [] : [drift]), ...weaknesses(content)];
}

/** The same window, frozen anew, against what was frozen. */
async function driftOf(installation: Installation, baseline: Baseline, memory: Memory): Promise<string | null> {
  const { scope, service, window, lens } = baseline;
  const found = await stillThere(installation, { scope, service: service ?? undefined });
  if (found === null)
    return "What it was frozen of is no longer known: the numbers of its window cannot be read again.";
  const wanted = metrics
    .map((metric) => inTime(metric, lens))
    .filter((metric) =>
      baseline.metrics.some(({ metric: id, version }) => id === metric.id && version === metric.version),
    );
  const seen = await sidesOf(installation, found.services, { wanted, window, lens }, memory);
  const drifted = seen.flatMap(({ metric, measure, side }): Drifted[] => {
    const [frozen, today] = [baseline.metrics.find((one) => one.metric === metric.id), freeze(metric, measure, side)];
    return frozen === undefined || isUnchanged(frozen, today) ? [] : [{ metric, frozen, today }];
  });
  return driftWords(drifted);
}

async function stillThere(
  installation: Installation,
  asked: { readonly scope: string; readonly service: string | undefined },
): Promise<FoundScope | null> {
  try {
    return await askedScope(installation, asked);
  } catch (error) {
    if (error instanceof BadRequest) return null;
    throw error;
  }
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
