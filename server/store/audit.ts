/** Who changed what. Rows are only ever added, in the transaction of the change itself. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely } from "kysely";
import type { Schema } from "./schema.ts";

/** What can be changed, and how. */
export const ACTIONS = [
  "settings.change",
  "judgement.add",
  "judgement.reverse",
  "experiment.add",
  "experiment.withdraw",
  "baseline.freeze",
  "baseline.withdraw",
  "user.add",
  "user.invite",
  "user.role",
  "user.password",
  "user.remove",
  "session.end",
  "token.add",
  "token.revoke",
  "link.add",
  "link.end",
] as const;
export type Action = (typeof ACTIONS)[number];

/** Who did something, and when. */
export interface Deed {
  readonly actor: string;
  readonly at: Instant;
}

export interface Change {
  readonly action: Action;
  /** What was changed: the name of a user or a token, the number of a judgement. */
  readonly subject: string;
  /** `null` where there was nothing, or nothing is told, as of secrets. */
  readonly before: unknown;
  readonly after: unknown;
}

/** Never with a secret: what is written here stays. */
export async function record(
  db: Kysely<Schema>,
  { actor, at }: Deed,
  { action, subject, before, after }: Change,
): Promise<void> {
  await db
    .insertInto("audit")
    .values({ at, actor, action, subject, before: textOf(before), after: textOf(after) })
    .execute();
}

function textOf(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}
