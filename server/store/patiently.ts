import { setTimeout } from "node:timers/promises";
import { StoreError } from "./errors.ts";

/** As long as the driver waits for a lock; milliseconds. */
const PATIENCE = 10_000;
const PAUSE = 20;

/**
 * Of several that open a new database at the same time, SQLite refuses all but one at once, as its own waiting does not hold while a
 * database is turned to WAL. Whoever was refused tries again; whoever waited in vain for as long as the driver waits does not.
 */
export async function patiently<T>(open: () => Promise<T>): Promise<T> {
  for (const started = performance.now(); ;) {
    try {
      return await open();
    } catch (error) {
      const isBusy = error instanceof StoreError && error.reason === "locked";
      if (!isBusy || performance.now() - started >= PATIENCE) throw error;
      await setTimeout(PAUSE);
    }
  }
}
