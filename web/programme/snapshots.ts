/** What was frozen and can be agreed to: reviews and baselines, each by its hash. */
import { dayIn } from "../days.ts";
import type { BaselineEntry, ReviewInBrief } from "../types.ts";
import { useReply } from "../use-reply.ts";
import type { Choice } from "./field.ts";

export interface Snapshot extends Choice {
  /** Where it can be read. */
  readonly link: string;
}
export type Snapshots = readonly Snapshot[];

/** @param isWanted whether anything speaks of one, so that a page without consents asks for none. */
export function useSnapshots(isWanted: boolean, zone: string, revision: number): Snapshots {
  const reviews = useReply("/api/reviews", isWanted ? {} : null, revision).reply;
  const baselines = useReply("/api/baselines", isWanted ? {} : null, revision).reply;
  return snapshotsOf(reviews ?? [], baselines ?? [], zone);
}

/** Reviews before baselines, the newest first; what was withdrawn can be seen no more. */
export function snapshotsOf(
  reviews: readonly Pick<ReviewInBrief, "id" | "about" | "heldAt" | "hash">[],
  baselines: readonly Pick<BaselineEntry, "name" | "hash" | "withdrawal">[],
  zone: string,
): Snapshots {
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
