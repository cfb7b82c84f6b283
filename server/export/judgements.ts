/** The journal as rows: what was decided, the newest first, also what was taken back. */
import { scopeOf } from "#metrics/judgements.ts";
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { JournalEntry } from "../store/judgements.ts";
import { structureOf } from "../structure.ts";
import type { Row } from "./columns.ts";

/** @param window of the decision, not of what it is about; `null`: ever. */
export async function* judgementRows(
  { store, config }: Installation,
  services: readonly { readonly service: string }[],
  window: Window | null,
): AsyncIterable<readonly Row[]> {
  const own = new Set(services.map(({ service }) => service));
  const { timesOf } = structureOf(config);
  const isAbout = (judgement: JournalEntry): boolean =>
    judgement.service === null
      ? judgement.scope === null || [...own].some((service) => timesOf(scopeOf(judgement), service).length > 0)
      : own.has(judgement.service);
  const journal = await store.journal();
  yield journal
    .filter((judgement) => isAbout(judgement) && (window === null || within(judgement.madeAt, window)))
    .toReversed()
    .map(({ reversal, madeAt, recoveredAt, ...judgement }): Row => ({
      ...judgement,
      recoveredAt: iso(recoveredAt),
      madeAt: iso(madeAt),
      reversedAt: iso(reversal?.madeAt ?? null),
      reversedBy: reversal?.actor ?? null,
      reversedBecause: reversal?.reason ?? null,
    }));
}

function iso(at: Instant | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
