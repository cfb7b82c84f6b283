/** How many to ask for at once: fewer when GitHub cannot finish, more again when it can. */
import { HostError } from "../collector.ts";

/** Many small tries lose time, and a request that is too large fails every time. */
const TRIES = 3;

export interface PageSize {
  /** Asks with a size that works; halves it whenever the host is unavailable, down to `least`. */
  readonly ask: <Page>(work: (size: number, tries?: number) => Promise<Page>) => Promise<Page>;
}

export function pageSize(most: number, least: number): PageSize {
  let size = most;
  return {
    async ask(work) {
      for (;;) {
        try {
          const page = size > least ? await work(size, TRIES) : await work(size);
          size = Math.min(most, size * 2);
          return page;
        } catch (error) {
          if (size <= least || !(error instanceof HostError) || error.reason !== "unavailable") throw error;
          size = Math.max(least, Math.floor(size / 2));
        }
      }
    },
  };
}
