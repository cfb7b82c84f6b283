/** What was frozen and can be agreed to: reviews and baselines, each by its hash. */
import { dayIn } from "../days.ts";
import type { BaselineEntry, ReviewInBrief } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Choice } from "./field.ts";

export interface Snapshot extends Choice {
  /** Where it can be read. */
  readonly link: string;
}
/** `null`: they are on their way. */
export type Snapshots = readonly Snapshot[] | null;

/** @param isWanted whether anything speaks of one, so that a page without consents asks for none. */
export function useSnapshots(isWanted: boolean, zone: string, revision: number): Snapshots {
  const reviews = useReply("/api/reviews", isWanted ? {} : null, revision);
  const baselines = useReply("/api/baselines", isWanted ? {} : null, revision);
  // What cannot be read is not waited for: the rest can still be chosen.
  const isThere = [reviews, baselines].every(({ reply, problem }) => reply !== null || problem !== null);
  return isThere ? snapshotsOf(reviews.reply ?? [], baselines.reply ?? [], zone) : null;
}

/** Reviews before baselines, the newest first; what was withdrawn can be seen no more. */
export function snapshotsOf(
  reviews: readonly Pick<ReviewInBrief, "id" | "about" | "heldAt" | "hash">[],
  baselines: readonly Pick<BaselineEntry, "name" | "hash" | "withdrawal">[],
  zone: string,
): readonly Snapshot[] {
  return [
    ...reviews.map(({ id, about, heldAt, hash }) => ({
      value: hash,
      words: `Review ${id}, ${dayIn(zone, heldAt)}, ${about.kind === "programme" ? "the programme" : about.title}`,
      link: `progress?review=${id}`,
    })),
    ...baselines
      .filter(({ withdrawal }) => withdrawal === null)
      .map(({ name, hash }) => ({ value: hash, words: `The baseline “${name}”`, link: "leadership" })),
  ];
}
