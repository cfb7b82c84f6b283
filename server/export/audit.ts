/** What was changed as rows, the newest first. */
import type { Window } from "#metrics/time.ts";
import type { Installation } from "../installation.ts";
import type { AuditEntry } from "../store/audit.ts";
import type { Row } from "./columns.ts";

const PAGE = 1000;

/** @param window of the change; `null`: ever. */
export async function* auditRows({ store }: Installation, window: Window | null): AsyncIterable<readonly Row[]> {
  let below: number | null = null;
  for (;;) {
    const page: readonly AuditEntry[] = await store.auditPage({ window, below, limit: PAGE });
    if (page.length === 0) return;
    yield page.map(({ at, ...entry }): Row => ({ ...entry, at: new Date(at).toISOString() }));
    below = page.at(-1)?.id ?? null;
  }
}
