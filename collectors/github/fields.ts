/** Fields that not every GitHub has: an older Enterprise server is asked without those that it does not know. */
import type { Instant } from "#metrics/time.ts";
import { DAY } from "#metrics/time.ts";
import type { Lacking } from "./bookmark.ts";
import { isOptional, unknownFields } from "./graphql-error.ts";
import type { OptionalField } from "./graphql-error.ts";

export interface Fields {
  readonly has: (field: OptionalField) => boolean;
  /** Whether an answer has told which fields there are. Until then, a query should name all of them. */
  readonly areKnown: () => boolean;
  /** Asks, and once more without the fields that the host turned out not to know. */
  readonly ask: <Answer>(work: () => Promise<Answer>) => Promise<Answer>;
  /** What to remember. */
  readonly lacking: () => Lacking | null;
}

/** A server may be upgraded; then everything is read again for the sake of the new fields. */
const PATIENCE = 7 * DAY;

/** @param before what is remembered. */
export function createFields(before: Lacking | null, now: Instant): Fields {
  const isRecent = before !== null && (before.fields.length === 0 || now - before.askedAt < PATIENCE);
  let known = isRecent ? before : null;
  const missing = new Set(known?.fields);
  let learning: Promise<unknown> | null = null;

  async function attempt<Answer>(work: () => Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      const news = unknownFields(error).filter((field) => isOptional(field) && !missing.has(field));
      if (news.length === 0) throw error;
      for (const field of news) missing.add(field);
      return attempt(work);
    }
  }

  return {
    has: (field) => !missing.has(field),
    areKnown: () => known !== null,
    lacking: () => (known === null ? before : { ...known, fields: [...missing] }),
    async ask(work) {
      // Several repositories begin at once, and one question is enough to learn it.
      while (known === null && learning !== null) await learning;
      if (known !== null) return attempt(work);
      const asked = attempt(work);
      learning = asked.catch(() => null);
      try {
        const answer = await asked;
        known = { fields: [...missing], askedAt: now };
        return answer;
      } finally {
        learning = null;
      }
    },
  };
}
