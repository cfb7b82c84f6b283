/** Several requests may wait at once; people are shown one wait, the longest. */
import type { Wait } from "./index.ts";

export interface Waiting {
  readonly during: (wait: Wait, work: () => Promise<void>) => Promise<void>;
}

export function createWaiting(show: (wait: Wait | null) => void): Waiting {
  const waits = new Set<Wait>();
  let shown: Wait | null = null;
  const update = () => {
    const [longest = null] = [...waits].sort((a, b) => b.until - a.until);
    if (longest?.until === shown?.until) return;
    shown = longest;
    show(longest);
  };
  return {
    async during(wait, work) {
      waits.add(wait);
      update();
      try {
        await work();
      } finally {
        waits.delete(wait);
        update();
      }
    },
  };
}
