/** Reviews as they were frozen, and what is different today. */
import { thingChanges } from "#metrics/programme/review.ts";
import type { Query, Reply } from "../contract.ts";
import { contract } from "../contract.ts";
import type { Installation } from "../installation.ts";
import type { ReviewRow } from "../store/reviews.ts";
import { hashOf } from "../hash.ts";
import type { Memory } from "./memory.ts";
import { BadRequest } from "./problem.ts";
import { standing } from "./programme.ts";
import type { Seen, Snapshot } from "./snapshot.ts";
import { seenNow } from "./snapshot.ts";

type Brief = Reply<"/api/reviews">[number];

export async function answerReviews({ store }: Installation): Promise<Reply<"/api/reviews">> {
  const rows = await store.reviews();
  return rows.map((row, index) => briefOf(row, rows[index - 1] ?? null)).toReversed();
}

/** Today is read once for each thing that reviews were about: the programme, a wave, a use case. */
export async function answerDifferent(
  installation: Installation,
  memory: Memory,
): Promise<Reply<"/api/reviews/different">> {
  const today = new Map<string, Seen | null>();
  const all: Reply<"/api/reviews/different"> = [];
  for (const row of await installation.store.reviews()) {
    const { gate, things } = snapshotOf(row).seen;
    const asked = subjectOf(gate.about);
    const key = JSON.stringify(asked);
    const seen = today.has(key) ? today.get(key) : await stillSeen(installation, asked, memory);
    today.set(key, seen ?? null);
    all.push({ id: row.id, different: seen ? thingChanges(things, seen.things).length : null, of: things.length });
  }
  return all.toReversed();
}

/** As it is asked for. */
function subjectOf({ kind, id }: Seen["gate"]["about"]): { readonly wave?: string; readonly useCase?: string } {
  return id === null ? {} : kind === "wave" ? { wave: id } : { useCase: id };
}

/** @throws BadRequest when there is none of that number. */
export async function answerReview(
  installation: Installation,
  { id }: Query<"/api/review">,
  memory: Memory,
): Promise<Reply<"/api/review">> {
  const rows = await installation.store.reviews();
  const index = rows.findIndex((row) => row.id === id);
  const row = rows[index];
  if (row === undefined)
    throw new BadRequest(
      rows.length === 0 ? "No review was held yet." : `There is no review ${id}. The last one is ${rows.at(-1)?.id}.`,
    );
  const { follows, minutes, decisions, seen } = snapshotOf(row);
  const { programme } = await standing(installation);
  const today = await stillSeen(installation, subjectOf(seen.gate.about), memory);
  return contract["/api/review"].reply.parse({
    ...briefOf(row, rows[index - 1] ?? null),
    follows,
    minutes,
    decisions,
    basis: seen.basis,
    conditions: seen.gate.conditions,
    notes: seen.gate.notes,
    things: seen.things,
    different: today && thingChanges(seen.things, today.things),
    consents: programme.consents.filter(({ snapshot }) => snapshot === row.hash),
    text: row.content,
  });
}

/** `null` where what it was about is no longer there. */
async function stillSeen(...asked: Parameters<typeof seenNow>): Promise<Seen | null> {
  try {
    return await seenNow(...asked);
  } catch (error) {
    if (error instanceof BadRequest) return null;
    throw error;
  }
}

function briefOf(row: ReviewRow, before: ReviewRow | null): Brief {
  const { id, hash, actor, madeAt, content } = row;
  const { kind, follows, seen } = snapshotOf(row);
  return {
    id,
    kind,
    about: seen.gate.about,
    heldAt: new Date(madeAt).toISOString(),
    actor,
    outcome: seen.gate.outcome,
    words: seen.gate.words,
    hash,
    isIntact: hashOf(content) === hash && follows === (before?.hash ?? null),
  };
}

function snapshotOf({ content }: ReviewRow): Snapshot {
  // oxlint-disable-next-line no-unsafe-type-assertion -- nothing but a snapshot is ever written there, and the hash tells of other hands
  return JSON.parse(content) as Snapshot;
}
