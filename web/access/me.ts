/** Who looks at the dashboard, and what they may. */
import { createContext } from "preact";
import { useContext, useEffect, useLayoutEffect, useState } from "preact/hooks";

import type { CommandPath, Path } from "#server/contract.ts";

import { ask, LOGIN_NEEDED } from "../api.ts";
import type { Me } from "../types.ts";

const WAS_IN = "headway-was-in";

/** Where nobody says who looks, whatever they may not is refused by the server. */
export const Looking = createContext<Me | null>(null);

/** Whether whoever looks may use a path: what they may not is not offered to them. */
export function useMay(path: CommandPath | Path): boolean {
  const me = useContext(Looking);
  return me === null || me.may.includes(path);
}

/** The name by which whoever logged in signs; `null`: they say it themselves. */
export function useOwnName(): string | null {
  return useContext(Looking)?.name ?? null;
}

export interface Asked {
  /** `null` while it is not known. */
  readonly me: Me | "unreachable" | null;
  readonly again: () => void;
}

/** Whether this browser was let in when it last asked, so that its page can come while it asks again. */
export function wasIn(): boolean {
  return localStorage.getItem(WAS_IN) === "true";
}

export function remember(isIn: boolean): void {
  localStorage.setItem(WAS_IN, String(isIn));
}

/** Asks at once, and again whenever the server wants a login. */
export function useMe(): Asked {
  const [me, know] = useState<Asked["me"]>(null);
  const [times, count] = useState(0);
  const again = (): void => count((before) => before + 1);
  useLayoutEffect(() => {
    const abort = new AbortController();
    const told = (answer: Me): void => {
      remember(answer.kind !== "nobody");
      know(answer);
    };
    ask("/api/me", {}, abort.signal).then(told, () => {
      // What the page shows stays, and it says by itself that the server is gone.
      if (!abort.signal.aborted) know((before) => before ?? "unreachable");
    });
    return () => abort.abort();
  }, [times]);
  useEffect(() => {
    window.addEventListener(LOGIN_NEEDED, again);
    return () => window.removeEventListener(LOGIN_NEEDED, again);
  }, []);
  return { me, again };
}
