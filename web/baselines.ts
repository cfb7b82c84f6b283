/** What was frozen, asked for again whenever somebody here freezes or withdraws something. */
import { useEffect, useState } from "preact/hooks";

import type { Filters } from "./filters.ts";
import type { BaselineEntry } from "./types.ts";
import { useReply } from "./use-reply.ts";

const CHANGED = "headway-baselines";

/** Tells every part of the page that what is frozen has changed. */
export function baselinesChanged(): void {
  window.dispatchEvent(new Event(CHANGED));
}

/** How often that was since the page was opened. */
export function useBaselineChanges(): number {
  const [times, again] = useState(0);
  useEffect(() => {
    const listener = (): void => again((before) => before + 1);
    window.addEventListener(CHANGED, listener);
    return () => window.removeEventListener(CHANGED, listener);
  }, []);
  return times;
}

/** Newest first, also those that were withdrawn; `null` while they are on their way. */
export function useBaselines(): readonly BaselineEntry[] | null {
  return useReply("/api/baselines", {}, useBaselineChanges()).reply;
}

/** Those that can be compared with. */
export function inForce(baselines: readonly BaselineEntry[] | null): readonly BaselineEntry[] {
  return (baselines ?? []).filter(({ withdrawal, isIntact }) => withdrawal === null && isIntact);
}

/** The one that the page for leadership compares with: the one that is asked for, else the newest of what is looked at; `null` where there is none. */
export function comparedWith(
  baselines: readonly BaselineEntry[] | null,
  { against, scope, service, bots, open, time }: Filters,
): BaselineEntry | null {
  const isOfThis = (one: BaselineEntry): boolean =>
    one.scope === (scope ?? "organisation") &&
    one.service === service &&
    one.lens.bots === bots &&
    one.lens.open === open &&
    one.lens.time === time;
  return inForce(baselines).find((one) => (against === null ? isOfThis(one) : one.name === against)) ?? null;
}
