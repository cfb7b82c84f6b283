/** Where the reader is. A page is the last part of the path, so the dashboard also works below a path of a proxy. */
import { useEffect, useRef, useState } from "preact/hooks";

export interface Place {
  /** `""`, `"delivery"`, … */
  readonly path: string;
  /** With its question mark, or empty. */
  readonly search: string;
}

export function usePlace(): Place {
  const [place, setPlace] = useState(here);
  useEffect(() => {
    const moved = (): void => {
      picture = nextPicture();
      setPlace(here());
    };
    window.addEventListener("popstate", moved);
    window.addEventListener("click", follow);
    return () => {
      window.removeEventListener("popstate", moved);
      window.removeEventListener("click", follow);
    };
  }, []);
  return place;
}

/** Until the last move is seen. */
let picture: Promise<void> = Promise.resolve();

/** Nobody waits longer than this for a picture: none is made of a page that went into the background meanwhile. */
const NO_PICTURE_MS = 1000;

/**
 * Kept when somebody has seen that their click was heard. Answers that come sooner wait for it: to show them takes longer than to show
 * what was chosen.
 */
export function seenMove(): Promise<void> {
  return picture;
}

function nextPicture(): Promise<void> {
  if (document.hidden) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, NO_PICTURE_MS);
  });
}

/** What would be lost with the page, each as long as it is shown. */
const holding = new Set<() => boolean>();
const WOULD_BE_LOST = "What you typed here and did not keep would be lost. Leave this page all the same?";

/** Asks whoever leaves the page, or closes it, while something of it would be lost. */
export function useQuestionBeforeLeaving(wouldLose: () => boolean): void {
  const newest = useRef(wouldLose);
  newest.current = wouldLose;
  useEffect(() => {
    const one = (): boolean => newest.current();
    const closing = (event: BeforeUnloadEvent): void => {
      if (one()) event.preventDefault();
    };
    holding.add(one);
    window.addEventListener("beforeunload", closing);
    return () => {
      holding.delete(one);
      window.removeEventListener("beforeunload", closing);
    };
  }, []);
}

/** Other filters of the same page lose nothing. */
function isHeld(href: string): boolean {
  const path = pathOf(new URL(href, document.baseURI).pathname);
  if (path === here().path || ![...holding].some((wouldLose) => wouldLose())) return false;
  return !window.confirm(WOULD_BE_LOST);
}

/** Goes to a page of the dashboard: `"delivery?range=1y"`. */
export function go(href: string): void {
  if (isHeld(href)) return;
  const before = subject(here());
  history.pushState(null, "", href);
  window.dispatchEvent(new PopStateEvent("popstate"));
  if (subject(here()) === before) return;
  window.scrollTo(0, 0);
  // The page begins with the menu: to focus what follows would scroll it away.
  requestAnimationFrame(() => document.getElementById("main")?.focus({ preventScroll: true }));
}

/** What a page is about. Other filters look at the same in another way, and leave the reader where he is. */
function subject({ path, search }: Place): string {
  const query = new URLSearchParams(search);
  return [path, query.get("scope"), query.get("service")].join("\n");
}

function here(): Place {
  const { pathname, search } = window.location;
  return { path: pathOf(pathname), search };
}

function pathOf(pathname: string): string {
  return pathname.slice(pathname.lastIndexOf("/") + 1);
}

/** Plain clicks on links marked as ours do not load the page anew. */
function follow(event: MouseEvent): void {
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!isPlain || event.defaultPrevented || !(event.target instanceof Element)) return;
  const href = event.target.closest("a[data-page]")?.getAttribute("href");
  if (href === null || href === undefined) return;
  event.preventDefault();
  go(href);
}
