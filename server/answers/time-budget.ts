/** Work that somebody else's pattern could make endless. */
import { createContext, Script } from "node:vm";

const script = new Script("work()");

/**
 * Runs work and ends it when it takes too long, a regular expression in the middle of its search included. Nothing else happens
 * meanwhile, and nothing but the time is limited. What is ended must leave nothing half done behind.
 *
 * @returns `null` when it was ended.
 */
export function within<T>(milliseconds: number, work: () => T): T | null {
  const found: T[] = [];
  try {
    script.runInContext(createContext({ work: () => void found.push(work()) }), { timeout: milliseconds });
  } catch (error) {
    // It may be an error of the context's own, which is no `Error` of ours.
    if (Reflect.get(Object(error), "code") === "ERR_SCRIPT_EXECUTION_TIMEOUT") return null;
    throw error;
  }
  return found[0] ?? null;
}
