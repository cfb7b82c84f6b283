/** Who wrote and who reviewed is forgotten after some months; no number changes. */
import type { Instant } from "#metrics/time.ts";
import type { Installation } from "./installation.ts";

/** @returns how many events lost a pseudonym. */
export async function forgetOldPseudonyms({ store, config, now }: Installation): Promise<number> {
  return store.forgetPeople(monthsBefore(now(), config.privacy.pseudonymMonths));
}

/** The same day of an earlier month, in UTC. */
function monthsBefore(at: Instant, months: number): Instant {
  const date = new Date(at);
  return date.setUTCMonth(date.getUTCMonth() - months);
}
