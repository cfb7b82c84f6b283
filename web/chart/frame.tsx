import type { RefObject } from "preact";
import { useEffect, useMemo, useReducer, useRef, useState } from "preact/hooks";

import { inTurn } from "./in-turn.ts";

/** What was drawn, until it is erased. */
export interface Drawn {
  readonly erase: () => void;
}

/** Draws a picture of some kind. @param onOpen is told the index of what was clicked. */
export type Draw<Kind> = (canvas: HTMLCanvasElement, picture: Kind, onOpen: (index: number) => void) => Drawn;

export interface FrameProps<Kind> {
  /** Drawn again when it says something else. */
  readonly picture: Kind;
  readonly summary: string;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  readonly onOpen: (index: number) => void;
}

const SCHEMES = ["(prefers-color-scheme: dark)", "print"];
// What is drawn for paper asks for its colours before the sheet is light by itself.
window.addEventListener("beforeprint", () => document.documentElement.classList.add("on-paper"));
window.addEventListener("afterprint", () => document.documentElement.classList.remove("on-paper"));

/** So far from what is seen a chart is drawn already. */
const NEAR = "600px 0px";

/**
 * Room for a chart and, once its code is there and somebody comes near it, the chart. Its table twin has the same numbers. Charts
 * are drawn one by one, so that a click between two of them is heard.
 *
 * @param load brings the code.
 */
export function Frame<Kind>({
  picture,
  summary,
  canvas,
  onOpen,
  load,
}: FrameProps<Kind> & { readonly load: () => Promise<Draw<Kind>> }) {
  const [isMissing, setMissing] = useState(false);
  const scheme = useScheme();
  const isNear = useNear(canvas);
  const open = useRef(onOpen);
  open.current = onOpen;
  const ready = useRef<Draw<Kind> | null>(null);
  const drawn = useRef<(Drawn & { readonly as: string }) | null>(null);
  const as = useMemo(() => `${scheme} ${JSON.stringify(picture)}`, [scheme, picture]);

  useEffect(() => {
    let isOver = false;
    const draw = (kind: Draw<Kind>, look = as): void => {
      if (isOver || canvas.current === null || drawn.current?.as === look) return;
      drawn.current?.erase();
      const start = performance.now();
      drawn.current = { as: look, ...kind(canvas.current, picture, (index) => open.current(index)) };
      performance.measure("chart", { start });
      setMissing(false);
    };
    const missing = (): void => {
      if (!isOver) setMissing(true);
    };
    load().then(async (kind) => {
      ready.current = kind;
      if (!isNear) return;
      await inTurn();
      draw(kind);
    }, missing);
    // Paper has all of them, in light colours, and waits for nothing: the sheet is made when this returns.
    const print = (): void => {
      if (ready.current !== null) draw(ready.current, `paper ${as}`);
    };
    window.addEventListener("beforeprint", print);
    return () => {
      isOver = true;
      window.removeEventListener("beforeprint", print);
    };
  }, [as, isNear]);
  useEffect(() => () => drawn.current?.erase(), []);

  return (
    <div class="chart-box">
      <canvas ref={canvas} role="img" aria-label={summary} />
      {isMissing && <p class="chart-missing">The chart could not be loaded. The table below has the same numbers.</p>}
    </div>
  );
}

/** Whether a chart is seen or soon will be, or the page is for paper. */
function useNear(canvas: RefObject<HTMLCanvasElement | null>): boolean {
  const [isNear, turn] = useState(false);
  useEffect(() => {
    if (canvas.current === null) return;
    const paper = window.matchMedia("print");
    const observer = new IntersectionObserver(
      (entries) => turn(paper.matches || entries.at(-1)?.isIntersecting === true),
      { rootMargin: NEAR },
    );
    observer.observe(canvas.current);
    const listener = (): void => {
      if (paper.matches) turn(true);
    };
    paper.addEventListener("change", listener);
    return () => {
      observer.disconnect();
      paper.removeEventListener("change", listener);
    };
  }, []);
  return isNear;
}

/** Changes when light turns dark or the page goes to the printer. */
function useScheme(): number {
  const [scheme, changed] = useReducer<number, void>((before) => before + 1, 0);
  useEffect(() => {
    const queries = SCHEMES.map((query) => window.matchMedia(query));
    const listener = (): void => changed();
    for (const query of queries) query.addEventListener("change", listener);
    return () => {
      for (const query of queries) query.removeEventListener("change", listener);
    };
  }, []);
  return scheme;
}
