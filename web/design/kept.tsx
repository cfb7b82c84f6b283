import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface Props {
  /** What it is made from. */
  readonly from: readonly unknown[];
  /** The next answer is on its way. */
  readonly isStale: boolean;
  readonly children: () => ComponentChildren;
}

/**
 * A part of a page that is made anew only when something it is made from is another, and stays as it is while the next answer is on
 * its way. What is the same is passed over, so that a click is seen at once, however much the page shows.
 */
export function Kept({ from, isStale, children }: Props) {
  const kept = useRef<{ readonly made: ComponentChildren; readonly from: readonly unknown[] } | null>(null);
  const before = kept.current;
  const isSame = before !== null && from.every((one, index) => Object.is(one, before.from[index]));
  if (before !== null && (isStale || isSame)) return <>{before.made}</>;
  const made = children();
  kept.current = { made, from };
  return <>{made}</>;
}
