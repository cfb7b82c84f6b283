/** An alert as what was said of it adds up to. */
import type { Alert, Identity } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import type { AlertSaying, PushedThing } from "./sayings.ts";
import { first } from "./sayings.ts";

/** An end before the beginning is of an earlier time: an alert that came back is told of by its new beginning, and is open again. */
export function alert(identity: Identity, said: readonly AlertSaying[]): PushedThing & Alert {
  const openedAt = said.find(({ part }) => part === "opened")?.at ?? null;
  const fixedAt = lastEnd(
    said.map(({ part, at, fixedAt: told }) => (part === "fixed" ? at : told)),
    openedAt,
  );
  const dismissedAt = lastEnd(
    said.map(({ part, at, dismissedAt: told }) => (part === "dismissed" ? at : told)),
    openedAt,
  );
  return {
    kind: "alert",
    ...identity,
    scan: first(said, ({ scan }) => scan) ?? "code", // said with its beginning, before which it counts for nothing
    severity: first(said, ({ severity }) => severity),
    url: first(said, ({ url }) => url),
    title: first(said, ({ title }) => title) ?? identity.id,
    openedAt: openedAt ?? fixedAt ?? dismissedAt ?? 0,
    fixedAt,
    dismissedAt,
    said,
  };
}

function lastEnd(instants: readonly (Instant | null)[], openedAt: Instant | null): Instant | null {
  let last: Instant | null = null;
  for (const at of instants)
    if (at !== null && (openedAt === null || at >= openedAt) && (last === null || at > last)) last = at;
  return last;
}
