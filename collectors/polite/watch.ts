/** Looks on while a host is asked: how many answers came, and what the host says is left of its limit. */
import { realEffects } from "./effects.ts";
import type { Effects } from "./effects.ts";
import { limitOf, resourceOf } from "./limits.ts";
import type { Limit } from "./limits.ts";

/** A fetch that tells of every answer; `null` where the host says nothing of a limit. */
export function watched(
  told: (limit: Limit | null) => void,
  { fetch, now }: Pick<Effects, "fetch" | "now"> = realEffects,
): Effects["fetch"] {
  return async (input, init) => {
    const response = await fetch(input, init);
    const url = typeof input === "string" ? input : input instanceof URL ? input.href : input.url;
    told(limitOf(response.headers, resourceOf(url), now()));
    return response;
  };
}
