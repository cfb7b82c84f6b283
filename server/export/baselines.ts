/** Baselines as rows: one for each metric that was frozen, the newest baseline first, also those that were withdrawn. */
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { AskedScope } from "../answers/asked-scope.ts";
import { scopeText } from "#metrics/scopes.ts";
import { askedScope } from "../answers/asked-scope.ts";
import { opened } from "../answers/frozen.ts";
import type { StoredBaseline } from "../answers/frozen.ts";
import type { Installation } from "../installation.ts";
import type { Row } from "./columns.ts";

/** @param window in which it was frozen, not which was; `null`: ever. */
export async function* baselineRows(
  installation: Installation,
  asked: AskedScope,
  window: Window | null,
): AsyncIterable<readonly Row[]> {
  const isOwn = await belongsTo(installation, asked);
  const all = (await installation.store.baselines()).toReversed().map(opened);
  for (const one of all) if (isOwn(one) && (window === null || within(one.content.frozenAt, window))) yield rowsOf(one);
}

/** All of them where nothing is asked for, else those of exactly that scope. */
async function belongsTo(
  installation: Installation,
  asked: AskedScope,
): Promise<(baseline: StoredBaseline) => boolean> {
  if (asked.scope === undefined && asked.service === undefined) return () => true;
  const found = await askedScope(installation, asked);
  return ({ content: { scope, service } }) => scope === scopeText(found.scope) && service === found.service;
}

function rowsOf({ id, content, hash, isIntact, withdrawal }: StoredBaseline): readonly Row[] {
  const { name, scope, service, window, frozenAt, signer, reason, metrics } = content;
  return metrics.map(({ metric, version, unit, measure }): Row => ({
    id,
    name,
    scope,
    service,
    from: iso(window.from),
    to: iso(window.to),
    metric,
    definitionVersion: version,
    value: measure.value,
    unit,
    n: measure.n,
    open: measure.open,
    k: measure.k,
    low: measure.low,
    high: measure.high,
    perWeek: measure.perWeek,
    coverage: measure.coverage,
    frozenAt: iso(frozenAt),
    signer,
    reason,
    hash,
    isIntact,
    withdrawnAt: withdrawal === null ? null : iso(withdrawal.madeAt),
    withdrawnBy: withdrawal?.signer ?? null,
    withdrawnBecause: withdrawal?.reason ?? null,
  }));
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
