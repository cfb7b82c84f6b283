/** One question to the API, asked again whenever it or the facts behind it change. */
import { useLayoutEffect, useState } from "preact/hooks";

import type { Ask, Path, Reply } from "#server/contract.ts";

import { address, ApiError, ask } from "./api.ts";
import { seenMove } from "./router.ts";

export interface Answer<T> {
  /** The latest reply, which stays until the next one is here. */
  readonly reply: T | null;
  readonly problem: ApiError | null;
  /** The reply, if any, belongs to an earlier question. */
  readonly isStale: boolean;
}

interface Held<T> {
  readonly key: string;
  readonly reply: T | null;
  readonly problem: ApiError | null;
}

/**
 * @param query `null` while it cannot be asked yet.
 * @param revision asks again when it changes. An answer that comes after a newer question is dropped.
 */
export function useReply<P extends Path>(path: P, query: Ask<P> | null, revision: number): Answer<Reply<P>> {
  const [held, hold] = useState<Held<Reply<P>>>({ key: "", reply: null, problem: null });
  const key = query === null ? "" : `${address(path, query)}#${revision}`;

  // Before the picture, and not after it: asking costs nothing, and each picture that an answer waits for is time.
  useLayoutEffect(() => {
    if (query === null) return;
    const abort = new AbortController();
    afterMove(ask(path, query, abort.signal)).then(
      (reply) => abort.signal.aborted || hold({ key, reply, problem: null }),
      (problem: unknown) =>
        abort.signal.aborted || hold((before) => ({ key, reply: before.reply, problem: asApiError(problem) })),
    );
    return () => abort.abort();
  }, [key]);

  return { reply: held.reply, problem: held.problem, isStale: held.key !== key };
}

/** Not before whoever asked has seen that it was heard. */
async function afterMove<T>(answer: Promise<T>): Promise<T> {
  await Promise.allSettled([answer, seenMove()]);
  return answer;
}

/** Anything else is a programming error and is left to crash. */
export function asApiError(problem: unknown): ApiError {
  if (problem instanceof ApiError) return problem;
  throw problem;
}
