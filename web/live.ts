/** Follows what the server tells while it happens. Where it tells nothing, whoever asks now and then finds out, too. */
import type { LiveEvent } from "#server/contract.ts";

import { address } from "./api.ts";

export interface Following {
  /** Whether the server is telling. */
  readonly isOpen: () => boolean;
  readonly stop: () => void;
}

/** A page that nobody sees does not listen: browsers allow few connections to one server. */
export function follow(told: (event: LiveEvent) => void): Following {
  let source: EventSource | null = null;
  const hear = (event: MessageEvent<unknown>): void => {
    // oxlint-disable-next-line no-unsafe-type-assertion -- the server's own tests hold it to the contract
    if (typeof event.data === "string") told(JSON.parse(event.data) as LiveEvent);
  };
  const turn = (): void => {
    source?.close();
    source = document.hidden ? null : new EventSource(address("/api/events", {}));
    source?.addEventListener("live", hear);
  };
  turn();
  document.addEventListener("visibilitychange", turn);
  return {
    isOpen: () => source?.readyState === EventSource.OPEN,
    stop: () => {
      document.removeEventListener("visibilitychange", turn);
      source?.close();
    },
  };
}
