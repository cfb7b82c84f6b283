import type { RefObject } from "preact";
import { useEffect, useReducer, useRef, useState } from "preact/hooks";

/** What was drawn, until it is erased. */
export interface Drawn {
  readonly erase: () => void;
}

/** Draws a picture of some kind. @param onOpen is told the index of what was clicked. */
export type Draw<Kind> = (canvas: HTMLCanvasElement, picture: Kind, onOpen: (index: number) => void) => Drawn;

export interface FrameProps<Kind> {
  readonly picture: Kind;
  readonly summary: string;
  readonly canvas: RefObject<HTMLCanvasElement | null>;
  /** Draws again when this changes. */
  readonly revision: string;
  readonly onOpen: (index: number) => void;
}

const SCHEMES = ["(prefers-color-scheme: dark)", "print"];

/** Room for a chart and, once its code is there, the chart. Its table twin has the same numbers. @param load brings the code. */
export function Frame<Kind>({
  picture,
  summary,
  canvas,
  revision,
  onOpen,
  load,
}: FrameProps<Kind> & { readonly load: () => Promise<Draw<Kind>> }) {
  const [isMissing, setMissing] = useState(false);
  const scheme = useScheme();
  const open = useRef(onOpen);
  open.current = onOpen;

  useEffect(() => {
    let drawn: Drawn | null = null;
    let isGone = false;
    load().then(
      (draw) => {
        if (isGone || canvas.current === null) return;
        const start = performance.now();
        drawn = draw(canvas.current, picture, (index) => open.current(index));
        performance.measure("chart", { start });
        setMissing(false);
      },
      () => isGone || setMissing(true),
    );
    return () => {
      isGone = true;
      drawn?.erase();
    };
  }, [revision, scheme]);

  return (
    <div class="chart-box">
      <canvas ref={canvas} role="img" aria-label={summary} />
      {isMissing && <p class="chart-missing">The chart could not be loaded. The table below has the same numbers.</p>}
    </div>
  );
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
