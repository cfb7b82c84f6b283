/** The journal as rows: what was decided, the newest first, also what was taken back. */
import type { Instant, Window } from "#metrics/time.ts";
import { within } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { Row } from "./columns.ts";

/** @param window of the decision, not of what it is about; `null`: ever. */
export async function* judgementRows(
  { store }: Installation,
  services: readonly { readonly service: string }[],
  window: Window | null,
): AsyncIterable<readonly Row[]> {
  const own = new Set(services.map(({ service }) => service));
  const journal = await store.journal();
  yield journal
    .filter(
      ({ service, madeAt }) => (service === null || own.has(service)) && (window === null || within(madeAt, window)),
    )
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
