/** Things that may be gone. */
import { z } from "zod";
import { statusOf } from "../polite/index.ts";
import { api } from "./place.ts";
import type { Place } from "./place.ts";

/**
 * `null` where GitHub says that there is no such thing, in a repository that it still shows: from one that was hidden from the
 * token meanwhile everything is missing, and that says nothing of the thing.
 */
export async function existing<Found>(place: Place, asked: Promise<Found>): Promise<Found | null> {
  try {
    return await asked;
  } catch (error) {
    if (!isGone(error)) throw error;
    await place.client.get(api(place), z.unknown());
    return null;
  }
}

/** 422 is what GitHub says of a commit that it does not have. */
function isGone(error: unknown): boolean {
  const status = statusOf(error);
  return status === 404 || status === 422;
}
