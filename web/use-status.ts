/** Keeps an eye on the server: what it looks at, how fresh it is, and whether it is there. */
import { useEffect, useState } from "preact/hooks";

import type { LiveEvent } from "#server/contract.ts";

import type { ApiError } from "./api.ts";
import { ask, UNREACHABLE } from "./api.ts";
import { follow } from "./live.ts";
import type { Status } from "./types.ts";
import { asApiError } from "./use-reply.ts";

const SOON_MS = 2_000;
const LATER_MS = 30_000;

export interface Watch {
  readonly status: Status | null;
  readonly problem: ApiError | null;
  /** Grows whenever what is shown should be asked for again: the facts changed, or the server came back. */
  readonly revision: number;
}

export function useStatus(): Watch {
  const [watch, setWatch] = useState<Watch>({ status: null, problem: null, revision: 0 });

  useEffect(() => {
    const abort = new AbortController();
    let timer: ReturnType<typeof setTimeout> | null = null;
    let known: Status | null = null;
    const look = async (): Promise<void> => {
      let wait = SOON_MS;
      timer = null;
      try {
        const status = await ask("/api/status", {}, abort.signal);
        known = status;
        if (live.isOpen() || !status.sources.some(({ state }) => state === "syncing")) wait = LATER_MS;
        setWatch((before) => seen(before, status));
      } catch (problem) {
        if (abort.signal.aborted) return;
        setWatch((before) => ({ ...before, problem: asApiError(problem) }));
      }
      if (!abort.signal.aborted) timer = setTimeout(() => void look(), wait);
    };
    const lookNow = (): void => {
      if (document.hidden || timer === null) return;
      clearTimeout(timer);
      void look();
    };
    const live = follow((event) => {
      setWatch((before) => heard(before, event));
      if (known !== null && isNews(known, event)) lookNow();
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

/** What is known after the server told of its sources: that it is there, and how they are. */
export function heard(before: Watch, { now, sources }: LiveEvent): Watch {
  return before.status === null ? before : { ...before, status: { ...before.status, now, sources } };
}

/** Whether the server should be asked for all it knows: the facts changed, or other sources are looked at. */
export function isNews(known: Status, { facts, sources }: LiveEvent): boolean {
  const keys = (list: Status["sources"]): string => list.map(({ source }) => source).join("\n");
  return facts !== known.facts || keys(sources) !== keys(known.sources);
}

/** What is known after an answer. */
export function seen(before: Watch, status: Status): Watch {
  const changed = before.status !== null && before.status.facts !== status.facts;
  const recovered = before.problem !== null;
  return { status, problem: null, revision: before.revision + (changed || recovered ? 1 : 0) };
}
