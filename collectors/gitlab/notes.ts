/** What the notes of a merge request tell: GitLab writes down as sentences what other hosts list as events. */
import type { Review } from "#metrics/events.ts";
import type { Instant } from "#metrics/time.ts";
import { samePerson } from "../people.ts";
import type { MergeRequest, Note, User } from "./payloads.ts";
import { actorOf } from "./people.ts";
import type { Reading } from "./reading.ts";

export interface Told {
  /** When it first stopped being a draft; `null` while it is one. */
  readonly readyAt: Instant | null;
  readonly reopenedAt: readonly Instant[];
  readonly mergedAt: Instant | null;
  /** Whether they say what became of it: newer hosts no longer write that down as notes. */
  readonly tellsStates: boolean;
  readonly reviews: readonly Review[];
}

/** Since GitLab 13.9, and before it. */
const READY =
  /^(marked this merge request as \*\*ready\*\*|unmarked (this merge request )?as a \*\*work in progress\*\*)/i;
const DRAFT =
  /^(marked this merge request as \*\*draft\*\*|marked (this merge request )?as a \*\*work in progress\*\*)/i;
const APPROVED = /^approved this merge request/i;
const CHANGES_REQUESTED = /^requested changes/i;
const STATE = /^(merged|closed|reopened)\b/;

export function told(
  mergeRequest: MergeRequest,
  notes: readonly Note[],
  reading: Pick<Reading, "people" | "host">,
): Told {
  const inOrder = notes.toSorted((a, b) => a.created_at - b.created_at || a.id - b.id);
  const sentences = inOrder.filter(({ system }) => system);
  return {
    readyAt: readyAt(mergeRequest, sentences),
    reopenedAt: sentences.filter(({ body }) => body === "reopened").map(({ created_at }) => created_at),
    mergedAt: sentences.findLast(({ body }) => /^merged\b/.test(body))?.created_at ?? null,
    tellsStates: sentences.some(({ body }) => STATE.test(body)),
    reviews: inOrder.flatMap((note) => reviewOf(note, mergeRequest.author, reading)),
  };
}

/** One that was opened ready was ready when it was opened, whatever it became later. */
function readyAt({ created_at, draft, work_in_progress }: MergeRequest, sentences: readonly Note[]): Instant | null {
  const first = sentences.find(({ body }) => READY.test(body) || DRAFT.test(body));
  if (first !== undefined) return READY.test(first.body) ? first.created_at : created_at;
  return (draft ?? work_in_progress) === true ? null : created_at;
}

/** GitLab has no review object: what somebody writes is one. */
function reviewOf(
  { body, system, author, created_at }: Note,
  by: User | null,
  { people, host }: Pick<Reading, "people" | "host">,
): Review[] {
  const kind = system ? kindOf(body) : "review";
  if (kind === null) return [];
  const person = actorOf(author, people, host);
  const byChangeAuthor = samePerson(person, actorOf(by, people, host));
  return [{ kind, at: created_at, ...person, byChangeAuthor }];
}

function kindOf(sentence: string): Review["kind"] | null {
  if (APPROVED.test(sentence)) return "approval";
  return CHANGES_REQUESTED.test(sentence) ? "review" : null;
}
