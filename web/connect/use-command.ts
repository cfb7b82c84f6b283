/** One thing to tell the server at a time: whether it is under way, and what became of it. */
import { useEffect, useRef, useState } from "preact/hooks";

import type { Body, CommandPath, CommandReply } from "#server/contract.ts";

import { tell } from "../api.ts";
import { asApiError } from "../use-reply.ts";

export interface Command<P extends CommandPath> {
  readonly isBusy: boolean;
  /** Why it was not take, and what to do. */
  readonly problem: string | null;
  readonly run: (body: Body<P>, take: (reply: CommandReply<P>) => void) => void;
}

/**
 * What was told is told to its end: whoever leaves while it is under way does not take it back.
 *
 * @param taken whether what the server replies is still of interest when who asked is no longer shown.
 */
export function useCommand<P extends CommandPath>(
  path: P,
  taken: "while shown" | "always" = "while shown",
): Command<P> {
  const [state, set] = useState<{ isBusy: boolean; problem: string | null }>({ isBusy: false, problem: null });
  const abort = useRef(new AbortController());
  useEffect(() => () => (taken === "always" ? undefined : abort.current.abort()), [taken]);
  const run: Command<P>["run"] = (body, take) => {
    abort.current.abort();
    const { signal } = (abort.current = new AbortController());
    set({ isBusy: true, problem: null });
    tell(path, body).then(
      (reply) => {
        if (signal.aborted) return;
        set({ isBusy: false, problem: null });
        take(reply);
      },
      (problem: unknown) => {
        if (!signal.aborted) set({ isBusy: false, problem: asApiError(problem).message });
      },
    );
  };
  return { ...state, run };
}
