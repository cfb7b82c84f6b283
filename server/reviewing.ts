/** Holds a review: freezes what is known with what was said. */
import { canonicalOf } from "#metrics/baselines/canonical.ts";
import { decisionsOf } from "#metrics/programme/review.ts";
import { hashOf } from "./hash.ts";
import { Memory } from "./answers/memory.ts";
import { Refused } from "./answers/problem.ts";
import type { Snapshot } from "./answers/snapshot.ts";
import { seenNow } from "./answers/snapshot.ts";
import type { Control } from "./commands.ts";
import type { Body, CommandReply } from "./contract.ts";
import type { Installation } from "./installation.ts";

/** The commands of a Headway that runs. */
export function reviewing(installation: Installation): Pick<Control, "/api/reviews/freeze"> {
  return { "/api/reviews/freeze": async (body) => holdReview(installation, body) };
}

/** @throws BadRequest when there is no such use case or wave; Refused when data comes in, or somebody held another one meanwhile. */
export async function holdReview(
  installation: Installation,
  { kind, minutes, decisions: given, save, actor, ...asked }: Body<"/api/reviews/freeze">,
): Promise<CommandReply<"/api/reviews/freeze">> {
  const { store, now, live } = installation;
  const follows = (await store.reviews()).at(-1)?.hash ?? null;
  const seen = await seenNow(installation, asked, new Memory(store));
  const { basis, gate, things } = seen;
  const { about, outcome, words } = gate;
  const decisions = [...decisionsOf(given, minutes)];
  const shown = { about, outcome, words, decisions, basis, things: [...things] };
  if (!save) return { id: null, hash: null, ...shown };
  const madeAt = now();
  const heldAt = new Date(madeAt).toISOString();
  const snapshot: Snapshot = { format: 1, kind, follows, heldAt, actor, minutes, decisions, seen };
  const content = canonicalOf(snapshot);
  const hash = hashOf(content);
  const whose = about.id === null ? about.kind : `${about.kind}:${about.id}`;
  const id = await store.addReview(follows, { kind, about: whose, content, hash, actor, madeAt });
  if (id === null)
    throw new Refused(
      409,
      "Somebody was faster",
      "Another review was held meanwhile, so nothing was frozen. Load the page again, look at it, and hold this one once more.",
    );
  live.tell();
  return { id, hash, ...shown };
}
