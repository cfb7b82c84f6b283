import { useState } from "preact/hooks";

import { useMay } from "../access/me.ts";
import { tell } from "../api.ts";
import type { Status } from "../types.ts";
import { asApiError } from "../use-reply.ts";

/** Collects what is new without waiting for the schedule. */
export function SyncNow({ status }: { readonly status: Status }) {
  const [said, say] = useState("");
  const isAllowed = useMay("/api/sync");
  if (!isAllowed) return null;
  const isBusy = status.sources.some(({ state }) => state === "syncing");
  const sync = (): void => {
    say("");
    tell("/api/sync", {}).then(
      ({ started }) => say(started ? "Started." : "A sync is under way; another follows it."),
      (problem: unknown) => say(asApiError(problem).message),
    );
  };
  return (
    <>
      <button type="button" class="button" onClick={sync} aria-disabled={isBusy}>
        {isBusy ? "Syncing …" : "Sync now"}
      </button>
      <span class="small muted" role="status">
        {said}
      </span>
    </>
  );
}
