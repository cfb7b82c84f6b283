import { useEffect, useState } from "preact/hooks";

import { NBSP, unbroken } from "../format.ts";

interface Props {
  /** `null` while it is on its way. */
  readonly words: string | null;
  /** Another window is being asked about: what was true of this one would contradict what stands above it. */
  readonly isStale: boolean;
}

/** What explains the sentence above. Where it comes later than the first picture it had its room before, so that nothing moves. */
export function Why({ words, isStale }: Props) {
  const [hasRoom] = useState(words === null);
  return (
    <p class={hasRoom ? "why room" : "why"} aria-busy={isStale}>
      {unbroken(words ?? NBSP)}
    </p>
  );
}

/** As long as the first picture waits for what may come soon. Beyond that, numbers are worth more than words. */
const PATIENCE_MS = 600;

/** Whether to show what there is: all of it is there, or what is missing was waited for long enough. Once shown it stays. */
export function useWaitFor(isThere: boolean, isSoon: boolean): boolean {
  const [isShown, show] = useState(false);
  const isNow = isShown || isSoon;
  useEffect(() => {
    if (isShown || !isThere) return;
    if (isSoon) return show(true);
    const timer = setTimeout(() => show(true), PATIENCE_MS);
    return () => clearTimeout(timer);
  }, [isThere, isSoon, isShown]);
  return isThere && isNow;
}
