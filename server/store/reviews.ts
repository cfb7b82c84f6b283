/** What reviews froze, and what teams said of themselves. Rows are only ever added. */
import type { Instant } from "#metrics/time.ts";
import type { Kysely, Selectable } from "kysely";
import { record } from "./audit.ts";
import type { ReviewTable, Schema, TeamAssessmentTable } from "./schema.ts";

export interface ReviewRow {
  /** Counts up. */
  readonly id: number;
  readonly kind: string;
  /** What was decided on: `programme`, `wave:first`, `use-case:instant`. */
  readonly about: string;
  /** The canonical text that was hashed. */
  readonly content: string;
  readonly hash: string;
  readonly actor: string;
  readonly madeAt: Instant;
}

export interface TeamAssessmentRow {
  readonly id: number;
  readonly team: string;
  /** 2026-Q4. */
  readonly quarter: string;
  /** Who answered together, never a person. */
  readonly role: string;
  /** JSON: by question. */
  readonly answers: string;
  readonly madeAt: Instant;
}

/** Oldest first. */
export async function readReviews(db: Kysely<Schema>): Promise<readonly ReviewRow[]> {
  return (await db.selectFrom("review").selectAll().orderBy("id").execute()).map(toReview);
}

/**
 * @param follows the hash of the newest one, which is part of what is frozen; `null`: there was none.
 * @returns its number; `null` where another one came since, and nothing is kept.
 */
export async function addReview(
  db: Kysely<Schema>,
  follows: string | null,
  { kind, about, content, hash, actor, madeAt }: Omit<ReviewRow, "id">,
): Promise<number | null> {
  return db.transaction().execute(async (transaction) => {
    const newest = await transaction.selectFrom("review").select("hash").orderBy("id", "desc").limit(1).execute();
    if ((newest[0]?.hash ?? null) !== follows) return null;
    const { id } = await transaction
      .insertInto("review")
      .values({ kind, about, content, hash, actor, made_at: madeAt })
      .returning("id")
      .executeTakeFirstOrThrow();
    const change = { action: "review.freeze", subject: `${id}`, before: null, after: { kind, about, hash } } as const;
    await record(transaction, { actor, at: madeAt }, change);
    return id;
  });
}

/** Oldest first: of a team, a quarter and a role the last one holds. */
export async function readTeamAssessments(db: Kysely<Schema>): Promise<readonly TeamAssessmentRow[]> {
  return (await db.selectFrom("team_assessment").selectAll().orderBy("id").execute()).map(toTeamAssessment);
}

/** The journal says that a role of a team answered, and neither what nor by whose hand. */
export async function addTeamAssessment(
  db: Kysely<Schema>,
  { team, quarter, role, answers, madeAt }: Omit<TeamAssessmentRow, "id">,
): Promise<void> {
  await db.transaction().execute(async (transaction) => {
    await transaction.insertInto("team_assessment").values({ team, quarter, role, answers, made_at: madeAt }).execute();
    const change = { action: "assessment.add", subject: `${team} ${quarter}`, before: null, after: { role } } as const;
    await record(transaction, { actor: `${team}: ${role}`, at: madeAt }, change);
  });
}

function toReview({ id, kind, about, content, hash, actor, made_at: madeAt }: Selectable<ReviewTable>): ReviewRow {
  return { id, kind, about, content, hash, actor, madeAt };
}

function toTeamAssessment(row: Selectable<TeamAssessmentTable>): TeamAssessmentRow {
  const { id, team, quarter, role, answers, made_at: madeAt } = row;
  return { id, team, quarter, role, answers, madeAt };
}
