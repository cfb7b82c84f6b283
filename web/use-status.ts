/** Keeps an eye on the server: what it looks at, how fresh it is, and whether it is there. */
import { useLayoutEffect, useState } from "preact/hooks";

import type { LiveEvent } from "#server/contract.ts";

import type { ApiError } from "./api.ts";
import { ask, UNREACHABLE } from "./api.ts";
import { follow } from "./live.ts";
import type { Status } from "./types.ts";
import { asApiError } from "./use-reply.ts";
import { isPartial } from "./words.ts";

const SOON_MS = 2_000;
const LATER_MS = 30_000;
/** While the first numbers are worked out each service changes them: asking each time would hold up the work. */
const CALM_MS = 5_000;

export interface Watch {
  readonly status: Status | null;
  readonly problem: ApiError | null;
  /** Grows whenever what is shown should be asked for again: the facts changed, or the server came back. */
  readonly revision: number;
}

export function useStatus(): Watch {
  const [watch, setWatch] = useState<Watch>({ status: null, problem: null, revision: 0 });

  useLayoutEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let known: Status | null = null;
    let lookedAt = -Infinity;
    let isAskedAgain = false;
    const look = async (): Promise<void> => {
      let wait = SOON_MS;
      timer = null;
      lookedAt = performance.now();
      isAskedAgain = false;
      try {
        const status = await ask("/api/status", {}, abort.signal);
        known = status;
        if (isPartial(status)) wait = CALM_MS;
        else if (live.isOpen() || !status.sources.some(({ state }) => state === "syncing")) wait = LATER_MS;
        setWatch((before) => seen(before, status));
      } catch (problem) {
        if (abort.signal.aborted) return;
        setWatch((before) => ({ ...before, problem: asApiError(problem) }));
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void look(), isAskedAgain ? 0 : wait);
    };
    const lookNow = (): void => {
      if (document.hidden) return;
      // What is on its way may have been answered before the news.
      isAskedAgain = timer === null;
      if (timer === null) return;
      clearTimeout(timer);
      void look();
    };
    const live = follow((event) => {
      setWatch((before) => heard(before, event));
      if (known === null || !isNews(known, event)) return;
      if (!isPartial(event) || performance.now() - lookedAt > CALM_MS) lookNow();
    });
    void look();
    document.addEventListener("visibilitychange", lookNow);
    window.addEventListener(UNREACHABLE, lookNow);
    return () => {
      abort.abort();
      live.stop();
      if (timer !== null) clearTimeout(timer);
      document.removeEventListener("visibilitychange", lookNow);
      window.removeEventListener(UNREACHABLE, lookNow);
    };
  }, []);

  return watch;
}

/** What is known after the server told of its sources: that it is there, and how they are. Other facts are asked for. */
export function heard(before: Watch, event: LiveEvent): Watch {
  const { status, revision } = before;
  if (status === null) return before;
  const isOther = event.facts === status.facts && isPartial(event) !== isPartial(status);
  const { now, sources } = event;
  return { ...before, status: { ...status, now, sources }, revision: revision + (isOther ? 1 : 0) };
}

/** Whether the server should be asked for all it knows: the facts changed or are whole now, or other sources are looked at. */
export function isNews(known: Status, event: LiveEvent): boolean {
  const keys = (list: Status["sources"]): string => list.map(({ source }) => source).join("\n");
  return (
    event.facts !== known.facts || isPartial(event) !== isPartial(known) || keys(event.sources) !== keys(known.sources)
  );
}

/** What is known after an answer. */
export function seen(before: Watch, status: Status): Watch {
  const changed =
    before.status !== null && (before.status.facts !== status.facts || isPartial(before.status) !== isPartial(status));
  const recovered = before.problem !== null;
  const isOlder = before.status !== null && before.status.now > status.now;
  // What was heard meanwhile of the sources is newer than what was on its way.
  return {
    status: isOlder ? { ...status, sources: before.status.sources, now: before.status.now } : status,
    problem: null,
    revision: before.revision + (changed || recovered ? 1 : 0),
  };
}
